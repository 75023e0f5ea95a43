"""Missing people become shifts that somebody could work."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scheduler.rosters.open_shifts import open_works, template_named
from solver.problem import BreakPolicy, Day, Problem, ShiftTemplate
from solver.result import OpenShift


def problem(*templates: ShiftTemplate) -> Problem:
    days = (Day("2026-11-23", 0, 1440), Day("2026-11-24", 1440, 2880))
    return Problem(origin=datetime(2026, 11, 23, tzinfo=UTC), days=days, templates=templates)


def template(**changes: object) -> ShiftTemplate:
    values: dict[str, object] = {
        "id": "day",
        "earliest_start": 360,
        "latest_start": 840,
        "start_step": 60,
        "shortest": 240,
        "longest": 480,
        "length_step": 60,
        "breaks": (BreakPolicy(360, 30),),
        "skill": "pick",
        "location": "in",
    }
    return ShiftTemplate(**{**values, **changes})  # type: ignore[arg-type]  # of any field


def gap(start: int, end: int, **changes: object) -> OpenShift:
    values: dict[str, object] = {"skill": "pick", "location": "in", "people": 1, "level": "mandatory"}
    return OpenShift(start=start, end=end, **{**values, **changes})  # type: ignore[arg-type]  # of any field


def spans(found: Problem, *gaps: OpenShift) -> list[tuple[int, int]]:
    return [(work.start, work.end) for work in open_works(found, gaps)]


@pytest.mark.parametrize(
    ("gaps", "expected"),
    [
        ([gap(480, 960)], [(480, 960)]),
        ([gap(480, 960), gap(480, 960)], [(480, 960), (480, 960)]),
        ([gap(480, 960, people=2)], [(480, 960), (480, 960)]),
        ([gap(360, 1320)], [(360, 840), (840, 1320)]),
        ([gap(600, 660)], [(420, 660)]),
        ([gap(480, 720), gap(720, 960)], [(480, 960)]),
        ([gap(480, 960), gap(1440 + 480, 1440 + 960)], [(480, 960), (1920, 2400)]),
        ([gap(0, 60)], [(0, 60)]),
        ([gap(480, 960, shift="given")], []),
        ([], []),
    ],
)
def test_gaps_are_filled_in_the_shapes_of_the_template(
    gaps: list[OpenShift], expected: list[tuple[int, int]]
):
    assert spans(problem(template()), *gaps) == expected


def test_a_shape_brings_its_break_and_names_its_template():
    (work,) = open_works(problem(template()), [gap(480, 960)])
    assert ([pause.minutes for pause in work.breaks], template_named(work)) == ([30], "day")


def test_a_gap_without_a_template_for_its_skill_or_day_stays_as_it_is():
    (work,) = open_works(problem(template(skill="pack")), [gap(480, 960)])
    assert ((work.start, work.end), template_named(work)) == ((480, 960), None)
    assert spans(problem(template(days=("2026-11-24",))), gap(480, 960)) == [(480, 960)]


def test_departments_are_filled_apart():
    found = open_works(problem(template()), [gap(480, 960), gap(480, 960, location="out")])
    assert [(work.location, template_named(work)) for work in found] == [("in", "day"), ("out", None)]


def test_explicit_starts_are_shapes_too():
    assert spans(problem(template(starts=(1500,), shortest=480)), gap(1500, 1980)) == [(1500, 1980)]
