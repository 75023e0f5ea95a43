"""A roster that breaks no hard rule is one the model accepts, at the same cost, whatever rules there are."""

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from solver.cpsat.draft import Draft
from solver.cpsat.slots import ShiftSlot, TemplateSlot
from solver.evaluate import evaluate
from solver.work import Roster
from tests.solver.rules.small_worlds import Reading
from tests.solver.test_random_teams import teams

TRIED = 30


def some_rosters(problem, seed):
    """Rosters of what people could work, each slot used at most once, whether or not they keep the rules."""
    draft, random = Draft(problem, []), Random(seed)
    for _ in range(TRIED):
        works = []
        share = random.random()
        for person in draft.persons.values():
            for slot in person.slots:
                if random.random() < share / 2:
                    works.append(one_of(problem, slot, random))
        yield Roster(works)


def one_of(problem, slot, random):
    """Any assignment a slot can be."""
    if isinstance(slot, TemplateSlot):
        start, end = random.choice(slot.pairs)
        return problem.create(slot.employee.id, slot.template.id, start, end - start)
    assert isinstance(slot, ShiftSlot)
    return slot.assignment


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(teams(), st.integers(0, 1000))
def test_the_model_of_all_rules_accepts_a_roster_if_it_is_clean_and_says_what_it_costs(problem, seed):
    reading = Reading(problem, problem.all_rules)
    judged = [(evaluate(problem, roster), roster) for roster in some_rosters(problem, seed)]
    clean = [(found, roster) for found, roster in judged if found.clean][:6]
    broken = [(found, roster) for found, roster in judged if not found.clean][:2]
    assert clean or broken
    for found, roster in clean:
        assert reading.cost(roster) == found.score.mandatory + found.score.soft
    for _, roster in broken:
        assert reading.cost(roster) is None
