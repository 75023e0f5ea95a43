"""Files and functions are short, or say why not."""

from __future__ import annotations

import ast

from tests.architecture.sources import PACKAGES, python_files, text_of

LONGEST_FILE = 400
LONGEST_BODY = 40

# ``path`` or ``path::function`` -> why it is better in one piece.
REASONS: dict[str, str] = {
    "benchmarks/weeks.py::make_problem": "one instance, stated from top to bottom",
    "scheduler/rosters/add_shift.py::add": "the change of an edit stands inside the edit, as in its siblings",
    "scheduler/rosters/problem.py::problem_for": "the fields of a problem, one after the other",
    "solver/cpsat/slots.py": "both kinds of slot and what rules ask of them, which only make sense together",
    "solver/columns/labels.py": "compiled together, like the kernel of the local search",
    "solver/columns/walks.py": "one person's way along the days: each kind of rule over the same options",
    "solver/lns/kernel.py": "compiled together: what numba keeps on disk is tied to one file",
    "solver/problem.py": "the vocabulary of a problem, mostly docstrings, in one place to look it up",
    "solver/tasks/kernel.py": "compiled together, like the kernel of the local search",
    "tests/api/test_payroll.py::test_a_week_is_previewed_handed_over_and_accepted": "one journey",
    "tests/e2e/test_payroll_pages.py::test_a_week_is_handed_to_a_payroll_system": "one journey",
    "tests/operations/test_backup.py::"
    "test_a_postgresql_dump_of_the_superuser_restores_everything_and_the_owner_s_is_refused": "one journey",
    "tests/operations/test_compose.py::"
    "test_a_company_is_set_up_planned_and_paid_and_a_killed_worker_loses_nothing": "one journey",
    "tests/solver/columns/test_search.py::ward": "one instance, stated from top to bottom",
    "tests/solver/test_solve.py::shop": "one instance, stated from top to bottom",
}


def long_files() -> dict[str, int]:
    """Files over the limit, with their lines."""
    lines = {name: text_of(name).count("\n") for name in python_files(*PACKAGES, "tests", "benchmarks")}
    return {name: count for name, count in lines.items() if count > LONGEST_FILE}


def long_bodies() -> dict[str, int]:
    """Functions whose body, its docstring aside, is over the limit, with its lines."""
    found = {}
    for name in python_files(*PACKAGES, "tests", "benchmarks"):
        for node in ast.walk(ast.parse(text_of(name))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) is not None else node.body
                lines = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
                if lines > LONGEST_BODY:
                    found[f"{name}::{node.name}"] = lines
    return found


def test_what_is_long_has_a_reason():
    unexplained = {
        name: lines for name, lines in {**long_files(), **long_bodies()}.items() if name not in REASONS
    }
    assert not unexplained, "make it shorter, or give the reason in REASONS"


def test_no_reason_outlives_its_cause():
    assert not set(REASONS) - set(long_files()) - set(long_bodies())
