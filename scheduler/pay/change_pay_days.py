"""Change from a day on how days are paid together: the calendar of a pay group, or who is in which group.

Time that was recorded keeps its timesheet and its period. So a change can begin on any day after the last
one that has something in it: an open timesheet that has nothing from that day on ends the day before, one
that would begin later goes, and so do open periods without lines. Nothing is paid twice or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from scheduler.audit.record import record
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.organisation.locations import find_location
from scheduler.pay.models import PayLine, PayPeriod, PayPeriodState
from scheduler.people.employees import find_employee
from scheduler.people.hold_employees import CHUNK, hold_employees
from scheduler.people.models import Employee, PayGroupMember
from scheduler.people.pay_calendar import PayCalendar
from scheduler.people.pay_group_members import pay_groups_of
from scheduler.people.pay_groups import add_calendar, as_facts, find_pay_group
from scheduler.timekeeping.models import TimeLock, Timesheet, TimesheetState
from scheduler.timekeeping.timesheets import exceptions_of

DAY = timedelta(days=1)


def change_calendar(
    session: Session, pay_group_id: UUID, calendar: PayCalendar, *, valid_from: date, actor: str
) -> None:
    """A pay group has another calendar from a day on; changes that were planned for that day or later go.

    Its last period by the earlier calendar ends the day before.

    Parameters
    ----------
    valid_from
        A day on which a period of the new calendar begins.

    Raises
    ------
    InvalidInput
        With everything that cannot be.
    SchedulerError
        ``pay_group_not_found``; ``pay_days_taken`` with the first day from which it is possible.
    """
    group = find_pay_group(session, pay_group_id)
    if errors := calendar.errors() or _start_errors(calendar, valid_from):
        raise InvalidInput(errors)
    with session.begin_nested():
        group.calendars[:] = [each for each in group.calendars if each.valid_from < valid_from]
        session.flush()
        add_calendar(group, calendar, valid_from)
        session.flush()
        with_sheets = select(Timesheet.employee_id).where(
            Timesheet.pay_group_id == group.id, Timesheet.ends_on > valid_from
        )
        free_from = max(
            _free_sheets(session, set(session.scalars(with_sheets)), valid_from),
            _free_periods(session, PayPeriod.pay_group_id == group.id, valid_from, removing=True),
            _free_locks(session, TimeLock.pay_group_id == group.id, valid_from),
        )
        _refuse_taken(free_from, valid_from, lambda day: _next_start(calendar, day))
    facts = {"valid_from": valid_from.isoformat(), "calendar": as_facts(calendar)}
    record(session, actor, "pay_group.calendar", "pay_group", group.id, **facts)


def put_location_in_group(
    session: Session, location_id: UUID, pay_group_id: UUID | None, *, valid_from: date, actor: str
) -> None:
    """From a day on, people of a location are in a pay group unless they have one of their own.

    Parameters
    ----------
    pay_group_id
        None for weeks from Monday.

    Raises
    ------
    SchedulerError
        ``location_not_found``, ``pay_group_not_found``; ``pay_days_taken`` with the first day from which it
        is possible.
    """
    location = find_location(session, location_id)
    people = session.scalars(select(Employee.id).where(Employee.location_id == location_id)).all()
    row = PayGroupMember(location_id=location_id, valid_from=valid_from, pay_group_id=pay_group_id)
    before = pay_groups_of(session).of_location(location_id).on(valid_from)
    _put(session, row, PayGroupMember.location_id == location_id, location_id, people, {before, pay_group_id})
    facts = {"location": location.code, "valid_from": valid_from.isoformat()}
    record(session, actor, "pay_group.location", "pay_group", pay_group_id, **facts)


def put_employee_in_group(
    session: Session, employee_id: UUID, pay_group_id: UUID | None, *, valid_from: date, actor: str
) -> None:
    """From a day on, somebody is in a pay group of his own.

    Parameters
    ----------
    pay_group_id
        None for that of the location again.

    Raises
    ------
    SchedulerError
        ``employee_not_found``, ``pay_group_not_found``; ``pay_days_taken`` with the first day from which it
        is possible.
    """
    employee = find_employee(session, employee_id)
    groups = pay_groups_of(session, [employee])
    place = groups.of_location(employee.location_id).on(valid_from)
    touched = {groups.of(employee).on(valid_from), pay_group_id or place}
    row = PayGroupMember(employee_id=employee_id, valid_from=valid_from, pay_group_id=pay_group_id)
    own = PayGroupMember.employee_id == employee_id
    _put(session, row, own, employee.location_id, [employee_id], touched)
    facts = {"employee": employee.number, "valid_from": valid_from.isoformat()}
    record(session, actor, "pay_group.employee", "pay_group", pay_group_id, **facts)


def _put(
    session: Session,
    row: PayGroupMember,
    same: ColumnElement[bool],
    location_id: UUID,
    people: Collection[UUID],
    groups: Collection[UUID | None],
) -> None:
    """Store which group somebody or some place is in, in place of what was planned for that day or later."""
    if row.pay_group_id is not None:
        find_pay_group(session, row.pay_group_id)
    of_groups = [(PayPeriod.pay_group_id == each, TimeLock.pay_group_id == each) for each in groups]
    with session.begin_nested():
        session.execute(delete(PayGroupMember).where(same, PayGroupMember.valid_from >= row.valid_from))
        session.add(row)
        session.flush()
        here = PayPeriod.location_id == location_id, TimeLock.location_id == location_id
        free_from = max(
            _free_sheets(session, people, row.valid_from),
            *(
                free
                for period, lock in of_groups
                for free in (
                    _free_periods(session, here[0] & period, row.valid_from),
                    _free_locks(session, here[1] & lock, row.valid_from),
                )
            ),
        )
        _refuse_taken(free_from, row.valid_from)


def _free_sheets(session: Session, employee_ids: Collection[UUID], valid_from: date) -> date:
    """The first day from which no timesheet holds anything that belongs into another one now.

    Those that hold nothing from ``valid_from`` on are cut or removed.
    """
    held = hold_employees(session, employee_ids)
    groups = pay_groups_of(session, held.values())
    free_from = valid_from
    for sheet in _sheets_from(session, list(held), valid_from):
        group, first, end = groups.days(held[sheet.employee_id], max(sheet.starts_on, valid_from))
        if group == sheet.pay_group_id and first <= sheet.starts_on and sheet.ends_on <= end:
            continue
        recorded = _recorded_until(sheet)
        if recorded > valid_from:
            free_from = max(free_from, recorded)
        elif not _shortened(session, sheet, valid_from):
            free_from = max(free_from, sheet.ends_on)
    return free_from


def _sheets_from(session: Session, ids: list[UUID], day: date) -> list[Timesheet]:
    """The timesheets of people that hold days from a day on."""
    found: list[Timesheet] = []
    for start in range(0, len(ids), CHUNK):
        query = select(Timesheet).where(
            Timesheet.employee_id.in_(ids[start : start + CHUNK]), Timesheet.ends_on > day
        )
        loaded = query.options(selectinload(Timesheet.entries)).execution_options(populate_existing=True)
        found += session.scalars(loaded)
    return found


def _recorded_until(sheet: Timesheet) -> date:
    """The first day from which a timesheet holds nothing; its end once somebody stands for it."""
    if sheet.state is not TimesheetState.OPEN:
        return sheet.ends_on
    days = [entry.day for entry in sheet.entries] + [found.day for found in exceptions_of(sheet)]
    return max((day + DAY for day in days), default=date.min)


def _shortened(session: Session, sheet: Timesheet, day: date) -> bool:
    """Whether a timesheet could be ended before a day, or removed if it would begin later."""
    try:
        with session.begin_nested():
            if sheet.starts_on < day:
                sheet.ends_on = day
            else:
                session.delete(sheet)
    except IntegrityError:
        # Somebody decided or said something about it.
        return False
    return True


def _free_periods(
    session: Session, wanted: ColumnElement[bool], valid_from: date, *, removing: bool = False
) -> date:
    """The first day from which no closed period is touched.

    Parameters
    ----------
    removing
        Whether open periods have other days now: those without lines are cut or removed, the others count
        as closed ones.
    """
    free_from = valid_from
    with_lines = select(PayLine.id).where(PayLine.pay_period_id == PayPeriod.id).exists()
    fixed = PayPeriod.state == PayPeriodState.CLOSED
    touched = select(PayPeriod).where(wanted, PayPeriod.ends_on > valid_from)
    for period in session.scalars(touched.where(or_(fixed, with_lines) if removing else fixed)):
        free_from = max(free_from, period.ends_on)
    if removing and free_from == valid_from:
        for period in session.scalars(touched):
            if period.starts_on < valid_from:
                period.ends_on = valid_from
            else:
                session.delete(period)
        session.flush()
    return free_from


def _free_locks(session: Session, wanted: ColumnElement[bool], valid_from: date) -> date:
    """The first day from which no time is locked."""
    locks = select(TimeLock.ends_on).where(
        wanted, TimeLock.ends_on > valid_from, TimeLock.unlocked_at.is_(None)
    )
    return max(session.scalars(locks), default=valid_from)


def _refuse_taken(
    free_from: date, valid_from: date, following: Callable[[date], date] = lambda day: day
) -> None:
    if free_from > valid_from:
        possible = following(free_from)
        raise SchedulerError(
            "pay_days_taken",
            valid_from=valid_from.isoformat(),
            possible_from=possible.isoformat(),
            hint=f"from {possible} on: time before it is recorded, locked or paid already",
        )


def _start_errors(calendar: PayCalendar, valid_from: date) -> list[FieldError]:
    if calendar.span(valid_from)[0] == valid_from:
        return []
    following = _next_start(calendar, valid_from)
    hint = f"a first day such as {calendar.span(valid_from)[0]} or {following}"
    return [FieldError("valid_from", str(valid_from), "begins no period of the new calendar", hint)]


def _next_start(calendar: PayCalendar, day: date) -> date:
    """The first day from a day on that begins a period."""
    return calendar.span(day - DAY)[1]
