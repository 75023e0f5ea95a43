"""What an agreement or another law would change."""

from datetime import date

from scheduler.law.comparison import differences
from scheduler.law.library import layers_of
from scheduler.law.subject import LawSubject
from tests.scheduler.law.test_own_packs import AGREEMENT, load

ANN, TODAY = LawSubject(id="ann", born_on=date(1990, 1, 1)), date(2026, 11, 23)
POLAND = layers_of("pl")


def told(after, *, before=POLAND, subject=ANN, day=TODAY):
    return [str(one) for one in differences(before, after, subject, day)]


def test_the_same_layers_differ_in_nothing():
    assert told(POLAND) == []


def test_an_agreement_shows_what_it_changes_from_its_first_day_on():
    after = layers_of("pl", [load()])
    rest = "uninterrupted rest in the 24 h from each start of work"
    assert told(after) == [f"{rest}: 11 h (Kodeks pracy, art. 132 par. 1) becomes 12 h (par. 4)"]
    assert told(after, day=date(2026, 2, 28)) == []


def test_an_agreement_changes_nothing_for_whom_the_law_does_better_already():
    young = LawSubject(id="bo", born_on=date(2009, 6, 1))  # 14 h of rest by law
    assert told(layers_of("pl", [load()]), subject=young) == []


def test_an_equal_value_with_another_article_is_no_difference():
    same = load(AGREEMENT.replace("12 h", "11 h"))
    assert told(layers_of("pl", [same])) == []


def test_what_holds_in_one_place_only_is_told():
    assert "weeks over which working time is averaged: nothing becomes 12 weeks (C. trav. L3121-22)" in told(
        layers_of("fr")
    )
