"""Breaks, tasks and rising prices in problem files: round trip and faults."""

import json
import re
from pathlib import Path

import jsonschema_rs
import pytest

from solver.codec import decode
from solver.problem import (
    BreakPolicy,
    BreakWindow,
    Coverage,
    Pin,
    Problem,
    ProblemError,
    Shift,
    ShiftTemplate,
)
from solver.rules.rule import Rule
from solver.schema import problem_schema
from solver.work import Break, Task, Work
from tests.solver.rules.inside_worlds import INSIDE_WORLDS
from tests.solver.worlds import problem_of

DOCS = Path(__file__).parents[2] / "docs" / "problem.md"


@pytest.mark.parametrize("name", INSIDE_WORLDS)
def test_insides_come_back_from_json_as_they_went(name):
    data = json.loads(json.dumps(INSIDE_WORLDS[name].to_json()))
    assert Problem.from_json(data) == INSIDE_WORLDS[name]
    jsonschema_rs.validate(problem_schema(), data)


def test_the_documented_inside_of_a_shift_is_read():
    text = DOCS.read_text(encoding="utf-8").partition("## Inside a shift")[2].partition("\n## ")[0]
    template, *rules = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", text, re.DOTALL))
    day = decode(ShiftTemplate, template)
    assert problem_of(templates=(day,)).templates == (day,)
    read = [rule for block in rules for rule in decode(tuple[Rule, ...], block)]
    assert [rule.id for rule in read] == [
        "task_blocks",
        "task_blocks",
        "breaks",
        "unbroken_work",
        "break_distance",
    ]


def template(**fields):
    return {"templates": (ShiftTemplate(**{"id": "t", "shortest": 240, "longest": 480, **fields}),)}


def window(**fields):
    return template(breaks=(BreakPolicy(240, 30, window=BreakWindow(**fields)),))


def shift(**fields):
    return {"shifts": (Shift(**{"id": "s", "start": 0, "end": 480, **fields}),)}


def cover(**fields):
    return {"coverage": (Coverage(id="c", start=0, end=60, **fields),)}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (window(earliest=-1), "templates[0].breaks[0].window.earliest = -1: must not be negative"),
        (window(earliest=60, latest=30), "window.latest = 30: must not be below earliest 60"),
        (window(step=0), "window.step = 0: must be 1 or more minutes"),
        (window(earliest=150, before_end=90), "templates[0].breaks = 240: is the length of a shift in which"),
        (template(tasks=("x", "x")), "templates[0].tasks[1] = 'x': must be a name of its own"),
        (
            template(tasks=("x",), skill="y"),
            "templates[0].skill = 'y': must be left out where there are tasks",
        ),
        (template(tasks=("x",), task_step=0), "templates[0].task_step = 0: must be 1 or more minutes"),
        (
            template(tasks=("x",), task_step=50),
            "templates[0].shortest = 240: must be a multiple of task_step 50",
        ),
        (template(tasks=("x",), task_step=20), "length_step = 30: must be a multiple of task_step 20"),
        (
            template(tasks=("x",), latest_start=120, start_step=20, length_step=15),
            "templates[0].start_step = 'must be a multiple of task_step 15",
        ),
        (shift(breaks=(Break(30, start=460),)), "shifts[0].breaks = 460: must lie inside [0, 480)"),
        (shift(breaks=(Break(30, start=60), Break(30, start=89))), "shifts[0].breaks = 89: must lie inside"),
        (shift(tasks=(Task(0, 60, "x"), Task(90, 480, "x"))), "shifts[0].tasks[1].start = 90: must be 60"),
        (shift(tasks=(Task(0, 60, "x"),)), "shifts[0].tasks[0].end = 60: must be 480, the end of the work"),
        (shift(tasks=(Task(0, 0, "x"),)), "shifts[0].tasks[0].end = 0: must be after start 0"),
        (shift(tasks=(Task(0, 480, "x"),), skill="x"), "shifts[0].skill = 'x': must be left out"),
        (
            {"pins": (Pin(employee="ann", work=Work(start=0, end=60, tasks=(Task(0, 30, "x"),))),)},
            "pins[0].work.tasks[0].end = 30: must be 60",
        ),
        (cover(surplus_price=1, surplus_prices=(1,)), "coverage[0].surplus_prices = [1]: is given together"),
        (cover(surplus_prices=(2, 1)), "coverage[0].surplus_prices[1] = 1: must not be below the one before"),
        (cover(surplus_prices=(-1,)), "coverage[0].surplus_prices[0] = -1"),
    ],
)
def test_faults_name_the_field_and_what_would_do(fields, message):
    with pytest.raises(ProblemError) as told:
        problem_of(**{"shifts": (), **fields})
    assert message in str(told.value)
