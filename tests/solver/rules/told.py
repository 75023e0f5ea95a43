"""What a rule says of one person's work, written down shortly."""

from solver.problem import Employee
from solver.work import Assignment, Roster, Work
from tests.solver.worlds import problem_of

HOUR, DAY = 60, 1440


def span(day, start=8, end=16):
    """Minutes of work from one hour to another of a day, as fields."""
    return {"start": day * DAY + start * HOUR, "end": day * DAY + end * HOUR}


def fixed(*days, **fields):
    """History or upcoming work from 8 to 16 on some days."""
    return tuple(Work(**span(day), **fields) for day in days)


def shifts(*days, **fields):
    """Assignments of Ann from 8 to 16 on some days."""
    return [Assignment(employee="ann", **span(day), **fields) for day in days]


def told(rule, works=(), *, count=7, lengths=(), **employee):
    """The violations of a roster of Ann's, in a horizon from Monday 2026-11-23."""
    problem = problem_of([Employee(id="ann", **employee)], count=count, lengths=lengths)
    return rule.check(problem, Roster(works))


def short(rule, works=(), **world):
    """By how much each violation is short."""
    return [violation.short_by for violation in told(rule, works, **world)]
