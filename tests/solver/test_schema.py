"""The published schema is what reading goes by, and the documented example is a problem."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema_rs
import pytest

from benchmarks.weeks import make_problem
from solver.problem import Problem, ProblemError
from solver.schema import problem_schema
from solver.solve import solve

DOCS = Path(__file__).parents[2] / "docs"


def documented():
    text = (DOCS / "problem.md").read_text(encoding="utf-8")
    return json.loads(re.findall(r"```json\n(.*?)```", text, re.DOTALL)[0])


def test_the_published_schema_is_current():
    published = json.loads((DOCS / "problem.schema.json").read_text(encoding="utf-8"))
    assert published == problem_schema(), "run: makina solve --schema > docs/problem.schema.json"


def test_the_documented_example_is_solved_and_leaves_what_it_says_open():
    result = solve(Problem.from_json(documented()), workers=1)

    assert result.status == "optimal"
    assert {work.employee for work in result.roster} == {"ann"}
    assert [(open_.start, open_.end, open_.people) for open_ in result.open_shifts] == [(2160, 2460, 1)]


@pytest.mark.parametrize("problem", ["documented", "week"])
def test_problems_keep_to_the_schema(problem):
    data = documented() if problem == "documented" else make_problem(people=8).to_json()

    jsonschema_rs.validate(problem_schema(), json.loads(json.dumps(data)))


@pytest.mark.parametrize(
    ("path", "value"),
    [(("origin",), 5), (("colour",), "red"), (("days",), {}), (("coverage", 0, "minimum"), "two")],
)
def test_what_the_schema_refuses_is_not_read_either(path, value):
    data = documented()
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    assert not jsonschema_rs.is_valid(problem_schema(), data)
    with pytest.raises(ProblemError):
        Problem.from_json(data)
