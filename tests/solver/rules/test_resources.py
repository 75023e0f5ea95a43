"""What rules say of themselves for compiled search charges what their plain reading charges."""

from itertools import pairwise

import pytest

from solver.problem import Employee
from solver.resources import Distinct, Follows, Gap, PerWork, Runs, Total
from solver.rules.daily_rest import longest_gap
from solver.rules.registry import FAMILIES
from solver.rules.rule import PersonalRule
from solver.rules.run_length import runs
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
    "days_worked",
    "weekends",
    "consecutive_days",
    "consecutive_days_off",
    "successions",
}


def charged(resource, calendar, employee, own):
    """What a resource charges, read plainly."""
    if isinstance(resource, PerWork):
        return resource.constant + sum(resource.amount(work) for work in own)
    if isinstance(resource, Total):
        total = sum(resource.amount(work) for work in own if calendar.index(work.start) in resource.days)
        missing = 0 if resource.least is None else max(0, resource.least - total)
        return missing + (0 if resource.most is None else max(0, total - resource.most))
    if isinstance(resource, Distinct):
        number = len({thing for work in own for thing in resource.things(work)})
        missing = 0 if resource.least is None else max(0, resource.least - number)
        return missing + (0 if resource.most is None else max(0, number - resource.most))
    if isinstance(resource, Runs):
        return charged_for_runs(resource, own)
    if isinstance(resource, Follows):
        apart = [(a, b, calendar.index(b.start) - calendar.index(a.start)) for a in own for b in own]
        return sum(0 < days <= resource.within_days and resource.refuses(a, b) for a, b, days in apart)
    works = [*employee.history, *own, *employee.upcoming]
    if isinstance(resource, Gap):
        return sum(missing_in(resource, first, second) for first, second in pairwise(works))
    rests = (longest_gap(start, end, works) >= minutes for start, end, minutes in resource.windows)
    return int(not any(rests))


def charged_for_runs(runs_rule, own):
    """Too long and too short runs, step by step."""
    first, inside = runs_rule.first, list(runs_rule.base)
    for work in own:
        step = runs_rule.step(work)
        if step is not None:
            inside[step - first] = runs_rule.made_by_work
    horizon = range(runs_rule.horizon.start - first, runs_rule.horizon.stop - first)
    fixed = {step for step, is_fixed in enumerate(runs_rule.fixed) if is_fixed}
    short = set(enumerate(inside))
    total = 0
    for run in runs({step for step, is_in in short if is_in and not runs_rule.unlimited[step]}):
        size = (runs_rule.most or 0) + 1
        for at in range(run.start, run.stop - size + 1) if runs_rule.most is not None else ():
            near = at < horizon.stop and at + size > horizon.start
            total += near and not fixed.issuperset(range(at, at + size))
    for run in runs({step for step, is_in in short if is_in}):
        reach = 0 if runs_rule.made_by_work else 1
        near = run.start < horizon.stop + reach and run.stop > horizon.start - reach
        seen = run.start > 0 and run.stop < len(inside) and bool(horizon)
        if near and seen and not fixed.issuperset(run):
            total += max(0, (runs_rule.least or 0) - len(run))
    return total


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
    able = {
        rule.id for family in PERSONAL for rule in rules_of(family) if rule.resources(world, ann) is not None
    }
    assert able >= SAID_SO
