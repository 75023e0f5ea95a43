"""Compiling the search ahead of its first use, and telling it: ``python -m solver.lns.compiling``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from random import Random
from time import perf_counter

from numba.core import event

from solver.columns.generation import Generation
from solver.columns.mixture import Mixture
from solver.columns.shift_options import ShiftOptions
from solver.columns.shift_prices import ShiftPrices
from solver.cpsat.draft import Draft
from solver.lns.anneal import Annealing
from solver.lns.tables import Tables
from solver.problem import Day, Employee, Problem, Shift
from solver.tasks.anneal import TaskAnnealing
from solver.tasks.tables import TaskTables
from solver.work import Roster

MANY = 500
"""Pairs of people and work from which on a problem may need the compiled search."""


def compile_search() -> float:
    """Compile what is not yet compiled for this machine, and keep it on disk; the seconds it took.

    Where the folder of this file cannot be written, the environment variable ``NUMBA_CACHE_DIR`` names
    another one.
    """
    begun = perf_counter()
    problem = Problem(
        origin=datetime(2026, 11, 23, tzinfo=UTC),
        days=(Day("2026-11-23", 0, 1440),),
        employees=(Employee(id="somebody"),),
        shifts=(Shift(id="day", start=480, end=960),),
    )
    draft = Draft(problem, problem.all_rules)
    tables = Tables(draft, Roster())
    Annealing(tables, Roster(), seed=0).advance(100, 1.0)
    with_tasks = TaskTables(draft, draft, Roster())
    TaskAnnealing(with_tasks, Roster(), seed=0).advance(100, 1.0)
    generation = Generation(tables, Roster(), workers=1)
    Mixture(generation, generation.demand, [0], generation.columns_of(Roster()), Random(0)).converge()
    generation.close()
    ShiftPrices(ShiftOptions(tables)).climb(1.0, 1)
    return perf_counter() - begun


def compile_for(problem: Problem) -> None:
    """Compile or load the search if the problem may need it, so that no time of the search goes into it.

    What is compiled already is loaded in a fraction of a second.
    """
    templates = sum(
        len(template.days or problem.days)
        * ((template.latest_start - template.earliest_start) // template.start_step + 1)
        * len(template.lengths())
        for template in problem.templates
    )
    if len(problem.employees) * (len(problem.shifts) + templates) >= MANY:
        compile_search()


@contextmanager
def telling_of_compiling(tell: Callable[[], None]) -> Iterator[None]:
    """Call ``tell`` as soon as something is compiled inside, once and on whatever thread that is.

    Code that is compiled already and found on disk for this kind of processor is no occasion.
    """
    with event.install_listener("numba:compile", _FirstCompilation(tell)):
        yield


class _FirstCompilation(event.Listener):
    """Tells of the first function that has to be compiled."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell: Callable[[], None] | None = tell

    def on_start(self, event: event.Event) -> None:
        """Tell, unless it has been told; numba compiles on one thread at a time."""
        tell, self._tell = self._tell, None
        if tell is not None:
            tell()

    def on_end(self, event: event.Event) -> None:
        """Nothing: what is compiled next belongs to it."""


if __name__ == "__main__":
    compile_search()
