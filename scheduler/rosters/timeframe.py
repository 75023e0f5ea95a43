"""The days of a roster in its zone, as the solver counts them: minutes from the first instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from scheduler.kernel.clock import day_start, days_between, local_instant, minutes_between
from solver.civil_days import Day
from solver.spans import Span

QUARTER = 15


@dataclass(frozen=True)
class Timeframe:
    """The civil days ``[first_day, end_day)`` of a zone; minute 0 is the first instant of ``first_day``.

    Not slotted: it works out its days once.

    Examples
    --------
    >>> frame = Timeframe(ZoneInfo("Europe/Warsaw"), date(2026, 10, 19), date(2026, 10, 26))
    >>> frame.end_minute, frame.days[-1].end - frame.days[-1].start
    (10140, 1500)
    """

    zone: ZoneInfo
    first_day: date
    end_day: date

    @cached_property
    def starts_at(self) -> datetime:
        """The instant of minute 0."""
        return day_start(self.first_day, self.zone)

    @cached_property
    def ends_at(self) -> datetime:
        """The instant after the last minute."""
        return day_start(self.end_day, self.zone)

    @property
    def end_minute(self) -> int:
        """The minute after the last."""
        return self.minute(self.ends_at)

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """Its days."""
        return self._days(self.first_day, self.end_day)

    def past_days(self, count: int) -> tuple[Day, ...]:
        """So many days before the first."""
        return self._days(self.first_day - timedelta(days=count), self.first_day)

    def minute(self, at: datetime) -> int:
        """Whole minutes from the first instant; negative before it."""
        return minutes_between(self.starts_at, at)

    def instant(self, minute: int) -> datetime:
        """The instant of a minute."""
        return self.starts_at + timedelta(minutes=minute)

    def span(self, starts_at: datetime, ends_at: datetime) -> Span:
        """Two instants as minutes."""
        return Span(self.minute(starts_at), self.minute(ends_at))

    def _days(self, first: date, end: date) -> tuple[Day, ...]:
        days = []
        for on in days_between(first, end):
            start = self.minute(day_start(on, self.zone))
            until = self.minute(day_start(on + timedelta(days=1), self.zone))
            change = self._clock_change(on, until) if until - start != 1440 else 180
            days.append(Day(on.isoformat(), start, until, change))
        return tuple(days)

    def _clock_change(self, on: date, day_end: int) -> int:
        """The wall-clock minute from which the new time holds on a day on which the clocks change."""
        for wall in range(1440 - QUARTER, -1, -QUARTER):
            if self.minute(local_instant(on, wall, self.zone)) != day_end - 1440 + wall:
                return wall + QUARTER
        return 0
