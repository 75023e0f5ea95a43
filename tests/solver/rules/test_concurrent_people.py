from solver.problem import Employee, SkillHeld
from solver.rules.concurrent_people import ConcurrentPeople
from solver.rules.rule import Scope
from solver.rules.staff import Staff
from solver.spans import Span
from solver.work import Assignment, Roster, Work
from tests.solver.worlds import problem_of

HOUR = 60
PROBLEM = problem_of(["ann", "bo", "cy"], count=1)


def work(who, start, end, **fields):
    return Assignment(employee=who, start=start * HOUR, end=end * HOUR, **fields)


def told(rule, *works, problem=PROBLEM):
    return [
        (v.short_by, v.spans[0].start // HOUR, v.spans[0].end // HOUR, v.facts["actual"], len(v.shifts))
        for v in rule.check(problem, Roster(works))
    ]


def test_more_at_once_than_the_maximum_are_charged_by_person_and_minute():
    works = work("ann", 6, 10), work("bo", 8, 12), work("cy", 9, 11)
    assert told(ConcurrentPeople(maximum=1), *works) == [(60 + 2 * 60 + 60, 8, 11, 3, 3)]
    assert told(ConcurrentPeople(maximum=3), *works) == []


def test_at_most_so_many_do_risky_work_at_once():
    rule = ConcurrentPeople(maximum=1, scope=Scope(tags=("lifting",)))
    assert told(rule, work("ann", 6, 10, tags=("lifting",)), work("bo", 6, 10)) == []
    assert told(rule, *(work(who, 6, 10, tags=("lifting",)) for who in ("ann", "bo"))) == [(240, 6, 10, 2, 2)]


def test_a_minimum_holds_in_its_spans_or_else_all_day():
    somebody = ConcurrentPeople(minimum=1)
    assert told(somebody, work("ann", 6, 10)) == [(360, 0, 6, 0, 0), (840, 10, 24, 0, 0)]
    by_day = ConcurrentPeople(minimum=1, spans=(Span(6 * HOUR, 8 * HOUR), Span(8 * HOUR, 11 * HOUR)))
    assert told(by_day, work("ann", 7, 10)) == [(60, 6, 7, 0, 0), (60, 10, 11, 0, 0)]


def test_somebody_with_first_aid_is_there_while_it_is_valid():
    ann = Employee(id="ann", skills=(SkillHeld("first_aid", 8 * HOUR),))
    problem = problem_of([ann, "bo"], count=1)
    rule = ConcurrentPeople(minimum=1, staff=Staff(holds="first_aid"), spans=(Span(6 * HOUR, 10 * HOUR),))
    assert told(rule, work("ann", 6, 10), work("bo", 6, 10), problem=problem) == [(120, 6, 8, 0, 0)]


def test_what_the_past_takes_beyond_the_maximum_is_not_the_rosters():
    busy = [Employee(id=who, history=(Work(start=-60, end=60),)) for who in ("ann", "bo")]
    problem = problem_of([*busy, "cy"], count=1)
    assert told(ConcurrentPeople(maximum=1), problem=problem) == []
    assert told(ConcurrentPeople(maximum=1), work("cy", 0, 2), problem=problem) == [(60, 0, 1, 3, 1)]
    assert told(ConcurrentPeople(minimum=2, spans=(Span(0, 120),)), problem=problem) == [(120, 1, 2, 0, 0)]


def test_upcoming_work_counts_with_what_runs_out_of_the_horizon():
    problem = problem_of([Employee(id="ann", upcoming=(Work(start=1440, end=1500),)), "bo"], count=1)
    assert told(ConcurrentPeople(maximum=1), work("bo", 23, 26), problem=problem) == [(60, 24, 25, 2, 1)]
