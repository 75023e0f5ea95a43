"""Whoever waits for the search to be compiled is told, and nobody else is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from solver.lns.compiling import compile_search

ROOT = str(Path(__file__).parents[3])

SMALL_FUNCTION = """
from numba import njit

@njit(cache=True)
def doubled(number):
    return 2 * number
"""
CALLS_IT = """
from solver.lns.compiling import telling_of_compiling
from kept import doubled

told = []
with telling_of_compiling(lambda: told.append("once")):
    print(doubled(4), doubled(4.5), told)
"""
SEARCHES = """
from benchmarks.weeks import make_problem
from solver.formats.retail_problem import problem_of
from solver.lns.compiling import telling_of_compiling
from solver.solve import solve
from solver.stop import TimeLimit
from tests.solver.formats.test_retail import small_instance

told = []
with telling_of_compiling(lambda: told.append("once")):
    solve(make_problem(people=12), TimeLimit(2), workers=1, engine="columns")
    result = solve(make_problem(people=12), TimeLimit(2), workers=1, engine="local")
    solve(problem_of(small_instance()), TimeLimit(2), workers=1, engine="local")
print(result.status, told)
"""


def printed(code: str, **environment: str) -> str:
    """What a process of its own prints."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": ROOT, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_compiling_is_told_once_and_not_where_the_code_is_on_disk(tmp_path: Path) -> None:
    (tmp_path / "kept.py").write_text(SMALL_FUNCTION)
    paths, cache = os.pathsep.join([str(tmp_path), ROOT]), str(tmp_path / "cache")
    answers = [printed(CALLS_IT, PYTHONPATH=paths, NUMBA_CACHE_DIR=cache) for _ in range(2)]
    assert answers == ["8 9.0 ['once']", "8 9.0 []"]


def test_nothing_is_left_to_compile_for_a_search_once_all_has_been_compiled() -> None:
    compile_search()
    assert printed(SEARCHES) == "feasible []"
