"""The people of a roster as the solver and the law see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.clock import day_start, days_between
from scheduler.kernel.effective import holds_on, in_force_between
from scheduler.law.consent_records import consents_for_law
from scheduler.law.consents import Consent
from scheduler.law.pack import Pack
from scheduler.law.subject import LawSubject
from scheduler.people.availability import (
    ResolvedAvailability,
    difference,
    resolve,
    stated_availability,
)
from scheduler.people.availability import Span as Instants
from scheduler.people.employees import employees_at
from scheduler.people.models import Contract
from scheduler.people.models import Employee as EmployeeRecord
from scheduler.rosters.fair_share import Days, carried_balance, contract_minutes, fair_minutes
from scheduler.rosters.fixed_work import HISTORY_DAYS, FixedWork, fixed_work
from scheduler.rosters.models import Roster, RosterVersion, VersionState
from scheduler.rosters.overtime_prices import OvertimePrices
from scheduler.rosters.timeframe import Timeframe
from scheduler.rosters.working_time_system import system_notes, system_of
from scheduler.timeoff.requests import time_off_between
from solver.civil_days import Calendar
from solver.problem import Employee, Pin, SkillHeld
from solver.rules.labour_cost import LabourCost
from solver.rules.minutes import Minutes
from solver.rules.rule import Period, Scope
from solver.spans import Span
from solver.work import Work

OVERTIME_OF_WEEK = LabourCost(name="overtime", period=Period(7))
BALANCE_WEEKS = 4
"""How many earlier weeks fairness remembers."""
REACH_DAYS = 2
"""How many days after the week matter: a shift of its last night ends there."""


@dataclass(frozen=True, slots=True)
class Team:
    """Everybody who can be planned.

    Parameters
    ----------
    employees
        As the solver sees them.
    subjects
        As the law sees them, in the same order.
    elsewhere
        Published work in other rosters that starts in this one's days: it stays as it is.
    daily_limits
        The longest day of each contract, as rules.
    overtime
        The rule that prices overtime of the week, where anybody can come to any.
    notes
        Who was left out and why, and who was taken to work in which system.
    """

    employees: tuple[Employee, ...]
    subjects: tuple[LawSubject, ...]
    elsewhere: tuple[Pin, ...]
    daily_limits: tuple[Minutes, ...]
    overtime: tuple[LabourCost, ...]
    notes: tuple[dict[str, Any], ...]


def team_of(session: Session, roster: Roster, frame: Timeframe, layers: Sequence[Pack]) -> Team:
    """Everybody employed at the roster's location with a contract in its days; notes name the others.

    The law sees somebody whose contract allows longer days than the basic system in the equivalent system
    (see `working_time_system.system_of`); a note says for how many people that was assumed.
    """
    people = employees_at(session, roster.location_id, roster.starts_on, roster.ends_on)
    planned = [person for person in people if _contracts(person, roster)]
    background = _background(session, roster, frame, [person.id for person in planned], layers)
    subjects = tuple(_subject(person, roster, background, layers) for person in planned)
    prices = OvertimePrices(layers, frame.zone, roster.starts_on)
    employees = tuple(
        _with_overtime(
            _employee(person, roster, frame, background), subject, _contracts(person, roster), prices
        )
        for person, subject in zip(planned, subjects, strict=True)
    )
    left_out = [_left_out(person, roster) for person in people if not _contracts(person, roster)]
    return Team(
        employees=employees,
        subjects=subjects,
        elsewhere=tuple(
            Pin(employee=str(person.id), work=work, note="published in another roster")
            for person in planned
            for work in background.work[person.id].elsewhere
        ),
        daily_limits=_daily_limits(planned, roster),
        overtime=(OVERTIME_OF_WEEK,) if any(each.cost_tiers for each in employees) else (),
        notes=(*left_out, *system_notes(layers, roster.starts_on, subjects)),
    )


@dataclass(frozen=True, slots=True)
class _Background:
    """What is loaded for everybody at once."""

    leave: dict[UUID, list[Days]]
    work: dict[UUID, FixedWork]
    availability: dict[UUID, ResolvedAvailability]
    weeks: list[Days]
    calendar: Calendar
    consents: dict[UUID, tuple[Consent, ...]]


def _background(
    session: Session, roster: Roster, frame: Timeframe, ids: Sequence[UUID], layers: Sequence[Pack]
) -> _Background:
    reach = roster.ends_on + timedelta(days=REACH_DAYS)
    leave: dict[UUID, list[Days]] = defaultdict(list)
    for away in time_off_between(session, ids, roster.starts_on - timedelta(days=HISTORY_DAYS), reach):
        leave[away.employee_id].append((away.starts_on, away.ends_on))
    stated = stated_availability(session, ids, roster.starts_on, reach)
    weeks = session.execute(
        select(Roster.starts_on, Roster.ends_on)
        .join(RosterVersion, RosterVersion.roster_id == Roster.id)
        .where(
            RosterVersion.state == VersionState.PUBLISHED,
            Roster.location_id == roster.location_id,
            Roster.ends_on <= roster.starts_on,
            Roster.starts_on >= roster.starts_on - timedelta(weeks=BALANCE_WEEKS),
        )
    )
    return _Background(
        leave=leave,
        work=fixed_work(session, roster, frame, ids),
        availability={
            who: resolve(said, roster.starts_on, reach, frame.zone, leave[who])
            for who, said in stated.items()
        },
        weeks=[(starts_on, ends_on) for starts_on, ends_on in weeks],
        consents=consents_for_law(session, ids, layers),
        calendar=Calendar(frame.days, frame.past_days(HISTORY_DAYS)),
    )


def _employee(person: EmployeeRecord, roster: Roster, frame: Timeframe, known: _Background) -> Employee:
    contracts, week = _contracts(person, roster), (roster.starts_on, roster.ends_on)
    leave, work, said = known.leave[person.id], known.work[person.id], known.availability[person.id]
    return Employee(
        id=str(person.id),
        name=person.name,
        skills=tuple(
            SkillHeld(
                str(held.skill_id),
                frame.minute(day_start(held.valid_from, frame.zone)),
                frame.minute(day_start(held.valid_until, frame.zone)) if held.valid_until else None,
            )
            for held in person.skills
        ),
        unavailable=_unavailable(person, roster, frame, said.unavailable, work.elsewhere),
        preferred=tuple(frame.span(*span) for span in said.preferred),
        unpreferred=tuple(frame.span(*span) for span in said.unpreferred),
        minimum_minutes=sum(contract_minutes(c.min_weekly_minutes, c, week, leave) for c in contracts),
        maximum_minutes=sum(contract_minutes(c.max_weekly_minutes, c, week) for c in contracts),
        target_minutes=fair_minutes(contracts, week, leave),
        balance_minutes=carried_balance(person.contracts, known.weeks, leave, work.history, known.calendar),
        history=tuple(work.history),
        upcoming=tuple(work.upcoming),
    )


def _with_overtime(
    employee: Employee, subject: LawSubject, contracts: Sequence[Contract], prices: OvertimePrices
) -> Employee:
    """With what overtime of the week costs; of two contracts in a week the first one counts."""
    longest = employee.maximum_minutes or 0
    return replace(employee, cost_tiers=prices.tiers(subject, contracts[0], longest))


def _unavailable(
    person: EmployeeRecord,
    roster: Roster,
    frame: Timeframe,
    said: Iterable[Instants],
    elsewhere: Iterable[Work],
) -> tuple[Span, ...]:
    """Times without work: as stated, and days without employment or contract; work elsewhere stands."""
    days = days_between(roster.starts_on, roster.ends_on + timedelta(days=REACH_DAYS))
    idle = [
        Instants(day_start(day, frame.zone), day_start(day + timedelta(days=1), frame.zone))
        for day in days
        if not _employed(person, day)
    ]
    busy = [Instants(frame.instant(work.start), frame.instant(work.end)) for work in elsewhere]
    free_of = difference(said, [*idle, *busy]), difference(idle, busy)
    return tuple(frame.span(*span) for spans in free_of for span in spans)


def _employed(person: EmployeeRecord, day: date) -> bool:
    """Whether somebody is employed, under a contract, on a day."""
    here = person.hired_on <= day and (person.left_on is None or day < person.left_on)
    return here and any(holds_on(contract, day) for contract in person.contracts)


def _contracts(person: EmployeeRecord, roster: Roster) -> list[Contract]:
    """The contracts in force on some day of the roster."""
    return in_force_between(person.contracts, roster.starts_on, roster.ends_on)


def _subject(
    person: EmployeeRecord, roster: Roster, known: _Background, layers: Sequence[Pack]
) -> LawSubject:
    away = frozenset(day for start, end in known.leave[person.id] for day in days_between(start, end))
    system = system_of(layers, roster.starts_on, _longest_day(person, roster))
    return LawSubject(
        id=str(person.id),
        born_on=person.born_on,
        system=system,
        absent_on=away,
        night_worker=any(held.night_work for held in _contracts(person, roster)),
        sector=roster.location.sector or "",
        consents=known.consents.get(person.id, ()),
    )


def _longest_day(person: EmployeeRecord, roster: Roster) -> int:
    """Of two contracts in a week the shorter day counts."""
    return min(held.max_daily_minutes for held in _contracts(person, roster))


def _daily_limits(people: Iterable[EmployeeRecord], roster: Roster) -> tuple[Minutes, ...]:
    """One rule for each longest day in contracts."""
    limits: dict[int, list[str]] = defaultdict(list)
    for person in people:
        limits[_longest_day(person, roster)].append(str(person.id))
    return tuple(
        Minutes(
            name="contract_daily_maximum",
            maximum=minutes,
            period=Period(1),
            scope=Scope(employees=tuple(ids)),
            source="contract",
        )
        for minutes, ids in sorted(limits.items())
    )


def _left_out(person: EmployeeRecord, roster: Roster) -> dict[str, Any]:
    return {
        "code": "no_contract",
        "employee_id": str(person.id),
        "employee": person.name,
        "text": f"{person.name} ({person.number}) has no contract between {roster.starts_on} and "
        f"{roster.ends_on} and is left out; a contract from {roster.starts_on} or earlier brings them in",
    }
