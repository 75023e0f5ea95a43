"""Which days a timesheet holds: those of somebody's pay period that no other timesheet of his holds."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.people.hold_employees import CHUNK
from scheduler.people.models import Employee
from scheduler.people.pay_group_members import PayGroups, pay_groups_of
from scheduler.timekeeping.models import Timesheet
from scheduler.timekeeping.timesheets import DAY, LONGEST, holding


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """The days ``[first, end)`` that a timesheet holds."""

    first: date
    end: date

    def holds(self, day: date) -> bool:
        """Whether a day is among them."""
        return self.first <= day < self.end


class SheetDays:
    """Which days of some people timesheets hold, and which days a new one would hold.

    Timesheets that are there keep their days; so those of one person never overlap, whatever becomes of
    calendars, pay groups and places of work.

    Parameters
    ----------
    groups
        The pay groups of these people.
    taken
        The days of timesheets, in order, by employee.
    """

    def __init__(self, groups: PayGroups, taken: dict[UUID, list[Days]]) -> None:
        self.groups, self._taken = groups, taken

    def present(self, employee_id: UUID, day: date) -> Days | None:
        """The days of the timesheet that holds a day, if there is one."""
        return next((each for each in self._taken.get(employee_id, ()) if each.holds(day)), None)

    def span(self, employee: Employee, day: date) -> tuple[UUID | None, Days]:
        """The pay group and the days of a new timesheet for a day that none holds."""
        group, first, end = self.groups.days(employee, day)
        taken = self._taken.get(employee.id, ())
        return group, Days(
            max([first, *(each.end for each in taken if each.end <= day)]),
            min([end, *(each.first for each in taken if each.first > day)]),
        )

    def open_sheet(self, employee: Employee, day: date, until: date = date.max) -> Timesheet:
        """A new timesheet for a day that none holds, of days before ``until``; they are taken from now on."""
        group, days = self.span(employee, day)
        days = Days(days.first, min(days.end, until))
        insort(self._taken.setdefault(employee.id, []), days)
        return Timesheet(
            employee_id=employee.id,
            location_id=employee.location_id,
            pay_group_id=group,
            starts_on=days.first,
            ends_on=days.end,
        )

    def open_missing(
        self, employee: Employee, pay_group_id: UUID | None, first: date, end: date
    ) -> list[Timesheet]:
        """New timesheets for the days of ``[first, end)`` in a group that none holds yet."""
        made, day, until = [], max(first, employee.hired_on), date.max
        if employee.left_on is not None and employee.left_on <= first:
            # Whoever left before it all is still due what depends on the week that the period cuts.
            end = until = min(end, first + timedelta(days=7 - first.weekday()))
        elif employee.left_on is not None:
            end = min(end, employee.left_on)
        membership = self.groups.of(employee)
        while day < end:
            if present := self.present(employee.id, day):
                day = present.end
            elif membership.on(day) == pay_group_id:
                made.append(self.open_sheet(employee, day, until))
                day = made[-1].ends_on
            else:
                day = membership.stretch(day)[1]
        return made


def days_of_sheets(session: Session, employees: Collection[Employee], first: date, end: date) -> SheetDays:
    """What timesheets of some people hold around the days ``[first, end)``; only ask about these days."""
    taken: dict[UUID, list[Days]] = defaultdict(list)
    ids: Sequence[UUID] = sorted(employee.id for employee in employees)
    columns = (Timesheet.employee_id, Timesheet.starts_on, Timesheet.ends_on)
    for start in range(0, len(ids), CHUNK):
        query = select(*columns).where(
            Timesheet.employee_id.in_(ids[start : start + CHUNK]), *holding(first - LONGEST, end + LONGEST)
        )
        for employee_id, starts_on, ends_on in session.execute(query.order_by(Timesheet.starts_on)):
            taken[employee_id].append(Days(starts_on, ends_on))
    return SheetDays(pay_groups_of(session, employees), taken)


def sheet_days(session: Session, employee: Employee, day: date) -> Days:
    """The days of the timesheet of somebody that holds a day, or would if there were one."""
    known = days_of_sheets(session, [employee], day, day + DAY)
    return known.present(employee.id, day) or known.span(employee, day)[1]
