"""Who fits what: skills, risk factors, preferences of people and for people, who comes first."""

import pytest

from solver.problem import Employee, ProhibitedTag, Shift, SkillHeld
from solver.rules.employee_priority import EmployeePriority
from solver.rules.preferred_skills import PreferredSkills
from solver.rules.risk_factors import RiskFactors
from solver.rules.rule import Scope
from solver.rules.skills import Skills
from solver.rules.staff_preferences import StaffPreferences
from solver.rules.tag_preferences import TagPreferences
from solver.solve import solve
from solver.stop import WorkLimit
from solver.work import Assignment, Break, Roster
from tests.solver.rules.team_worlds import shift_team
from tests.solver.rules.test_resources import charged
from tests.solver.worlds import problem_of


def judge(rule, employee, **fields):
    """The (short by, facts) of ten hours of work from minute 0."""
    problem = problem_of([employee], count=1)
    work = Assignment(employee=employee.id, start=0, end=600, **fields)
    return [(v.short_by, dict(v.facts)) for v in rule.check(problem, Roster([work]))]


def skilled(*skills):
    return Employee(
        id="ann",
        skills=tuple(SkillHeld(*one) if isinstance(one, tuple) else SkillHeld(one) for one in skills),
    )


FIRST_AID_AND_TILL_OR_FLOOR = (("first_aid",), ("till", "floor"))


@pytest.mark.parametrize(
    ("skills", "missing"),
    [
        (("first_aid", "till"), None),
        (("first_aid", "floor"), None),
        (("first_aid",), "till or floor"),
        (("till", "floor"), "first_aid"),
        ((), "first_aid and till or floor"),
        (("first_aid", ("till", 0, 300), ("floor", 300, None)), "till or floor"),
        (("first_aid", ("till", 0, 300), ("till", 300, 600)), None),
        (("first_aid", ("till", 0, 599)), "till or floor"),
    ],
)
def test_of_each_entry_one_skill_is_held_for_the_whole_span(skills, missing):
    found = judge(Skills(), skilled(*skills), requires=FIRST_AID_AND_TILL_OR_FLOOR)
    assert found == ([] if missing is None else [(600, {"skill": missing})])


def test_the_solver_gives_work_only_to_those_who_meet_the_whole_expression():
    people = [
        Employee(id="ann", skills=(SkillHeld("first_aid"),)),
        Employee(id="bo", skills=(SkillHeld("first_aid"), SkillHeld("floor"))),
    ]
    shift = Shift(id="s", start=0, end=600, requires=FIRST_AID_AND_TILL_OR_FLOOR)
    result = solve(problem_of(people, count=1, shifts=(shift,)), WorkLimit(3), workers=1)
    assert [work.employee for work in result.roster] == ["bo"]


def test_each_preferred_skill_that_is_missing_costs_the_minutes_of_the_work():
    found = judge(PreferredSkills(), skilled("x"), preferred_skills=("x", "y", "z"))
    assert found == [(1200, {"missing": "y, z"})]
    assert judge(PreferredSkills(), skilled("x"), preferred_skills=("x",)) == []


def test_work_with_a_prohibited_tag_is_short_by_the_minutes_in_which_it_is_prohibited():
    ann = Employee(
        id="ann", prohibited_tags=(ProhibitedTag("lifting", 480), ProhibitedTag("night", 540, 700))
    )
    assert judge(RiskFactors(), ann, tags=("lifting", "night")) == [(120, {"prohibited": "lifting, night"})]
    assert judge(RiskFactors(), ann, tags=("night",)) == [(60, {"prohibited": "night"})]
    assert judge(RiskFactors(), ann, tags=("desk",)) == []
    always = Employee(id="ann", prohibited_tags=(ProhibitedTag("lifting"),))
    assert judge(RiskFactors(), always, tags=("lifting",)) == [(600, {"prohibited": "lifting"})]


def test_prohibited_work_is_never_given_without_the_rule_being_listed():
    ann = Employee(id="ann", prohibited_tags=(ProhibitedTag("lifting"),))
    shift = Shift(id="s", start=0, end=600, tags=("lifting",))
    assert len(solve(problem_of([ann], count=1, shifts=(shift,)), WorkLimit(3), workers=1).roster) == 0


def test_disliked_kinds_of_work_cost_their_minutes():
    ann = Employee(id="ann", preferred_tags=("till",), unpreferred_tags=("night",))
    assert judge(TagPreferences(), ann, tags=("till",)) == []
    assert judge(TagPreferences(), ann, tags=("floor",)) == [
        (600, {"unpreferred": 0, "outside_preferred": 600})
    ]
    assert judge(TagPreferences(), ann, tags=("night", "till")) == [
        (600, {"unpreferred": 600, "outside_preferred": 0})
    ]
    assert judge(TagPreferences(), ann, tags=("night",)) == [
        (1200, {"unpreferred": 600, "outside_preferred": 600})
    ]
    assert judge(TagPreferences(), Employee(id="ann")) == []


def test_a_shift_is_charged_for_going_to_anybody_but_those_who_are_preferred():
    shifts = (
        Shift(id="wanted", start=0, end=600, preferred_employees=("ann",)),
        Shift(id="unwanted", start=0, end=600, unpreferred_employees=("ann",)),
    )
    problem = problem_of(["ann", "bo"], count=1, shifts=shifts)

    def charged(who, shift):
        return [v.short_by for v in StaffPreferences().check(problem, Roster([problem.fill(who, shift)]))]

    assert charged("ann", "wanted") == []
    assert charged("bo", "wanted") == [600]
    assert charged("ann", "unwanted") == [600]
    assert charged("bo", "unwanted") == []


def test_paid_minutes_cost_the_more_the_later_somebody_comes():
    ann = Employee(id="ann", priority=2)
    found = judge(EmployeePriority(), ann, breaks=(Break(30),))
    assert found == [(1140, {"paid": 570, "priority": 2})]
    assert judge(EmployeePriority(), Employee(id="ann")) == []


def test_the_solver_gives_work_to_those_who_come_first():
    people = [Employee(id="ann", priority=1), Employee(id="bo"), Employee(id="cy", priority=2)]
    problem = problem_of(
        people,
        count=1,
        kinds="D",
        shifts=(Shift(id="s", start=0, end=600, headcount=2),),
        rules=(EmployeePriority(),),
    )
    assert {work.employee for work in solve(problem, WorkLimit(3), workers=1).roster} == {"ann", "bo"}


@pytest.mark.parametrize("family", [TagPreferences, StaffPreferences, EmployeePriority])
@pytest.mark.parametrize("scope", [Scope(), Scope(tags=("lifting",))])
def test_what_compiled_search_adds_up_is_what_is_charged(family, scope):
    rule, team = family(scope=scope, weight=3), shift_team()
    for employee in team.employees:
        for shift in team.shifts:
            work = team.fill(employee.id, shift.id)
            told = sum(v.cost for v in rule.check_person(team, employee, [work]))
            resources = rule.resources(team, employee)
            assert told == 3 * sum(charged(one, team.calendar, employee, [work]) for one in resources)
