"""Rules compiled from the law: for whom, for which days, with which article."""

from datetime import date

import pytest

from scheduler.kernel.errors import InvalidInput
from scheduler.law.compile import rules_for
from scheduler.law.library import packs
from scheduler.law.settlement import Settlement
from scheduler.law.subject import LawSubject, WorkingTimeSystem
from solver.codec import encode_object
from solver.rules.registry import BY_ID

ANN = LawSubject(id="ann", born_on=date(1990, 1, 1))
BOTH = [ANN, LawSubject(id="bo", born_on=date(2008, 11, 25))]  # bo comes of age on the Wednesday


def compiled(first="2026-11-23", end="2026-11-30", employees=(ANN,), law="pl", **how):
    return rules_for(law, date.fromisoformat(first), date.fromisoformat(end), employees=employees, **how)


def lines(law):
    """One line per rule: its parameter, family, people, days and figures."""
    shown = []
    for rule in law.rules:
        figures = {
            key: value
            for key, value in encode_object(rule).items()
            if key not in ("rule", "name", "source", "scope", "windows", "period")
        }
        who = "all" if rule.scope.employees is None else ",".join(rule.scope.employees)
        days = f" {rule.scope.days[0]}..{rule.scope.days[-1]}" if rule.scope.days else ""
        windows = "".join(f" {w.first}..{w.last}" for w in getattr(rule, "windows", ()))
        parts = [f"{key} {value}" for key, value in figures.items()]
        shown.append(" ".join([rule.name, rule.id, who + days + windows, *parts]))
    return shown


def test_the_rules_of_a_polish_week_before_the_breaks_of_2023():
    assert lines(compiled("2022-11-21", "2022-11-28")) == [
        "pl.daily_rest.min daily_rest all",
        "pl.doba start_spacing all",
        "pl.break breaks all from_minutes 360 minutes 15 paid_only True of_work True",
        "pl.weekly_rest.min rest_within all 2022-11-15..2022-11-23 minutes 2100",
        "pl.weekly_rest.min rest_within all 2022-11-22..2022-11-30 minutes 2100",
        "pl.sunday_free rest_within all 2022-10-30..2022-10-31 2022-11-06..2022-11-07"
        " 2022-11-13..2022-11-14 2022-11-20..2022-11-21",
        "pl.sunday_free rest_within all 2022-11-06..2022-11-07 2022-11-13..2022-11-14"
        " 2022-11-20..2022-11-21 2022-11-27..2022-11-28",
        "pl.norm.day shift_minutes all",
        "pl.week.max_avg minutes all 2022-11-01..2022-11-30 maximum 12342",
        "pl.norm.week_avg minutes all 2022-11-01..2022-11-30 maximum 9600",
        "pl.days_off.total shift_count all 2022-11-01..2022-11-30 maximum 20",
    ]


def test_the_rules_of_a_polish_week_in_which_somebody_comes_of_age():
    assert lines(compiled(employees=BOTH)) == [
        "pl.daily_rest.min daily_rest ann",
        "pl.minor.night_break daily_rest bo 2026-11-21..2026-11-24 minutes 840",
        "pl.daily_rest.min daily_rest bo 2026-11-25..2026-11-29",
        "pl.doba start_spacing all",
        "pl.break breaks all from_minutes 360 minutes 15 paid_only True of_work True",
        "pl.break breaks all from_minutes 541 paid_only True of_work True",
        "pl.break breaks all from_minutes 961 minutes 45 paid_only True of_work True",
        "pl.minor.break breaks bo 2026-11-21..2026-11-24 from_minutes 271 paid_only True of_work True",
        "pl.minor.night clock_ban bo 2026-11-21..2026-11-24",
        "pl.weekly_rest.min rest_within all 2026-11-22..2026-11-30 minutes 2100",
        "pl.minor.weekly_rest rest_within bo 2026-11-21..2026-11-24 minutes 2880",
        "pl.sunday_free rest_within all 2026-11-01..2026-11-02 2026-11-08..2026-11-09"
        " 2026-11-15..2026-11-16 2026-11-22..2026-11-23",
        "pl.sunday_free rest_within all 2026-11-08..2026-11-09 2026-11-15..2026-11-16"
        " 2026-11-22..2026-11-23 2026-11-29..2026-11-30",
        "pl.norm.day shift_minutes ann",
        "pl.minor.day_max shift_minutes bo 2026-11-21..2026-11-24",
        "pl.norm.day shift_minutes bo 2026-11-25..2026-11-29",
        "pl.week.max_avg minutes all 2026-11-01..2026-11-30 maximum 12342",
        "pl.norm.week_avg minutes all 2026-11-01..2026-11-30 maximum 9600",
        "pl.days_off.total shift_count all 2026-11-01..2026-11-30 maximum 20",
    ]


def test_the_rules_of_a_week_under_the_floor_alone():
    assert lines(compiled(law="eu")) == [
        "eu.daily_rest.min daily_rest all",
        "eu.break breaks all minutes 1 of_work True",
        "eu.weekly_rest.min rest_within all 2026-11-23..2026-12-01 minutes 2100",
        "eu.week.max_avg minutes all maximum 48960",
    ]


def test_a_change_of_law_inside_the_week_splits_its_rules_on_that_day():
    breaks = [line for line in lines(compiled("2023-04-24", "2023-05-01")) if line.startswith("pl.break ")]
    assert breaks == [
        "pl.break breaks all 2023-04-22..2023-04-25 from_minutes 360 minutes 15 paid_only True of_work True",
        "pl.break breaks all 2023-04-26..2023-04-30 from_minutes 360 minutes 15 paid_only True of_work True",
        "pl.break breaks all 2023-04-26..2023-04-30 from_minutes 541 paid_only True of_work True",
        "pl.break breaks all 2023-04-26..2023-04-30 from_minutes 961 minutes 45 paid_only True of_work True",
    ]


def test_every_rule_cites_its_article_and_is_hard():
    for rule in compiled(employees=BOTH).rules:
        assert rule.source.startswith("Kodeks pracy, art. ")
        assert rule.level == "hard"
        assert rule.id in BY_ID


def test_every_hard_rule_that_ships_is_compiled_for_somebody():
    people = [
        ANN,
        LawSubject(id="cy", born_on=date(1990, 1, 1), system=WorkingTimeSystem.EQUIVALENT),
        LawSubject(id="dee", born_on=date(2011, 6, 1)),
        LawSubject(id="eli", born_on=date(2009, 6, 1)),
        LawSubject(
            id="flo", born_on=date(1990, 1, 1), system=WorkingTimeSystem.EQUIVALENT, hazardous_night=True
        ),
    ]
    for pack in ("eu", "pl"):
        names = {rule.name for rule in compiled(law=pack, employees=people).rules}
        hard = {p.id for p in packs()[pack].parameters.values() if p.enforcement == "hard"}
        assert hard - names == set()


def test_a_place_without_a_pack_gives_no_rules_and_says_so():
    law = compiled(law="br")
    assert (law.rules, law.packs) == ((), {})
    assert law.notes == (
        "No rule pack for 'br' yet: this roster was not checked against the law of this place.",
    )


def test_the_packs_of_all_layers_are_named_with_their_fingerprints():
    assert compiled().packs == {pack: packs()[pack].fingerprint for pack in ("pl", "eu")}


def test_what_is_assumed_is_said():
    notes = compiled(employees=[ANN, LawSubject(id="who")]).notes
    assert "1 of 2 people have no date of birth and were taken to be adults." in notes
    assert any(
        note.startswith("Settlement periods are not known and were taken to be calendar months")
        for note in notes
    )
    assert any(note.startswith("Not covered: ") for note in notes)


def test_settlement_periods_that_are_given_are_not_assumed():
    law = compiled(settlement=Settlement(date(2026, 10, 1), 3))
    assert not any("taken to be calendar months" in note for note in law.notes)
    assert "pl.norm.week_avg minutes all 2026-10-01..2026-12-31 maximum 29760" in lines(law)
    assert law.history_from == date(2026, 10, 1)


def test_a_recalled_value_that_is_used_is_said_to_be_recalled():
    said = "Not confirmed yet, recalled only: breaks by length of work."
    assert said in compiled("2022-11-21", "2022-11-28").notes
    assert said not in compiled().notes


def test_what_is_not_in_force_yet_is_said():
    notes = compiled("2003-12-29", "2004-01-05").notes
    assert (
        "Not checked, in force from 2004-01-01 only: uninterrupted rest in the 24 h from each start of work."
    ) in notes
    notes = compiled("2012-11-19", "2012-11-26").notes
    assert any(note.startswith("How full working time was counted then") for note in notes)


def test_a_ground_nobody_knows_is_refused_with_the_ones_that_exist():
    with pytest.raises(InvalidInput) as refused:
        compiled(employees=[LawSubject(id="ann", grounds=frozenset({"busy_season"}))])
    (error,) = refused.value.errors
    assert (error.field, error.value) == ("employees[ann].grounds", "busy_season")
    assert "planned_shift_change" in error.hint


def test_settlement_periods_that_are_too_long_are_refused():
    with pytest.raises(InvalidInput) as refused:
        compiled(settlement=Settlement(date(2026, 1, 1), 6))
    assert refused.value.errors[0].hint == "at most 4 months (Kodeks pracy, art. 129 par. 1)"
    agreed = LawSubject(id="ann", born_on=date(1990, 1, 1), grounds=frozenset({"extended_settlement"}))
    assert compiled(employees=[agreed], settlement=Settlement(date(2026, 1, 1), 12)).rules


def test_leave_lowers_the_hours_and_days_of_the_period_for_those_who_take_it():
    away = LawSubject(
        id="bo", born_on=date(1990, 1, 1), absent_on=frozenset(date(2026, 11, day) for day in range(16, 21))
    )
    shown = lines(compiled(employees=[ANN, away]))
    assert "pl.norm.week_avg minutes ann 2026-11-01..2026-11-30 maximum 9600" in shown
    assert "pl.norm.week_avg minutes bo 2026-11-01..2026-11-30 maximum 7200" in shown
    assert "pl.days_off.total shift_count bo 2026-11-01..2026-11-30 maximum 15" in shown
    assert "pl.week.max_avg minutes all 2026-11-01..2026-11-30 maximum 12342" in shown


def test_a_flexible_schedule_lifts_the_single_start_and_limits_the_day_as_a_sum():
    free = LawSubject(id="bo", born_on=date(1990, 1, 1), grounds=frozenset({"flexible_schedule"}))
    shown = lines(compiled(employees=[ANN, free]))
    assert "pl.doba start_spacing ann" in shown
    assert "pl.norm.day shift_minutes all" in shown
    assert "pl.norm.day minutes bo maximum 480" in shown


def test_the_history_reaches_back_to_the_settlement_period_and_the_sundays_that_count():
    assert compiled().history_from == date(2026, 11, 1)
    assert compiled("2026-12-07", "2026-12-14").history_from == date(2026, 11, 15)
    assert compiled(law="eu").history_from == date(2026, 7, 27)
    assert compiled(law="br").history_from == date(2026, 11, 23)


def test_a_roster_without_people_has_no_rules():
    assert compiled(employees=[]).rules == ()
