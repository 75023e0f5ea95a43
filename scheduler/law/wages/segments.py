"""Worked time in pieces so small that one rate holds for each: by date, night, workday, week, contract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from itertools import pairwise

from scheduler.kernel.clock import day_start, local_day, local_instant, minutes_between
from scheduler.kernel.effective import in_force
from scheduler.law.provisions import Provision
from scheduler.law.values import ClockWindow
from scheduler.law.wages.pay_law import PayLaw
from scheduler.law.wages.work import PayCase, Terms, WorkedTime
from scheduler.law.wages.workdays import DAY, Workday, week_start_of, workday_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Work on which every question of pay has one answer.

    Parameters
    ----------
    start, end
        UTC, half-open.
    minutes
        Length; pieces hold no breaks.
    civil_day
        On which it lies.
    free_day
        The day whose Sunday or holiday it would be: where those last from 06:00 to 06:00, the hours of a
        night still belong to the day before.
    is_night
        In the hours of the night.
    workday
        The place of its working day.
    week
        First civil day of its workweek.
    span, terms
        The work and the contract it is a piece of.
    tier
        How its overtime is paid, and what makes it overtime; None for time at the straight rate.
    threshold
        Beyond what it is overtime.
    """

    start: datetime
    end: datetime
    minutes: int
    civil_day: date
    free_day: date
    is_night: bool
    workday: int
    week: date
    span: WorkedTime
    terms: Terms
    tier: Provision | None = None
    threshold: Provision | None = None

    def cut(self, minutes: int) -> tuple[Segment, Segment]:
        """Its first minutes, and the rest."""
        at = self.start + timedelta(minutes=minutes)
        head = replace(self, end=at, minutes=minutes)
        return head, replace(self, start=at, minutes=self.minutes - minutes)


@dataclass(frozen=True, slots=True)
class Segmented:
    """The pieces in order of time, the working days they lie in, and what no contract pays."""

    segments: tuple[Segment, ...]
    days: tuple[Workday, ...]
    days_without_terms: tuple[date, ...]


def segmented(case: PayCase, law: PayLaw, days: Sequence[Workday]) -> Segmented:
    """All worked time, cut."""
    found: list[Segment] = []
    missing: set[date] = set()
    windows = _Windows(case, law)
    for span in sorted(case.worked, key=lambda one: (one.start, one.end)):
        for start, end in _pieces(case, span, days, windows):
            day = local_day(start, case.zone)
            terms = in_force(case.worker.terms, day)
            if terms is None:
                missing.add(day)
                continue
            found.append(
                Segment(
                    start=start, end=end, minutes=minutes_between(start, end), civil_day=day,
                    free_day=windows.free_day(start),
                    is_night=windows.is_night(start), workday=workday_at(days, start),
                    week=week_start_of(start, case.employer, case.zone), span=span, terms=terms,
                )
            )  # fmt: skip
    return Segmented(tuple(found), tuple(days), tuple(sorted(missing)))


@cache
def hours(minutes: int) -> Fraction:
    """Minutes as hours, exact."""
    return Fraction(minutes, 60)


class _Windows:
    """The hours of the night and of Sundays on each day."""

    def __init__(self, case: PayCase, law: PayLaw) -> None:
        self.case, self.law = case, law
        self._edges: dict[date, tuple[datetime, ...]] = {}
        self._nights: dict[date, tuple[datetime, datetime] | None] = {}

    def edges(self, day: date) -> tuple[datetime, ...]:
        """Where something can change on a civil day, its own start included."""
        if day not in self._edges:
            zone, employer = self.case.zone, self.case.employer
            minutes = {employer.week_start_minute, self._free_from(day)}
            instants = {day_start(day, zone), *(local_instant(day, minute, zone) for minute in minutes)}
            instants.update(self._night(day) or ())
            self._edges[day] = tuple(sorted(instants))
        return self._edges[day]

    def is_night(self, at: datetime) -> bool:
        """Whether an instant is in the hours of the night."""
        day = local_day(at, self.case.zone)
        nights = (self._night(day), self._night(day - DAY))
        return any(night is not None and night[0] <= at < night[1] for night in nights)

    def free_day(self, at: datetime) -> date:
        """The day whose Sunday or holiday an instant belongs to."""
        day = local_day(at, self.case.zone)
        starts = local_instant(day, self._free_from(day), self.case.zone)
        return day - DAY if at < starts else day

    def _free_from(self, day: date) -> int:
        window = self.law.value("sunday_window", ClockWindow, self.case.worker.subject, day)
        return window.start_minute if window else 0

    def _night(self, day: date) -> tuple[datetime, datetime] | None:
        if day not in self._nights:
            set_by_law = self.law.value("night_window", ClockWindow, self.case.worker.subject, day)
            window = self.case.employer.night_window or set_by_law
            zone = self.case.zone
            edges = (window.start_minute, window.end_minute) if window else None
            self._nights[day] = edges and (
                local_instant(day, edges[0], zone),
                local_instant(day, edges[1], zone),
            )
        return self._nights[day]


def _pieces(
    case: PayCase, span: WorkedTime, days: Sequence[Workday], windows: _Windows
) -> Iterator[tuple[datetime, datetime]]:
    """The span without its breaks, cut wherever something may change."""
    cuts = {span.start, span.end, *(edge for rest in span.breaks for edge in rest)}
    day = local_day(span.start, case.zone) - DAY
    while day <= local_day(span.end, case.zone):
        cuts.update(windows.edges(day))
        day += DAY
    at = workday_at(days, span.start)
    while at < len(days) and days[at].start < span.end:
        cuts.add(days[at].start)
        at += 1
    inside = sorted(at for at in cuts if span.start <= at <= span.end)
    for start, end in pairwise(inside):
        if not any(rest[0] <= start < rest[1] for rest in span.breaks):
            yield start, end
