"""Who is at work at the same time: the plain reading of rules that count people at each minute."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from solver.spans import EARLIEST, LATEST, Span
from solver.violation import Violation
from solver.work import Assignment, Roster, Work

if TYPE_CHECKING:
    from solver.problem import Employee, Problem
    from solver.rules.staff import Pick

ALL_TIME = Span(EARLIEST, LATEST)

Piece = tuple[int, int, tuple[int, ...]]
"""A start, an end and how many of each group are at work throughout."""


@dataclass(frozen=True, slots=True)
class AtWork:
    """The counted minutes of those a rule picks.

    Parameters
    ----------
    own
        Of the roster: each assignment, and a span of it that counts.
    fixed
        Spans of history and upcoming work that count.
    """

    own: Sequence[tuple[Assignment, Span]]
    fixed: Sequence[Span]

    @classmethod
    def of(cls, problem: Problem, roster: Roster, pick: Pick, window: Span) -> AtWork:
        """Those at work in a roster, in a window of time."""
        own: list[tuple[Assignment, Span]] = []
        fixed: list[Span] = []
        first, last = window.start, window.end
        for employee in problem.employees:
            for work in roster.of(employee.id):
                if work.start < last and first < work.end:
                    own += [(work, span) for span in _counted(employee, work, pick, window)]
            for past in (*employee.history, *employee.upcoming):
                if past.start < last and first < past.end:
                    fixed += _counted(employee, past, pick, window)
        return cls(own, fixed)

    @property
    def added(self) -> list[Span]:
        """The spans of the roster's own work."""
        return [span for _, span in self.own]

    def during(self, start: int, end: int) -> list[Assignment]:
        """The roster's work that counts some minute of ``[start, end)``."""
        return list(dict.fromkeys(w for w, span in self.own if span.start < end and start < span.end))


def _counted(employee: Employee, work: Work, pick: Pick, window: Span) -> list[Span]:
    start, end = max(work.start, window.start), min(work.end, window.end)
    return [
        Span(max(start, times.start), min(end, times.end))
        for times in pick(employee, work)
        if times.start < end and start < times.end
    ]


def judge_again(
    before: Sequence[Violation],
    changed: Sequence[Assignment],
    judge: Callable[[Span], Iterable[Violation]],
) -> Sequence[Violation]:
    """The violations of a rule after a change, judged anew only around the times that have changed.

    Parameters
    ----------
    before
        What was found, each for an unbroken span, in order of time.
    changed
        What came or went.
    judge
        Gives the violations in a window of time at whose edges nothing is broken.
    """
    found = list(before)
    for work in changed:
        start, end = work.start, work.end
        while met := [v for v in found if v.spans[0].start <= end and start <= v.spans[0].end]:
            reach = min(start, met[0].spans[0].start), max(end, met[-1].spans[0].end)
            if reach == (start, end):
                break
            start, end = reach
        fresh = [next((old for old in met if old == new), new) for new in judge(Span(start, end))]
        found = sorted([v for v in found if v not in met] + fresh, key=lambda v: v.spans[0].start)
    return found


def steps(*groups: Iterable[Span], cuts: Iterable[int] = ()) -> Iterator[Piece]:
    """The pieces between two changes of any group, in order of time.

    Parameters
    ----------
    groups
        Spans, which may overlap.
    cuts
        Further minutes at which pieces end.

    Examples
    --------
    >>> list(steps([Span(0, 10), Span(5, 10)], [Span(8, 12)]))
    [(0, 5, (1, 0)), (5, 8, (2, 0)), (8, 10, (2, 1)), (10, 12, (0, 1))]
    """
    changes: dict[int, list[int]] = {cut: [0] * len(groups) for cut in cuts}
    for place, spans in enumerate(groups):
        for span in spans:
            changes.setdefault(span.start, [0] * len(groups))[place] += 1
            changes.setdefault(span.end, [0] * len(groups))[place] -= 1
    counts = [0] * len(groups)
    for start, end in pairwise(sorted(changes)):
        counts = [count + change for count, change in zip(counts, changes[start], strict=True)]
        yield start, end, tuple(counts)
