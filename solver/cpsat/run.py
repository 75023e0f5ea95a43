"""Running CP-SAT on a program: in a thread of its own, so that the caller can watch and stop it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, inf, isfinite
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Literal

from ortools.sat.python import cp_model

from solver.cpsat.program import Program
from solver.cpsat.slots import Values

HEARTBEAT = 0.1
"""Seconds between two looks at a running search."""

Ending = Literal["optimal", "feasible", "infeasible", "unknown"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How a search runs.

    Parameters
    ----------
    seed, workers
        With one worker the same program and seed give the same search.
    seconds
        Wall-clock limit; None for none.
    work
        Limit of deterministic work, about seconds on an idle core; None for none.
    relaxed
        Whether to put clauses into the linear relaxation too: slower for large programs, far quicker to prove
        small ones.
    """

    seed: int = 0
    workers: int = 1
    seconds: float | None = None
    work: float | None = None
    relaxed: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """What a search found.

    Parameters
    ----------
    ending
        ``unknown`` where it found nothing and proved nothing.
    values
        The best solution, None if there is none.
    objective, bound
        Of the program's objective; the objective is None without a solution.
    work
        Deterministic work done.
    """

    ending: Ending
    values: Values | None
    objective: int | None
    bound: int | None
    work: float


Watch = Callable[[Values | None, int | None, int | None], bool]
"""Told the newest solution (None: no new one), its objective and the bound; true stops the search."""


Solution = tuple[list[int], int, int | None]
"""All values, the objective and the bound."""


class _Tell(cp_model.CpSolverSolutionCallback):
    """Puts each solution into a queue; it is called on the solver's own threads."""

    def __init__(self, queue: SimpleQueue[Solution | None]) -> None:
        super().__init__()
        self._queue = queue

    def on_solution_callback(self) -> None:
        response = self.Response()  # type: ignore[no-untyped-call]  # OR-Tools' own
        solution = list(response.solution)
        self._queue.put((solution, round(response.objective_value), _bound(response.best_objective_bound)))


def search(program: Program, limits: Limits, watch: Watch | None = None) -> Search:
    """Run CP-SAT on a program until it is done, a limit is reached or ``watch`` says stop.

    ``watch`` is called on the caller's thread, at each better solution and at every heartbeat.

    Raises
    ------
    RuntimeError
        If the program is not a valid CP-SAT model, which is an error of ours.
    """
    solver = cp_model.CpSolver()
    _configure(solver, limits)
    found: SimpleQueue[Solution | None] = SimpleQueue()
    bounds: list[float] = [-inf]
    solver.best_bound_callback = bounds.append
    failure: list[BaseException] = []

    def run() -> None:
        try:
            solver.solve(program.cp, _Tell(found))
        except BaseException as error:  # handed to the caller's thread
            failure.append(error)
        finally:
            found.put(None)

    thread = Thread(target=run, name="cp-sat", daemon=True)
    thread.start()
    try:
        _follow(found, bounds, solver, watch)
    finally:
        while thread.is_alive():
            solver.stop_search()
            thread.join(HEARTBEAT)
    if failure:
        raise failure[0]
    return _outcome(solver, program)


def _configure(solver: cp_model.CpSolver, limits: Limits) -> None:
    parameters = solver.parameters
    parameters.random_seed = limits.seed
    parameters.num_workers = limits.workers
    parameters.catch_sigint_signal = False  # Ctrl-C is the caller's to hear; OR-Tools would abort the process
    if limits.relaxed:
        parameters.linearization_level = 2
    if limits.seconds is not None:
        parameters.max_time_in_seconds = max(0.01, limits.seconds)
    if limits.work is not None:
        parameters.max_deterministic_time = max(0.001, limits.work)


def _follow(
    found: SimpleQueue[Solution | None],
    bounds: list[float],
    solver: cp_model.CpSolver,
    watch: Watch | None,
) -> None:
    """Hand on solutions and heartbeats until the search ends."""
    while True:
        solution: Solution | None = None
        try:
            solution = found.get(timeout=HEARTBEAT)
            while solution is not None and not found.empty():
                newer = found.get()
                if newer is None:
                    return
                solution = newer
            if solution is None:
                return
        except Empty:
            pass
        if watch is None:
            continue
        if solution is None:
            stop = watch(None, None, _bound(max(bounds)))
        else:
            stop = watch(solution[0].__getitem__, solution[1], solution[2])
        if stop:
            solver.stop_search()


def _outcome(solver: cp_model.CpSolver, program: Program) -> Search:
    response = solver.response_proto
    endings: dict[object, Ending] = {
        cp_model.OPTIMAL: "optimal",
        cp_model.FEASIBLE: "feasible",
        cp_model.INFEASIBLE: "infeasible",
        cp_model.UNKNOWN: "unknown",
    }
    if response.status not in endings:
        raise RuntimeError(f"CP-SAT refused the model: {program.cp.validate()}")
    ending = endings[response.status]
    work = float(response.deterministic_time)
    if ending in ("infeasible", "unknown"):
        return Search(ending, None, None, _bound(response.best_objective_bound), work)
    values = list(response.solution).__getitem__
    return Search(
        ending, values, round(response.objective_value), _bound(response.best_objective_bound), work
    )


def _bound(value: float) -> int | None:
    """The least integer cost not below a bound; None while there is no bound."""
    return ceil(value - 1e-6) if isfinite(value) and abs(value) < 1e18 else None
