"""Whatever stands in a problem file: its faults are named, all at once, or it can be judged."""

import json
from copy import deepcopy
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from solver.evaluate import evaluate
from solver.problem import Problem, ProblemError, ShiftGroup
from solver.work import Roster
from tests.solver.rules.cases import CASES
from tests.solver.rules.small_worlds import WORLDS
from tests.solver.rules.team_worlds import TEAM_WORLDS

ODD: list[object] = [
    -1, 0, 10**9, -(10**9), 2**63, 10**30, 1.5, float("nan"), float("inf"), True, None,
    "", "x", "x" * 5000, "żółć \u202e\x00", "\ud800", "2026-13-45", "0001-01-01", "9999-12-31",
    [], {}, [None], [[]], [{"x": []}], ["y", "y"], {"a": 1},
]  # fmt: skip
"""What people and programs put where something else belongs."""


def rule_of(family, fields):
    """A rule at the first level its family allows."""
    for level in ("hard", "mandatory", "soft"):
        try:
            return family(**{"level": level, **fields})
        except ValueError:
            continue
    raise AssertionError(f"{family.id} allows no level")


def worlds():
    """Problems that together use every field and every family of rules."""
    team = TEAM_WORLDS["a team on shifts"]
    yield from (world.to_json() for world in (*WORLDS.values(), *TEAM_WORLDS.values()))
    alike = [shift.id for shift in team.shifts if shift.mandatory][:2]
    yield replace(team, shift_groups=(ShiftGroup("g", tuple(alike)),), names={"x": "Till"}).to_json()
    for family, cases in CASES.items():
        for fields in cases:
            rule = rule_of(family, fields)
            for world in (team, WORLDS["two people"], WORLDS["shifts"], WORLDS["templates"]):
                try:
                    yield replace(world, rules=(rule,)).to_json()
                    break
                except ProblemError:  # the rule names what this world has not
                    continue


PROBLEMS = list(worlds())


def places(value, path=()):
    """The path of every value in some JSON, containers included."""
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in items:
        yield from places(part, (*path, key))


def rule_first(path):
    """What differs from problem to problem comes first."""
    return path[0] != "rules"


def with_value(problem, path, value):
    """A copy in which something else stands at a path."""
    changed = deepcopy(problem)
    at = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return changed


@st.composite
def spoilt(draw):
    """A problem in which one to three values are odd."""
    problem = draw(st.sampled_from(PROBLEMS))
    for _ in range(draw(st.integers(1, 3))):
        paths = sorted(places(problem), key=rule_first)
        mine = [path for path in paths if path[0] == "rules"]
        among = mine if mine and draw(st.booleans()) else paths
        problem = with_value(problem, draw(st.sampled_from(among)), draw(st.sampled_from(ODD)))
    return problem


@settings(max_examples=1500, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(spoilt())
def test_an_odd_value_is_a_named_fault_or_part_of_a_problem_that_can_be_judged(data):
    try:
        problem = Problem.from_json(data)
    except ProblemError as error:
        faults = error.errors
    else:
        evaluate(problem, Roster())
        return
    assert faults
    assert all(fault.path and fault.message for fault in faults)
    json.dumps([fault.value for fault in faults], default=str)


def test_every_family_of_rules_is_spoilt():
    used = {rule["rule"] for problem in PROBLEMS for rule in problem.get("rules", ())}
    assert {family.id for family in CASES} <= used


def test_faults_in_different_places_are_all_named_at_once():
    data = WORLDS["two people"].to_json()
    data["employees"][0]["priority"] = -1
    data["shifts"][0]["headcount"] = 0
    data["shifts"][1]["end"] = data["shifts"][1]["start"]
    data["coverage"][0]["missing_price"] = -5
    data["pins"] = [{"employee": "nobody", "shift": "none"}]
    data["rules"] = [{"rule": "min_rest", "minutes": 660, "scope": {"employees": ["stranger"]}}]
    with pytest.raises(ProblemError) as refused:
        Problem.from_json(data)
    assert [fault.path for fault in refused.value.errors] == [
        "employees[0].priority",
        "shifts[0].headcount",
        "shifts[1].end",
        "coverage[0].missing_price",
        "rules[0].scope.employees",
        "pins[0].employee",
        "pins[0].shift",
    ]


FAR = 10**12
BEYOND = "must lie between -500000000 and 500000000"


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("employees", 0, "balance_minutes"), FAR, BEYOND),
        (("shifts", 0, "start"), -FAR, BEYOND),
        (("origin",), "9999-11-23T00:00:00+00:00", "must lie in the years 1900 to 2199"),
        (("days", 0, "on"), "9999-12-31", "must lie in the years 1900 to 2199"),
        (("rules", 0, "period", "anchor"), "soon", "is no ISO date; write 2026-11-23"),
        (("rules", 1, "overtime", "anchor"), "soon", "is no ISO date; write 2026-11-23"),
        (("rules", 2, "windows", 0, "last"), "2026-02-30", "is no ISO date; write 2026-11-23"),
    ],
)
def test_a_value_out_of_range_is_named_with_what_would_do(path, value, message):
    data = WORLDS["two people"].to_json()
    data["rules"] = [
        {"rule": "minutes", "maximum": 900, "period": {"days": 3, "anchor": "2026-11-22"}},
        {"rule": "budget", "maximum": 900, "level": "soft", "overtime": {"days": 3, "anchor": "2026-11-22"}},
        {"rule": "rest_within", "windows": [{"first": "2026-11-22", "last": "2026-11-24"}]},
    ]
    Problem.from_json(data)
    with pytest.raises(ProblemError) as refused:
        Problem.from_json(with_value(data, path, value))
    assert [(fault.value, fault.message) for fault in refused.value.errors] == [(value, message)]


@pytest.mark.parametrize(
    "rule",
    [
        {"rule": "forward_rotation", "minimum": 0, "within_days": 10**6},
        {"rule": "day_sequences", "then": [{"day": "off"}], "then_from": 10**6},
        {"rule": "successions", "table": [{"forbidden": {}}], "within_days": 10**6},
    ],
)
def test_a_rule_that_would_look_at_a_million_days_is_refused(rule):
    with pytest.raises(ProblemError, match="3660"):
        Problem.from_json({**WORLDS["two people"].to_json(), "rules": [rule]})
