"""Odd but valid problems get a sensible roster, or are told to be contradictory."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from solver.evaluate import evaluate
from solver.explain.report import report_on
from solver.problem import Coverage, Day, Employee, Pin, Problem, Shift, ShiftTemplate
from solver.rules.consecutive_days import ConsecutiveDays
from solver.rules.min_rest import MinRest
from solver.rules.minutes import Minutes
from solver.rules.rotation import Rotation, RotationMember
from solver.rules.rule import Period, Scope
from solver.rules.work_kind import DayKind
from solver.solve import solve
from solver.stop import TimeLimit
from tests.solver.worlds import problem_of


def solved(problem):
    """The result, in which the evaluator finds nothing wrong and whatever is open can be explained."""
    result = solve(problem, TimeLimit(10), workers=1)
    assert result.status in ("optimal", "feasible")
    assert evaluate(problem, result.roster).clean
    report_on(problem, result.roster)
    result.to_json()
    return result


def test_nobody_for_any_shift_leaves_all_open():
    result = solved(problem_of((), count=2, kinds="MN"))
    assert result.status == "optimal"
    assert [one.shift for one in result.open_shifts] == ["M0", "N0", "M1", "N1"]


@pytest.mark.parametrize("engine", ["exact", "columns", "local"])
def test_without_anybody_every_engine_leaves_all_open(engine):
    result = solve(problem_of((), count=2, kinds="MN"), TimeLimit(10), workers=1, engine=engine)
    assert result.status == "optimal"
    assert [one.shift for one in result.open_shifts] == ["M0", "N0", "M1", "N1"]


def test_nothing_to_do_is_an_empty_roster_proven_best():
    for people in ((), ("ann",)):
        result = solved(problem_of(people, count=1))
        assert (result.status, len(result.roster), result.open_shifts) == ("optimal", 0, ())


def test_no_demand_creates_no_shift():
    template = ShiftTemplate(id="t", earliest_start=360, latest_start=600)
    nothing = Coverage(id="c", start=0, end=1440, surplus_price=1)
    result = solved(problem_of(("ann",), count=1, templates=(template,), coverage=(nothing,)))
    assert (result.status, len(result.roster)) == ("optimal", 0)


def test_whoever_may_do_nothing_does_nothing_and_the_others_all():
    people = (Employee(id="ann", available=()), Employee(id="bo"))
    result = solved(problem_of(people, count=3, kinds="M"))
    assert {work.employee for work in result.roster} == {"bo"}
    assert len(result.roster) == 3


@pytest.mark.parametrize("scope", [Scope(employees=()), Scope(tags=()), Scope(days=()), Scope(weekdays=())])
def test_a_rule_about_nobody_or_nothing_forbids_nothing(scope):
    rule = MinRest(minutes=3000, scope=scope)
    assert len(solved(problem_of(("ann",), count=3, kinds="M", rules=(rule,))).roster) == 3


def test_rules_that_leave_no_work_possible_leave_it_open():
    rules = (Minutes(maximum=60, period=Period(7)), ConsecutiveDays(minimum=2))
    result = solved(problem_of(("ann",), count=3, kinds="M", rules=rules))
    assert len(result.roster) == 0
    assert len(result.open_shifts) == 3


def test_rules_that_contradict_each_other_are_named():
    cycle = Rotation(cycle=(DayKind(day="on"),), first_day="2026-11-23", members=(RotationMember("ann"),))
    bans = tuple(Pin(employee="ann", kind="forbidden", shift=f"M{day}") for day in range(2))
    problem = problem_of(("ann", "bo"), count=2, kinds="M", rules=(cycle,), pins=bans)
    result = solve(problem, TimeLimit(10), workers=1)
    assert result.status == "infeasible"
    assert {(one.id, one.employee) for one in result.clash} >= {("rotation", "ann")}


def test_a_clash_is_found_where_shifts_prefer_somebody_it_is_not_about():
    shift = Shift(id="s", start=0, end=480, preferred_employees=("bo",))
    pins = (Pin(employee="ann", shift="s"), Pin(employee="ann", kind="forbidden", shift="s"))
    result = solve(problem_of(("ann", "bo"), count=1, shifts=(shift,), pins=pins), TimeLimit(10), workers=1)
    assert result.status == "infeasible"
    assert [one.path for one in result.clash] == ["pins[0]", "pins[1]"]


def horizon(zone, first, count):
    """Civil days as clocks in a zone count them."""
    tz = ZoneInfo(zone)
    dates = [date.fromisoformat(first) + timedelta(days=place) for place in range(count + 1)]
    midnights = [datetime(on.year, on.month, on.day, tzinfo=tz).astimezone(ZoneInfo("UTC")) for on in dates]
    at = [int((midnight - midnights[0]).total_seconds()) // 60 for midnight in midnights]
    days = tuple(
        Day(on.isoformat(), start, end) for on, (start, end) in zip(dates[:-1], pairwise(at), strict=True)
    )
    return midnights[0].astimezone(tz), days


@pytest.mark.parametrize(
    ("zone", "first", "lengths"),
    [
        ("Europe/Warsaw", "2026-10-01", {1380, 1440, 1500}),
        ("America/New_York", "2026-10-01", {1380, 1440, 1500}),
        ("Australia/Lord_Howe", "2026-10-01", {1410, 1440, 1470}),
    ],
)
def test_a_winter_over_both_changes_of_the_clocks_and_new_year_is_covered_at_the_clocks_hours(
    zone, first, lengths
):
    origin, days = horizon(zone, first, 27 * 7)
    assert {day.end - day.start for day in days} == lengths
    template = ShiftTemplate(id="t", earliest_start=480, latest_start=480, shortest=480, longest=480)
    coverage = tuple(
        Coverage(id=day.on, start=day.minute(480), end=day.minute(960), minimum=1) for day in days
    )
    people = (Employee(id="ann"), Employee(id="bo"))
    problem = Problem(
        origin=origin, zone=zone, days=days, employees=people, templates=(template,), coverage=coverage,
        rules=(MinRest(minutes=660), ConsecutiveDays(maximum=6)),
    )  # fmt: skip
    result = solved(problem)
    assert result.score.mandatory == 0
    clock = {problem.at(work.start).astimezone(ZoneInfo(zone)).strftime("%H:%M") for work in result.roster}
    assert clock == {"08:00"}
