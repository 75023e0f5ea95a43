"""Compiling the search ahead of its first use: ``python -m solver.lns.compiling``."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from time import perf_counter

from solver.columns.generation import Generation
from solver.columns.mixture import Mixture
from solver.cpsat.draft import Draft
from solver.lns.anneal import Annealing
from solver.lns.tables import Tables
from solver.problem import Day, Employee, Problem, Shift
from solver.work import Roster


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
    tables = Tables(Draft(problem, problem.all_rules), Roster())
    Annealing(tables, Roster(), seed=0).advance(100, 1.0)
    generation = Generation(tables, Roster(), workers=1)
    Mixture(generation, generation.demand, [0], generation.columns_of(Roster()), Random(0)).converge()
    generation.close()
    return perf_counter() - begun


if __name__ == "__main__":
    compile_search()
