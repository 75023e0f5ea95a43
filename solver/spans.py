"""Half-open spans of whole minutes and what can be asked of sets of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

EARLIEST, LATEST = -(10**9), 10**9
"""Minutes that stand for "always" and "for ever": about 1900 years from the origin."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The minutes from ``start`` up to, not including, ``end``.

    Parameters
    ----------
    start, end
        Minutes from the problem's origin; may be negative (before the origin).

    Examples
    --------
    >>> Span(480, 960).minutes
    480
    """

    start: int
    end: int

    @property
    def minutes(self) -> int:
        """Length in minutes."""
        return self.end - self.start


def overlap_minutes(start: int, end: int, spans: Iterable[Span]) -> int:
    """Minutes of ``[start, end)`` that lie in ``spans``, which must not overlap each other.

    Examples
    --------
    >>> overlap_minutes(0, 100, [Span(-50, 10), Span(90, 200)])
    20
    """
    return sum(max(0, min(end, span.end) - max(start, span.start)) for span in spans)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same minutes as sorted spans that neither overlap nor touch.

    Examples
    --------
    >>> merged([Span(5, 9), Span(0, 5), Span(20, 30)])
    (Span(start=0, end=9), Span(start=20, end=30))
    """
    result: list[Span] = []
    for span in sorted(spans):
        if span.end <= span.start:
            continue
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)


def gaps(start: int, end: int, busy: Sequence[Span]) -> tuple[Span, ...]:
    """The free spans of ``[start, end)`` between ``busy`` ones, which may overlap and come in any order.

    Examples
    --------
    >>> gaps(0, 100, [Span(10, 20), Span(90, 130)])
    (Span(start=0, end=10), Span(start=20, end=90))
    """
    free: list[Span] = []
    at = start
    for span in merged(busy):
        if span.start > at:
            free.append(Span(at, min(span.start, end)))
        at = max(at, span.end)
        if at >= end:
            break
    if at < end:
        free.append(Span(at, end))
    return tuple(gap for gap in free if gap.end > gap.start)
