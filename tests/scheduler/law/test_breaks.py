"""Breaks that planning puts into shifts."""

from datetime import date

import pytest

from scheduler.law.breaks import LawfulBreaks, break_policies, breaks_for
from scheduler.law.library import layers_of
from scheduler.law.subject import LawSubject
from solver.problem import ShiftTemplate

TODAY = date(2026, 11, 23)
PL = layers_of("pl")


def aged(age, day=TODAY):
    return LawSubject(id="ann", born_on=None if age is None else date(day.year - age, 1, 1))


@pytest.mark.parametrize(
    ("day", "age", "work_minutes", "paid"),
    [
        (TODAY, 30, 359, 0),
        (TODAY, 30, 360, 15),  # from six hours on, not only above
        (TODAY, 30, 540, 15),
        (TODAY, 30, 541, 30),
        (TODAY, 30, 960, 30),
        (TODAY, 30, 961, 45),
        (TODAY, None, 480, 15),
        (TODAY, 17, 270, 0),
        (TODAY, 17, 271, 30),
        (TODAY, 18, 271, 0),
        (date(2023, 4, 25), 30, 720, 15),
        (date(2023, 4, 26), 30, 720, 30),
    ],
)
def test_polish_breaks_by_length_age_and_date(day, age, work_minutes, paid):
    assert breaks_for(PL, day, aged(age, day), work_minutes=work_minutes) == LawfulBreaks(paid, 0)


def test_the_floor_asks_for_some_break_above_six_hours():
    assert breaks_for(layers_of("eu"), TODAY, aged(30), work_minutes=360) == LawfulBreaks()
    assert breaks_for(layers_of("eu"), TODAY, aged(30), work_minutes=361) == LawfulBreaks(0, 1)


def test_no_break_is_known_to_be_due_where_there_is_no_pack():
    assert breaks_for(layers_of("br"), TODAY, aged(30), work_minutes=600) == LawfulBreaks()


@pytest.mark.parametrize("age", [None, 17])
@pytest.mark.parametrize("minutes", [240, 271, 360, 480, 541, 720, 1000])
def test_the_breaks_of_a_template_add_up_to_the_lawful_ones(age, minutes):
    given = ShiftTemplate(id="t", breaks=break_policies(PL, TODAY, aged(age))).breaks_of(minutes)
    due = breaks_for(PL, TODAY, aged(age), work_minutes=minutes)
    assert sum(pause.minutes for pause in given) == due.paid_minutes
    assert all(pause.paid for pause in given)
