"""What a running solve knows: the best roster, bounds, trace, and when to stop."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, isfinite
from time import perf_counter

from solver.evaluate import evaluate
from solver.problem import Problem
from solver.result import Observer, Progress, ShadowPrices, TracePoint, gap_of
from solver.score import Score
from solver.stop import Standing, Stop
from solver.violation import Level
from solver.work import Roster

SLACK = 0.01
"""By how much a sum of rounded numbers may be above the true bound."""


class Disagreement(RuntimeError):
    """A solver and the evaluator do not agree about a roster, which is an error of ours.

    Parameters
    ----------
    message
        What they disagree about.
    roster
        The roster.
    """

    def __init__(self, message: str, roster: Roster) -> None:
        """Keep the roster."""
        super().__init__(message)
        self.roster = roster


@dataclass(frozen=True, slots=True)
class Claim:
    """What a solver says a roster costs.

    Parameters
    ----------
    level
        The level that was minimised.
    cost
        Its cost; while the search runs the true cost may be lower.
    exact
        Whether the cost was proven least, so that it is the true one.
    """

    level: Level
    cost: int
    exact: bool = False

    def confirm(self, score: Score, roster: Roster) -> None:
        """Raise `Disagreement` unless the evaluator says the same."""
        if score.hard:
            raise Disagreement(f"a solver's roster breaks hard rules: {score.parts}", roster)
        true = score.of(self.level)
        if true > self.cost or (self.exact and true != self.cost):
            raise Disagreement(f"{self.level} cost is {true}, the solver says {self.cost}", roster)


class Incumbent:
    """The best roster so far and everything reported about it.

    Parameters
    ----------
    problem
        The problem.
    stop
        When to stop.
    observer
        Told of every better roster and at every heartbeat; may request a cancel.
    """

    def __init__(self, problem: Problem, stop: Stop, observer: Observer | None) -> None:
        """Nothing yet; the clock runs."""
        self.problem = problem
        self.stop = stop
        self.phase = "construct"
        self.roster: Roster | None = None
        self.score: Score | None = None
        self._mandatory_bound = 0
        self._soft_bounds: dict[int, int] = {}
        self._cut = False
        self.trace: list[TracePoint] = []
        self.work = 0.0
        self.shadow_prices: ShadowPrices | None = None
        self._observer = observer
        self._begun = perf_counter()
        self._told: Roster | None = None

    @property
    def seconds(self) -> float:
        """Time since the start."""
        return perf_counter() - self._begun

    @property
    def objective(self) -> tuple[int, int] | None:
        """(mandatory, soft) cost of the best roster."""
        return None if self.score is None else (self.score.mandatory, self.score.soft)

    def standing(self) -> Standing:
        """What stop criteria look at."""
        gap = None if self.objective is None else gap_of(self.objective, self.bound)
        return Standing(seconds=self.seconds, gap=gap, work=self.work)

    @property
    def share(self) -> float:
        """How much of the time or work there is has been spent, from 0 to 1; 0 where neither is limited."""
        now = self.standing()
        limits = ((now.seconds, self.stop.seconds_left(now)), (now.work, self.stop.work_left(now)))
        shares = [spent / (spent + left) for spent, left in limits if left is not None and spent + left > 0]
        return max(shares, default=0.0)

    def stopped(self) -> bool:
        """Whether to stop now."""
        return self.stop.reached(self.standing())

    def offer(self, roster: Roster, claim: Claim | None = None) -> bool:
        """Take a roster if it keeps the hard rules and is better; tell the observer.

        Parameters
        ----------
        roster
            Any roster of the problem.
        claim
            What a solver says of it; then it must keep the hard rules and cost no more than that.

        Returns
        -------
        bool
            Whether it is the new best.

        Raises
        ------
        Disagreement
            If the evaluator does not confirm the claim.
        """
        score = evaluate(self.problem, roster).score
        if claim is not None:
            claim.confirm(score, roster)
        if score.hard or (self.score is not None and not score < self.score):
            return False
        self.roster, self.score = roster, score
        self.tell()
        return True

    @property
    def bound(self) -> tuple[int, int]:
        """(mandatory, soft) lower bounds, the soft one for rosters as good on the mandatory level."""
        mandatory = self._mandatory_bound if self.score is None else self.score.mandatory
        soft = [bound for allowed, bound in self._soft_bounds.items() if allowed >= mandatory]
        bound = (self._mandatory_bound, max(soft, default=0))
        return min(bound, self.objective) if self._cut and self.objective is not None else bound

    @property
    def proven(self) -> bool:
        """Whether no roster is better."""
        return self.objective is not None and self.objective == self.bound

    def allow_less(self) -> None:
        """Cut bounds to what rosters cost: they were proven of rosters without the work that is in these."""
        self._cut = True
        self.trace = [replace(one, bound=min(one.bound, one.objective)) for one in self.trace]

    def raise_mandatory_bound(self, bound: int | None) -> None:
        """No roster has less mandatory cost."""
        self._mandatory_bound = max(self._mandatory_bound, bound or 0)

    def raise_soft_bound(self, bound: int | None, *, allowed: int) -> None:
        """No roster with at most ``allowed`` mandatory cost has less soft cost."""
        self._soft_bounds = {**self._soft_bounds, allowed: max(self._soft_bounds.get(allowed, 0), bound or 0)}

    def raise_weighted_bound(self, bound: float, weight: int) -> None:
        """No roster has a smaller sum of soft cost and ``weight`` times mandatory cost.

        Minus infinity says that nothing is known.
        """
        if not isfinite(bound):
            return
        mandatory = 0 if self.score is None else self.score.mandatory
        self.raise_soft_bound(ceil(bound - weight * mandatory - SLACK), allowed=mandatory)

    def tell(self) -> None:
        """Report to the observer and, where something changed, to the trace."""
        if self.objective is not None:
            point = TracePoint(self.seconds, self.objective, self.bound)
            last = self.trace[-1] if self.trace else None
            if last is None or (last.objective, last.bound) != (point.objective, point.bound):
                self.trace.append(point)
        if self._observer is not None:
            new = self.roster if self.roster is not self._told else None
            self._told = self.roster
            self._observer(Progress(self.seconds, self.phase, self.objective, self.bound, new))
