"""What rules say of themselves for compiled search charges what their plain reading charges."""

from itertools import pairwise

import pytest

from solver.problem import Employee
from solver.resources import Gap, PerWork, Total
from solver.rules.daily_rest import longest_gap
from solver.rules.registry import FAMILIES
from solver.rules.rule import PersonalRule
from solver.work import Assignment
from tests.solver.rules.small_worlds import WORLDS, rosters_of, without_overlap
from tests.solver.rules.test_two_readings import rules_of

PERSONAL = [family for family in FAMILIES if issubclass(family, PersonalRule)]
ALL_ROSTERS = {name: rosters_of(world) for name, world in WORLDS.items() if name != "two people"}
SAID_SO = {
    "minutes",
    "shift_count",
    "contract_range",
    "fairness",
    "min_rest",
    "no_overlap",
    "pins",
    "stability",
}


def charged(resource, calendar, employee, own):
    """What a resource charges, read plainly."""
    if isinstance(resource, PerWork):
        return resource.constant + sum(resource.amount(work) for work in own)
    if isinstance(resource, Total):
        total = sum(resource.amount(work) for work in own if calendar.index(work.start) in resource.days)
        missing = 0 if resource.least is None else max(0, resource.least - total)
        return missing + (0 if resource.most is None else max(0, total - resource.most))
    works = [*employee.history, *own, *employee.upcoming]
    if isinstance(resource, Gap):
        return sum(missing_in(resource, first, second) for first, second in pairwise(works))
    rests = (longest_gap(start, end, works) >= minutes for start, end, minutes in resource.windows)
    return int(not any(rests))


def missing_in(gap, first, second):
    fixed = not isinstance(first, Assignment) and not isinstance(second, Assignment)
    if fixed or not gap.counts(first):
        return 0
    return max(0, gap.minutes - (second.start - (first.start if gap.from_start else first.end)))


@pytest.mark.parametrize("family", PERSONAL, ids=lambda family: family.id)
def test_resources_charge_what_the_plain_reading_charges(family):
    for rule in rules_of(family):
        for name, world in WORLDS.items():
            ann: Employee = world.employees[0]
            resources = rule.resources(world, ann) if name in ALL_ROSTERS else None
            if resources is None:
                continue
            rosters = (
                ALL_ROSTERS[name] if family.id == "no_overlap" else without_overlap(world, ALL_ROSTERS[name])
            )
            for roster in rosters:
                own = roster.of(ann.id)
                plain = sum(violation.cost for violation in rule.check_person(world, ann, own))
                total = rule.weight * sum(charged(one, world.calendar, ann, own) for one in resources)
                if rule.level == "hard":
                    plain, total = bool(plain), bool(total)
                assert total == plain, (rule, name, own)


def test_the_families_that_matter_most_say_so():
    world = WORLDS["shifts"]
    ann = world.employees[0]
    plainest = {family.id: rules_of(family)[0] for family in PERSONAL}
    able = {name for name, rule in plainest.items() if rule.resources(world, ann) is not None}
    assert able >= SAID_SO
