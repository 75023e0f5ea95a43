"""Minutes of a roster run through clock changes without a jump."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from scheduler.kernel.clock import local_instant
from scheduler.rosters.timeframe import Timeframe
from solver.spans import Span

WARSAW, LOS_ANGELES, LORD_HOWE, MANILA = (
    ZoneInfo(name) for name in ("Europe/Warsaw", "America/Los_Angeles", "Australia/Lord_Howe", "Asia/Manila")
)


@pytest.mark.parametrize(
    ("zone", "first", "last_length"),
    [
        (WARSAW, date(2026, 3, 23), 1380),
        (WARSAW, date(2026, 10, 19), 1500),
        (LOS_ANGELES, date(2026, 3, 2), 1380),
        (LOS_ANGELES, date(2026, 10, 26), 1500),
        (MANILA, date(2026, 3, 23), 1440),
    ],
)
def test_the_sunday_of_a_clock_change_is_longer_or_shorter(zone: ZoneInfo, first: date, last_length: int):
    frame = Timeframe(zone, first, date.fromordinal(first.toordinal() + 7))
    assert frame.days[-1].end - frame.days[-1].start == last_length
    assert frame.end_minute == 6 * 1440 + last_length
    assert [day.end for day in frame.days[:-1]] == [day.start for day in frame.days[1:]]


@pytest.mark.parametrize("zone", [WARSAW, LOS_ANGELES, LORD_HOWE])
@pytest.mark.parametrize("on", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 3, 8), date(2026, 4, 5)])
def test_the_solver_reads_clocks_as_we_do(zone: ZoneInfo, on: date):
    frame = Timeframe(zone, on, date.fromordinal(on.toordinal() + 1))
    (day,) = frame.days
    for wall in range(0, 1440, 15):
        mine = frame.minute(local_instant(on, wall, zone))
        if not day.clock_change - 120 <= wall < day.clock_change:
            assert day.minute(wall) == mine


def test_past_days_end_where_the_roster_starts():
    frame = Timeframe(WARSAW, date(2026, 10, 26), date(2026, 11, 2))
    past = frame.past_days(2)
    assert [(day.on, day.start, day.end) for day in past] == [
        ("2026-10-24", -2940, -1500),
        ("2026-10-25", -1500, 0),
    ]


def test_instants_and_minutes_are_each_others_way_back():
    frame = Timeframe(WARSAW, date(2026, 10, 26), date(2026, 11, 2))
    at = datetime(2026, 10, 28, 5, 15, tzinfo=UTC)
    assert frame.instant(frame.minute(at)) == at
    assert frame.span(frame.starts_at, frame.ends_at) == Span(0, 7 * 1440)
