"""What in the packs asks for attention."""

from datetime import date

from scheduler.law.library import load_all, packs
from scheduler.law.upkeep import upkeep
from tests.scheduler.law.test_loader import COUNTRY, FLOOR

TODAY = date(2026, 11, 22)


def test_the_oldest_reading_comes_first():
    text = COUNTRY.replace("  S: A text that was read", "  S: {text: An old text, consulted: 2024-02-29}")
    found = upkeep(load_all({"xx.yaml": text, "eu.yaml": FLOOR}).values(), TODAY)
    assert [(pack.id, str(source.consulted_on)) for pack, _, source in found.sources] == [
        ("xx", "2024-02-29"), ("eu", "2026-11-21"),
    ]  # fmt: skip


def test_what_was_recalled_for_days_gone_by_asks_for_nothing():
    recalled = {parameter.id for parameter, _ in upkeep([packs()["pl"]], TODAY).recalled}
    assert "pl.protected.no_ot_night" in recalled
    assert "pl.break" not in recalled
    before = {parameter.id for parameter, _ in upkeep([packs()["pl"]], date(2020, 1, 1)).recalled}
    assert "pl.break" in before


def test_a_value_that_ends_with_another_after_it_is_no_end():
    ends = {parameter.id for parameter, _, _ in upkeep(packs().values(), TODAY).ending}
    assert "us-il-chi.coverage.pay_hour" in ends
    assert "us-or.notice_days" not in ends


def test_rules_that_nothing_checks_yet_are_told_and_others_are_not():
    unchecked = {parameter.id for parameter in upkeep(packs().values(), TODAY).unchecked}
    assert not unchecked & {
        "pl.daily_rest.min",
        "pl.schedule.notice",
        "pl.overtime.year_cap",
        "pl.night.window",
    }
