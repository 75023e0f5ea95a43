"""Random small problems with a random roster: what explanations are tried on."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from solver.problem import Problem
from solver.work import Assignment, Roster
from tests.solver.test_random_problems import problems

TRIED = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@st.composite
def judged_rosters(draw: st.DrawFn) -> tuple[Problem, Roster]:
    """A problem and a roster of it that may break rules."""
    problem = draw(problems())
    works: set[Assignment] = set()
    for person in problem.employees:
        for shift in problem.shifts:
            if draw(st.booleans()):
                works.add(problem.fill(person.id, shift.id))
        for template in problem.templates:
            if draw(st.booleans()):
                day = draw(st.sampled_from(problem.days))
                start = day.start + template.earliest_start
                works.add(problem.create(person.id, template.id, start, template.shortest))
    return problem, Roster(works)
