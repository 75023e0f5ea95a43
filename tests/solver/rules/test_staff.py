from dataclasses import replace

import pytest

from solver.problem import Employee, Problem, ProblemError, ProhibitedTag, Shift, ShiftGroup, ShiftTemplate
from solver.rules.concurrent_people import ConcurrentPeople
from solver.rules.keep_apart import KeepApart
from solver.rules.pairing import Pairing
from solver.rules.rule import Scope
from solver.rules.staff import Staff
from solver.rules.supervision import Supervision
from solver.spans import Span
from tests.solver.rules.team_worlds import shift_team

TEAM = shift_team()


def faults_with(**changes):
    with pytest.raises(ProblemError) as told:
        replace(TEAM, **changes)
    return [(fault.path, fault.value) for fault in told.value.errors]


def test_people_that_rules_name_must_be_in_the_problem():
    rules = (
        Pairing(scope=Scope(employees=("ann",)), partners=("bo", "zoe")),
        Supervision(juniors=Staff(employees=("kim",)), seniors=Staff(employees=("ann", "lee"))),
        ConcurrentPeople(maximum=1, staff=Staff(employees=("ida",)), spans=(Span(9, 9),)),
        KeepApart(scope=Scope(employees=("ann", "max"))),
    )
    assert faults_with(rules=rules) == [
        ("rules[0].partners", "zoe"),
        ("rules[1].juniors.employees", "kim"),
        ("rules[1].seniors.employees", "lee"),
        ("rules[2].staff.employees", "ida"),
        ("rules[2].spans[0].end", 9),
        ("rules[3].scope.employees", "max"),
    ]


def test_what_employees_and_shifts_say_of_each_other_must_make_sense():
    ann = Employee(id="ann", priority=-1, prohibited_tags=(ProhibitedTag("night", 600, 600),))
    shift = Shift(
        id="early",
        start=360,
        end=840,
        requires=(("till",), ()),
        preferred_employees=("ann", "zoe"),
        unpreferred_employees=("ann",),
    )
    template = ShiftTemplate(id="flex", requires=((),))
    found = faults_with(employees=(ann,), shifts=(shift,), templates=(template,), shift_groups=())
    assert found == [
        ("employees[0].prohibited_tags[0].end", 600),
        ("employees[0].priority", -1),
        ("shifts[0].requires[1]", []),
        ("shifts[0].preferred_employees", "zoe"),
        ("shifts[0].unpreferred_employees", "ann"),
        ("templates[0].requires[0]", []),
    ]


def test_groups_of_alternatives_must_be_known_apart_and_of_one_kind():
    optional = Shift(id="extra", start=0, end=60, mandatory=False)
    groups = (
        ShiftGroup("one", ("am", "nope")),
        ShiftGroup("two", ("am", "pm"), fill=3),
        ShiftGroup("two", ("late", "extra"), fill=0),
    )
    assert faults_with(shifts=(*TEAM.shifts, optional), shift_groups=groups) == [
        ("shift_groups[2].id", "two"),
        ("shift_groups[0].shifts", "nope"),
        ("shift_groups[1].fill", 3),
        ("shift_groups[1].shifts", "am"),
        ("shift_groups[2].fill", 0),
        ("shift_groups[2].shifts", ["late", "extra"]),
    ]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Pairing(scope=Scope(employees=("ann",))), "partners is empty"),
        (lambda: Pairing(partners=("ann",)), "scope.employees is None; name who needs"),
        (lambda: Pairing(scope=Scope(employees=("ann",)), partners=("ann",)), "names ann only"),
        (lambda: KeepApart(scope=Scope(employees=("ann",))), "name two people or more"),
        (lambda: Supervision(), "seniors is empty"),
        (lambda: Supervision(seniors=Staff(holds="senior"), minimum=0), "ask for at least 1 senior"),
        (lambda: Supervision(seniors=Staff(holds="senior"), per=0), "per is 0; use 1 or more"),
        (lambda: ConcurrentPeople(), "give a minimum, a maximum or both"),
        (lambda: ConcurrentPeople(minimum=3, maximum=2), "minimum 3 is above maximum 2"),
    ],
)
def test_parameters_that_make_no_sense_are_refused_with_what_would_do(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_a_team_reads_back_from_json_as_it_was():
    rules = (
        Supervision(juniors=Staff(holds="junior"), seniors=Staff(holds="senior"), per=4, level="soft"),
        ConcurrentPeople(maximum=2, spans=(Span(0, 60),), staff=Staff(tags=("lifting",))),
    )
    team = replace(TEAM, rules=rules)
    assert Problem.from_json(team.to_json()) == team
