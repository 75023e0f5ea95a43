"""One person's week as a row of letters, with the days before and after it, and what a rule finds in it."""

from dataclasses import replace

from solver.problem import Employee
from solver.work import Assignment, Roster, Work
from tests.solver.worlds import SPANS, days, problem_of

TAGS = {"M": "early", "E": "late", "N": "night", "D": "day"}


def violations(rule, week, *, before="", after="", lengths=(), **employee):
    """What a rule says of a row of letters like ``M E - N``, a day each; ``ME`` is two spans on one day.

    Parameters
    ----------
    before, after
        Rows of the days that end where the horizon starts and begin where it ends.
    lengths
        Of the days of the horizon, minutes, where not 1440.
    """
    rows = week.split()
    horizon = days(len(rows), lengths)
    end = horizon[-1].end
    past = before.split()
    history = [w for place, kinds in enumerate(past) for w in _works(kinds, (place - len(past)) * 1440)]
    upcoming = [w for place, kinds in enumerate(after.split()) for w in _works(kinds, end + place * 1440)]
    ann = Employee(id="ann", history=tuple(history), upcoming=tuple(upcoming), **employee)
    problem = problem_of([ann], count=len(rows), lengths=lengths)
    own = [
        Assignment(employee="ann", start=work.start, end=work.end, tags=work.tags, template=TAGS[kind])
        for day, kinds in zip(horizon, rows, strict=True)
        for kind, work in zip(kinds.replace("-", ""), _works(kinds, day.end - 1440), strict=True)
    ]
    return rule.check(problem, Roster(own))


def found(rule, week, **around):
    """By how much the rule is missed, one number for each violation."""
    return [violation.short_by for violation in violations(rule, week, **around)]


def costs(rule, week, **around):
    """What the violations cost at a soft level with a weight of 1."""
    soft = replace(rule, level="soft", weight=1)
    return [violation.cost for violation in violations(soft, week, **around)]


def _works(kinds, midnight):
    return [
        Work(start=midnight + SPANS[kind][0] * 60, end=midnight + SPANS[kind][1] * 60, tags=(TAGS[kind],))
        for kind in kinds
        if kind != "-"
    ]
