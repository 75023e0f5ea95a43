"""One version of a roster as a manager looks at it: people by days, open shifts, coverage by interval."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.demand.coverage import coverage_between
from scheduler.kernel.clock import day_start, days_between, local_day, minutes_between
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.locations import find_location, list_departments
from scheduler.organisation.models import Department, Location
from scheduler.people.contracts import contracts_between
from scheduler.people.employees import employees_at
from scheduler.people.models import Employee, Skill
from scheduler.rosters.models import Roster, RosterVersion, Shift, VersionState
from scheduler.rosters.remarks import Remark, remarks_of
from scheduler.rosters.rosters import find_roster
from scheduler.rosters.versions import current_version, find_version, shifts_of
from scheduler.timeoff.models import TimeOff
from scheduler.timeoff.requests import time_off_between


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One person's week.

    Parameters
    ----------
    cells
        The shifts of each day of the week, by the local day on which they start.
    leave
        The days of the week with approved leave.
    contract_minutes
        Agreed minutes of a week; None for somebody without a contract in the week.
    """

    employee: Employee
    cells: tuple[tuple[Shift, ...], ...]
    leave: frozenset[date]
    contract_minutes: int | None

    @property
    def planned_minutes(self) -> int:
        """Paid minutes of the week's shifts."""
        return sum(shift.paid_minutes for cell in self.cells for shift in cell)


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """People wanted and planned in one interval of one department and skill."""

    department: Department
    skill: Skill
    starts_at: datetime
    ends_at: datetime
    minimum: int
    target: int
    maximum: int | None
    scheduled: int
    """The fewest who are planned at any time of the interval."""

    @property
    def missing(self) -> int:
        """How many people are short of the minimum."""
        return max(0, self.minimum - self.scheduled)


@dataclass(frozen=True, slots=True)
class Week:
    """Everything the grid shows.

    Parameters
    ----------
    version
        None for a roster that has none yet.
    remarks
        What is odd about a shift, by its lineage.
    """

    roster: Roster
    location: Location
    version: RosterVersion | None
    days: tuple[date, ...]
    rows: tuple[WeekRow, ...]
    open_shifts: tuple[Shift, ...]
    coverage: tuple[CoverageCell, ...]
    remarks: Mapping[UUID, tuple[Remark, ...]]

    @property
    def missing_minutes(self) -> int:
        """Person-minutes short of the minimum coverage."""
        return sum(cell.missing * minutes_between(cell.starts_at, cell.ends_at) for cell in self.coverage)


def week_of(session: Session, roster_id: UUID, version_id: UUID | None = None) -> Week:
    """The week of a roster in one of its versions, in a number of queries that does not grow with the people.

    Parameters
    ----------
    version_id
        None for what a manager works on: the newest draft, or else the published version.

    Raises
    ------
    SchedulerError
        ``roster_not_found``; ``version_not_found``, for a version of another roster too.
    """
    roster = find_roster(session, roster_id)
    location = find_location(session, roster.location_id)
    version = current_version(session, roster_id) if version_id is None else find_version(session, version_id)
    if version is not None and version.roster_id != roster_id:
        raise SchedulerError("version_not_found", version_id=str(version_id), roster_id=str(roster_id))
    shifts = shifts_of(session, version.id) if version else []
    days = tuple(days_between(roster.starts_on, roster.ends_on))
    zone = ZoneInfo(location.zone)
    return Week(
        roster=roster,
        location=location,
        version=version,
        days=days,
        rows=_rows(session, roster, shifts, days, zone),
        open_shifts=tuple(shift for shift in shifts if shift.employee_id is None),
        coverage=_coverage(session, roster, shifts, zone),
        remarks=remarks_of(session, shifts, location),
    )


def _rows(
    session: Session, roster: Roster, shifts: Sequence[Shift], days: Sequence[date], zone: ZoneInfo
) -> tuple[WeekRow, ...]:
    people = _people(session, roster, shifts)
    ids = [person.id for person in people]
    contracts = contracts_between(session, ids, roster.starts_on, days[-1])
    away = [(t.employee_id, t.starts_on, t.ends_on) for t in _leave(session, ids, roster)]
    cells: dict[tuple[UUID, date], list[Shift]] = defaultdict(list)
    for shift in shifts:
        if shift.employee_id:
            cells[shift.employee_id, local_day(shift.starts_at, zone)].append(shift)
    return tuple(
        WeekRow(
            employee=person,
            cells=tuple(tuple(cells[person.id, day]) for day in days),
            leave=frozenset(
                day for day in days if any(who == person.id and a <= day < z for who, a, z in away)
            ),
            contract_minutes=next((held.weekly_minutes for held in contracts.get(person.id, [])), None),
        )
        for person in people
    )


def _people(session: Session, roster: Roster, shifts: Iterable[Shift]) -> list[Employee]:
    """Everybody employed at the location in the week, and whoever else has a shift, by name."""
    own = employees_at(session, roster.location_id, roster.starts_on, roster.ends_on)
    guests = {shift.employee.id: shift.employee for shift in shifts if shift.employee}
    everybody = {**guests, **{person.id: person for person in own}}
    return sorted(everybody.values(), key=lambda person: (person.last_name, person.first_name, person.number))


def _leave(session: Session, ids: Sequence[UUID], roster: Roster) -> Sequence[TimeOff]:
    return time_off_between(session, ids, roster.starts_on, roster.ends_on)


def _coverage(
    session: Session, roster: Roster, shifts: Sequence[Shift], zone: ZoneInfo
) -> tuple[CoverageCell, ...]:
    start, end = day_start(roster.starts_on, zone), day_start(roster.ends_on, zone)
    needs = coverage_between(session, roster.location_id, start, end)
    departments = {each.id: each for each in list_departments(session, roster.location_id)}
    skills = {each.id: each for each in session.scalars(select(Skill))}
    working: dict[tuple[UUID, UUID], list[Shift]] = defaultdict(list)
    for shift in (*shifts, *_running_in(session, roster, start)):
        working[shift.department_id, shift.skill_id].append(shift)
    headcounts = {kind: Headcount.of(found) for kind, found in working.items()}
    nobody = Headcount((), ())
    cells = (
        CoverageCell(
            department=departments[need.department_id],
            skill=skills[need.skill_id],
            starts_at=need.starts_at,
            ends_at=need.ends_at,
            minimum=need.minimum,
            target=need.target,
            maximum=need.maximum,
            scheduled=headcounts.get((need.department_id, need.skill_id), nobody).fewest(
                need.starts_at, need.ends_at
            ),
        )
        for need in needs
    )
    return tuple(sorted(cells, key=lambda cell: (cell.department.code, cell.skill.code, cell.starts_at)))


def _running_in(session: Session, roster: Roster, start: datetime) -> list[Shift]:
    """Published shifts of the week before that run into this one."""
    query = (
        select(Shift)
        .join(RosterVersion)
        .join(Roster, RosterVersion.roster_id == Roster.id)
        .where(
            RosterVersion.state == VersionState.PUBLISHED,
            Roster.location_id == roster.location_id,
            Roster.id != roster.id,
            Shift.starts_at < start,
            Shift.ends_at > start,
        )
    )
    return list(session.scalars(query))


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many people work at each time: ``counts[n]`` from ``changes[n]`` until the next change."""

    changes: tuple[datetime, ...]
    counts: tuple[int, ...]

    @staticmethod
    def of(shifts: Iterable[Shift]) -> Headcount:
        """The headcount of shifts that somebody has."""
        steps: dict[datetime, int] = defaultdict(int)
        for shift in shifts:
            if shift.employee_id is not None:
                steps[shift.starts_at] += 1
                steps[shift.ends_at] -= 1
        changes = sorted(steps)
        return Headcount(tuple(changes), tuple(accumulate(steps[at] for at in changes)))

    def fewest(self, start: datetime, end: datetime) -> int:
        """The smallest number of people at any time of ``[start, end)``."""
        first = bisect_right(self.changes, start) - 1
        last = bisect_left(self.changes, end)
        return min(self.counts[max(first, 0) : last], default=0) if first >= 0 else 0
