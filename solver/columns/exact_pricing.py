"""Pricing by CP-SAT: the cheapest work of one person, whatever the rules about the person are."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import floor, inf, isfinite

import numpy as np
from ortools.sat.python import cp_model

from solver.columns.labels import Floats
from solver.cpsat.draft import Draft
from solver.cpsat.linear import Linear, Lit
from solver.cpsat.model import Model
from solver.cpsat.part import Part
from solver.cpsat.program import Program
from solver.cpsat.slots import Pair, Slot, TemplateSlot
from solver.lns.kernel import START, Ints
from solver.lns.tables import WEIGHTS, Tables
from solver.rules.rule import PersonalRule, Rule
from solver.work import Roster

FINEST = 1_000_000
"""A cost of 1 as CP-SAT has it, in whole numbers."""

LARGEST = float(1 << 58)
"""What all costs together stay below; they are told less finely where that needs it."""


@dataclass(frozen=True)
class Cheapest:
    """What was found for one person.

    Parameters
    ----------
    works
        Works below the bar, the cheapest first; of each the numbers of its options in the world, by start.
    least
        What no work costs less than, or the bar where that is lower; -inf where nothing is known.
    work
        Deterministic time it took.
    """

    works: list[Ints]
    least: float
    work: float


class ExactPricer:
    """Prices the work of one person with a model that is built once; only its objective changes.

    Parameters
    ----------
    tables
        The problem.
    person
        The person's place in them.
    stopped
        Asked many times while the model is built whether to give up.

    Raises
    ------
    OutOfTime
        If ``stopped`` said so.
    """

    def __init__(self, tables: Tables, person: int, stopped: Callable[[], bool] = lambda: False) -> None:
        """Build the model."""
        model = OnePerson(tables.draft, tables.employees[person].id, stopped)
        self._program = model.program
        self._starts = tables.world.options[:, START]
        self._literals = {
            option: literal
            for drafted, slot in model.copies
            for option, literal in _literals(self._program, slot, tables.options_of(drafted))
        }
        self._rules = Linear()
        for level, cost in self._program.costs.items():
            self._rules.add_all(cost, WEIGHTS[level])
        self._largest = float(max(map(abs, self._program.bounds(self._rules))))
        self._interrupted = False
        self._solver: cp_model.CpSolver | None = None

    def price(
        self, gains: Floats, *, bar: float = inf, number: int = 1, work: float | None = None
    ) -> Cheapest:
        """The cheapest work where each option has a price of its own besides what the rules charge.

        Parameters
        ----------
        gains
            What each option of the world is worth.
        bar
            Only work that costs less matters.
        number
            How many works are wanted at most.
        work
            Deterministic time at most; None for as much as it takes.
        """
        scale = self._minimise(gains, bar)
        if scale is None:
            return Cheapest([], bar, 0.0)
        if self._interrupted:
            return Cheapest([], -inf, 0.0)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 2
        solver.parameters.catch_sigint_signal = False
        if work is not None:
            solver.parameters.max_deterministic_time = work
        better = _Better(number)
        self._solver = solver
        status = solver.solve(self._program.cp, better)
        self._solver = None
        spent = float(solver.response_proto.deterministic_time)
        works = [self._work(values) for values in reversed(better.solutions)]
        if status == cp_model.INFEASIBLE:
            return Cheapest(works, bar, spent)
        if status == cp_model.UNKNOWN:  # then CP-SAT says 0 where it knows no bound
            return Cheapest(works, -inf, spent)
        return Cheapest(works, min(bar, float(solver.best_objective_bound) / scale), spent)

    def resume(self) -> None:
        """Price again after an interruption."""
        self._interrupted = False

    def interrupt(self) -> None:
        """End all pricing until it is resumed."""
        self._interrupted = True
        solver = self._solver
        if solver is not None:
            solver.stop_search()

    def _minimise(self, gains: Floats, bar: float) -> float | None:
        """Set the objective; how many of its units are a cost of 1, None if nothing is below the bar.

        Prices are rounded down, so that what is proven of the objective is true of the costs.
        """
        worth = {option: float(gains[option]) for option in self._literals}
        together = self._largest + sum(map(abs, worth.values()))
        scale = max(1, int(min(float(FINEST), LARGEST / max(1.0, together))))
        total = self._rules.times(scale)
        for option, literal in self._literals.items():
            total.add(literal, floor(-worth[option] * scale))
        self._program.minimise(total)
        objective = self._program.cp.proto.objective
        objective.domain.clear()
        if isfinite(bar):
            low = self._program.bounds(total)[0] - total.constant
            high = floor(bar * scale) - total.constant
            if high < low:
                return None
            objective.domain.extend([low, high])
        return float(scale)

    def _work(self, values: list[int]) -> Ints:
        own = np.array([option for option, literal in self._literals.items() if values[literal]], np.int32)
        return own[np.argsort(self._starts[own], kind="stable")]


class OnePerson(Model):
    """The exact model of one person's work, under the rules about single people only.

    Parameters
    ----------
    draft
        What everybody could work.
    employee
        Id of the person.
    stopped
        As of any model.

    Attributes
    ----------
    copies
        Slots of the draft, each with its copy in this model.
    """

    def __init__(self, draft: Draft, employee: str, stopped: Callable[[], bool]) -> None:
        """Create the variables and post the rules."""
        self.copies: list[tuple[Slot, Slot]] = []
        super().__init__(draft, part=Part(employees=frozenset([employee])), stopped=stopped)

    def posts(self, rule: Rule) -> bool:
        """Rules about single people."""
        return isinstance(rule, PersonalRule)

    def fresh(self, slot: Slot, base: Roster) -> Slot:
        """A copy, and remember of what."""
        copied = super().fresh(slot, base)
        self.copies.append((slot, copied))
        return copied


class _Better(cp_model.CpSolverSolutionCallback):
    """Keeps the values of the last solutions, each better than the one before."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.solutions: deque[list[int]] = deque(maxlen=number)

    def on_solution_callback(self) -> None:
        response = self.Response()  # type: ignore[no-untyped-call]  # OR-Tools' own
        self.solutions.append(list(response.solution))


def _literals(program: Program, slot: Slot, options: Mapping[Pair, int]) -> Iterator[tuple[int, Lit]]:
    """The options of a slot, each with a variable that says whether it is worked."""
    if not isinstance(slot, TemplateSlot) or len(options) == 1:
        yield from ((option, slot.present) for option in options.values())
        return
    chosen = {pair: program.literal() for pair in options}
    for minute in slot.starts():
        starting = Linear.of(slot.started_before(minute + 1)).minus(Linear.of(slot.started_before(minute)))
        own = Linear.total(Linear.of(chosen[pair]) for pair in options if pair[0] == minute)
        program.equal(starting.minus(own), 0)
    for minute in slot.ends():
        ending = Linear.of(slot.ended_by(minute)).minus(Linear.of(slot.ended_by(minute - 1)))
        own = Linear.total(Linear.of(chosen[pair]) for pair in options if pair[1] == minute)
        program.equal(ending.minus(own), 0)
    yield from ((option, chosen[pair]) for pair, option in options.items())
