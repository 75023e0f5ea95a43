"""A calendar feed or a live check must not pay for the solver's libraries (1 to 1.5 s and 88 MiB)."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.architecture.sources import ROOT

HEAVY = {"ortools", "pandas", "numba", "sklearn"}


def loaded_by(statement: str) -> set[str]:
    """Names of the top-level modules that a fresh interpreter has after ``statement``."""
    program = (
        f"import json, sys; {statement}; print(json.dumps([*{{name.split('.')[0] for name in sys.modules}}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("module", ["api.main", "api.cli", "solver", "solver.problem", "solver.evaluate"])
def test_importing_loads_no_heavy_library(module: str):
    assert not loaded_by(f"import {module}") & HEAVY


def test_solving_does_load_the_solver():
    assert "ortools" in loaded_by("from solver.solve import solve")
