"""Columns give what the exact model gives, with a bound that holds, punctually and the same again."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from solver.columns.search import search_by_columns
from solver.cpsat.draft import Draft
from solver.evaluate import evaluate
from solver.problem import Coverage, Employee, ShiftTemplate, SkillHeld
from solver.rules.consecutive_days import ConsecutiveDays
from solver.rules.consecutive_days_off import ConsecutiveDaysOff
from solver.rules.min_rest import MinRest
from solver.rules.minutes import Minutes
from solver.rules.preferences import Preferences
from solver.rules.rest_after_run import RestAfterRun
from solver.rules.rule import HORIZON, Period, Scope
from solver.rules.shift_count import ShiftCount
from solver.rules.weekends import Weekends
from solver.rules.weekly_rest import WeeklyRest
from solver.solve import solve
from solver.spans import Span
from solver.standing import Incumbent
from solver.stop import TimeLimit, WorkLimit
from tests.solver.test_random_problems import problems
from tests.solver.worlds import problem_of

DAYS = 21


def ward(people=5):
    """Three weeks of early, late and night shifts under the rules of a ward, with too few people."""
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
        count=DAYS,
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
            for day in range(DAYS)
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
    search_by_columns(incumbent, draft, None, seed=0, workers=1)
    assert incumbent.bound == (0, 0)


def test_rules_that_pricing_does_not_know_are_kept_all_the_same():
    problem = ward()
    problem = replace(problem, rules=(*problem.rules, RestAfterRun(days=3, minutes=2880)))
    result = solve(problem, WorkLimit(1), engine="columns", workers=1)
    assert evaluate(problem, result.roster).clean


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
