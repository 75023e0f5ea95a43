from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.kernel.clock import (
    as_utc,
    day_start,
    days_between,
    is_repeated,
    is_skipped,
    local_day,
    local_instant,
    local_minute,
    local_span,
    minutes_between,
    utc_now,
    week_start,
    zone_named,
)
from scheduler.kernel.errors import InvalidInput

WARSAW, MANILA, SAN_FRANCISCO, LORD_HOWE, APIA, KIRITIMATI, NIUE = (
    ZoneInfo(name)
    for name in (
        "Europe/Warsaw",
        "Asia/Manila",
        "America/Los_Angeles",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Pacific/Kiritimati",
        "Pacific/Niue",
    )
)
ZONES = [WARSAW, MANILA, SAN_FRANCISCO, LORD_HOWE, APIA, KIRITIMATI, NIUE]
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
days = st.dates(date(2008, 1, 1), date(2035, 12, 31))
zones = st.sampled_from(ZONES)


def test_now_is_aware_and_in_utc():
    assert utc_now().tzinfo is UTC
    assert abs(utc_now() - datetime.now(timezone(timedelta(hours=5)))) < timedelta(seconds=5)


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match=r"2026-03-29T02:30:00\+00:00"):
        as_utc(datetime(2026, 3, 29, 2, 30))  # noqa: DTZ001 - what is refused here


def test_the_same_reading_is_an_earlier_instant_further_east():
    instants = [local_instant(date(2026, 11, 23), 480, zone) for zone in (KIRITIMATI, MANILA, WARSAW, NIUE)]
    assert [each.isoformat() for each in instants] == [
        "2026-11-22T18:00:00+00:00",
        "2026-11-23T00:00:00+00:00",
        "2026-11-23T07:00:00+00:00",
        "2026-11-23T19:00:00+00:00",
    ]


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        (SPRING, WARSAW, 23),
        (AUTUMN, WARSAW, 25),
        (date(2026, 3, 8), SAN_FRANCISCO, 23),
        (date(2026, 11, 1), SAN_FRANCISCO, 25),
        (date(2026, 3, 8), WARSAW, 24),
        (SPRING, MANILA, 24),
        (date(2026, 4, 5), LORD_HOWE, 24.5),
        (date(2028, 2, 29), WARSAW, 24),
    ],
)
def test_a_civil_day_lasts_as_long_as_its_zone_says(day, zone, hours):
    elapsed = minutes_between(day_start(day, zone), day_start(day + timedelta(days=1), zone))
    assert elapsed == hours * 60


def test_a_reading_that_is_skipped_moves_forward_by_the_gap():
    assert local_instant(SPRING, 150, WARSAW) == local_instant(SPRING, 210, WARSAW)
    assert [is_skipped(SPRING, minute, WARSAW) for minute in (119, 120, 179, 180)] == [
        False,
        True,
        True,
        False,
    ]


def test_a_reading_that_comes_twice_is_the_first():
    first = local_instant(AUTUMN, 150, WARSAW)
    assert first.isoformat() == "2026-10-25T00:30:00+00:00"
    assert local_minute(first + timedelta(hours=1), WARSAW) == 150
    assert [is_repeated(AUTUMN, minute, WARSAW) for minute in (119, 120, 179, 180)] == [
        False,
        True,
        True,
        False,
    ]


def test_a_gap_is_no_repetition_and_a_repetition_no_gap():
    assert not any(is_repeated(SPRING, minute, WARSAW) for minute in range(1440))
    assert not any(is_skipped(AUTUMN, minute, WARSAW) for minute in range(1440))


def test_a_whole_day_can_be_skipped():
    """Samoa went from Thursday 29 to Saturday 31 December 2011."""
    skipped = date(2011, 12, 30)
    assert all(is_skipped(skipped, minute, APIA) for minute in (0, 720, 1439))
    assert local_span(skipped, 0, 1440, APIA) is None


def test_minutes_past_midnight_fall_on_the_next_day():
    assert local_instant(date(2028, 2, 28), 1440 + 90, WARSAW) == local_instant(date(2028, 2, 29), 90, WARSAW)
    assert local_instant(date(2027, 2, 28), 1440, WARSAW) == day_start(date(2027, 3, 1), WARSAW)


@pytest.mark.parametrize(
    ("span", "hours"), [((SPRING - timedelta(days=1), 7)), ((AUTUMN - timedelta(days=1), 9))]
)
def test_a_night_shift_lasts_as_long_as_its_night(span, hours):
    start, end = local_span(span, 22 * 60, 30 * 60, WARSAW) or (None, None)
    assert start is not None
    assert end is not None
    assert minutes_between(start, end) == hours * 60


def test_a_span_within_the_gap_is_none_and_one_that_ends_in_it_ends_at_the_jump():
    jump = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert local_span(SPRING, 120, 180, WARSAW) is None
    assert local_span(SPRING, 60, 150, WARSAW) == (jump - timedelta(hours=1), jump)
    assert local_span(SPRING, 150, 240, WARSAW) == (jump, jump + timedelta(hours=1))


@given(day=days, zone=zones, cuts=st.lists(st.integers(1, 2879), max_size=6, unique=True))
def test_neighbouring_stretches_of_the_clock_give_neighbouring_spans(day, zone, cuts):
    marks = [0, *sorted(cuts), 2880]
    spans = [local_span(day, start, end, zone) for start, end in itertools.pairwise(marks)]
    filled = [span for span in spans if span]
    assert filled[0][0] == day_start(day, zone)
    assert filled[-1][1] == day_start(day + timedelta(days=2), zone)
    assert all(one[1] == two[0] for one, two in itertools.pairwise(filled))


@given(day=days, zone=zones, minute=st.integers(0, 1439))
def test_an_instant_is_read_back_as_the_reading_it_was_made_from(day, zone, minute):
    at = local_instant(day, minute, zone)
    if not is_skipped(day, minute, zone):
        assert (local_day(at, zone), local_minute(at, zone)) == (day, minute)
    else:
        assert (local_day(at, zone), local_minute(at, zone)) > (day, minute)


def test_elapsed_time_is_not_the_difference_of_readings():
    evening = datetime(2026, 10, 24, 22, tzinfo=WARSAW)
    morning = datetime(2026, 10, 25, 6, tzinfo=WARSAW)
    assert minutes_between(evening, morning) == 9 * 60
    assert minutes_between(morning, evening) == -9 * 60


def test_days_between_are_half_open_and_know_leap_days():
    assert days_between(date(2028, 2, 28), date(2028, 3, 1)) == [date(2028, 2, 28), date(2028, 2, 29)]
    assert days_between(SPRING, SPRING) == []


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        (date(2027, 1, 3), date(2026, 12, 28)),  # week 53 of 2026
        (date(2026, 11, 23), date(2026, 11, 23)),
        (date(2028, 3, 1), date(2028, 2, 28)),
    ],
)
def test_a_week_starts_on_monday(day, monday):
    assert week_start(day) == monday


def test_only_zones_of_the_iana_database_are_known():
    assert zone_named("Asia/Manila") is MANILA
    for name in ("Manila", "europe/warsaw", "", "../../etc/passwd", "UTC+8", "localtime", "Factory"):
        with pytest.raises(InvalidInput) as refusal:
            zone_named(name)
        assert refusal.value.errors[0].value == name
