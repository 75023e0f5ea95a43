"""Rules that keep the number of people at work at the same time in a range."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from solver.cpsat.linear import Linear
from solver.rules.at_once import AtWork, steps
from solver.rules.rule import Rule
from solver.spans import Span
from solver.violation import Violation
from solver.work import Roster

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
        found: list[Violation] = []
        for limit in self.limits(problem):
            at_work = AtWork.of(problem, roster, limit.pick)
            if limit.most is not None:
                found += self._check(at_work, limit.spans, "maximum", limit.most)
            if limit.least:
                within = [Span(problem.start, problem.end)] if limit.spans is None else limit.spans
                found += self._check(at_work, within, "minimum", limit.least)
        return found

    def _check(
        self, at_work: AtWork, spans: Sequence[Span] | None, name: str, bound: int
    ) -> Iterator[Violation]:
        off: list[tuple[int, int, int, int]] = []
        cuts = () if spans is None else [minute for span in spans for minute in (span.start, span.end)]
        for start, end, (own, fixed) in steps(at_work.added, at_work.fixed, cuts=cuts):
            if spans is not None and not any(span.start <= start < span.end for span in spans):
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
