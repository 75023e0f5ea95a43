"""Settlement periods: the spans over which working time is averaged, and the weeks that begin with them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Settlement:
    """Periods of some months, one after the other.

    Parameters
    ----------
    starts_on
        First day of one of them; day of the month 1 to 28.
    months
        Length, >= 1.

    Raises
    ------
    ValueError
        If the day or the length will not do.

    Examples
    --------
    >>> quarters = Settlement(date(2026, 1, 1), 3)
    >>> quarters.period_of(date(2026, 11, 23))
    (datetime.date(2026, 10, 1), datetime.date(2027, 1, 1))
    """

    starts_on: date
    months: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.starts_on.day <= 28:
            raise ValueError(f"settlement periods start on {self.starts_on}; use a day from 1 to 28")
        if self.months < 1:
            raise ValueError(f"settlement periods of {self.months} months; use 1 or more")

    def period_of(self, day: date) -> tuple[date, date]:
        """The period ``[first, end)`` in which a civil day lies."""
        apart = (day.year - self.starts_on.year) * 12 + day.month - self.starts_on.month
        if day.day < self.starts_on.day:
            apart -= 1
        number = apart // self.months
        return self._start(number), self._start(number + 1)

    def periods(self, first: date, end: date) -> list[tuple[date, date]]:
        """The periods that have a day in ``[first, end)``, in order."""
        found = [self.period_of(first)]
        while found[-1][1] < end:
            found.append(self.period_of(found[-1][1]))
        return found

    def weeks(self, first: date, end: date) -> list[tuple[date, date]]:
        """The weeks that have a day in ``[first, end)``: seven days each, from the start of the period on.

        The days left over at the end of a period are a last, shorter one.

        Examples
        --------
        >>> months = Settlement(date(2026, 1, 1))
        >>> [str(first) for first, _ in months.weeks(date(2026, 11, 23), date(2026, 11, 30))]
        ['2026-11-22', '2026-11-29']
        """
        found: list[tuple[date, date]] = []
        for period_first, period_end in self.periods(first, end):
            at = period_first
            while at < period_end:
                until = min(at + WEEK, period_end)
                if at < end and until > first:
                    found.append((at, until))
                at = until
        return found

    def _start(self, number: int) -> date:
        months = self.starts_on.year * 12 + self.starts_on.month - 1 + number * self.months
        year, month = divmod(months, 12)
        return date(year, month + 1, min(self.starts_on.day, monthrange(year, month + 1)[1]))
