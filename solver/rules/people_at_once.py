"""Rules that keep the number of people at work at the same time in a range."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from solver.cpsat.linear import Linear
from solver.rules.at_once import ALL_TIME, AtWork, judge_again, steps
from solver.rules.rule import Rule
from solver.spans import Span
from solver.violation import Violation
from solver.work import Assignment, Roster

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.problem import Problem
    from solver.rules.staff import Pick


@dataclass(frozen=True, slots=True)
class Limit:
    """How many of some people may be at work at once.

    Parameters
    ----------
    pick
        Whom it counts.
    least, most
        The range; None for no such bound.
    spans
        The times it holds for, not overlapping; None is all times for ``most`` and the horizon for ``least``.
    """

    pick: Pick
    least: int | None = None
    most: int | None = None
    spans: Sequence[Span] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleAtOnce(Rule):
    """At each minute the people at work are within a range; charged are the person-minutes outside it.

    Work of history and upcoming work counts too; what it alone takes beyond a maximum is not charged.
    """

    unit: ClassVar[str] = "person_minutes"

    @abstractmethod
    def limits(self, problem: Problem) -> Iterable[Limit]:
        """What is counted and its range."""

    def check(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One violation for each unbroken span in which too many or too few are at work."""
        return [
            violation
            for limit in self.limits(problem)
            for bound in ("maximum", "minimum")
            for violation in self._check(problem, roster, limit, bound, ALL_TIME)
        ]

    def recheck(
        self, problem: Problem, roster: Roster, changed: Sequence[Assignment], before: Sequence[Violation]
    ) -> Sequence[Violation]:
        """What `check` gives, counting people again only where somebody who counts comes or goes."""
        limits = list(self.limits(problem))
        picked = [
            w for w in changed if any(one.pick(problem.employee_by_id[w.employee], w) for one in limits)
        ]
        if not picked:
            return before
        if len(limits) > 1:
            return self.check(problem, roster)
        found: list[Violation] = []
        for bound in ("maximum", "minimum"):
            judge = partial(self._check, problem, roster, limits[0], bound)
            found += judge_again([v for v in before if bound in v.facts], picked, judge)
        return found

    def _check(
        self, problem: Problem, roster: Roster, limit: Limit, name: str, window: Span
    ) -> Iterator[Violation]:
        bound = limit.most if name == "maximum" else limit.least or None
        if bound is None:
            return
        spans = limit.spans
        if spans is None:
            spans = [window] if name == "maximum" else [Span(problem.start, problem.end)]
        spans = [Span(max(s.start, window.start), min(s.end, window.end)) for s in spans]
        cuts = [minute for span in spans if span.start < span.end for minute in (span.start, span.end)]
        off: list[tuple[int, int, int, int]] = []
        at_work = AtWork.of(problem, roster, limit.pick, window)
        for start, end, (own, fixed) in steps(at_work.added, at_work.fixed, cuts=cuts):
            if not any(span.start <= start < span.end for span in spans):
                continue
            short_by = bound - own - fixed if name == "minimum" else own + fixed - max(bound, fixed)
            if short_by > 0:
                off.append((start, end, short_by, own + fixed))
        for run in unbroken(off):
            start, end = run[0][0], run[-1][1]
            worst = max(run, key=lambda piece: piece[2])
            amount = sum((until - at) * short for at, until, short, _ in run)
            facts: dict[str, int | str] = {name: bound, "actual": worst[3]}
            works = at_work.during(start, end) if name == "maximum" else []
            yield self.breach(amount, works=works, spans=[Span(start, end)], facts=facts)

    def post(self, model: Model) -> None:
        """A bound on the people of each piece between two possible changes."""
        from solver.cpsat.at_once import charge_minutes, linear_steps, own_and_fixed

        problem = model.problem
        for limit in self.limits(problem):
            spans = [Span(problem.start, problem.end)] if limit.spans is None else limit.spans
            cuts = [minute for span in spans for minute in (span.start, span.end)]
            own_group, fixed_group = own_and_fixed(model, limit.pick)
            for start, end, (own, fixed) in linear_steps(own_group, fixed_group, cuts=cuts):
                inside = any(span.start <= start < span.end for span in spans)
                people = Linear.total(own)
                if limit.most is not None and (inside or limit.spans is None):
                    allowed = max(0, limit.most - len(fixed))
                    charge_minutes(model, self, people.plus(-allowed), end - start)
                if limit.least and inside:
                    missing = people.times(-1).plus(limit.least - len(fixed))
                    charge_minutes(model, self, missing, end - start)


def unbroken(
    pieces: Sequence[tuple[int, int, int, int]],
) -> Iterator[Sequence[tuple[int, int, int, int]]]:
    """Pieces in order of time, cut where one does not start at the end of the one before."""
    cuts = [at for at, (one, two) in enumerate(pairwise(pieces), start=1) if one[1] != two[0]]
    for first, last in pairwise([0, *cuts, len(pieces)]):
        if first < last:
            yield pieces[first:last]
