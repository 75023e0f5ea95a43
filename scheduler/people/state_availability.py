"""Somebody says when work is possible: every week, or on one date."""

from __future__ import annotations

from calendar import day_name
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import DAY_MINUTES
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.people.availability import Window
from scheduler.people.hold_employees import hold_employee
from scheduler.people.models import AvailabilityException, Employee, WeeklyAvailability

LATEST_MINUTE = 2880
WEEK_MINUTES = 7 * DAY_MINUTES
ONE_DAY = timedelta(days=1)


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
        With every weekday and window that cannot be, and every two that overlap, over midnight too.
    SchedulerError
        ``employee_not_found``.
    """
    employee = hold_employee(session, employee_id)
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
        With every window that cannot be, and every two that overlap, those of the dates around it included.
    SchedulerError
        ``employee_not_found``.
    """
    employee = hold_employee(session, employee_id)
    bare = [window for window, _ in windows]
    errors = _window_errors([(0, window) for window in bare])
    if errors := errors + _neighbours_errors(session, employee_id, day, bare):
        raise InvalidInput(errors)
    on_day = (AvailabilityException.employee_id == employee_id, AvailabilityException.day == day)
    session.execute(delete(AvailabilityException).where(*on_day))
    session.add_all(
        AvailabilityException(employee_id=employee_id, day=day, note=note, **window._asdict())
        for window, note in windows
    )
    return _stated(session, employee, actor, day=day.isoformat(), windows=len(windows))


def _stated(session: Session, employee: Employee, actor: str, **facts: str | int) -> Employee:
    session.flush()
    session.expire(employee, ["availability", "availability_exceptions"])
    record(session, actor, "availability.state", "employee", employee.id, **facts)
    return employee


def _window_errors(windows: Sequence[tuple[int, Window]]) -> list[FieldError]:
    """Windows that are none, and later ones that overlap an earlier one, on the same day or over midnight."""
    found = []
    for place, (day, window) in enumerate(windows):
        value = f"{window.start_minute} to {window.end_minute}"
        if not 0 <= window.start_minute < min(window.end_minute, DAY_MINUTES) or (
            window.end_minute > LATEST_MINUTE
        ):
            hint = "0 <= start_minute < end_minute <= 2880, starting before midnight (1440)"
            found.append(FieldError(f"windows[{place}].end_minute", value, "cannot be a window", hint))
        for other_place, (other_day, other) in enumerate(windows[:place]):
            if meet_in_the_week(day, window, other_day, other):
                on = "" if day == other_day else f" of {day_name[other_day % 7]}"
                problem = f"overlaps windows[{other_place}], {other.start_minute} to {other.end_minute}{on}"
                hint = "windows side by side, or one window for both"
                found.append(FieldError(f"windows[{place}].start_minute", value, problem, hint))
    return found


def meet_in_the_week(day: int, window: Window, other_day: int, other: Window) -> bool:
    """Whether two windows that repeat every week share a minute; that of Sunday may reach into Monday.

    Examples
    --------
    >>> from scheduler.people.models import AvailabilityKind
    >>> night = Window(1200, 1800, AvailabilityKind.AVAILABLE)
    >>> morning = Window(240, 480, AvailabilityKind.UNAVAILABLE)
    >>> meet_in_the_week(6, night, 0, morning), meet_in_the_week(6, night, 1, morning)
    (True, False)
    """
    apart = (other_day - day) * DAY_MINUTES
    return any(
        other.start_minute + apart + shift < window.end_minute
        and window.start_minute < other.end_minute + apart + shift
        for shift in (-WEEK_MINUTES, 0, WEEK_MINUTES)
    )


def _neighbours_errors(
    session: Session, employee_id: UUID, day: date, windows: Sequence[Window]
) -> list[FieldError]:
    """Windows that overlap one that was stated for the date before or after."""
    around = (day - ONE_DAY, day + ONE_DAY)
    query = select(AvailabilityException).where(
        AvailabilityException.employee_id == employee_id, AvailabilityException.day.in_(around)
    )
    found = []
    for other in session.scalars(query):
        apart = (other.day - day).days * DAY_MINUTES
        start, end = other.start_minute + apart, other.end_minute + apart
        for place, window in enumerate(windows):
            if start < window.end_minute and window.start_minute < end:
                value = f"{window.start_minute} to {window.end_minute}"
                problem = f"overlaps what is stated for {other.day}"
                hint = f"side by side with {other.start_minute} to {other.end_minute} of that day"
                found.append(FieldError(f"windows[{place}].start_minute", value, problem, hint))
    return found
