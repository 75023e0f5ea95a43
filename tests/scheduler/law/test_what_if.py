"""Another law to check under: what it may be asked for, and what it then says."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.kernel.errors import InvalidInput
from scheduler.law.library import layers_of, packs
from scheduler.law.pack import Pack
from scheduler.law.provisions import provision
from scheduler.law.subject import LawSubject
from scheduler.law.what_if import OtherLaw, changeable
from tests.scheduler.law.test_own_packs import load

ANN, DAY = LawSubject(id="ann", born_on=date(1990, 1, 1)), date(2026, 11, 23)


def said(other: OtherLaw, topic: str, own: tuple[Pack, ...] = (), day: date = DAY) -> tuple[str, str]:
    held = provision(layers_of(other.jurisdiction, other.packs(own)), topic, ANN, day)
    assert held is not None
    return str(held.value), held.parameter.id


def refused(other: OtherLaw) -> list[tuple[str, str, str, str]]:
    with pytest.raises(InvalidInput) as refusal:
        other.packs()
    return [(one.field, one.value, one.problem, one.hint) for one in refusal.value.errors]


def test_a_changed_value_holds_on_all_days_and_the_packs_that_ship_stay_as_they_are():
    other = OtherLaw("pl", values=(("pl.daily_rest.min", "12 h"),))
    for day in (DAY, date(1999, 1, 1)):
        assert said(other, "daily_rest", day=day) == ("12 h", "pl.daily_rest.min")
    shipped = packs()["pl"].parameters["pl.daily_rest.min"].values[-1]
    assert str(shipped.value) == "11 h"


def test_a_changed_value_says_what_it_stands_in_place_of():
    (pack,) = OtherLaw("pl", values=(("pl.daily_rest.min", "12 h"),)).packs()
    (value,) = pack.parameters["pl.daily_rest.min"].values
    assert value.citation == "Kodeks pracy, art. 132 par. 1, with 12 h in place of 11 h"


def test_a_changed_pack_is_told_from_the_one_that_ships():
    (pack,) = OtherLaw("pl", values=(("pl.daily_rest.min", "12 h"),)).packs()
    (other,) = OtherLaw("pl", values=(("pl.daily_rest.min", "13 h"),)).packs()
    prints = {packs()["pl"].fingerprint, pack.fingerprint, other.fingerprint}
    assert len(prints) == 3
    assert pack.version == f"{packs()['pl'].version} changed"


def test_a_lower_layer_still_does_better():
    """Nine hours in Poland leave the eleven of the European Union."""
    other = OtherLaw("pl", values=(("pl.daily_rest.min", "9 h"),))
    assert said(other, "daily_rest") == ("11 h", "eu.daily_rest.min")
    both = OtherLaw("pl", values=(("pl.daily_rest.min", "9 h"), ("eu.daily_rest.min", "9 h")))
    assert said(both, "daily_rest")[0] == "9 h"


def test_the_law_of_another_day_holds_on_the_days_of_the_roster():
    def notice(as_on: date | None) -> str:
        return said(OtherLaw("us-or", as_on), "schedule_notice")[0]

    assert (notice(date(2020, 1, 1)), notice(date(2020, 7, 1)), notice(None)) == (
        "7 days", "14 days", "14 days",
    )  # fmt: skip


def test_what_was_not_in_force_yet_is_not_in_the_law_of_a_day():
    layers = layers_of("pl", OtherLaw("pl", date(2012, 1, 1)).packs())
    assert provision(layers, "schedule_notice", ANN, DAY) is None
    assert provision(layers_of("pl"), "schedule_notice", ANN, DAY) is not None


def test_an_agreement_stays_and_may_be_changed_too():
    own = (load(),)
    assert said(OtherLaw("pl"), "daily_rest", own) == ("12 h", "acme-2026.rest")
    stricter = OtherLaw("pl", values=(("acme-2026.rest", "13 h"),))
    assert said(stricter, "daily_rest", own) == ("13 h", "acme-2026.rest")
    assert [pack.id for pack in stricter.packs(own)] == ["acme-2026"]


@pytest.mark.parametrize(
    ("name", "text", "problem", "hint"),
    [
        ("pl.daily_rest.min", "12", "is no duration", "write 11 h, 15 min or 4 h 30 min"),
        ("pl.daily_rest.min", "25 h", "makes no rule: minutes is 1500; a daily rest lasts 1 to 1439 minutes",
         "such as 11 h"),
        ("pl.daily_rest.min", "9000 h", "is longer than a year", "such as 11 h"),
        ("pl.schedule.notice", "7 weeks", "counts weeks", "days, such as 7 days"),
        ("pl.schedule.notice", "0 days", "is no number that a law can mean", "1 to 366 days, such as 7 days"),
        ("pl.doba", "noon", "is not one of scheduled_start, shift_start, fixed_hour",
         "such as scheduled_start"),
    ],
)  # fmt: skip
def test_a_value_that_will_not_do_is_refused_by_name_with_what_would(name, text, problem, hint):
    assert refused(OtherLaw("pl", values=((name, text),))) == [(name, text, problem, hint)]


def test_every_bad_value_is_told_at_once():
    values = (("pl.daily_rest.min", "12"), ("pl.daily_rest.mni", "12 h"), ("pl.minimum_wage.hour", "9 PLN"))
    first, second, third = refused(OtherLaw("pl", values=values))
    assert first[0] == "pl.daily_rest.min"
    assert second[:3] == ("parameter", "pl.daily_rest.mni", "is no parameter of the law of this place")
    assert "pl.daily_rest.min" in second[3]
    assert third[:3] == ("parameter", "pl.minimum_wage.hour", "is asked for by no check of work")


def test_a_parameter_with_two_values_is_refused():
    values = (("pl.daily_rest.min", "12 h"), ("pl.daily_rest.min", "13 h"))
    assert refused(OtherLaw("pl", values=values)) == [
        ("pl.daily_rest.min", "12 h, 13 h", "has several values", "give it one")
    ]


def test_a_parameter_of_another_place_is_none_of_this_one():
    ((field, value, problem, _),) = refused(OtherLaw("de", values=(("pl.daily_rest.min", "12 h"),)))
    assert (field, value, problem) == (
        "parameter", "pl.daily_rest.min", "is no parameter of the law of this place",
    )  # fmt: skip


def test_a_place_without_a_pack_is_refused_with_those_there_are():
    ((field, value, problem, hint),) = refused(OtherLaw("br"))
    assert (field, value, problem) == ("jurisdiction", "br", "has no rule pack")
    assert hint.startswith("one of de, eu, fr, gb, ph, pl, us, us-ca")


def test_a_day_before_every_value_is_refused_with_the_first_one_that_would_do():
    ((field, value, problem, hint),) = refused(OtherLaw("us-or", date(1900, 1, 1)))
    assert (field, value, problem) == ("as_on", "1900-01-01", "is before every value of us-or")
    first = date.fromisoformat(hint.removesuffix(" or later"))
    OtherLaw("us-or", first).packs()


@pytest.mark.parametrize("jurisdiction", sorted(packs()))
def test_every_value_of_a_pack_may_be_asked_for_as_it_is(jurisdiction: str):
    for parameter in changeable([packs()[jurisdiction]]):
        same = OtherLaw(jurisdiction, values=((parameter.id, str(parameter.values[-1].value)),))
        (pack,) = same.packs()
        assert pack.parameters[parameter.id].values[0].value == parameter.values[-1].value
