"""A model of one person's work, the others' being kept, judges the whole team as the plain reading does."""

import pytest

from solver.cpsat.draft import Draft
from solver.cpsat.linear import Linear
from solver.cpsat.model import Model
from solver.cpsat.part import Part
from solver.cpsat.run import Limits, search
from solver.rules.no_overlap import NoOverlap
from solver.rules.registry import FAMILIES
from solver.rules.rule import PersonalRule
from solver.work import Roster
from tests.solver.rules.small_worlds import cost_by_check
from tests.solver.rules.team_worlds import NEED_A_TEAM, TEAM_WORLDS
from tests.solver.rules.test_two_readings import ROSTERS, rules_of

GROUP = [f for f in FAMILIES if f.id in NEED_A_TEAM and not issubclass(f, PersonalRule)]


def cheapest_for_ann(problem, rules, base):
    """The least cost the partial model finds; None where nothing keeps the rules."""
    model = Model(Draft(problem, rules), base=base, part=Part(employees=["ann"]))
    model.program.minimise(Linear.total(model.program.costs[level] for level in ("mandatory", "soft")))
    return search(model.program, Limits()).objective


@pytest.mark.parametrize("family", GROUP, ids=lambda family: family.id)
def test_kept_people_count_in_rules_about_several_people(family):
    for rule in rules_of(family):
        for name, problem in TEAM_WORLDS.items():
            rules = [NoOverlap(), rule]
            anns: dict[tuple, list[Roster]] = {}
            for roster in ROSTERS[name]:
                others = tuple(work for work in roster if work.employee != "ann")
                anns.setdefault(others, []).append(roster)
            for others, rosters in anns.items():
                costs = [cost_by_check(problem, rules, roster) for roster in rosters]
                least = min((cost for cost in costs if cost is not None), default=None)
                assert cheapest_for_ann(problem, rules, Roster(others)) == least, (rule, name, others)
