from solver.problem import Employee, SkillHeld
from solver.rules.rule import Scope
from solver.rules.staff import Staff
from solver.rules.supervision import Supervision
from solver.spans import Span
from solver.work import Assignment, Roster, Work
from tests.solver.worlds import problem_of

HOUR = 60
SENIOR, JUNIOR = Staff(holds="senior"), Staff(lacks="senior")


def person(name, *skills, **fields):
    return Employee(id=name, skills=tuple(SkillHeld(skill) for skill in skills), **fields)


def work(who, start, end, **fields):
    return Assignment(employee=who, start=start * HOUR, end=end * HOUR, **fields)


def told(problem, rule, *works):
    return [
        (
            v.short_by,
            v.cost,
            v.spans[0].start // HOUR,
            v.spans[0].end // HOUR,
            v.facts["required"],
            v.facts["actual"],
        )
        for v in rule.check(problem, Roster(works))
    ]


def test_a_junior_alone_is_told_from_when_to_when_and_charged_by_the_minute():
    problem = problem_of([person("ann", "senior"), person("bo")], count=1)
    rule = Supervision(juniors=JUNIOR, seniors=SENIOR, level="soft", weight=2)
    works = work("bo", 6, 14), work("ann", 8, 12)
    assert told(problem, rule, *works) == [(120, 240, 6, 8, 1, 0), (120, 240, 12, 14, 1, 0)]
    assert told(problem, rule, work("ann", 6, 14)) == []


def test_each_started_four_juniors_need_two_seniors_where_the_ratio_says_so():
    juniors = [person(f"j{number}") for number in range(5)]
    problem = problem_of([person("ann", "senior"), *juniors], count=1)
    rule = Supervision(juniors=JUNIOR, seniors=SENIOR, minimum=2, per=4)
    shift = [work(f"j{number}", 8, 10) for number in range(4)]
    assert told(problem, rule, work("ann", 8, 10), *shift) == [(120, 120, 8, 10, 2, 1)]
    assert told(problem, rule, work("ann", 8, 10), *shift, work("j4", 9, 10)) == [(240, 240, 8, 10, 4, 1)]


def test_a_senior_counts_only_while_the_skill_is_valid():
    ann = Employee(id="ann", skills=(SkillHeld("senior", None, 10 * HOUR),))
    problem = problem_of([ann, person("bo", "junior")], count=1)
    rule = Supervision(juniors=Staff(holds="junior"), seniors=SENIOR)
    assert told(problem, rule, work("bo", 8, 12), work("ann", 8, 12)) == [(120, 120, 10, 12, 1, 0)]


def test_seniors_at_another_place_or_task_do_not_supervise():
    problem = problem_of([person("ann", "senior"), person("bo")], count=1)
    rule = Supervision(
        juniors=Staff(lacks="senior", location="ward"),
        seniors=Staff(holds="senior", location="ward", tags=("lead",)),
    )
    bo = work("bo", 8, 10, location="ward")
    assert told(problem, rule, bo, work("ann", 8, 10, location="ward"))
    assert told(problem, rule, bo, work("ann", 8, 10, location="desk", tags=("lead",)))
    assert told(problem, rule, bo, work("ann", 8, 10, location="ward", tags=("lead",))) == []
    assert told(problem, rule, work("bo", 8, 10, location="desk")) == []


def test_work_that_runs_in_from_the_past_supervises_and_needs_supervision_only_with_the_rosters():
    past = (Work(start=-4 * HOUR, end=6 * HOUR),)
    senior, junior = person("ann", "senior", history=past), person("kim", history=past)
    rule = Supervision(juniors=JUNIOR, seniors=SENIOR, per=1)
    assert told(problem_of([senior, person("bo")], count=1), rule, work("bo", 4, 8)) == [
        (120, 120, 6, 8, 1, 0)
    ]
    problem = problem_of([junior, person("bo")], count=1)
    assert told(problem, rule) == []
    assert told(problem, rule, work("bo", 5, 6)) == [(120, 120, 5, 6, 2, 0)]


def test_work_that_runs_out_of_the_horizon_meets_upcoming_work():
    upcoming = (Work(start=24 * HOUR, end=30 * HOUR),)
    problem = problem_of([person("ann", "senior", upcoming=upcoming), person("bo")], count=1)
    rule = Supervision(juniors=JUNIOR, seniors=SENIOR)
    assert told(problem, rule, work("bo", 22, 26)) == [(120, 120, 22, 24, 1, 0)]


def test_the_scope_narrows_the_juniors_work():
    problem = problem_of([person("ann", "senior"), person("bo")], count=2)
    rule = Supervision(scope=Scope(days=("2026-11-24",)), juniors=JUNIOR, seniors=SENIOR)
    assert told(problem, rule, work("bo", 8, 10)) == []
    assert told(problem, rule, work("bo", 32, 34)) == [(120, 120, 32, 34, 1, 0)]


def test_minutes_are_those_that_pass_where_clocks_change():
    problem = problem_of([person("bo")], count=1, lengths=(1380,))
    violation = Supervision(juniors=JUNIOR, seniors=SENIOR).check(problem, Roster([work("bo", 0, 8)]))[0]
    assert (violation.short_by, violation.spans, violation.unit) == (480, (Span(0, 480),), "person_minutes")
    assert violation.shifts == ("by_hand@0",)
