"""Public holidays: a library where it is right, a table where classes matter."""

from datetime import date

import holidays
import pytest

from scheduler.kernel.errors import SchedulerError
from scheduler.law.library import layers_of, packs
from scheduler.law.public_holidays import HolidayClass, holidays_between, read_table
from scheduler.law.yaml_lines import PackError

TABLE = """\
calendar: PH
years:
  "2026":
    cite: A proclamation
    status: recalled
    days:
      - {on: 2026-01-01, name: New Year, class: regular}
"""


def of_year(place, year):
    return holidays_between(layers_of(place), date(year, 1, 1), date(year + 1, 1, 1))


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_days_off_of_the_philippines_are_those_of_the_library(year):
    known = holidays.country_holidays("PH", years=year)
    ours = {one.day for one in of_year("ph", year) if one.kind != HolidayClass.SPECIAL_WORKING}
    assert ours == set(known)


def test_regular_and_special_days_are_told_apart():
    kinds = {one.day.isoformat(): str(one.kind) for one in of_year("ph", 2026)}
    assert kinds["2026-08-31"] == "regular"
    assert kinds["2026-08-21"] == "special_non_working"
    assert kinds["2026-02-25"] == "special_working"
    assert sorted(set(kinds.values())) == ["regular", "special_non_working", "special_working"]
    assert sum(kind == "regular" for kind in kinds.values()) == 12


def test_a_year_without_a_table_is_refused_with_those_that_have_one():
    with pytest.raises(SchedulerError) as refused:
        of_year("ph", 2031)
    assert refused.value.code == "law_holidays_unknown"
    assert refused.value.facts["known"] == [2025, 2026]


@pytest.mark.parametrize(
    ("place", "day", "name"),
    [
        ("pl", "2025-12-24", "Christmas Eve"),
        ("de", "2026-10-03", "German Unity Day"),
        ("fr", "2026-07-14", "National Day"),
        ("us-ca", "2026-07-04", "Independence Day"),
    ],
)
def test_other_places_follow_the_library(place, day, name):
    (found,) = [one for one in of_year(place, int(day[:4])) if one.day.isoformat() == day]
    assert (found.name, found.kind) == (name, "public")
    assert found.citation


def test_poland_has_no_christmas_eve_before_2025():
    assert date(2024, 12, 24) not in {one.day for one in of_year("pl", 2024)}


def test_where_no_calendar_is_named_there_are_no_holidays():
    assert holidays_between((packs()["eu"],), date(2026, 1, 1), date(2027, 1, 1)) == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2026-01-01", "2025-01-01", "ph.yaml:7: 2025-01-01 is not in 2026"),
        ("class: regular", "class: sad", "ph.yaml:7: 'class'"),
        ("    cite: A proclamation\n", "", "needs 'cite'"),
        ("name: New Year", "name: New Year, colour: red", "ph.yaml:7: unknown key 'colour'"),
        ("calendar: PH", "calendar: PH\nmood: good", "ph.yaml:2: unknown key 'mood' in the calendar"),
    ],
)
def test_a_faulty_table_is_refused_with_file_and_line(old, new, message):
    with pytest.raises(PackError) as refused:
        read_table(TABLE.replace(old, new), "ph.yaml")
    assert message in "\n".join(refused.value.faults)
