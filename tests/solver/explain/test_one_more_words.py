"""What one more person is worth is said so that a manager can act on it, and no more than is known."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from solver.codec import encode_object
from solver.explain.hiring import Hire
from solver.explain.missing import Filled, Step
from solver.explain.one_more import MorePeople, OneMore, Stretch, further_people, one_more_person
from solver.explain.one_more_words import hire_sentence, lines, stretch_sentences, training_sentence
from solver.explain.sentences import Speaker
from solver.explain.training import Training
from solver.problem import Employee, Problem, SkillHeld
from solver.score import Part
from solver.work import Assignment, Roster
from tests.solver.explain.shop import ANN, EIGHT, H, roster, shop, wanted
from tests.solver.explain.small_rosters import TRIED, judged_rosters

PICKERS = (replace(ANN, id="ann", name="Ann Nowak"), Employee(id="bo", name="Bo Lis", maximum_minutes=40 * H))


def week() -> Problem:
    return shop(wanted(8, 10, 3), wanted(10, 14, 2, minimum=2), people=PICKERS, names={"till": "Picking"})


def said(problem: Problem, more: OneMore) -> list[str]:
    return ["  " * depth + told for depth, told in lines(Speaker(problem), more)]


def test_the_whole_answer_reads_from_the_hours_to_whom_to_hire_and_train() -> None:
    problem = week()
    assert said(problem, one_more_person(problem, roster(problem, ("ann", 8, 16)), seconds=None)) == [
        "Where one more person would help",
        "  All of this is with everybody else's shifts as they are.",
        "  Picking: 8 h open, in 1 stretch, 4 h of it mandatory",
        "    Mon 23 Nov 08:00 to 14:00: 2 more people there would fill 8 h of what is open now "
        "(one after the other 6 h, 2 h)",
        "    At any other time one more person would fill nothing.",
        "    One more person with the contract and rules of Ann Nowak (up to 40 h) would fill 6 h of "
        "Picking: Mon 23 Nov 08:00 to 14:00.",
        "    Yet another one after that would fill 2 h of Picking more: Mon 23 Nov 08:00 to 12:00.",
        "  Training in Picking, tried for 1 of 1 without it:",
        "    Bo Lis would fill 6 h of Picking more than without it: Mon 23 Nov 08:00 to 14:00",
    ]


def test_without_anything_missing_one_sentence_says_so() -> None:
    problem = shop(wanted(8, 16, 1), people=(ANN,))
    assert said(problem, further_people(problem, roster(problem, ("ann", 8, 16)))) == [
        "Nothing is missing: one more person would fill nothing."
    ]
    assert said(shop(), further_people(shop(), Roster())) == [
        "There is nothing to fill: the problem has no shifts and no coverage."
    ]


def test_time_that_ran_out_is_not_passed_off_as_no_gain() -> None:
    problem = week()
    told = said(problem, one_more_person(problem, Roster(), seconds=0))
    assert told[-1] == "  There was no time to work all of it out; more time may find more."
    assert not any("Training" in each or "contract" in each for each in told)


def test_of_many_stretches_the_longest_are_told_and_the_others_counted() -> None:
    problem = shop(*(wanted(at, at + 1 + (at == 20), 1) for at in range(2, 22, 3)))
    (more,) = further_people(problem, Roster()).missing

    told = stretch_sentences(Speaker(problem), more, most=2)

    assert [each[:18] for each in told[:2]] == ["Mon 23 Nov 02:00 t", "Mon 23 Nov 20:00 t"]
    assert told[2] == "and 5 more stretches, 5 h in all"


def test_of_many_people_in_a_stretch_the_first_and_the_last_are_told() -> None:
    problem = shop(*(wanted(8 + at, 9 + at, 6 - at) for at in range(6)))
    (more,) = further_people(problem, Roster()).missing

    assert stretch_sentences(Speaker(problem), more)[0] == (
        "Mon 23 Nov 08:00 to 14:00: 6 more people there would fill 21 h of what is open now "
        "(one after the other 6 h, 5 h, 4 h, and so on down to 1 h)"
    )


def test_filling_that_costs_more_than_it_gains_is_said_to() -> None:
    crowded = wanted(8, 10, 0, id="all", skill=None, maximum=0)
    problem = shop(wanted(8, 10, 1), crowded)
    (more,) = further_people(problem, Roster()).missing

    assert stretch_sentences(Speaker(problem), more)[-1].startswith(
        "Filling all of it would not make the roster better: cover above the maximum 120 worse"
    )


def test_a_contract_is_told_as_what_it_is() -> None:
    speaker = Speaker(shop(people=(replace(ANN, name="Ann"),)))
    for like, minutes, told in (
        ("ann", 2400, "with the contract and rules of Ann (up to 40 h)"),
        ("ann", 1200, "with a contract of up to 20 h and otherwise the rules of Ann"),
        ("ann", None, "with the rules of Ann"),
        (None, 1200, "with a contract of up to 20 h"),
        (None, None, "with no bound on the hours"),
    ):
        hire = Hire(skill="till", location=None, number=1, like=like, contract_minutes=minutes)
        assert hire_sentence(speaker, hire) == (
            f"One more person {told}: no shift of theirs would make the roster better."
        )


def test_a_newcomer_who_fills_nothing_but_helps_otherwise_is_not_said_to_fill() -> None:
    part = Part("soft", "fair_share", "", -5, -1)
    hire = Hire(
        skill="till", location=None, number=2, like=None, contract_minutes=None, change=(part,), proven=False
    )
    assert hire_sentence(Speaker(shop()), hire) == (
        "Yet another one would fill none of it, but the roster would be better: fair share 5 better."
    )


def test_what_is_not_proven_best_is_at_least_that_much() -> None:
    work = Assignment(employee="one more", start=480, end=720, skill="till")
    hire = Hire(
        skill="till",
        location=None,
        number=1,
        like=None,
        contract_minutes=None,
        works=(work,),
        filled=(Filled(skill="till", location=None, minutes=240),),
        proven=False,
    )
    assert "would fill at least 4 h of till: Mon 23 Nov 08:00 to 12:00." in hire_sentence(
        Speaker(shop()), hire
    )


def test_what_is_given_up_and_opened_for_a_training_is_told() -> None:
    floor = replace(EIGHT, id="floor", skill="floor")
    bo = Employee(id="bo", name="Bo", skills=(SkillHeld("floor"),), maximum_minutes=40 * H)
    both = wanted(8, 16, 1, minimum=1), wanted(8, 16, 1, id="floor", skill="floor")
    problem = shop(*both, people=(bo,), templates=(EIGHT, floor))
    now = Roster([problem.create("bo", "floor", 8 * H, 8 * H)])

    assert said(problem, one_more_person(problem, now, seconds=None))[-1] == (
        "    Bo would fill 8 h of till more than without it: Mon 23 Nov 08:00 to 16:00, "
        "instead of Mon 23 Nov 08:00 to 16:00, floor; 8 h of floor would be open for it"
    )


def test_a_training_that_fills_nothing_but_helps_otherwise_is_not_said_to_fill() -> None:
    part = Part("soft", "fair_share", "", -5, -1)
    training = Training(employee="ann", week=(), week_without=(), filled=(), change=(part,))
    assert training_sentence(Speaker(shop(people=(ANN,))), training) == (
        "ann would fill nothing more, but the roster would be better: fair share 5 better"
    )


def test_the_answer_is_plain_values_too() -> None:
    stretch = Stretch(start=480, end=540, steps=(Step(480, 540, 1),))
    more = OneMore(
        asked=True,
        missing=(
            MorePeople(
                skill="till",
                location=None,
                minutes=60,
                mandatory_minutes=0,
                stretches=(stretch,),
                change=(),
            ),
        ),
    )
    assert encode_object(more) == {
        "asked": True,
        "missing": [
            {
                "skill": "till",
                "location": None,
                "minutes": 60,
                "mandatory_minutes": 0,
                "stretches": [{"start": 480, "end": 540, "steps": [{"start": 480, "end": 540, "people": 1}]}],
                "change": [],
            }
        ],
    }


@TRIED
@given(judged_rosters())
def test_there_are_words_for_every_answer(judged: tuple[Problem, Roster]) -> None:
    problem, now = judged
    told = said(problem, one_more_person(problem, now, seconds=None, most_tried=2))
    assert all(each.strip() for each in told)
