"""When somebody can work: weekly availability, dated exceptions and time off, resolved to instants."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.clock import day_start, days_between, local_span
from scheduler.people.models import AvailabilityException, AvailabilityKind, WeeklyAvailability


class Span(NamedTuple):
    """The UTC instants ``[starts_at, ends_at)``."""

    starts_at: datetime
    ends_at: datetime


class Window(NamedTuple):
    """Wall-clock minutes ``[start_minute, end_minute)`` after a midnight, and what holds in them."""

    start_minute: int
    end_minute: int
    kind: AvailabilityKind


@dataclass(frozen=True, slots=True)
class StatedAvailability:
    """What somebody said: windows by weekday (0 = Monday), and exceptions by date."""

    weekly: dict[int, list[Window]] = field(default_factory=dict)
    exceptions: dict[date, list[Window]] = field(default_factory=dict)

    def windows_of(self, day: date) -> list[Window]:
        """The windows that start on a civil day.

        Exceptions that name a time one can work stand instead of the weekday's windows; exceptions that only
        say ``unavailable`` stand beside them.
        """
        exceptions, weekly = self.exceptions.get(day, []), self.weekly.get(day.weekday(), [])
        if any(window.kind is not AvailabilityKind.UNAVAILABLE for window in exceptions):
            return exceptions
        return [*exceptions, *weekly]

    @property
    def is_limited(self) -> bool:
        """Whether any weekly window says ``available``: such a person can work then and at no other time."""
        return any(
            window.kind is AvailabilityKind.AVAILABLE for day in self.weekly.values() for window in day
        )


@dataclass(frozen=True, slots=True)
class ResolvedAvailability:
    """Spans in order that neither touch nor overlap within one list.

    ``available`` and ``unavailable`` together are the whole range; ``preferred`` and ``unpreferred`` lie
    within ``available``.
    """

    available: tuple[Span, ...]
    unavailable: tuple[Span, ...]
    preferred: tuple[Span, ...]
    unpreferred: tuple[Span, ...]


def resolve(
    stated: StatedAvailability,
    first_day: date,
    end_day: date,
    zone: ZoneInfo,
    time_off: Iterable[tuple[date, date]] = (),
) -> ResolvedAvailability:
    """When somebody can work during the civil days ``[first_day, end_day)`` of a zone.

    Parameters
    ----------
    time_off
        Half-open spans of civil days away; they win over everything.

    Notes
    -----
    ``unavailable`` wins over every other kind. A ``preferred`` or ``unpreferred`` window is a time one can
    work. Who states no weekly ``available`` window can work at any time, except on a date whose exceptions
    say ``available``: then only in its windows. A window that runs past midnight reaches into the next day
    even if that day has exceptions.

    Examples
    --------
    >>> student = StatedAvailability(weekly={0: [Window(960, 1320, AvailabilityKind.AVAILABLE)]})
    >>> week = resolve(student, date(2026, 11, 23), date(2026, 11, 30), ZoneInfo("Europe/Warsaw"))
    >>> [(span.starts_at.isoformat(), span.ends_at.isoformat()) for span in week.available]
    [('2026-11-23T15:00:00+00:00', '2026-11-23T21:00:00+00:00')]
    """
    whole = Span(day_start(first_day, zone), day_start(end_day, zone))
    spans: dict[AvailabilityKind, list[Span]] = {kind: [] for kind in AvailabilityKind}
    for day in days_between(first_day - timedelta(days=2), end_day):
        windows = stated.windows_of(day)
        for window in windows:
            if span := local_span(day, window.start_minute, window.end_minute, zone):
                spans[window.kind].append(Span(*span))
        dated = any(w.kind is AvailabilityKind.AVAILABLE for w in stated.exceptions.get(day, []))
        if not stated.is_limited and not dated:
            spans[AvailabilityKind.AVAILABLE].append(
                Span(day_start(day, zone), day_start(day + timedelta(days=1), zone))
            )
    away = [Span(day_start(start, zone), day_start(end, zone)) for start, end in time_off]
    refused = union([*spans[AvailabilityKind.UNAVAILABLE], *away])
    preferred = difference(union(spans[AvailabilityKind.PREFERRED]), refused)
    unpreferred = difference(union(spans[AvailabilityKind.UNPREFERRED]), refused)
    able = difference(union([*spans[AvailabilityKind.AVAILABLE], *preferred, *unpreferred]), refused)
    available = clip(able, whole)
    return ResolvedAvailability(
        available, difference([whole], available), clip(preferred, whole), clip(unpreferred, whole)
    )


def stated_availability(
    session: Session, employee_ids: Collection[UUID], first_day: date, end_day: date
) -> dict[UUID, StatedAvailability]:
    """What each of the employees said that bears on ``[first_day, end_day)``.

    Two queries however many employees; everybody asked for is in the answer.
    """
    stated = {employee_id: StatedAvailability() for employee_id in employee_ids}
    weekly = select(WeeklyAvailability).where(WeeklyAvailability.employee_id.in_(employee_ids))
    for row in session.scalars(weekly.order_by(WeeklyAvailability.start_minute)):
        window = Window(row.start_minute, row.end_minute, row.kind)
        stated[row.employee_id].weekly.setdefault(row.weekday, []).append(window)
    dated = select(AvailabilityException).where(
        AvailabilityException.employee_id.in_(employee_ids),
        AvailabilityException.day >= first_day - timedelta(days=2),
        AvailabilityException.day < end_day,
    )
    for exception in session.scalars(dated.order_by(AvailabilityException.start_minute)):
        window = Window(exception.start_minute, exception.end_minute, exception.kind)
        stated[exception.employee_id].exceptions.setdefault(exception.day, []).append(window)
    return stated


def union(spans: Iterable[Span]) -> list[Span]:
    """The instants in any of the spans, as ordered spans that do not touch."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.starts_at <= merged[-1].ends_at:
            merged[-1] = Span(merged[-1].starts_at, max(merged[-1].ends_at, span.ends_at))
        else:
            merged.append(span)
    return merged


def difference(spans: Iterable[Span], removed: Iterable[Span]) -> tuple[Span, ...]:
    """The instants of ``spans`` that are in none of ``removed``; ``spans`` must not overlap one another."""
    left = list(spans)
    for cut in removed:
        kept = []
        for span in left:
            kept.append(Span(span.starts_at, min(span.ends_at, cut.starts_at)))
            kept.append(Span(max(span.starts_at, cut.ends_at), span.ends_at))
        left = [span for span in kept if span.starts_at < span.ends_at]
    return tuple(sorted(left))


def clip(spans: Iterable[Span], whole: Span) -> tuple[Span, ...]:
    """What of the spans lies within ``whole``."""
    clipped = (Span(max(span.starts_at, whole.starts_at), min(span.ends_at, whole.ends_at)) for span in spans)
    return tuple(span for span in clipped if span.starts_at < span.ends_at)
