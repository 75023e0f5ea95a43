"""Columns give what the exact model gives, with a bound that holds, punctually and the same again."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from solver.columns.search import ColumnSearch, search_by_columns
from solver.cpsat.draft import Draft
from solver.evaluate import evaluate
from solver.lns.tables import Tables
from solver.problem import BreakPolicy, BreakWindow, Coverage, Employee, ShiftTemplate, SkillHeld
from solver.rules.complete_weekends import CompleteWeekends
from solver.rules.consecutive_days import ConsecutiveDays
from solver.rules.consecutive_days_off import ConsecutiveDaysOff
from solver.rules.min_rest import MinRest
from solver.rules.minutes import Minutes
from solver.rules.preferences import Preferences
from solver.rules.rest_after_run import RestAfterRun
from solver.rules.rolling_hours import RollingHours
from solver.rules.rule import HORIZON, Period, Scope
from solver.rules.shift_count import ShiftCount
from solver.rules.start_range import StartRange
from solver.rules.weekends import Weekends
from solver.rules.weekly_rest import WeeklyRest
from solver.solve import solve
from solver.spans import Span
from solver.standing import Incumbent
from solver.stop import TimeLimit, WorkLimit
from solver.work import Roster
from tests.solver.test_random_problems import problems
from tests.solver.worlds import problem_of

DAYS = 21


def ward(people=5, days=DAYS):
    """Some days of early, late and night shifts under the rules of a ward, with too few people."""
    starts = {"early": 360, "late": 840, "night": 1320}
    return problem_of(
        [
            Employee(
                id=f"e{place}",
                skills=(SkillHeld("nurse"),),
                unpreferred=(Span(1440 * (2 * place), 1440 * (2 * place + 2)),),
                unavailable=(Span(1440 * (20 - place), 1440 * (21 - place)),),
            )
            for place in range(people)
        ],
        count=days,
        templates=tuple(
            ShiftTemplate(
                id=name,
                earliest_start=start,
                latest_start=start,
                start_step=60,
                latest_end=start + 480,
                shortest=480,
                longest=480,
                length_step=60,
                skill="nurse",
                tags=(name,),
            )
            for name, start in starts.items()
        ),
        coverage=tuple(
            Coverage(
                id=f"{name}{day}",
                start=1440 * day + start,
                end=1440 * day + start + 120,
                skill="nurse",
                minimum=0,
                target=2 if name == "early" else 1,
                missing_price=1,
                surplus_price=1,
            )
            for day in range(days)
            for name, start in starts.items()
        ),
        rules=(
            ShiftCount(maximum=1),
            MinRest(minutes=660),
            ConsecutiveDays(minimum=2, maximum=5),
            ConsecutiveDaysOff(minimum=2),
            Weekends(maximum=2),
            WeeklyRest(minutes=2160),
            Minutes(minimum=4800, maximum=7200, period=HORIZON),
            Minutes(maximum=2880, period=Period(7)),
            ShiftCount(scope=Scope(tags=("night",)), period=HORIZON, maximum=4),
            Preferences(),
        ),
    )


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(problems())
def test_columns_are_as_good_as_the_exact_model_and_their_bound_holds(problem):
    exact = solve(problem, WorkLimit(1), workers=1, engine="exact")
    found = solve(problem, WorkLimit(1), workers=1, engine="columns")
    assert evaluate(problem, found.roster).score == found.score
    best, least = (exact.score.mandatory, exact.score.soft), (found.score.mandatory, found.score.soft)
    assert found.bound <= best
    if exact.status == "optimal":
        assert least >= best
        if found.status == "optimal":
            assert least == best


def test_columns_prove_the_best_roster_of_a_ward():
    problem = ward()
    result = solve(problem, TimeLimit(60), engine="columns", workers=2)
    assert evaluate(problem, result.roster).clean
    assert result.status == "optimal"
    assert result.score.soft > 0


def test_nothing_is_proven_of_a_problem_of_which_only_a_part_is_looked_at():
    problem = ward()
    incumbent = Incumbent(problem, WorkLimit(1), observer=None)
    draft = Draft(problem, problem.all_rules, people=frozenset(["e0", "e1"]))
    assert not draft.whole
    search_by_columns(incumbent, draft, Tables(draft, Roster()), Roster(), seed=0, workers=1)
    assert incumbent.bound == (0, 0)


@pytest.mark.parametrize(
    "rule",
    [
        RestAfterRun(days=3, minutes=2880),
        RollingHours(maximum=2400, hours=120),
        CompleteWeekends(level="soft", weight=400),
        StartRange(maximum=480, level="soft", weight=2),
    ],
    ids=lambda rule: rule.id,
)
def test_columns_prove_what_the_exact_model_proves_where_labels_leave_out_a_rule(rule):
    problem = ward(3, days=10)
    problem = replace(problem, rules=(*problem.rules[:4], rule, *problem.rules[7:]))
    assert rule.resources(problem, problem.employees[0]) is None
    exact = solve(problem, TimeLimit(60), engine="exact", workers=2)
    found = solve(problem, TimeLimit(60), engine="columns", workers=2)
    assert (exact.status, found.status) == ("optimal", "optimal")
    assert found.score.soft == exact.score.soft > 0
    assert found.bound == exact.bound


def test_columns_prove_the_best_roster_of_a_ward_where_labels_leave_out_rules():
    problem = ward()
    problem = replace(problem, rules=(*problem.rules, RestAfterRun(days=3, minutes=2880), CompleteWeekends()))
    result = solve(problem, TimeLimit(60), engine="columns", workers=2)
    assert evaluate(problem, result.roster).clean
    assert result.status == "optimal"


def crowded_noon():
    """Two people are wanted all morning and one at noon, when one of the two can have a break."""
    shift = ShiftTemplate(
        id="day",
        earliest_start=480,
        latest_start=480,
        start_step=60,
        shortest=480,
        longest=480,
        length_step=60,
        breaks=(BreakPolicy(241, 30, window=BreakWindow(earliest=60, step=30)),),
    )
    crowded = Coverage(id="noon", start=720, end=750, maximum=1, target=1, missing_price=1, surplus_price=3)
    wanted = Coverage(id="morning", start=480, end=660, minimum=2, target=2, missing_price=5)
    return problem_of(["a", "b"], count=1, templates=(shift,), coverage=(wanted, crowded))


def test_nothing_is_proven_where_breaks_are_still_to_be_placed():
    problem = crowded_noon()
    best = solve(problem, WorkLimit(1), engine="exact", workers=1)
    assert best.score.soft == 0  # one of the two has a break at noon
    assert solve(problem, WorkLimit(1), engine="columns", workers=1).bound == (0, 0)


@pytest.mark.parametrize("engine", ["local", "columns"])
def test_no_bound_is_above_the_cost_where_breaks_are_still_to_be_placed(engine):
    result = solve(crowded_noon(), TimeLimit(2), engine=engine, workers=1)
    assert result.score.soft == 0
    assert result.bound == (0, 0)


def test_the_same_seed_and_one_thread_give_the_same_roster():
    results = [solve(ward(), WorkLimit(0.5), seed=3, engine="columns", workers=1) for _ in range(2)]
    assert results[0].roster == results[1].roster
    assert results[0].bound == results[1].bound


def test_a_search_that_is_stopped_at_once_still_gives_a_roster():
    problem = replace(ward(), rules=ward().rules[:3])
    result = solve(problem, WorkLimit(0.001), engine="columns", workers=1)
    assert result.status == "feasible"
    assert evaluate(problem, result.roster).clean


@pytest.mark.parametrize("seed", [1, 2])
def test_published_work_begins_the_search_and_is_never_made_worse(seed):
    problem = ward()
    first = solve(problem, WorkLimit(0.5), seed=seed, engine="columns", workers=1)
    again = solve(problem, WorkLimit(0.1), seed=seed, engine="columns", workers=1, warm_start=first.roster)
    assert again.score <= first.score


@pytest.mark.parametrize(
    ("people", "days", "searched"), [(6, 28, True), (12, 14, True), (3, 14, False), (12, 7, False)]
)
def test_weeks_and_the_smallest_fortnights_are_for_the_exact_model_what_is_longer_for_columns(
    people, days, searched
):
    phases = set()
    solve(ward(people, days), TimeLimit(3), observer=lambda progress: phases.add(progress.phase))
    assert ("columns" in phases) == searched


def test_those_who_break_hard_rules_are_planned_anew_one_by_one():
    problem = ward()
    assert evaluate(problem, Roster()).score.hard > 0
    incumbent = Incumbent(problem, TimeLimit(60), None)
    draft = Draft(problem, problem.all_rules)
    with ColumnSearch(incumbent, draft, Tables(draft, Roster()), Roster(), seed=0, workers=1) as search:
        search.mend()
    assert incumbent.roster is not None
    found = evaluate(problem, incumbent.roster)
    assert found.score.hard == 0
    assert found.score.soft < evaluate(problem, Roster()).score.soft
