"""To which civil day worked time belongs: pure, and every minute to exactly one.

A setting holds from a day on. Whatever an earlier one gave to a day before that day stays there, so that a
setting never moves a minute into, or out of, a pay period that ended before it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from scheduler.kernel.clock import MINUTE, day_start, local_day, local_instant
from scheduler.law.wages.work import PlannedTime, WorkedTime
from scheduler.law.wages.workdays import Workday, days_by_schedule, workday_at
from scheduler.organisation.models import DayRule
from scheduler.timekeeping.pairing import Instants, Worked
from scheduler.timekeeping.stays import stays, within

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class DatedRule:
    """A rule that holds from a civil day on.

    Parameters
    ----------
    workday_starts_minute
        Minutes after local midnight at which workdays begin; for `DayRule.WORKDAY` only.
    """

    starts_on: date
    rule: DayRule
    workday_starts_minute: int = 0


FROM_THE_FIRST = DatedRule(date.min, DayRule.START)
"""What holds where nobody said anything."""

Piece = tuple[datetime, datetime, date]
"""A stretch ``[start, end)`` of one stay and the day it belongs to."""


def given_days(
    worked: Sequence[Worked],
    rules: Mapping[UUID, Sequence[DatedRule]],
    zones: Mapping[UUID, ZoneInfo],
    planned: Sequence[Instants] = (),
) -> list[Worked]:
    """The work of one person with the day each part belongs to, cut where a rule parts it.

    Parameters
    ----------
    worked
        In any order. What a transfer parted is one stay, and follows the rule of the place where it began.
    rules
        By location, each list by day; a location without any has `FROM_THE_FIRST`.
    zones
        Of every location.
    planned
        The person's published shifts; only `DayRule.DOBA` asks for them.

    Notes
    -----
    Minutes are neither made nor lost: the parts of a span have its breaks and its punches between them.
    """
    found: list[Worked] = []
    whole = stays(worked)
    dobas: dict[ZoneInfo, list[Workday]] = {}

    def doba_of(zone: ZoneInfo) -> list[Workday]:
        if zone not in dobas:
            dobas[zone] = _dobas(whole, zone, planned)
        return dobas[zone]

    for stay in whole:
        place = stay[0].location_id
        pieces = _pieces(stay, rules.get(place, ()), zones[place], doba_of)
        for span in stay:
            found += [
                replace(within(span, start, end), day=day)
                for start, end, day in pieces
                if start < span.ends_at and span.starts_at < end
            ]
    return found


def workday_minute(rules: Sequence[DatedRule], day: date) -> int:
    """Minutes after local midnight at which workdays begin on a civil day, where a rule says so; else 0."""
    held = max((one for one in rules if one.starts_on <= day), default=FROM_THE_FIRST)
    return held.workday_starts_minute


def has_doba(rules: Mapping[UUID, Sequence[DatedRule]]) -> bool:
    """Whether the day of work can depend on the work and the shifts before it."""
    return any(one.rule is DayRule.DOBA for dated in rules.values() for one in dated)


def is_anchored(
    worked: Sequence[Worked], planned: Sequence[Instants], known_from: datetime, before: datetime
) -> bool:
    """Whether nothing was worked or began to be scheduled for 24 hours between two instants.

    No `DayRule.DOBA` runs on after that: the days of later work do not depend on what lies before
    ``known_from``.
    """
    busy = [(span.starts_at, span.ends_at) for span in worked] + [(start, start) for start, _ in planned]
    free_from = known_from
    for start, end in sorted(busy):
        if min(start, before) - free_from >= DAY:
            return True
        free_from = max(free_from, end)
    return before - free_from >= DAY


def _pieces(
    stay: Sequence[Worked],
    rules: Sequence[DatedRule],
    zone: ZoneInfo,
    doba_of: Callable[[ZoneInfo], list[Workday]],
) -> list[Piece]:
    """The stay as each rule leaves it to the next: what lies before the next one's first day is settled."""
    settled: list[Piece] = []
    rest: list[Piece] = [(stay[0].starts_at, stay[-1].ends_at, date.min)]
    dated = [FROM_THE_FIRST, *sorted(rules)]
    for number, rule in enumerate(dated):
        following = dated[number + 1].starts_on if number + 1 < len(dated) else date.max
        days = [
            (start, end, max(day, rule.starts_on))
            for first, last, _ in _merged(rest)
            for start, end, day in _cut(stay, first, last, rule, zone, doba_of)
        ]
        settled += [piece for piece in days if piece[2] < following]
        rest = [piece for piece in days if piece[2] >= following]
        if not rest:
            break
    return _one_of_each_day(sorted(settled))


def _cut(
    stay: Sequence[Worked],
    start: datetime,
    end: datetime,
    dated: DatedRule,
    zone: ZoneInfo,
    doba_of: Callable[[ZoneInfo], list[Workday]],
) -> list[Piece]:
    """``[start, end)`` of a stay under one rule alone."""
    if dated.rule is DayRule.START:
        return [(start, end, local_day(stay[0].starts_at, zone))]
    if dated.rule is DayRule.END:
        return [(start, end, local_day(end - MINUTE, zone))]
    if dated.rule is DayRule.DOBA:
        return _by_workday(start, end, doba_of(zone))
    if dated.rule is DayRule.WORKDAY:
        return _by_workday(start, end, _fixed(start, end, dated.workday_starts_minute, zone))
    by_date = _by_workday(start, end, _fixed(start, end, 0, zone))
    if dated.rule is DayRule.MIDNIGHT:
        return by_date
    minutes = [sum(within(span, first, last).worked_minutes for span in stay) for first, last, _ in by_date]
    return [(start, end, by_date[minutes.index(max(minutes))][2])]


def _by_workday(start: datetime, end: datetime, days: Sequence[Workday]) -> list[Piece]:
    inside = [one.start for one in days if start < one.start < end]
    edges = [start, *inside, end]
    return [(one, other, days[workday_at(days, one)].day) for one, other in pairwise(edges)]


def _fixed(start: datetime, end: datetime, minute: int, zone: ZoneInfo) -> list[Workday]:
    day, found = local_day(start, zone) - DAY, []
    while day <= local_day(end, zone):
        at = local_instant(day, minute, zone) if minute else day_start(day, zone)
        found.append(Workday(at, day))
        day += DAY
    return found


def _dobas(whole: Sequence[Sequence[Worked]], zone: ZoneInfo, planned: Sequence[Instants]) -> list[Workday]:
    spans = [WorkedTime(day=stay[0].day, start=stay[0].starts_at, end=stay[-1].ends_at) for stay in whole]
    shifts = sorted({PlannedTime(start=start, end=end, minutes=0) for start, end in planned}, key=_start)
    return sorted(days_by_schedule(zone, spans, shifts), key=_start)


def _start(one: PlannedTime | Workday) -> datetime:
    return one.start


def _merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces that meet, as one."""
    found: list[Piece] = []
    for start, end, day in sorted(pieces):
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end, found[-1][2])
        else:
            found.append((start, end, day))
    return found


def _one_of_each_day(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces that meet and belong to the same day, as one."""
    found: list[Piece] = []
    for start, end, day in pieces:
        if found and found[-1][1] == start and found[-1][2] == day:
            found[-1] = (found[-1][0], end, day)
        else:
            found.append((start, end, day))
    return found
