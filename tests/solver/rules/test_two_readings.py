"""The plain reading and the CP-SAT reading of every rule agree about every roster of small worlds."""

import pytest

from solver.rules.headcount import Headcount, OpenShifts
from solver.rules.no_overlap import NoOverlap
from solver.rules.option_rule import OptionRule
from solver.rules.registry import FAMILIES
from solver.rules.rule import PersonalRule
from tests.solver.rules.cases import CASES
from tests.solver.rules.fair_worlds import FAIR_WORLDS
from tests.solver.rules.inside_worlds import INSIDE_WORLDS
from tests.solver.rules.small_worlds import WORLDS, disagreements, rosters_of, without_overlap
from tests.solver.rules.team_worlds import NEED_A_TEAM, TEAM_WORLDS

EVERY_WORLD = {**WORLDS, **TEAM_WORLDS, **INSIDE_WORLDS, **FAIR_WORLDS}
ALL_ROSTERS = {name: rosters_of(world) for name, world in EVERY_WORLD.items()}
ROSTERS = {name: without_overlap(EVERY_WORLD[name], rosters) for name, rosters in ALL_ROSTERS.items()}
HARD_ONLY = {"no_overlap", "pins", "headcount"}
"""Families that refuse any other level."""


def rules_of(family):
    """The family's rules at every level that means something to it."""
    levels = ["hard"] if family.id in HARD_ONLY else ["hard", "soft"]
    return [family(level=level, weight=3, **params) for params in CASES[family] for level in levels]


def worlds_for(family):
    """The worlds that can tell something about a family.

    What a rule says of one assignment does not depend on the past, what it says of one person not on others.
    """
    if family.id in ("break_distance", "unbroken_work", "task_blocks"):
        return {"templates": WORLDS["templates"], **INSIDE_WORLDS}
    if family.id == "fair_share":
        return FAIR_WORLDS
    if family.id in NEED_A_TEAM:
        return TEAM_WORLDS
    if family.id == "skills":
        return {"shifts": WORLDS["shifts"], "templates": WORLDS["templates"], **TEAM_WORLDS, **INSIDE_WORLDS}
    if family.id == "coverage":
        return {**WORLDS, **INSIDE_WORLDS}
    if family.id == "open_shifts":
        return EVERY_WORLD
    if issubclass(family, OptionRule):
        return {name: WORLDS[name] for name in ("shifts", "templates")}
    if issubclass(family, PersonalRule):
        return {name: world for name, world in WORLDS.items() if name != "two people"}
    return WORLDS


def differences(family):
    """Where the two readings of the family's rules differ in any world."""
    found = []
    for rule in rules_of(family):
        for name, world in worlds_for(family).items():
            rules, rosters = [NoOverlap(), rule], ROSTERS[name]
            if family is NoOverlap:
                rules, rosters = [rule], ALL_ROSTERS[name]
            if family is OpenShifts:
                rules.append(Headcount())  # places filled twice are another rule's matter
            found += [(rule, name, *told) for told in disagreements(world, rules, rosters)]
            if found:
                return found
    return found


def test_every_family_has_a_case():
    assert set(CASES) == set(FAMILIES)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.id)
def test_both_readings_agree_about_every_roster(family):
    assert differences(family) == []


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.id)
def test_both_readings_differ_once_the_rule_is_no_longer_posted(family, monkeypatch):
    for owner in family.__mro__:
        if "post" in vars(owner):
            monkeypatch.setattr(owner, "post", lambda self, model: None)
            break
    assert differences(family) != []


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.id)
def test_every_case_tells_some_rosters_from_others(family):
    for rule in rules_of(family):
        costs = {
            sum(violation.cost for violation in rule.check(world, roster))
            for name, world in worlds_for(family).items()
            for roster in ALL_ROSTERS[name]
        }
        assert len(costs) > 1, rule
