"""Civil days as spans of minutes: 1440 long except where the clocks change."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Day:
    """A civil day as a half-open span of minutes.

    Parameters
    ----------
    on
        ISO date, for instance ``2026-11-23``.
    start, end
        Minutes from the origin; 1380 or 1500 long where the clocks change, otherwise 1440.
    clock_change
        Wall-clock minute after midnight from which the new time holds for sure, used on days that are not
        1440 long only. 180 (03:00) is right for Europe and North America.

    Examples
    --------
    >>> spring = Day("2026-03-29", 0, 1380)
    >>> spring.minute(60), spring.minute(9 * 60)
    (60, 480)
    """

    on: str
    start: int
    end: int
    clock_change: int = 180

    def minute(self, wall_minutes: int) -> int:
        """The minute at which a clock shows that many minutes after midnight (over 1440: the next day).

        On a day that is longer, the first of two equal readings; on a shorter one, a reading that does not
        exist is what the clock would show had it not been changed.
        """
        if wall_minutes < self.clock_change:
            return self.start + wall_minutes
        return self.end - 1440 + wall_minutes

    def wall(self, minute: int) -> int:
        """Minutes after midnight that a clock shows at a minute of the day, the second time round too.

        Examples
        --------
        >>> autumn = Day("2026-10-25", 0, 1500)
        >>> autumn.wall(150), autumn.wall(210), autumn.wall(540)
        (150, 150, 480)
        """
        changed_at = min(self.start, self.end - 1440) + self.clock_change
        return minute - self.start if minute < changed_at else minute - (self.end - 1440)


class Calendar:
    """Days by index: 0 is the first day of the horizon, negative ones lie before it.

    Parameters
    ----------
    days
        Days of the horizon.
    past_days
        Known days before it; beyond what is known, days are 1440 minutes long, in both directions.

    Examples
    --------
    >>> calendar = Calendar([Day("2026-03-29", 0, 1380), Day("2026-03-30", 1380, 2820)], [])
    >>> calendar.index(1380), calendar.index(-1), calendar.index(2820)
    (1, -1, 2)
    >>> calendar.date(-1), calendar.weekday(-1), calendar.span(2)
    ('2026-03-28', 5, (2820, 4260))
    """

    def __init__(self, days: Sequence[Day], past_days: Sequence[Day]) -> None:
        """Index the known days."""
        self.size = len(days)
        self._known = [*past_days, *days]
        self._starts = [day.start for day in self._known]
        self._past = len(past_days)
        self._first = date.fromisoformat(days[0].on)
        self._indexes: dict[int, int] = {}
        self._dates: dict[int, str] = {}

    def index(self, minute: int) -> int:
        """Index of the day in which a minute lies."""
        known = self._indexes.get(minute)
        if known is None:
            known = self._indexes[minute] = self._find(minute)
        return known

    def _find(self, minute: int) -> int:
        first, last = self._known[0], self._known[-1]
        if minute < first.start:
            return -self._past + (minute - first.start) // 1440
        if minute >= last.end:
            return self.size + (minute - last.end) // 1440
        return bisect_right(self._starts, minute) - 1 - self._past

    def span(self, index: int) -> tuple[int, int]:
        """Start and end of the day with that index."""
        place = index + self._past
        if place < 0:
            start = self._known[0].start + place * 1440
            return start, start + 1440
        if place >= len(self._known):
            start = self._known[-1].end + (index - self.size) * 1440
            return start, start + 1440
        return self._known[place].start, self._known[place].end

    def day(self, index: int) -> Day:
        """The day with that index."""
        place = index + self._past
        if 0 <= place < len(self._known):
            return self._known[place]
        return Day(self.date(index), *self.span(index))

    def date(self, index: int) -> str:
        """ISO date of the day with that index."""
        known = self._dates.get(index)
        if known is None:
            known = self._dates[index] = (self._first + timedelta(days=index)).isoformat()
        return known

    def weekday(self, index: int) -> int:
        """Day of the week of the day with that index, 0 = Monday to 6 = Sunday."""
        return (self._first.weekday() + index) % 7

    def index_of_date(self, on: str) -> int:
        """Index of the day with that ISO date."""
        return (date.fromisoformat(on) - self._first).days
