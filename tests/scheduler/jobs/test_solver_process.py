"""The solver's process answers, or says how it ended."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scheduler.jobs.solver_process import COMPILING, Order, SolverEnded, SolverProcess
from solver.evaluate import evaluate
from solver.problem import Coverage, Day, Employee, Problem, ShiftTemplate
from solver.result import Result
from tests.scheduler.jobs.worker_process import is_alive

PROBLEM = Problem(
    origin=datetime(2026, 11, 23, tzinfo=UTC),
    days=(Day("2026-11-23", 0, 1440),),
    employees=(Employee(id="ann"), Employee(id="bo")),
    templates=(ShiftTemplate(id="day", earliest_start=360, latest_start=600, shortest=240, longest=480),),
    coverage=(Coverage(id="shop", start=480, end=960, minimum=1),),
)
ORDER = Order(PROBLEM.to_json(), seconds=5, seed=1, workers=1, memory_mb=4096)


def messages(order: Order) -> list[dict[str, Any]]:
    """All messages up to the result."""
    found: list[dict[str, Any]] = []
    with SolverProcess(order) as solver:
        while not found or "result" not in found[-1]:
            message = solver.message(1.0)
            if message is not None:
                found.append(message)
    return found


def test_progress_comes_before_a_result_that_the_evaluator_confirms() -> None:
    *progress, last = messages(ORDER)
    result = Result.from_json(last["result"])
    judged = evaluate(PROBLEM, result.roster)
    assert judged.clean
    assert judged.score == result.score
    assert result.score.mandatory == 0
    assert progress[-1]["progress"]["objective"] == [result.score.mandatory, result.score.soft]


def test_the_first_search_on_a_machine_says_that_it_is_being_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    many = replace(PROBLEM, employees=tuple(Employee(id=f"e{number}") for number in range(40)))
    message = None
    with SolverProcess(replace(ORDER, problem=many.to_json())) as solver:
        while message is None:
            message = solver.message(1.0)
    assert message["progress"]["level"] == COMPILING
    assert message["progress"]["objective"] is None


def answer(solver: SolverProcess) -> Result:
    """The result, once it is there."""
    while True:
        message = solver.message(1.0)
        if message is not None and "result" in message:
            return Result.from_json(message["result"])


def test_a_problem_that_cannot_be_read_is_named() -> None:
    broken = replace(ORDER, problem={**PROBLEM.to_json(), "employees": [{"id": "ann", "age": 40}]})
    with SolverProcess(broken) as solver, pytest.raises(SolverEnded, match=r"employees\[0\]\.age"):
        answer(solver)


def test_a_solver_that_needs_more_memory_than_it_may_use_says_so() -> None:
    modest = replace(ORDER, memory_mb=64)
    with SolverProcess(modest) as solver, pytest.raises(SolverEnded, match=r"64 MiB|Memory"):
        answer(solver)


def test_a_killed_solver_is_noticed() -> None:
    with SolverProcess(ORDER) as solver:
        os.kill(solver.pid, signal.SIGKILL)
        with pytest.raises(SolverEnded, match="SIGKILL"):
            answer(solver)


def test_leaving_early_ends_the_process() -> None:
    with SolverProcess(ORDER) as solver:
        pid = solver.pid
        assert is_alive(pid)
    assert not is_alive(pid)
