"""Many timesheets in a list: filtered, with what is planned, odd, disputed and due.

However many there are, it takes a handful of queries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from scheduler.kernel.clock import local_day, utc_now
from scheduler.people.models import Employee
from scheduler.rosters.models import CalendarEntry, Roster, Shift
from scheduler.timekeeping.derive import zones
from scheduler.timekeeping.disputes import unended
from scheduler.timekeeping.exceptions import TimeException
from scheduler.timekeeping.models import (
    Dispute,
    DisputeAct,
    DisputeEvent,
    Duty,
    ExceptionDecision,
    ExceptionOutcome,
    TimeEntry,
    Timesheet,
    TimesheetReminder,
    TimesheetState,
)
from scheduler.timekeeping.sheet_duties import USUAL, deadlines, open_duties
from scheduler.timekeeping.timesheets import exceptions_of

DAY = timedelta(days=1)
_NOT_CLOSED = Timesheet.state != TimesheetState.CLOSED


class Oddness(StrEnum):
    """Which timesheets are wanted by what is odd in them and not decided yet."""

    SOME = "some"
    UNCLEAR = "unclear"
    """Such that hours are unknown."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class SheetFilter:
    """Which timesheets to list; None stands for all.

    Parameters
    ----------
    within
        What they must fulfil to be seen at all.
    day
        Those that hold this day, whatever period they have around it.
    disputed
        With an open dispute, or without.
    off_plan_minutes
        Whose hours differ from the published shifts by more than this many minutes.
    overdue
        With this still to be done after its day.
    """

    within: ColumnElement[bool]
    location_id: UUID | None = None
    department_id: UUID | None = None
    employee_id: UUID | None = None
    day: date | None = None
    state: TimesheetState | None = None
    oddness: Oddness | None = None
    disputed: bool | None = None
    off_plan_minutes: int | None = None
    overdue: Duty | None = None

    def bounded(self, within: ColumnElement[bool]) -> SheetFilter:
        """The same, of timesheets that fulfil one condition more."""
        return replace(self, within=self.within & within)

    def without_old(self) -> SheetFilter:
        """The same without closed ones, unless a day, a state or disputes are asked for: years of them."""
        asked = (self.day, self.state, self.disputed)
        return self if any(each is not None for each in asked) else self.bounded(_NOT_CLOSED)

    def conditions(self) -> list[ColumnElement[bool]]:
        """What the database can tell by itself."""
        wanted = [self.within]
        for column, value in (
            (Timesheet.location_id, self.location_id),
            (Timesheet.employee_id, self.employee_id),
            (Timesheet.state, self.state),
        ):
            if value is not None:
                wanted.append(column == value)
        if self.department_id is not None:
            of_department = select(Employee.id).where(Employee.department_id == self.department_id)
            wanted.append(Timesheet.employee_id.in_(of_department))
        if self.day is not None:
            wanted += [Timesheet.starts_on <= self.day, Timesheet.ends_on > self.day]
        return wanted

    def takes(self, line: SheetLine) -> bool:
        """What can be told only once its time is read."""
        odd, unclear = bool(line.odd), bool(line.unclear)
        oddness = {Oddness.SOME: odd, Oddness.UNCLEAR: unclear, Oddness.NONE: not odd, None: True}
        return (
            oddness[self.oddness]
            and self.disputed in (None, line.disputes > 0)
            and (self.off_plan_minutes is None or abs(line.difference_minutes) > self.off_plan_minutes)
            and (self.overdue is None or self.overdue in line.overdue)
        )


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A timesheet in the list.

    Parameters
    ----------
    planned_minutes
        Paid minutes of the published shifts of its days.
    odd
        What nobody has decided on, in order of time.
    disputes
        How many are open.
    duties
        What is still to be done with it, each with the last day for it.
    reminded_at
        When somebody was last reminded of each duty.
    """

    sheet: Timesheet
    employee: Employee
    zone: ZoneInfo
    worked_minutes: int
    planned_minutes: int
    odd: tuple[TimeException, ...]
    disputes: int
    duties: Mapping[Duty, date]
    reminded_at: Mapping[Duty, datetime] = field(default_factory=dict)
    today: date = date.min

    @property
    def difference_minutes(self) -> int:
        """What was worked more than planned; negative for less."""
        return self.worked_minutes - self.planned_minutes

    @property
    def unclear(self) -> list[TimeException]:
        """What leaves hours unknown."""
        return [each for each in self.odd if each.blocking]

    @property
    def overdue(self) -> frozenset[Duty]:
        """What should have been done before today."""
        return frozenset(duty for duty, due_on in self.duties.items() if due_on < self.today)


def list_sheets(session: Session, wanted: SheetFilter) -> list[SheetLine]:
    """The wanted timesheets, those with unknown hours first, then by name and period."""
    of_wanted = wanted.conditions()
    rows = session.execute(
        select(Timesheet, Employee).join(Employee, Employee.id == Timesheet.employee_id).where(*of_wanted)
    ).all()
    if not rows:
        return []
    sheets = [sheet for sheet, _ in rows]
    zone_of, due, now = zones(session), deadlines(session), utc_now()
    worked = _worked(session, of_wanted)
    planned = _planned(session, sheets, of_wanted, zone_of)
    settled, disputes = _accepted(session, of_wanted), _disputes(session, of_wanted)
    reminded = _reminded(session, of_wanted)
    lines = []
    for sheet, employee in rows:
        zone = zone_of[sheet.location_id]
        today = local_day(now, zone)
        standing = disputes.get(sheet.id, ())
        waits = DisputeAct.RAISED in standing
        duties = open_duties(sheet, today, has_time=sheet.id in worked, waits_for_answer=waits)
        rules = due.get(sheet.location_id, USUAL)
        lines.append(
            SheetLine(
                sheet=sheet,
                employee=employee,
                zone=zone,
                worked_minutes=worked.get(sheet.id, 0),
                planned_minutes=planned.get(sheet.id, 0),
                odd=_odd(sheet, settled),
                disputes=len(standing),
                duties={duty: rules.due_on(sheet, duty) for duty in sorted(duties)},
                reminded_at=reminded.get(sheet.id, {}),
                today=today,
            )
        )
    return sorted(filter(wanted.takes, lines), key=_order)


def _order(line: SheetLine) -> tuple[object, ...]:
    who = line.employee
    return (not line.unclear, who.last_name, who.first_name, who.number, line.sheet.starts_on)


def _worked(session: Session, of_wanted: Sequence[ColumnElement[bool]]) -> dict[UUID, int]:
    query = (
        select(TimeEntry.timesheet_id, func.sum(TimeEntry.worked_minutes))
        .join(Timesheet, Timesheet.id == TimeEntry.timesheet_id)
        .where(*of_wanted)
        .group_by(TimeEntry.timesheet_id)
    )
    return dict(session.execute(query).all())


def _planned(
    session: Session,
    sheets: Sequence[Timesheet],
    of_wanted: Sequence[ColumnElement[bool]],
    zone_of: Mapping[UUID, ZoneInfo],
) -> dict[UUID, int]:
    """Paid minutes of the published shifts that start in the days of each timesheet."""
    of_person: dict[UUID, list[Timesheet]] = {}
    for sheet in sheets:
        of_person.setdefault(sheet.employee_id, []).append(sheet)
    first = datetime.combine(min(sheet.starts_on for sheet in sheets) - DAY, time.min, UTC)
    end = datetime.combine(max(sheet.ends_on for sheet in sheets) + DAY, time.min, UTC)
    query = (
        select(CalendarEntry.employee_id, CalendarEntry.starts_at, Shift.paid_minutes, Roster.location_id)
        .join(Shift, Shift.id == CalendarEntry.shift_id)
        .join(Roster, Roster.id == CalendarEntry.roster_id)
        .where(
            CalendarEntry.employee_id.in_(select(Timesheet.employee_id).where(*of_wanted)),
            CalendarEntry.cancelled.is_(False),
            CalendarEntry.starts_at >= first,
            CalendarEntry.starts_at < end,
        )
    )
    found: dict[UUID, int] = {}
    for employee_id, starts_at, minutes, location_id in session.execute(query):
        day = local_day(starts_at, zone_of[location_id])
        for sheet in of_person[employee_id]:
            if sheet.starts_on <= day < sheet.ends_on:
                found[sheet.id] = found.get(sheet.id, 0) + minutes
    return found


def _accepted(
    session: Session, of_wanted: Sequence[ColumnElement[bool]]
) -> frozenset[tuple[UUID, str, datetime]]:
    query = (
        select(ExceptionDecision.timesheet_id, ExceptionDecision.code, ExceptionDecision.at)
        .join(Timesheet, Timesheet.id == ExceptionDecision.timesheet_id)
        .where(ExceptionDecision.outcome == ExceptionOutcome.ACCEPTED, *of_wanted)
    )
    return frozenset((key, code, at) for key, code, at in session.execute(query))


def _odd(sheet: Timesheet, settled: frozenset[tuple[UUID, str, datetime]]) -> tuple[TimeException, ...]:
    return tuple(each for each in exceptions_of(sheet) if (sheet.id, each.code.value, each.at) not in settled)


def _disputes(session: Session, of_wanted: Sequence[ColumnElement[bool]]) -> dict[UUID, list[DisputeAct]]:
    """The latest act of each open dispute, by timesheet."""
    step = aliased(DisputeEvent)
    latest = select(func.max(step.number)).where(step.dispute_id == Dispute.id).scalar_subquery()
    query = (
        select(Dispute.timesheet_id, DisputeEvent.act)
        .join(DisputeEvent, DisputeEvent.dispute_id == Dispute.id)
        .join(Timesheet, Timesheet.id == Dispute.timesheet_id)
        .where(DisputeEvent.number == latest, unended(), *of_wanted)
    )
    found: dict[UUID, list[DisputeAct]] = {}
    for key, act in session.execute(query):
        found.setdefault(key, []).append(act)
    return found


def _reminded(session: Session, of_wanted: Sequence[ColumnElement[bool]]) -> dict[UUID, dict[Duty, datetime]]:
    query = (
        select(TimesheetReminder.timesheet_id, TimesheetReminder.duty, func.max(TimesheetReminder.at))
        .join(Timesheet, Timesheet.id == TimesheetReminder.timesheet_id)
        .where(*of_wanted)
        .group_by(TimesheetReminder.timesheet_id, TimesheetReminder.duty)
    )
    found: dict[UUID, dict[Duty, datetime]] = {}
    for key, duty, at in session.execute(query):
        found.setdefault(key, {})[duty] = at
    return found
