"""Weeks of many starts are planned at prices of single shifts: lawful, never worse, near their bound."""

import pytest

from benchmarks.weeks import make_problem
from solver.columns.search import few_a_day
from solver.columns.week_search import search_week
from solver.cpsat.draft import Draft
from solver.evaluate import evaluate
from solver.lns.tables import Tables
from solver.solve import solve
from solver.standing import Incumbent
from solver.stop import AnyOf, Cancel, TimeLimit, WorkLimit
from solver.work import Roster


@pytest.fixture(scope="module")
def week():
    """A shop of eight people: the problem and its tables."""
    problem = make_problem(people=8)
    draft = Draft(problem, problem.all_rules)
    assert not few_a_day(draft)
    return problem, Tables(draft, Roster())


def incumbent_with_a_roster(problem, stop):
    """An incumbent that has a poor roster: nobody works."""
    incumbent = Incumbent(problem, stop, observer=None)
    incumbent.offer(Roster())
    return incumbent


def test_a_week_is_planned_lawfully_and_well(week):
    problem, _ = week
    result = solve(problem, TimeLimit(10), seed=0, workers=2)
    score = evaluate(problem, result.roster).score
    assert score == result.score
    assert score.hard == 0
    assert result.bound <= (score.mandatory, score.soft)
    assert score.mandatory < evaluate(problem, Roster()).score.mandatory / 8


def test_whole_weeks_keep_hard_rules_and_leave_far_less_open_than_nobody(week):
    problem, tables = week
    found = search_week(incumbent_with_a_roster(problem, TimeLimit(30)), tables, seed=0, workers=2)
    assert found.made is not None
    score = evaluate(problem, found.made.roster).score
    assert score.hard == 0
    assert score.mandatory < evaluate(problem, Roster()).score.mandatory / 2


def test_the_same_seed_and_one_thread_give_the_same_roster(week):
    problem, tables = week
    rosters = []
    for _ in range(2):
        incumbent = incumbent_with_a_roster(problem, WorkLimit(6))
        made = search_week(incumbent, tables, seed=3, workers=1).made
        assert made is not None
        rosters.append(made.roster)
    assert rosters[0] == rosters[1]
    assert len(rosters[0]) > 0


def test_a_published_week_is_never_made_worse_and_a_cancel_ends_the_search(week):
    problem, _ = week
    published = solve(problem, TimeLimit(3), workers=1).roster
    cancel, phases = Cancel(), []

    def observe(progress):
        phases.append(progress.phase)
        if progress.phase == "columns":
            cancel.request()

    result = solve(problem, AnyOf((TimeLimit(60), cancel)), warm_start=published, observer=observe, workers=2)
    assert result.score <= evaluate(problem, published).score
    assert "columns" in phases
    assert result.seconds < 50
