"""Windows of whole civil days over which rules count: days, months, pay periods, the horizon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solver.civil_days import Calendar
    from solver.problem import Employee, Problem


LONGEST_DAYS, LONGEST_MONTHS = 3660, 120


@dataclass(frozen=True, slots=True)
class Period:
    """Windows of whole civil days over which something is counted; work counts on the day it starts.

    Give ``days``, ``months`` or ``custom``; where nothing is given a window is a day.

    Parameters
    ----------
    days
        Length of a window in days; None is the horizon as a whole, or what the other parameters say.
    rolling
        A window for every day (with ``months``: every month) that can end one; otherwise one after the
        other.
    anchor
        ISO date on which one of the consecutive windows starts; None is the first day of the horizon. With
        ``months`` the day of the month, 1 to 28, on which months begin, and a month with which a window
        begins; None is the first of January.
    months
        Length of a window in calendar months.
    custom
        Windows as (first, last) ISO dates, in order: pay periods, semesters. Work on a day in none of them
        is not counted.

    Examples
    --------
    >>> day, week, four_weeks, horizon = Period(1), Period(7), Period(28, rolling=True), Period(None)
    >>> month, quarter = Period(months=1), Period(months=3)
    >>> from_the_26th_on = Period(months=1, anchor="2026-01-26")
    >>> semesters = Period(custom=(("2026-10-01", "2027-02-14"), ("2027-02-22", "2027-06-30")))
    >>> Period(0)
    Traceback (most recent call last):
    ValueError: days is 0; a window has at least 1 day and at most 3660
    """

    days: int | None = 1
    rolling: bool = False
    anchor: str | None = None
    months: int | None = None
    custom: tuple[tuple[str, ...], ...] = ()

    def __post_init__(self) -> None:
        """Refuse windows that are empty, out of order or given in two ways."""
        if self.days is not None and not 1 <= self.days <= LONGEST_DAYS:
            raise ValueError(f"days is {self.days}; a window has at least 1 day and at most {LONGEST_DAYS}")
        if self.months is not None and not 1 <= self.months <= LONGEST_MONTHS:
            told = f"a window has at least 1 month and at most {LONGEST_MONTHS}"
            raise ValueError(f"months is {self.months}; {told}")
        if self.months is not None or self.custom:
            if self.days not in (1, None) or (self.months is not None and self.custom):
                raise ValueError("give days, months or custom windows, not two of them")
            object.__setattr__(self, "days", None)
        if self.custom and (self.rolling or self.anchor is not None):
            raise ValueError("custom windows are neither rolling nor anchored; leave that out")
        if self.whole_horizon and (self.rolling or self.anchor is not None):
            raise ValueError("the horizon as one window is neither rolling nor anchored; leave that out")
        self._check_months()
        self._check_custom()

    def _check_months(self) -> None:
        if self.months is None:
            return
        if self.anchor is not None and int(self.anchor[8:10] or 1) > 28:
            raise ValueError(f"anchor is {self.anchor}; a month can begin on day 1 to 28")
        if self.anchor is None and not self.rolling and 12 % self.months:
            raise ValueError(f"months is {self.months}, which is no part of a year; give an anchor")

    def _check_custom(self) -> None:
        before = date.min
        for window in self.custom:
            try:
                first, last = map(date.fromisoformat, window)
            except ValueError:
                raise ValueError(
                    f"{list(window)} is no window; write two ISO dates, first and last"
                ) from None
            if last < first or first <= before:
                raise ValueError(
                    f"{list(window)} ends before it starts, or starts before the one before it ends"
                )
            before = last

    @property
    def whole_horizon(self) -> bool:
        """Whether the horizon is its one window."""
        return self.days is None and self.months is None and not self.custom

    def windows(self, problem: Problem, employee: Employee, *, closed: bool) -> list[range]:
        """The windows that touch the horizon, as ranges of day indexes.

        Parameters
        ----------
        problem, employee
            Days before the horizon belong to windows; days after it do if the employee has upcoming work.
        closed
            Only windows that end within what is known, which is what a minimum needs.
        """
        size = problem.calendar.size
        if self.whole_horizon:
            return [range(size)]
        last_known = known_days(problem, employee).stop
        if self.rolling and self.months is None:
            days = self.days or 1
            last_end = min(last_known, size + days - 1)
            return [range(end - days, end) for end in range(1, last_end + 1)]
        return [
            window
            for window in self._consecutive(problem.calendar)
            if window.start < size and window.stop > 0 and (not closed or window.stop <= last_known)
        ]

    def _consecutive(self, calendar: Calendar) -> list[range]:
        """All windows that can touch the horizon, unless they are rolling days."""
        if self.custom:
            ends = (
                (calendar.index_of_date(first), calendar.index_of_date(last)) for first, last in self.custom
            )
            return [range(first, last + 1) for first, last in ends]
        if self.months is not None:
            return self._months(calendar, self.months)
        days = self.days or 1
        first = (calendar.index_of_date(self.anchor) if self.anchor else 0) % days
        return [range(at, at + days) for at in range(first - days, calendar.size, days)]

    def _months(self, calendar: Calendar, months: int) -> list[range]:
        anchor = date.fromisoformat(self.anchor) if self.anchor else date(1, 1, 1)
        offset = anchor.year * 12 + anchor.month - 1

        def begin(month: int) -> int:
            return calendar.index_of_date(date(month // 12, month % 12 + 1, anchor.day).isoformat())

        def month_of(day: int) -> int:
            on = date.fromisoformat(calendar.date(day))
            return on.year * 12 + on.month - 1

        step = 1 if self.rolling else months
        earliest = month_of(0) - months
        earliest -= (earliest - offset) % step
        latest = month_of(calendar.size - 1)
        return [range(begin(at), begin(at + months)) for at in range(earliest, latest + 1, step)]


def known_days(problem: Problem, employee: Employee) -> range:
    """The days about which it is known whether the employee works.

    From the first day of history to the last day of upcoming work; without these, the horizon.
    """
    day_of, size = problem.calendar.index, problem.calendar.size
    first = min((day_of(work.start) for work in employee.history[:1]), default=0)
    last = max((day_of(work.start) for work in employee.upcoming), default=size - 1)
    return range(first, last + 1)


DAILY = Period(1)
WEEKLY = Period(7)
HORIZON = Period(None)
