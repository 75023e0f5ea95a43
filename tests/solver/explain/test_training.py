"""What training is said to gain is what the person fills with the skill and could not without."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

from solver.explain.judged import total
from solver.explain.one_more import one_more_person
from solver.problem import Employee, Shift, SkillHeld
from solver.spans import Span
from solver.work import Roster
from tests.solver.explain.shop import ANN, EIGHT, H, parts, roster, shop, wanted


def test_training_gains_what_the_person_fills_with_the_skill_and_could_not_without() -> None:
    bo = Employee(id="bo", maximum_minutes=40 * H)
    cy = Employee(id="cy", maximum_minutes=40 * H, unavailable=(Span(0, 2880),))
    problem = shop(wanted(8, 16, 2), people=(ANN, bo, cy))

    more = one_more_person(problem, roster(problem, ("ann", 8, 16)), seconds=None)

    (training,) = more.training
    assert (training.skill, training.lacking, training.tried) == ("till", 2, 2)
    (best,) = training.best
    assert (best.employee, [each.minutes for each in best.filled]) == ("bo", [8 * H])
    assert [work.span for work in best.takes] == [Span(8 * H, 16 * H)]
    assert (best.gives_up, parts(best.change)) == ((), {"coverage.below_target": -8 * H})
    assert more.in_time


def test_what_a_person_could_fill_without_the_skill_is_not_a_gain_of_training() -> None:
    floor = replace(EIGHT, id="floor", skill="floor")
    bo = Employee(id="bo", skills=(SkillHeld("floor"),), maximum_minutes=40 * H)
    both = wanted(8, 16, 1), wanted(8, 16, 1, id="floor", skill="floor")
    problem = shop(*both, people=(bo,), templates=(EIGHT, floor))

    more = one_more_person(problem, Roster(), seconds=None)

    tried = [(each.skill, each.tried, each.best) for each in more.training if each.lacking]
    assert tried == [("till", 1, ())]


def test_training_says_what_is_given_up_and_opened_for_it() -> None:
    floor = replace(EIGHT, id="floor", skill="floor")
    bo = Employee(id="bo", skills=(SkillHeld("floor"),), maximum_minutes=40 * H)
    both = wanted(8, 16, 1, minimum=1), wanted(8, 16, 1, id="floor", skill="floor")
    problem = shop(*both, people=(bo,), templates=(EIGHT, floor))
    now = Roster([problem.create("bo", "floor", 8 * H, 8 * H)])

    (training,) = one_more_person(problem, now, seconds=None).training

    (best,) = training.best
    assert [(each.skill, each.minutes) for each in best.filled] == [("floor", -8 * H), ("till", 8 * H)]
    assert [work.skill for work in best.gives_up] == ["floor"]
    assert total(best.change) == (0, -8 * H, 0)


def test_nobody_is_trained_for_a_place_where_they_do_not_work() -> None:
    here = wanted(8, 16, 1, location="here")
    bo = Employee(id="bo", locations=("there",))
    problem = shop(here, people=(bo,), templates=(replace(EIGHT, location="here"),))

    (training,) = one_more_person(problem, Roster(), seconds=None).training

    assert (training.lacking, training.tried, training.best) == (0, 0, ())


def test_many_people_and_skills_do_not_take_more_time_than_there_is() -> None:
    people = tuple(Employee(id=f"e{place}", skills=(SkillHeld(f"s{place % 20}"),)) for place in range(300))
    shifts = tuple(
        Shift(id=f"x{place}", start=place % 9 * 120, end=place % 9 * 120 + 480, skill=f"s{place % 20}")
        for place in range(1000)
    )
    problem = shop(people=people, shifts=shifts)
    begun = perf_counter()

    more = one_more_person(problem, Roster(), seconds=0.5)

    assert perf_counter() - begun < 5
    assert len(more.training) == 20
    assert {each.lacking for each in more.training} == {285}
    assert not more.in_time


def test_somebody_whose_skill_ends_before_it_is_missing_lacks_it() -> None:
    ended = Employee(id="bo", skills=(SkillHeld("till", 0, 10 * H),))
    holds = Employee(id="cy", skills=(SkillHeld("till", 0, 24 * H),), locations=("here",))
    elsewhere = Employee(id="di", locations=("there",))
    wants = wanted(8, 12, 1, location="here")
    template = replace(EIGHT, location="here")
    problem = shop(wants, people=(ended, holds, elsewhere), templates=(template,))

    (training,) = one_more_person(problem, Roster(), seconds=None).training

    assert (training.lacking, training.tried) == (1, 1)
    (best,) = training.best
    assert [work.span for work in best.takes] == [Span(8 * H, 12 * H)]
