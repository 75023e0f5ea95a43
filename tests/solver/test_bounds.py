from dataclasses import replace

import pytest

from solver.cpsat.crowd import Crowd
from solver.cpsat.draft import Draft
from solver.cpsat.lower_bound import Relaxation
from solver.evaluate import evaluate
from solver.rules.fairness import Fairness
from solver.rules.labour_cost import LabourCost
from solver.rules.min_rest import MinRest
from solver.rules.minutes import Minutes
from solver.rules.shift_count import ShiftCount
from solver.solve import solve
from tests.solver.rules.inside_worlds import INSIDE_WORLDS
from tests.solver.rules.small_worlds import WORLDS, rosters_of, without_overlap

RULES = (
    Minutes(maximum=600),
    ShiftCount(maximum=1),
    MinRest(minutes=660),
    Fairness(step_minutes=60, steps=2),
    LabourCost(),
)


EVERY_WORLD = {**WORLDS, **INSIDE_WORLDS}


@pytest.mark.parametrize("name", EVERY_WORLD)
def test_no_roster_of_a_small_world_costs_less_than_the_bound(name):
    world = replace(EVERY_WORLD[name], rules=RULES, pins=())
    scores = [
        score
        for roster in without_overlap(world, rosters_of(world))
        if not (score := evaluate(world, roster).score).hard
    ]
    best = min(scores)
    relaxation = Relaxation(Crowd(Draft(world, world.all_rules)).program)
    mandatory = relaxation.bound("mandatory", allowed=None)
    soft = relaxation.bound("soft", allowed=best.mandatory)
    assert mandatory is not None
    assert soft is not None
    assert mandatory <= best.mandatory
    assert soft <= best.soft
    assert soft > 0
    assert solve(world, workers=1).score == best
