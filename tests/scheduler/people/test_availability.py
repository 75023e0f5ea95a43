from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from scheduler.kernel.clock import as_utc, day_start
from scheduler.people.availability import (
    ResolvedAvailability,
    Span,
    StatedAvailability,
    Window,
    resolve,
    stated_availability,
)
from scheduler.people.models import AvailabilityException, AvailabilityKind, WeeklyAvailability
from tests.scheduler.small_company import store_small_company

WARSAW, MANILA, SAN_FRANCISCO = (
    ZoneInfo(name) for name in ("Europe/Warsaw", "Asia/Manila", "America/Los_Angeles")
)
AVAILABLE, UNAVAILABLE, PREFERRED, UNPREFERRED = AvailabilityKind
MONDAY = date(2026, 11, 23)
WEEK = (MONDAY, MONDAY + timedelta(days=7))


def local(spans: tuple[Span, ...], zone: ZoneInfo = WARSAW) -> list[str]:
    return [
        f"{start.astimezone(zone):%a %d %H:%M}-{end.astimezone(zone):%a %d %H:%M}" for start, end in spans
    ]


def one_day(stated: StatedAvailability, day: date = MONDAY, zone: ZoneInfo = WARSAW) -> ResolvedAvailability:
    return resolve(stated, day, day + timedelta(days=1), zone)


def test_nothing_stated_means_available_at_any_time():
    answer = resolve(StatedAvailability(), *WEEK, WARSAW)
    assert answer.available == (Span(day_start(WEEK[0], WARSAW), day_start(WEEK[1], WARSAW)),)
    assert answer.unavailable == answer.preferred == answer.unpreferred == ()


def test_one_available_window_makes_all_other_time_unavailable():
    answer = resolve(StatedAvailability({0: [Window(960, 1320, AVAILABLE)]}), *WEEK, WARSAW)
    assert local(answer.available) == ["Mon 23 16:00-Mon 23 22:00"]
    assert local(answer.unavailable) == ["Mon 23 00:00-Mon 23 16:00", "Mon 23 22:00-Mon 30 00:00"]


def test_unavailable_wins_over_available_and_preferred():
    stated = StatedAvailability(
        {0: [Window(360, 1080, PREFERRED), Window(600, 720, UNAVAILABLE), Window(0, 1440, AVAILABLE)]}
    )
    answer = one_day(stated)
    assert local(answer.unavailable) == ["Mon 23 10:00-Mon 23 12:00"]
    assert local(answer.preferred) == ["Mon 23 06:00-Mon 23 10:00", "Mon 23 12:00-Mon 23 18:00"]


def test_a_preference_alone_limits_nothing():
    answer = one_day(StatedAvailability({0: [Window(360, 840, UNPREFERRED)]}))
    assert answer.unavailable == ()
    assert local(answer.unpreferred) == ["Mon 23 06:00-Mon 23 14:00"]


def test_a_preferred_window_outside_the_available_ones_can_be_worked():
    answer = one_day(StatedAvailability({0: [Window(360, 720, AVAILABLE), Window(720, 840, PREFERRED)]}))
    assert local(answer.available) == ["Mon 23 06:00-Mon 23 14:00"]


def test_an_exception_stands_instead_of_the_windows_of_its_weekday_on_that_date_only():
    stated = StatedAvailability({0: [Window(960, 1320, AVAILABLE)]}, {MONDAY: [Window(480, 720, AVAILABLE)]})
    answer = resolve(stated, MONDAY, MONDAY + timedelta(days=8), WARSAW)
    assert local(answer.available) == ["Mon 23 08:00-Mon 23 12:00", "Mon 30 16:00-Mon 30 22:00"]


def test_an_exception_that_only_takes_time_away_leaves_the_rest_of_the_day():
    stated = StatedAvailability(
        {0: [Window(960, 1320, AVAILABLE)]}, {MONDAY: [Window(1080, 1140, UNAVAILABLE)]}
    )
    assert local(one_day(stated).available) == ["Mon 23 16:00-Mon 23 18:00", "Mon 23 19:00-Mon 23 22:00"]


def test_an_available_exception_limits_somebody_without_weekly_windows_on_that_date_only():
    stated = StatedAvailability(exceptions={MONDAY: [Window(480, 720, AVAILABLE)]})
    answer = resolve(stated, MONDAY, MONDAY + timedelta(days=2), WARSAW)
    assert local(answer.available) == ["Mon 23 08:00-Mon 23 12:00", "Tue 24 00:00-Wed 25 00:00"]


def test_an_overnight_window_reaches_into_the_next_day_and_into_the_first_day_of_the_range():
    stated = StatedAvailability({6: [Window(1320, 1800, AVAILABLE)]})
    answer = resolve(stated, *WEEK, WARSAW)
    assert local(answer.available) == ["Mon 23 00:00-Mon 23 06:00", "Sun 29 22:00-Mon 30 00:00"]


def test_time_off_wins_over_every_window():
    stated = StatedAvailability({1: [Window(0, 1440, PREFERRED)]})
    answer = resolve(stated, *WEEK, WARSAW, [(date(2026, 11, 24), date(2026, 11, 25))])
    assert local(answer.unavailable) == ["Tue 24 00:00-Wed 25 00:00"]
    assert answer.preferred == ()


def test_an_overnight_window_lasts_as_long_as_the_night_does():
    stated = StatedAvailability({5: [Window(1320, 1800, AVAILABLE)]})
    for saturday, hours in ((date(2026, 3, 28), 7), (date(2026, 10, 24), 9), (date(2026, 11, 21), 8)):
        answer = resolve(stated, saturday, saturday + timedelta(days=2), WARSAW)
        assert [(span.ends_at - span.starts_at) / timedelta(hours=1) for span in answer.available] == [hours]


def test_a_window_in_the_hour_that_clocks_jump_over_holds_nothing():
    stated = StatedAvailability({6: [Window(120, 180, AVAILABLE)]})
    assert one_day(stated, date(2026, 3, 29)).available == ()
    assert local(one_day(stated, date(2026, 3, 22)).available) == ["Sun 22 02:00-Sun 22 03:00"]


def test_windows_are_read_on_the_clock_of_the_zone():
    stated = StatedAvailability({0: [Window(480, 960, AVAILABLE)]})
    starts = {zone.key: one_day(stated, zone=zone).available[0].starts_at for zone in (MANILA, SAN_FRANCISCO)}
    assert starts == {
        "Asia/Manila": datetime(2026, 11, 23, 0, tzinfo=UTC),
        "America/Los_Angeles": datetime(2026, 11, 23, 16, tzinfo=UTC),
    }


windows = st.builds(
    lambda start, length, kind: Window(start, min(start + length, 2880), kind),
    st.integers(0, 1439),
    st.integers(1, 1440),
    st.sampled_from(AvailabilityKind),
)
days = st.dates(date(2026, 3, 23), date(2026, 4, 5)) | st.dates(date(2026, 10, 19), date(2026, 11, 8))


@given(
    weekly=st.dictionaries(st.integers(0, 6), st.lists(windows, max_size=3)),
    first=days,
    length=st.integers(1, 9),
    zone=st.sampled_from([WARSAW, MANILA, SAN_FRANCISCO]),
    data=st.data(),
)
def test_available_and_unavailable_partition_the_range(weekly, first, length, zone, data):
    end = first + timedelta(days=length)
    exceptions = data.draw(st.dictionaries(st.dates(first, end), st.lists(windows, max_size=2)))
    answer = resolve(StatedAvailability(weekly, exceptions), first, end, zone)
    pieces = sorted([*answer.available, *answer.unavailable])
    assert pieces[0].starts_at == day_start(first, zone)
    assert pieces[-1].ends_at == day_start(end, zone)
    assert all(one.ends_at == two.starts_at for one, two in itertools.pairwise(pieces))
    for wish in (*answer.preferred, *answer.unpreferred):
        assert any(
            span.starts_at <= wish.starts_at and wish.ends_at <= span.ends_at for span in answer.available
        )


@given(weekly=st.dictionaries(st.integers(0, 6), st.lists(windows, max_size=2)), first=days)
def test_a_week_resolves_as_its_days_do(weekly, first):
    """What holds at an instant does not depend on the range that was asked for."""
    stated = StatedAvailability(weekly)
    week = resolve(stated, first, first + timedelta(days=7), WARSAW)
    for number in range(7):
        day = first + timedelta(days=number)
        start, end = day_start(day, WARSAW), day_start(day + timedelta(days=1), WARSAW)
        inside = tuple(
            Span(max(span.starts_at, start), min(span.ends_at, end))
            for span in week.available
            if span.starts_at < end and start < span.ends_at
        )
        assert one_day(stated, day).available == inside


def test_stored_availability_is_read_back_for_everybody_asked_for(tenant_session: Session):
    company = store_small_company(tenant_session)
    ann = company.ann
    ann.availability = [
        WeeklyAvailability(weekday=0, start_minute=960, end_minute=1320, kind=AVAILABLE),
        WeeklyAvailability(weekday=0, start_minute=360, end_minute=600, kind=AVAILABLE),
    ]
    ann.availability_exceptions = [
        AvailabilityException(day=day, start_minute=0, end_minute=1440, kind=UNAVAILABLE)
        for day in (MONDAY, MONDAY + timedelta(days=30))
    ]
    tenant_session.flush()
    stated = stated_availability(tenant_session, [ann.id], *WEEK)[ann.id]
    assert stated.weekly == {0: [Window(360, 600, AVAILABLE), Window(960, 1320, AVAILABLE)]}
    assert stated.exceptions == {MONDAY: [Window(0, 1440, UNAVAILABLE)]}
    assert resolve(stated, *WEEK, WARSAW).available == ()
    assert as_utc(resolve(stated, *WEEK, WARSAW).unavailable[0].starts_at) == day_start(MONDAY, WARSAW)
