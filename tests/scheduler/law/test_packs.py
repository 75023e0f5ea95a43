"""The values other rooms rely on, copied by hand from the texts of the law."""

from datetime import date

import pytest

from scheduler.law.library import packs

FACTS = [
    # parameter, first day, value
    ("eu.daily_rest.min", "2004-08-02", "11 h"),
    ("eu.weekly_rest.min", "2004-08-02", "35 h"),
    ("eu.break", "2004-08-02", "any break over 6 h"),
    ("eu.week.max_avg", "2004-08-02", "48 h"),
    ("eu.week.reference", "2004-08-02", "4 months"),
    ("eu.night.period", "2004-08-02", "00:00-05:00"),
    ("eu.night.worker", "2004-08-02", "3 h"),
    ("eu.night.max_hazard", "2004-08-02", "8 h"),
    ("eu.minor.day_max", "1996-06-22", "8 h"),
    ("eu.minor.week_max", "1996-06-22", "40 h"),
    ("eu.minor.daily_rest", "1996-06-22", "12 h"),
    ("eu.minor.night_ban", "1996-06-22", "22:00-06:00"),
    ("eu.minor.break", "1996-06-22", "30 min over 4 h 30 min"),
    ("pl.doba", "2004-01-01", "scheduled_start"),
    ("pl.norm.day", "2004-01-01", "8 h"),
    ("pl.norm.week_avg", "2004-01-01", "40 h"),
    ("pl.settlement.max_months", "2004-01-01", "4 months"),
    ("pl.schedule.notice", "2013-08-23", "7 days"),
    ("pl.week.max_avg", "2004-01-01", "48 h"),
    ("pl.daily_rest.min", "2004-01-01", "11 h"),
    ("pl.weekly_rest.min", "2004-01-01", "35 h"),
    ("pl.break", "2023-04-26", "15 min paid from 6 h, 30 min paid over 9 h, 45 min paid over 16 h"),
    ("pl.break.unpaid_lunch", "2004-01-01", "1 h"),
    ("pl.system.equivalent", "2004-01-01", "12 h"),
    ("pl.sunday_free", "2004-01-01", "1 in 4"),
    ("pl.sunday.window", "2004-01-01", "06:00-06:00"),
    ("pl.overtime.year_cap", "2004-01-01", "150 h"),
    ("pl.night.window", "2004-01-01", "22:00-06:00"),
    ("pl.night.worker", "2004-01-01", "3 h"),
    ("pl.night.worker_share", "2004-01-01", "1 in 4"),
    ("pl.night.max_hazard", "2004-01-01", "8 h"),
    ("pl.minor.day_max", "2004-01-01", "8 h"),
    ("pl.minor.day_max_under_16", "2004-01-01", "6 h"),
    ("pl.minor.break", "2004-01-01", "30 min paid over 4 h 30 min"),
    ("pl.minor.night", "2004-01-01", "22:00-06:00"),
    ("pl.minor.night_break", "2004-01-01", "14 h"),
    ("pl.minor.weekly_rest", "2004-01-01", "48 h"),
]


@pytest.mark.parametrize(("parameter", "first", "value"), FACTS)
def test_a_value_stands_in_its_pack_from_its_day_on(parameter, first, value):
    dated = packs()[parameter.partition(".")[0]].parameters[parameter].on(date.fromisoformat(first))
    assert (str(dated.value), dated.valid_from.isoformat()) == (value, first)


def test_a_fingerprint_names_version_and_text():
    version, _, digest = packs()["pl"].fingerprint.partition("+")
    assert version == packs()["pl"].version
    assert packs()["pl"].sha256.startswith(digest)
    assert len(digest) == 12
