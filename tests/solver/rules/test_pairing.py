from solver.problem import Employee
from solver.rules.keep_apart import KeepApart
from solver.rules.pairing import Pairing
from solver.rules.rule import Scope
from solver.rules.same_shift import SameShift
from solver.work import Assignment, Roster, Work
from tests.solver.worlds import problem_of

HOUR = 60
PROBLEM = problem_of(["ann", "bo", "cy"], count=1)
BOTH = Scope(employees=("ann", "bo"))


def work(who, start, end, **fields):
    return Assignment(employee=who, start=start * HOUR, end=end * HOUR, **fields)


def told(rule, *works, problem=PROBLEM):
    return [(v.employee, v.short_by, v.unit) for v in rule.check(problem, Roster(works))]


def test_a_trainee_works_only_while_one_of_the_mentors_does():
    rule = Pairing(scope=Scope(employees=("ann",)), partners=("bo", "cy"))
    assert told(rule, work("ann", 6, 14)) == [("ann", 480, "minutes")]
    assert told(rule, work("ann", 6, 14), work("bo", 6, 10), work("cy", 10, 13)) == [("ann", 60, "minutes")]
    assert told(rule, work("bo", 6, 14)) == []


def test_people_who_are_each_others_partners_work_together_or_not_at_all():
    rule = Pairing(scope=BOTH, partners=("ann", "bo"))
    assert told(rule, work("ann", 6, 14), work("bo", 7, 15)) == [
        ("ann", 60, "minutes"),
        ("bo", 60, "minutes"),
    ]
    assert told(rule, work("cy", 6, 14)) == []


def test_a_partner_elsewhere_is_no_partner_where_the_place_matters():
    works = work("ann", 6, 14, location="here"), work("bo", 6, 14)
    places = [Employee(id=who, history=(Work(start=-60, end=-30, location="here"),)) for who in ("ann", "bo")]
    problem = problem_of(places, count=1, kinds="D")
    near = Pairing(scope=Scope(employees=("ann",)), partners=("bo",), same_location=True)
    far = Pairing(scope=Scope(employees=("ann",)), partners=("bo",))
    assert told(near, *works, problem=problem) == [("ann", 480, "minutes")]
    assert told(far, *works, problem=problem) == []


def test_pairing_counts_only_work_with_the_tags_of_the_scope():
    rule = Pairing(scope=Scope(employees=("ann",), tags=("theatre",)), partners=("bo",))
    assert told(rule, work("ann", 6, 10)) == []
    assert told(rule, work("ann", 6, 10, tags=("theatre",)), work("bo", 8, 10)) == [("ann", 120, "minutes")]


def test_two_who_are_kept_apart_are_charged_the_minutes_they_share():
    assert told(KeepApart(scope=BOTH), work("ann", 6, 14), work("bo", 12, 20)) == [
        (None, 120, "person_minutes")
    ]
    assert told(KeepApart(scope=BOTH), work("ann", 6, 14), work("bo", 14, 20)) == []
    assert told(KeepApart(scope=BOTH), work("ann", 6, 14), work("cy", 6, 14)) == []


def test_keeping_apart_looks_over_both_edges_of_the_horizon_and_not_at_the_past_alone():
    ann = Employee(id="ann", history=(Work(start=-120, end=120),), upcoming=(Work(start=1440, end=1500),))
    bo = Employee(id="bo", history=(Work(start=-60, end=60),))
    problem = problem_of([ann, bo], count=1)
    assert told(KeepApart(scope=BOTH), problem=problem) == []
    found = told(KeepApart(scope=BOTH), work("bo", 1, 3), work("bo", 23, 25), problem=problem)
    assert found == [(None, 60, "person_minutes"), (None, 60, "person_minutes")]


def test_people_kept_apart_may_work_at_the_same_time_in_different_places():
    rule = KeepApart(scope=BOTH, same_location=True)
    known = Employee(id="bo", history=(Work(start=-60, end=-30, location="here"),))
    problem = problem_of(["ann", known], count=1, kinds="D")
    apart = work("ann", 6, 14, location="here"), work("bo", 6, 14)
    assert told(rule, *apart, problem=problem) == []
    assert told(rule, work("ann", 6, 14), work("bo", 6, 14), problem=problem) == [
        (None, 480, "person_minutes")
    ]


def test_the_same_shift_is_one_with_the_same_times_and_place():
    rule = SameShift(scope=Scope(employees=("ann",)), partners=("bo", "cy"))
    assert told(rule, work("ann", 6, 14), work("cy", 6, 14)) == []
    assert told(rule, work("ann", 6, 14), work("bo", 6, 13)) == [("ann", 1, "shifts")]
    assert told(rule, work("ann", 6, 14), work("bo", 6, 14, location="here")) == [("ann", 1, "shifts")]
    assert told(rule, work("bo", 6, 14)) == []


def test_people_kept_from_the_same_shift_may_overlap():
    rule = SameShift(scope=BOTH, partners=("ann", "bo"), apart=True)
    assert told(rule, work("ann", 6, 14), work("bo", 6, 13)) == []
    assert told(rule, work("ann", 6, 14), work("bo", 6, 14)) == [("ann", 1, "shifts"), ("bo", 1, "shifts")]
