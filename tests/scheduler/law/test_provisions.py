"""What holds for whom and when, all layers taken together."""

from datetime import date

import pytest

from scheduler.law.library import layers_of, load_all, packs
from scheduler.law.pack import NotInForce
from scheduler.law.provisions import provision, provisions
from scheduler.law.subject import LawSubject, WorkingTimeSystem
from scheduler.law.values import Duration
from tests.scheduler.law.test_loader import COUNTRY, FLOOR

TODAY = date(2026, 11, 23)
ADULT = LawSubject(id="ann", born_on=date(1990, 1, 1))
POLAND = layers_of("pl")


def held(topic, *, subject=ADULT, day=TODAY, layers=POLAND):
    found = provision(layers, topic, subject, day)
    return found and (found.parameter.id, str(found.value), found.citation)


def test_a_value_is_not_known_before_it_was_in_force_and_the_refusal_names_the_first_day():
    with pytest.raises(NotInForce) as refused:
        packs()["pl"].parameters["pl.schedule.notice"].on(date(2013, 8, 22))
    assert refused.value.in_force_from == date(2013, 8, 23)
    assert refused.value.code == "law_not_in_force"
    assert refused.value.facts["parameter"] == "pl.schedule.notice"
    assert str(packs()["pl"].parameters["pl.schedule.notice"].on(date(2013, 8, 23)).value) == "7 days"


def test_a_repealed_value_is_refused_after_its_end():
    text = COUNTRY.replace("from: 2010-01-01,", "from: 2010-01-01, until: 2011-01-01,")
    rest = load_all({"xx.yaml": text, "eu.yaml": FLOOR})["xx"].parameters["xx.rest"]
    assert rest.on(date(2010, 12, 31)).value == Duration(720)
    with pytest.raises(NotInForce) as refused:
        rest.on(date(2011, 1, 1))
    assert refused.value.in_force_until == date(2011, 1, 1)


def test_where_the_country_is_silent_the_floor_speaks():
    country = load_all({"xx.yaml": COUNTRY, "eu.yaml": FLOOR})
    layers = (country["xx"], country["eu"])
    assert held("day_max", layers=layers) == ("eu.day", "10 h", "art. 9")
    assert held("daily_rest", layers=layers) == ("xx.rest", "12 h", "art. 1")
    assert held("daily_rest", layers=layers, day=date(2009, 12, 31)) == ("eu.rest", "11 h", "art. 3")
    assert held("daily_rest", layers=layers, day=date(2004, 8, 1)) is None


def test_of_two_equal_values_the_countrys_own_article_is_cited():
    assert held("daily_rest") == ("pl.daily_rest.min", "11 h", "Kodeks pracy, art. 132 par. 1")


def test_of_two_rules_for_one_person_the_better_holds():
    bo = LawSubject(id="bo", born_on=date(2011, 6, 1))
    assert held("day_max", subject=bo) == (
        "pl.minor.day_max_under_16",
        "6 h",
        "Kodeks pracy, art. 202 par. 1",
    )
    assert held("daily_rest", subject=bo)[:2] == ("pl.minor.night_break", "14 h")


def test_a_minor_in_the_equivalent_system_works_no_twelve_hours():
    bo = LawSubject(id="bo", born_on=date(2009, 6, 1), system=WorkingTimeSystem.EQUIVALENT)
    assert held("day_max", subject=bo)[:2] == ("pl.minor.day_max", "8 h")


def test_the_equivalent_system_allows_twelve_hours_and_a_month_of_settlement():
    cy = LawSubject(id="cy", born_on=date(1990, 1, 1), system=WorkingTimeSystem.EQUIVALENT)
    assert held("day_max", subject=cy)[:2] == ("pl.system.equivalent", "12 h")
    assert held("reference_months", subject=cy)[1] == "1 month"
    assert held("reference_months")[1] == "4 months"


def test_breaks_that_neither_rule_has_the_better_of_in_every_case_hold_both():
    bo = LawSubject(id="bo", born_on=date(2009, 6, 1))
    found = [p.parameter.id for p in provisions(POLAND, "break", bo, TODAY)]
    assert sorted(found) == ["pl.break", "pl.minor.break"]


@pytest.mark.parametrize(
    ("day", "value"),
    [(date(2023, 4, 25), "15 min paid from 6 h"), (date(2023, 4, 26), "15 min paid from 6 h, ")],
)
def test_a_new_value_holds_from_its_day_on(day, value):
    assert held("break", day=day)[1].startswith(value)
    assert ("over 9 h" in held("break", day=day)[1]) == (day >= date(2023, 4, 26))


@pytest.mark.parametrize(("day", "rule"), [(date(2026, 5, 31), "6 h"), (date(2026, 6, 1), "8 h")])
def test_a_sixteenth_birthday_changes_the_rule_on_that_day(day, rule):
    assert held("day_max", subject=LawSubject(id="bo", born_on=date(2010, 6, 1)), day=day)[1] == rule


def test_a_ground_replaces_the_value_of_all_layers_where_its_derogation_is_named():
    changing = LawSubject(id="ann", born_on=date(1990, 1, 1), grounds=frozenset({"planned_shift_change"}))
    assert held("weekly_rest", subject=changing) == (
        "pl.weekly_rest.min", "24 h", "Kodeks pracy, art. 133 par. 2",
    )  # fmt: skip


def test_a_derogation_for_everybody_leaves_the_floor_of_the_young_alone():
    bo = LawSubject(id="bo", born_on=date(2009, 6, 1), grounds=frozenset({"planned_shift_change"}))
    assert held("weekly_rest", subject=bo)[:2] == ("eu.minor.weekly_rest", "36 h")


def test_a_ground_can_lift_a_rule():
    free = LawSubject(id="ann", born_on=date(1990, 1, 1), grounds=frozenset({"flexible_schedule"}))
    assert held("workday", subject=free) is None
    assert held("workday") is not None


def test_somebody_of_unknown_age_is_an_adult():
    assert held("night_ban", subject=LawSubject(id="who")) is None


def test_a_place_without_a_pack_has_no_layers():
    assert layers_of("br") == ()
    assert [pack.id for pack in layers_of("PL")] == ["pl", "eu"]
