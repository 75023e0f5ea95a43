"""The solver keeps the law that is compiled: what it returns, the check finds clean."""

from dataclasses import replace
from datetime import date

import pytest

from scheduler.law.compliance import check
from scheduler.law.subject import LawSubject, WorkingTimeSystem
from solver.problem import Coverage, Problem
from solver.solve import solve
from solver.stop import WorkLimit
from tests.scheduler.law.rosters import template, world

SHIFTS = {"early": (6 * 60, 480), "late": (14 * 60, 480), "night": (22 * 60, 480), "long": (8 * 60, 720)}


@pytest.mark.slow
@pytest.mark.parametrize("monday", ["2026-03-23", "2026-10-19"])
def test_a_roster_that_wants_too_much_is_lawful_over_the_change_of_the_clocks(monday):
    """Somebody is wanted around the clock: what cannot be had lawfully stays open."""
    first = date.fromisoformat(monday)
    templates = [
        replace(template(start, length, on=monday), id=name) for name, (start, length) in SHIFTS.items()
    ]
    people = [
        LawSubject(id="ann", born_on=date(1990, 1, 1)),
        LawSubject(id="bo", born_on=first.replace(year=first.year - 18, day=first.day + 3)),
        LawSubject(id="cy", born_on=date(1990, 1, 1), system=WorkingTimeSystem.EQUIVALENT),
    ]
    before = {
        "ann": [(f"{first.replace(day=first.day - 1)}T14:00", f"{first.replace(day=first.day - 1)}T22:00")]
    }
    problem, _ = world(before, monday, people=people, templates=tuple(templates))
    wanted = Coverage(id="always", start=problem.start, end=problem.end, minimum=2, missing_price=1)
    result = solve(replace(problem, coverage=(wanted,)), WorkLimit(4), workers=1)
    assert result.roster is not None
    assert len(result.roster) > 8
    assert check(problem, result.roster).findings == ()
    assert lawless(problem, wanted) != set()


def lawless(problem: Problem, wanted: Coverage) -> set[str]:
    """The codes the same search breaks when nobody tells it the law."""
    bare = replace(problem, coverage=(wanted,), rules=())
    roster = solve(bare, WorkLimit(2), workers=1).roster
    assert roster is not None
    return {finding.code for finding in check(problem, roster).findings}
