"""The limits that the law sets for one person, and where their published week stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.kernel.clock import day_start, local_day, minutes_between, week_start, zone_named
from scheduler.kernel.effective import in_force
from scheduler.law.agreements import own_packs
from scheduler.law.compliance import ComplianceReport
from scheduler.law.consent_records import consents_for_law, consents_of
from scheduler.law.grounds import ConsentGround, consent_grounds
from scheduler.law.library import layers_of
from scheduler.law.models import ConsentRecord
from scheduler.law.provisions import Provision, provisions
from scheduler.law.subject import LawSubject, WorkingTimeSystem
from scheduler.law.topics import CHECKED, TOPICS, Topic
from scheduler.law.work_record import Pause, WorkSpan
from scheduler.law.worked_time import check_worked
from scheduler.organisation.locations import find_location
from scheduler.organisation.models import Location
from scheduler.people.employees import find_employee
from scheduler.people.models import Employee
from scheduler.rosters.fixed_work import HISTORY_DAYS
from scheduler.rosters.published_shifts import PublishedShift, published_shifts
from scheduler.rosters.working_time_system import system_of


@dataclass(frozen=True, slots=True)
class Standing:
    """The published work of one person in the week from a Monday.

    Parameters
    ----------
    minutes
        Paid minutes of the shifts that start in it.
    longest_minutes
        Paid minutes of the day with most of them.
    days
        Civil days on which a shift starts.
    shortest_rest_minutes
        Between two shifts, the last one before the week among them; None with fewer than two.
    """

    starts_on: date
    minutes: int
    longest_minutes: int
    days: int
    shortest_rest_minutes: int | None


@dataclass(frozen=True, slots=True)
class PersonLimits:
    """What holds for one person on a day.

    Parameters
    ----------
    limits
        Every question the law of the place answers for the person, with the answers.
    standing
        Of this week and the next.
    checked
        What breaks the law of the place in the published work of these two weeks, or nearly does; norms of
        planned time included.
    consents
        Those given, the latest first.
    grounds
        What the person can consent to, by name.
    """

    employee: Employee
    location: Location
    day: date
    limits: tuple[tuple[Topic, tuple[Provision, ...]], ...]
    standing: tuple[Standing, ...]
    checked: ComplianceReport
    consents: tuple[ConsentRecord, ...]
    grounds: dict[str, ConsentGround]


def limits_of(session: Session, employee_id: UUID, day: date) -> PersonLimits:
    """What the law of the person's location says to them on a civil day, and where they stand.

    Raises
    ------
    SchedulerError
        ``employee_not_found``.
    """
    employee = find_employee(session, employee_id)
    location = find_location(session, employee.location_id)
    own = own_packs(session)
    layers = layers_of(location.jurisdiction, own)
    held = in_force(employee.contracts, day)
    subject = LawSubject(
        id=str(employee.id),
        born_on=employee.born_on,
        system=system_of(layers, day, held.max_daily_minutes) if held else WorkingTimeSystem.BASIC,
        night_worker=held is not None and held.night_work is not None,
        sector=location.sector or "",
        consents=consents_for_law(session, [employee.id], layers).get(employee.id, ()),
    )
    said = ((topic, provisions(layers, name, subject, day)) for name, topic in TOPICS.items())
    monday = week_start(day)
    return PersonLimits(
        employee=employee,
        location=location,
        day=day,
        limits=tuple((topic, found) for topic, found in said if found and topic.id in CHECKED),
        standing=tuple(_standing(session, employee, location, monday + timedelta(weeks=n)) for n in (0, 1)),
        checked=check_worked(
            location.jurisdiction,
            {subject.id: _published(session, employee, location, monday)},
            people=[subject],
            zone=zone_named(location.zone),
            first_day=monday,
            end_day=monday + timedelta(weeks=2),
            names={subject.id: employee.name},
            own=own,
            as_planned=True,
        ),
        consents=tuple(consents_of(session, employee_id)),
        grounds=consent_grounds(layers),
    )


def _published(session: Session, employee: Employee, location: Location, monday: date) -> list[WorkSpan]:
    """What was published for somebody, from as long ago as averages reach to a while after the two weeks."""
    zone = zone_named(location.zone)
    since, until = (day_start(monday + timedelta(days=days), zone) for days in (-HISTORY_DAYS, 28))
    return [
        WorkSpan(start=shift.starts_at, end=shift.ends_at, pauses=tuple(map(_pause, shift.breaks)))
        for shift in published_shifts(session, employee.id, since, until)
        if not shift.withdrawn
    ]


def _pause(stored: dict[str, Any]) -> Pause:
    start = stored.get("starts_at")
    at = datetime.fromisoformat(start) if start else None
    return Pause(minutes=stored["minutes"], paid=stored["paid"], start=at)


def _standing(session: Session, employee: Employee, location: Location, monday: date) -> Standing:
    zone = zone_named(location.zone)
    since, until = (day_start(monday + timedelta(days=days), zone) for days in (-7, 7))
    shifts = [each for each in published_shifts(session, employee.id, since, until) if not each.withdrawn]
    mine = [each for each in shifts if local_day(each.starts_at, zone) >= monday]
    before = [each for each in shifts if local_day(each.starts_at, zone) < monday]
    by_day: dict[date, int] = {}
    for shift in mine:
        day = local_day(shift.starts_at, zone)
        by_day[day] = by_day.get(day, 0) + shift.paid_minutes
    return Standing(
        starts_on=monday,
        minutes=sum(by_day.values()),
        longest_minutes=max(by_day.values(), default=0),
        days=len(by_day),
        shortest_rest_minutes=_shortest_rest([*before[-1:], *mine]) if mine else None,
    )


def _shortest_rest(shifts: Sequence[PublishedShift]) -> int | None:
    rests = [minutes_between(one.ends_at, other.starts_at) for one, other in pairwise(shifts)]
    return min(rests, default=None)
