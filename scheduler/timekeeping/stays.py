"""Work somebody did without leaving: one stay, however many spans it is kept in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from scheduler.timekeeping.pairing import Exact, Instants, Worked, continues


def stays(worked: Iterable[Worked]) -> list[list[Worked]]:
    """The spans in order of time, those together that meet and share a punch: nobody left between them."""
    found: list[list[Worked]] = []
    for span in sorted(worked, key=lambda one: (one.starts_at, one.ends_at)):
        if found and continues(found[-1][-1], span):
            found[-1].append(span)
        else:
            found.append([span])
    return found


def within(span: Worked, start: datetime, end: datetime) -> Worked:
    """The part of a span in ``[start, end)``, with the breaks in it; the two must have a common minute."""
    first, last = max(start, span.starts_at), min(end, span.ends_at)
    if (first, last) == (span.starts_at, span.ends_at):
        return span
    exact = span.exact
    if exact is not None:
        exact = _exactly(
            exact,
            exact.starts_at if first == span.starts_at else first,
            exact.ends_at if last == span.ends_at else last,
        )
    return replace(
        span, starts_at=first, ends_at=last, breaks=_clipped(span.breaks, first, last), exact=exact
    )


def _exactly(exact: Exact, start: datetime, end: datetime) -> Exact:
    """As punched between two instants; nothing, at one instant, where they lie beyond it."""
    first = min(max(start, exact.starts_at), exact.ends_at)
    last = max(first, min(end, exact.ends_at))
    return Exact(first, last, _clipped(exact.breaks, first, last))


def _clipped(breaks: Iterable[Instants], start: datetime, end: datetime) -> tuple[Instants, ...]:
    inside = ((max(start, one), min(end, other)) for one, other in breaks)
    return tuple((one, other) for one, other in inside if one < other)
