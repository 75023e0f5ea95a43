from hypothesis import assume, given
from hypothesis import strategies as st

from solver.evaluate import evaluate
from solver.explain.judged import total
from solver.explain.who_could import who_could, worsened
from solver.problem import Employee, Shift, SkillHeld
from solver.rules.min_rest import MinRest
from solver.rules.minutes import Minutes
from solver.rules.preferences import Preferences
from solver.rules.rule import Period
from solver.score import Part, difference
from solver.spans import Span
from solver.violation import Violation
from solver.work import Assignment, Roster, Work
from tests.solver.explain.small_rosters import TRIED, judged_rosters
from tests.solver.worlds import problem_of, roster_from_grid

REST = MinRest(minutes=660, source="rest of 11 h")
WEEK = Minutes(period=Period(7), maximum=960, source="16 h a week")


def person(name, **facts):
    return Employee(id=name, skills=(SkillHeld("x"),), **facts)


def shift_of(problem, name):
    given = problem.shift_by_id[name]
    return Work(start=given.start, end=given.end, tags=given.tags)


def test_the_cheapest_of_those_who_are_able_comes_first():
    people = (person("ann", unpreferred=(Span(0, 1440),)), person("bo"))
    problem = problem_of(people, kinds="M", rules=(Preferences(level="soft"),))

    found = who_could(problem, roster_from_grid(problem, "ann -"), shift_of(problem, "M0"))

    assert [(each.employee, each.able) for each in found] == [("bo", True), ("ann", True)]
    assert found[0].cost < found[1].cost


def test_each_obstacle_names_its_rule_and_by_how_much():
    problem = problem_of((person("ann"),), kinds="ME", rules=(REST, WEEK))

    (ann,) = who_could(problem, roster_from_grid(problem, "ann E"), shift_of(problem, "M1"))

    assert [(v.rule, v.short_by, v.citation) for v in ann.obstacles] == [("min_rest", 180, "rest of 11 h")]
    assert not ann.able


def test_whoever_lacks_the_skill_comes_after_whoever_lacks_rest():
    people = (Employee(id="ann"), person("bo"))
    problem = problem_of(people, kinds="ME", rules=(REST,))
    work = Work(start=1440 + 360, end=1440 + 840, skill="x")

    found = who_could(problem, roster_from_grid(problem, "bo E"), work)

    assert [each.employee for each in found] == ["bo", "ann"]
    assert found[1].obstacles[0].rule == "skills"


def test_a_breach_that_was_there_before_is_no_obstacle():
    problem = problem_of((person("ann"),), kinds="ME", rules=(REST,))
    roster = roster_from_grid(problem, "ann E M")

    (ann,) = who_could(problem, roster, shift_of(problem, "M4"))

    assert evaluate(problem, roster).score.hard > 0
    assert ann.able


def test_work_at_the_same_time_stands_against_somebody():
    problem = problem_of((person("ann"),), kinds="MD")

    (ann,) = who_could(problem, roster_from_grid(problem, "ann M"), shift_of(problem, "D0"))

    assert [v.rule for v in ann.obstacles] == ["no_overlap"]


KINDS = st.lists(st.sampled_from("ME-"), min_size=7, max_size=7)


@given(KINDS, KINDS, st.sampled_from("ME"), st.integers(0, 6))
def test_applying_the_proposal_breaks_exactly_what_was_said(ann, bo, kind, day):
    problem = problem_of((person("ann"), person("bo")), kinds="ME", rules=(REST, WEEK))
    roster = roster_from_grid(problem, f"ann {' '.join(ann)}\nbo {' '.join(bo)}")
    work = shift_of(problem, f"{kind}{day}")
    before = [v for v in evaluate(problem, roster).violations if v.level == "hard"]

    for candidate in who_could(problem, roster, work):
        added = Assignment(employee=candidate.employee, start=work.start, end=work.end, tags=work.tags)
        after = [v for v in evaluate(problem, roster.with_(added)).violations if v.level == "hard"]
        assert set(map(repr, candidate.obstacles)) == set(map(repr, worsened(before, after)))


def breach(short_by, *spans, rule="min_rest", **facts):
    return Violation(
        rule=rule,
        level="hard",
        short_by=short_by,
        unit="minutes",
        cost=short_by,
        employee="ann",
        spans=spans,
        facts=facts,
    )


def test_a_breach_that_moves_and_does_not_grow_makes_nobody_worse_off():
    before = [breach(60, Span(0, 10))]

    assert worsened(before, [breach(60, Span(20, 30))]) == []
    assert worsened(before, [breach(30, Span(20, 30))]) == []


def test_only_what_grew_is_told_beside_what_was_there():
    old, new = breach(60, Span(0, 10)), breach(5, Span(20, 30))

    assert worsened([old], [old, new]) == [new]


def test_the_same_breach_twice_is_worse_than_once():
    once = breach(60, Span(0, 10))

    assert worsened([once], [once, once]) == [once, once]


def test_a_window_is_the_same_whatever_work_fills_it():
    before = [breach(60, Span(0, 10), **{"from": "2026-11-23"})]
    grown = breach(90, Span(0, 10), Span(20, 30), **{"from": "2026-11-23"})
    other = breach(60, Span(90, 95), **{"from": "2026-11-30"})

    assert worsened(before, [grown, other]) == [grown, other]
    assert worsened([*before, other], [grown, other]) == [grown]


@TRIED
@given(judged_rosters(), st.data())
def test_every_candidate_is_as_good_as_applying_it_says(judged, data):
    problem, roster = judged
    assume(problem.shifts)
    shift = data.draw(st.sampled_from(problem.shifts)).id
    asked = problem.fill(problem.employees[0].id, shift)
    roster = roster.without(*(work for work in roster if work.shift == shift))
    was = evaluate(problem, roster)

    found = who_could(problem, roster, asked)

    assert {each.employee for each in found} == {person.id for person in problem.employees}
    for each in found:
        now = evaluate(problem, roster.with_(problem.fill(each.employee, shift)))
        assert each.change == difference(now.score, was.score)
        if was.clean:
            assert each.able == now.clean
        if each.instead is not None:
            changed = roster.without(*each.instead.gives_up).with_(problem.fill(each.employee, shift))
            later = evaluate(problem, changed)
            assert each.instead.change == difference(later.score, was.score)
            assert later.clean or not was.clean
            assert not each.able


def test_the_cover_that_is_won_counts_in_the_change_of_score():
    problem = problem_of(("ann",), kinds="M")

    (ann,) = who_could(problem, roster_from_grid(problem, "ann -"), problem.fill("ann", "M0"))

    assert ann.change == (Part("mandatory", "open_shifts", "", -480, -1),)
    assert ann.cost == 0


def test_whoever_works_at_the_same_time_could_give_that_up():
    problem = problem_of(("ann", "bo"), kinds="MD")
    roster = roster_from_grid(problem, "ann M\nbo M")

    found = who_could(problem, roster, problem.fill("ann", "D0"))

    assert [each.employee for each in found] == ["ann", "bo"]
    assert found[0].instead is not None
    assert found[0].instead.gives_up == (problem.fill("ann", "M0"),)
    assert total(found[0].instead.change) == (0, 0, 0)


def test_whoever_makes_the_roster_better_by_giving_up_work_comes_before_the_others():
    shifts = (
        Shift(id="wished", start=0, end=480, mandatory=False),
        Shift(id="needed", start=0, end=480),
        Shift(id="other", start=0, end=480, priority=3),
    )
    problem = problem_of(("ann", "bo"), shifts=shifts)
    roster = Roster([problem.fill("ann", "other"), problem.fill("bo", "wished")])

    found = who_could(problem, roster, problem.fill("ann", "needed"))

    assert [each.employee for each in found] == ["bo", "ann"]
    assert found[0].instead is not None
    assert total(found[0].instead.change) == (0, -480, 480)


def test_nobody_is_asked_to_give_up_work_for_what_they_can_never_do():
    people = (Employee(id="ann"),)
    shifts = (Shift(id="a", start=0, end=480), Shift(id="b", start=0, end=480, skill="x"))
    problem = problem_of(people, shifts=shifts)
    roster = Roster([problem.fill("ann", "a")])

    (ann,) = who_could(problem, roster, problem.fill("ann", "b"))

    assert {v.rule for v in ann.obstacles} == {"skills", "no_overlap"}
    assert ann.instead is None
