"""Who is in which pay group on which days."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.people.hold_employees import CHUNK
from scheduler.people.models import Employee, PayGroup, PayGroupMember
from scheduler.people.pay_calendar import NO_GROUP, PayCalendars
from scheduler.people.pay_groups import calendars_of

DAY = timedelta(days=1)
Steps = list[tuple[date, UUID | None]]
"""From which day on which group, in order."""


@dataclass(frozen=True, slots=True)
class Membership:
    """The pay groups of one person or one location, day by day.

    Parameters
    ----------
    own
        Of the person; a group of None is that of the location. Empty for a location.
    place
        Of the location; a group of None is weeks from Monday.
    """

    own: Steps
    place: Steps

    def on(self, day: date) -> UUID | None:
        """The group on a day; None for none."""
        held = _held(self.own, day)
        return held if held is not None else _held(self.place, day)

    def stretch(self, day: date) -> tuple[date, date]:
        """The days ``[first, end)`` around a day on which the group stays the same."""
        steps = {step for step, _ in (*self.own, *self.place)}
        changes = [step for step in steps if self.on(step) != self.on(step - DAY)]
        return (
            max((change for change in changes if change <= day), default=date.min),
            min((change for change in changes if change > day), default=date.max),
        )


def _held(steps: Steps, day: date) -> UUID | None:
    place = bisect_right(steps, day, key=lambda step: step[0])
    return steps[place - 1][1] if place else None


class PayGroups:
    """The pay groups of people and of their locations, and the calendars of the groups.

    Parameters
    ----------
    own, places
        Steps by employee and by location.
    calendars
        By group.
    """

    def __init__(
        self,
        own: Mapping[UUID, Steps],
        places: Mapping[UUID, Steps],
        calendars: Mapping[UUID, PayCalendars],
    ) -> None:
        self._own, self._places, self._calendars = own, places, calendars

    def of(self, employee: Employee) -> Membership:
        """The groups of somebody at the location where he belongs."""
        return Membership(self._own.get(employee.id, []), self._places.get(employee.location_id, []))

    def of_location(self, location_id: UUID) -> Membership:
        """The groups of people of a location who have none of their own."""
        return Membership([], self._places.get(location_id, []))

    def calendars(self, pay_group_id: UUID | None) -> PayCalendars:
        """The calendars of a group; weeks from Monday for none."""
        return NO_GROUP if pay_group_id is None else self._calendars[pay_group_id]

    def days(self, employee: Employee, day: date) -> tuple[UUID | None, date, date]:
        """The group of somebody on a day, and the days ``[first, end)`` of its period that are his."""
        held = self.of(employee)
        group = held.on(day)
        first, end = self.calendars(group).span(day)
        since, until = held.stretch(day)
        return group, max(first, since), min(end, until)


def pay_groups_of(session: Session, employees: Iterable[Employee] = ()) -> PayGroups:
    """The pay groups of some people and of every location."""
    ids = sorted({employee.id for employee in employees})
    places: dict[UUID, Steps] = defaultdict(list)
    own: dict[UUID, Steps] = defaultdict(list)
    by_day = select(PayGroupMember).order_by(PayGroupMember.valid_from)
    for row in session.scalars(by_day.where(PayGroupMember.location_id.is_not(None))):
        if row.location_id is not None:
            places[row.location_id].append((row.valid_from, row.pay_group_id))
    for start in range(0, len(ids), CHUNK):
        for row in session.scalars(by_day.where(PayGroupMember.employee_id.in_(ids[start : start + CHUNK]))):
            if row.employee_id is not None:
                own[row.employee_id].append((row.valid_from, row.pay_group_id))
    groups = session.scalars(select(PayGroup)).all()
    return PayGroups(own, places, {group.id: calendars_of(group) for group in groups})


def group_of_location(session: Session, location_id: UUID, day: date) -> UUID | None:
    """The pay group on a day of people of a location who have none of their own."""
    return pay_groups_of(session).of_location(location_id).on(day)


def pay_days_of_location(session: Session, location_id: UUID, day: date) -> tuple[date, date]:
    """The pay period ``[first, end)`` around a day of people of a location who have no group of their own."""
    groups = pay_groups_of(session)
    return groups.calendars(groups.of_location(location_id).on(day)).span(day)


def groups_in_use(session: Session, location_id: UUID, day: date) -> list[UUID | None]:
    """The groups of a location's people on a day: that of the location first, then the others by id."""
    with_own = select(PayGroupMember.employee_id).where(PayGroupMember.employee_id.is_not(None))
    query = select(Employee).where(Employee.location_id == location_id, Employee.id.in_(with_own))
    people = session.scalars(query).all()
    known = pay_groups_of(session, people)
    usual = known.of_location(location_id).on(day)
    others = {known.of(employee).on(day) for employee in people} - {usual}
    return [usual, *sorted(others, key=str)]
