"""Whatever the team and its rules, an answer keeps the hard ones and costs what the solver says."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from solver.evaluate import evaluate
from solver.problem import ProhibitedTag, ShiftGroup
from solver.rules.activation import Activation
from solver.rules.budget import Budget
from solver.rules.concurrent_people import ConcurrentPeople
from solver.rules.employee_priority import EmployeePriority
from solver.rules.group_count import GroupCount
from solver.rules.keep_apart import KeepApart
from solver.rules.pairing import Pairing
from solver.rules.period import HORIZON, Period
from solver.rules.preferred_skills import PreferredSkills
from solver.rules.rule import Scope
from solver.rules.staff import Staff
from solver.rules.staff_preferences import StaffPreferences
from solver.rules.supervision import Supervision
from solver.rules.tag_preferences import TagPreferences
from solver.solve import solve
from solver.spans import Span
from solver.stop import WorkLimit
from tests.solver.test_random_problems import DAYS, LEVELS, PERIODS, WEIGHTS, problems

NIGHTS = Scope(tags=("night",))
TEAM = Scope(employees=("e0", "e1"))
SKILLS = st.sampled_from(["x", "y", "z"])


def rule(family, **fields):
    return st.builds(family, level=LEVELS, weight=WEIGHTS, **fields)


def staff():
    return st.builds(
        Staff,
        holds=st.none() | SKILLS,
        lacks=st.none() | SKILLS,
        tags=st.sampled_from([None, ("night",)]),
        location=st.sampled_from([None, "here"]),
    )


SPANS = st.just((Span(0, DAYS * 720), Span(DAYS * 1000, DAYS * 1440)))
ANY_RULES = [
    rule(
        Supervision,
        juniors=staff(),
        seniors=st.builds(Staff, holds=SKILLS),
        per=st.sampled_from([None, 1, 2]),
    ),
    rule(ConcurrentPeople, maximum=st.integers(0, 2), staff=staff(), spans=st.none() | SPANS),
    st.builds(ConcurrentPeople, minimum=st.integers(1, 2), staff=staff(), level=st.just("soft")),
    rule(GroupCount, maximum=st.integers(0, 3), period=PERIODS, count=st.sampled_from(["people", "shifts"])),
    st.builds(GroupCount, minimum=st.integers(1, 3), period=PERIODS, level=st.just("mandatory")),
    rule(
        Budget,
        maximum=st.integers(0, 3000),
        period=PERIODS,
        count=st.sampled_from(["cost", "paid", "worked"]),
    ),
    st.builds(Budget, minimum=st.just(900), count=st.just("present"), level=st.just("soft")),
    rule(Activation, period=st.sampled_from([HORIZON, Period(2)]), scope=st.sampled_from([Scope(), NIGHTS])),
    rule(TagPreferences),
    rule(StaffPreferences),
    rule(PreferredSkills),
    rule(EmployeePriority),
]
TEAM_RULES = [
    rule(Pairing, scope=st.just(TEAM), partners=st.just(("e0", "e1")), same_location=st.booleans()),
    rule(KeepApart, scope=st.just(TEAM), same_location=st.booleans()),
]


def fitting(draw, employee):
    """The employee with likes and bans."""
    bans = st.sampled_from([(), (ProhibitedTag("night"),), (ProhibitedTag("night", 2000, 4000),)])
    return replace(
        employee,
        prohibited_tags=draw(bans),
        unpreferred_tags=draw(st.sampled_from([(), ("night",)])),
        preferred_tags=draw(st.sampled_from([(), ("day",)])),
        priority=draw(st.integers(0, 2)),
    )


def asking(draw, shift):
    """The shift with skills and people it asks for."""
    return replace(
        shift,
        requires=draw(st.sampled_from([(), (("x", "y"),), (("x",), ("y", "z"))])),
        preferred_skills=draw(st.sampled_from([(), ("y",)])),
        preferred_employees=draw(st.sampled_from([(), ("e0",)])),
    )


@st.composite
def teams(draw):
    problem = draw(problems())
    choices = [*ANY_RULES, *(TEAM_RULES if len(problem.employees) > 1 else [])]
    rules = tuple(draw(one) for one in draw(st.lists(st.sampled_from(choices), max_size=4, unique_by=id)))
    shifts = tuple(asking(draw, shift) for shift in problem.shifts)
    alike = [shift.id for shift in shifts if shift.mandatory]
    groups = (ShiftGroup("g", tuple(alike), draw(st.integers(1, len(alike)))),) if len(alike) > 1 else ()
    return replace(
        problem,
        employees=tuple(fitting(draw, employee) for employee in problem.employees),
        shifts=shifts,
        shift_groups=groups,
        rules=(*problem.rules, *rules),
    )


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(teams())
def test_every_answer_for_a_team_is_clean_and_costs_what_the_solver_says(problem):
    result = solve(problem, WorkLimit(3), workers=1)
    assert result.status in ("optimal", "feasible")
    judged = evaluate(problem, result.roster)
    assert judged.clean
    assert judged.score == result.score
    assert (result.score.mandatory, result.score.soft) >= result.bound
    if result.status == "optimal":
        assert (result.score.mandatory, result.score.soft) == result.bound
