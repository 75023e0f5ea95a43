import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from solver.problem import (
    BreakPolicy,
    Coverage,
    Day,
    Employee,
    Pin,
    Problem,
    ProblemError,
    Published,
    Shift,
    ShiftTemplate,
    SkillHeld,
)
from solver.rules.daily_rest import DailyRest
from solver.rules.min_rest import MinRest
from solver.rules.minutes import Minutes
from solver.rules.registry import FAMILIES
from solver.rules.rule import Period, Scope
from solver.rules.weekly_rest import WeeklyRest
from solver.spans import Span
from solver.work import Break, Work
from tests.solver.rules.cases import CASES
from tests.solver.worlds import days, problem_of

EVERYTHING = Problem(
    origin=datetime(2026, 11, 23, tzinfo=UTC),
    zone="Europe/Warsaw",
    past_days=(Day("2026-11-22", -1440, 0),),
    days=days(2, (1500,)),
    employees=(
        Employee(
            id="ann",
            name="Ann",
            skills=(SkillHeld("till"), SkillHeld("forklift", 0, 1440)),
            locations=("shop",),
            unavailable=(Span(0, 60),),
            available=(Span(60, 1440),),
            preferred=(Span(60, 120),),
            unpreferred=(Span(600, 700),),
            cost_per_minute=3,
            minimum_minutes=60,
            maximum_minutes=960,
            target_minutes=480,
            balance_minutes=-30,
            history=(Work(start=-600, end=-60, tags=("night",)),),
            upcoming=(Work(start=3000, end=3100, breaks=(Break(15, paid=True, start=3050),)),),
        ),
    ),
    shifts=(Shift(id="early", start=360, end=840, skill="till", location="shop", mandatory=False),),
    templates=(
        ShiftTemplate(id="any", earliest_start=360, latest_start=600, breaks=(BreakPolicy(361, 30),)),
    ),
    coverage=(Coverage(id="c", start=0, end=60, skill="till", minimum=1, target=2, maximum=3),),
    rules=(
        MinRest(minutes=600, scope=Scope(tags=("night",)), source="art. 1", name="x.rest"),
        Minutes(maximum=2400, period=Period(7, rolling=True), level="soft", weight=4),
    ),
    pins=(
        Pin(employee="ann", shift="early"),
        Pin(employee="ann", kind="forbidden", work=Work(start=0, end=9)),
    ),
    published=(Published(employee="ann", shift="early", price=9),),
)


def test_a_problem_reads_back_from_json_as_it_was():
    text = json.dumps(EVERYTHING.to_json())
    assert Problem.from_json(json.loads(text)) == EVERYTHING


def test_all_faults_of_a_problem_are_told_at_once():
    with pytest.raises(ProblemError) as told:
        replace(
            EVERYTHING,
            employees=(Employee(id="ann", minimum_minutes=9, maximum_minutes=3), Employee(id="ann")),
            shifts=(Shift(id="s", start=9, end=3), Shift(id="t", start=99999, end=100000, headcount=0)),
            coverage=(Coverage(id="c", start=0, end=99999, minimum=3, target=1),),
            pins=(Pin(employee="bob", shift="s"), Pin(employee="ann")),
            published=(Published(employee="ann", shift="nope", price=-1),),
            rules=(MinRest(scope=Scope(employees=("zoe",), days=None)),),
        )
    assert [fault.path for fault in told.value.errors] == [
        "employees[1].id",
        "employees[0].minimum_minutes",
        "shifts[0].end",
        "shifts[1].start",
        "shifts[1].headcount",
        "coverage[0]",
        "coverage[0].target",
        "rules[0].scope.employees",
        "pins[0].employee",
        "pins[1]",
        "published[0].shift",
        "published[0].price",
    ]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"origin": datetime(2026, 11, 23)}, "origin"),  # noqa: DTZ001 - what is refused here
        ({"names": {"till": 5}}, "names.till"),
        ({"zone": "Warsaw"}, "zone"),
        ({"zone": "Europe"}, "zone"),
        ({"zone": "../Europe/Warsaw"}, "zone"),
        ({"days": ()}, "days"),
        ({"days": (Day("23.11.2026", 0, 1440),)}, "days[0].on"),
        ({"days": (Day("2026-11-23", 0, 60),)}, "days[0].end"),
        ({"days": (Day("2026-11-23", 0, 1440), Day("2026-11-25", 1440, 2880))}, "days[1].on"),
        ({"days": (Day("2026-11-23", 0, 1440), Day("2026-11-24", 1500, 2940))}, "days[1].start"),
        ({"past_days": (Day("2026-11-22", -1500, -60),)}, "past_days[0].end"),
    ],
)
def test_a_calendar_that_makes_no_sense_is_refused_by_name(changes, path):
    with pytest.raises(ProblemError) as told:
        replace(EVERYTHING, **changes)
    assert told.value.errors[0].path == path


@pytest.mark.parametrize(
    ("employee", "path"),
    [
        ({"skills": (SkillHeld("x", 9, 9),)}, "skills[0].end"),
        ({"unavailable": (Span(9, 9),)}, "unavailable[0].end"),
        ({"target_minutes": -1}, "target_minutes"),
        ({"history": (Work(start=0, end=60),)}, "history[0].start"),
        ({"history": (Work(start=-60, end=-60),)}, "history[0].end"),
        ({"upcoming": (Work(start=60, end=90),)}, "upcoming[0].start"),
        ({"upcoming": (Work(start=2880, end=2890, breaks=(Break(10),)),)}, "upcoming[0].breaks"),
        ({"upcoming": (Work(start=2880, end=2890, breaks=(Break(0),)),)}, "upcoming[0].breaks"),
        ({"upcoming": (Work(start=2880, end=2890, paid_minutes=-1),)}, "upcoming[0].paid_minutes"),
    ],
)
def test_an_employee_that_makes_no_sense_is_refused_by_field(employee, path):
    with pytest.raises(ProblemError) as told:
        problem_of([Employee(id="ann", **employee)], count=2)
    assert [fault.path for fault in told.value.errors] == [f"employees[0].{path}"]


@pytest.mark.parametrize(
    ("template", "path"),
    [
        ({"days": ("2027-01-01",)}, "days"),
        ({"earliest_start": 600, "latest_start": 540}, "earliest_start"),
        ({"start_step": 0}, "start_step"),
        ({"shortest": 480, "longest": 240}, "longest"),
        ({"earliest_start": 600, "latest_start": 600, "latest_end": 660}, "latest_end"),
        ({"breaks": (BreakPolicy(30, 30),)}, "breaks[0].minutes"),
        ({"breaks": (BreakPolicy(200, 150), BreakPolicy(200, 150))}, "breaks"),
        ({"starts": (-5,)}, "starts[0]"),
    ],
)
def test_a_template_that_makes_no_sense_is_refused_by_field(template, path):
    with pytest.raises(ProblemError) as told:
        problem_of(templates=(ShiftTemplate(id="t", **template),))
    assert [fault.path for fault in told.value.errors] == [f"templates[0].{path}"]


def test_json_faults_name_the_field_the_value_and_what_would_do():
    data = {
        **EVERYTHING.to_json(),
        "colour": 1,
        "rules": [{"rule": "rest"}, {"rule": "min_rest", "minutes": 0}],
    }
    data["shifts"] = [{"id": "a", "start": "six", "end": True}]
    with pytest.raises(ProblemError) as told:
        Problem.from_json(data)
    text = str(told.value)
    assert "colour = 1: is unknown; fields are origin, days" in text
    assert "shifts[0].start = 'six': must be a whole number" in text
    assert "shifts[0].end = True: must be a whole number" in text
    assert "rules[0].rule = 'rest': use one of skills, risk_factors" in text
    assert "minutes is 0; a rest lasts at least 1 minute" in text


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_of_rules_refuses_an_unknown_level(family):
    needed = CASES[family][0]
    family(**needed)
    with pytest.raises(ValueError, match="level is"):
        family(level="harsh", **needed)
    with pytest.raises(ValueError, match="weight is 0"):
        family(weight=0, **needed)


def test_a_scope_a_rule_cannot_use_is_refused():
    with pytest.raises(ValueError, match="tags means nothing to weekly_rest"):
        WeeklyRest(scope=Scope(tags=("night",)))


def test_wall_clock_times_follow_the_clock_change():
    spring, autumn = Day("2026-03-29", 0, 1380), Day("2026-10-25", 0, 1500)
    assert [spring.minute(hour * 60) for hour in (0, 1, 6, 24)] == [0, 60, 300, 1380]
    assert [autumn.minute(hour * 60) for hour in (0, 1, 6, 24)] == [0, 60, 420, 1500]
    assert spring.minute(150) == 150  # 02:30 does not exist: 03:30 on the new clock


def test_a_daily_rest_longer_than_a_day_is_refused():
    with pytest.raises(ValueError, match="1 to 1439"):
        DailyRest(minutes=1440)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"shifts": (Shift(id="s", start=0, end=60, headcount=2**40),)}, "shifts[0].headcount"),
        ({"shifts": (Shift(id="s", start=0, end=60, priority=2**40),)}, "shifts[0].priority"),
        ({"coverage": (Coverage(id="c", start=0, end=60, minimum=10_001),)}, "coverage[0].minimum"),
        (
            {"coverage": (Coverage(id="c", start=0, end=60, missing_price=2**40),)},
            "coverage[0].missing_price",
        ),
    ],
)
def test_numbers_no_company_has_are_refused(changes, path):
    with pytest.raises(ProblemError) as told:
        replace(EVERYTHING, pins=(), published=(), **changes)
    assert path in [fault.path for fault in told.value.errors]
