"""Somebody says when work is possible: every week, or on one date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.people.availability import Window
from scheduler.people.employees import find_employee
from scheduler.people.models import AvailabilityException, Employee, WeeklyAvailability

LATEST_MINUTE = 2880


def state_weekly_availability(
    session: Session, employee_id: UUID, windows: Sequence[tuple[int, Window]], *, actor: str
) -> Employee:
    """From now on these windows repeat every week, and no others.

    Parameters
    ----------
    windows
        Weekday (0 = Monday) and window of that day.

    Raises
    ------
    InvalidInput
        With every weekday and window that cannot be, and every two of one weekday that overlap.
    SchedulerError
        ``employee_not_found``.
    """
    employee = _held(session, employee_id)
    errors = [
        FieldError(f"windows[{place}].weekday", str(weekday), "is no weekday", "0 (Monday) to 6 (Sunday)")
        for place, (weekday, _) in enumerate(windows)
        if not 0 <= weekday <= 6
    ]
    if errors := errors + _window_errors(windows):
        raise InvalidInput(errors)
    session.execute(delete(WeeklyAvailability).where(WeeklyAvailability.employee_id == employee_id))
    session.add_all(
        WeeklyAvailability(employee_id=employee_id, weekday=weekday, **window._asdict())
        for weekday, window in windows
    )
    return _stated(session, employee, actor, windows=len(windows))


def state_availability_on(
    session: Session,
    employee_id: UUID,
    day: date,
    windows: Sequence[tuple[Window, str | None]],
    *,
    actor: str,
) -> Employee:
    """On one date these windows hold instead of the weekly ones; without any, the weekly ones hold again.

    Parameters
    ----------
    windows
        Window and remark.

    Raises
    ------
    InvalidInput
        With every window that cannot be, and every two that overlap.
    SchedulerError
        ``employee_not_found``.
    """
    employee = _held(session, employee_id)
    if errors := _window_errors([(0, window) for window, _ in windows]):
        raise InvalidInput(errors)
    on_day = (AvailabilityException.employee_id == employee_id, AvailabilityException.day == day)
    session.execute(delete(AvailabilityException).where(*on_day))
    session.add_all(
        AvailabilityException(employee_id=employee_id, day=day, note=note, **window._asdict())
        for window, note in windows
    )
    return _stated(session, employee, actor, day=day.isoformat(), windows=len(windows))


def _held(session: Session, employee_id: UUID) -> Employee:
    """The employee, kept from other writers, so that of two statements one is whole and then the other."""
    find_employee(session, employee_id)
    return session.get_one(Employee, employee_id, with_for_update=True)


def _stated(session: Session, employee: Employee, actor: str, **facts: str | int) -> Employee:
    session.flush()
    session.expire(employee, ["availability", "availability_exceptions"])
    record(session, actor, "availability.state", "employee", employee.id, **facts)
    return employee


def _window_errors(windows: Sequence[tuple[int, Window]]) -> list[FieldError]:
    """Windows that are none, and later ones that overlap an earlier one of the same day."""
    found = []
    for place, (day, window) in enumerate(windows):
        value = f"{window.start_minute} to {window.end_minute}"
        if not 0 <= window.start_minute < min(window.end_minute, 1440) or window.end_minute > LATEST_MINUTE:
            hint = "0 <= start_minute < end_minute <= 2880, starting before midnight (1440)"
            found.append(FieldError(f"windows[{place}].end_minute", value, "cannot be a window", hint))
        for other_place, (other_day, other) in enumerate(windows[:place]):
            meet = other.start_minute < window.end_minute and window.start_minute < other.end_minute
            if other_day == day and meet:
                problem = f"overlaps windows[{other_place}], {other.start_minute} to {other.end_minute}"
                hint = "windows of one day side by side, or one window for both"
                found.append(FieldError(f"windows[{place}].start_minute", value, problem, hint))
    return found
