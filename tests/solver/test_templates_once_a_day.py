"""A person works a template once a day; what a warm start has beyond that may stay but proves nothing."""

from dataclasses import replace

from solver.cpsat.draft import Draft
from solver.evaluate import evaluate
from solver.lns.greedy import greedy
from solver.problem import Coverage, ShiftTemplate
from solver.solve import solve
from solver.stop import WorkLimit
from solver.work import Roster
from tests.solver.worlds import problem_of

FLEX = ShiftTemplate(
    id="t", earliest_start=360, latest_start=600, start_step=120, shortest=180, longest=300, length_step=60
)
PROBLEM = problem_of(
    ["ann"], count=1, templates=(FLEX,), coverage=(Coverage(id="c", start=540, end=840, target=1),)
)
TWICE = Roster([PROBLEM.create("ann", "t", 360, 240), PROBLEM.create("ann", "t", 600, 240)])


def test_the_first_roster_has_a_template_once_a_day_though_twice_would_cover_more():
    draft = Draft(PROBLEM, PROBLEM.all_rules)
    roster = greedy(draft)
    assert len(roster) == 1
    assert draft.holds(roster)
    assert not draft.holds(TWICE)
    by_hand = evaluate(PROBLEM, TWICE)
    assert by_hand.clean
    assert by_hand.score < evaluate(PROBLEM, roster).score


def test_a_warm_start_better_than_anything_on_offer_stays_and_its_bound_is_not_above_its_cost():
    result = solve(PROBLEM, WorkLimit(1), workers=1, warm_start=TWICE)
    assert result.roster == TWICE
    assert (result.score.mandatory, result.score.soft) == result.bound == (0, 0)
    assert all(point.bound <= point.objective for point in result.trace)


def test_work_that_is_on_offer_is_held_and_work_at_other_times_is_not():
    draft = Draft(PROBLEM, PROBLEM.all_rules)
    [offered, _] = TWICE
    assert draft.holds(Roster([offered]))
    assert not draft.holds(Roster([replace(offered, start=365)]))
