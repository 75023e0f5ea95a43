"""What policies of rounding make of work; the raw stays, and the law has the last word."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.timekeeping.pairing import Instants, pair
from scheduler.timekeeping.rounding import POLICIES, DatedPolicy, counted
from tests.scheduler.timekeeping.test_pairing import LATER, PLACE, WARSAW, clockings

LONG_AGO = date(2020, 1, 1)
SHIFT = (datetime(2026, 11, 16, 7, tzinfo=UTC), datetime(2026, 11, 16, 15, tzinfo=UTC))
"""08:00 to 16:00 in Warsaw."""


def everything(place: UUID, step: int, day: date, breaks: bool) -> bool:
    return True


def nothing(place: UUID, step: int, day: date, breaks: bool) -> bool:
    return False


def no_breaks(place: UUID, step: int, day: date, breaks: bool) -> bool:
    return not breaks


def clock(at: datetime) -> str:
    return f"{at.astimezone(WARSAW):%H:%M}"


def spans(
    lines: str, policy: str, *, allows=everything, since: date = LONG_AGO, planned: tuple[Instants, ...] = ()
) -> list[str]:
    """Each span as it counts, with its breaks."""
    worked = pair(clockings(lines), as_of=LATER).worked
    found = counted(worked, {PLACE: [DatedPolicy(since, policy)]}, {PLACE: WARSAW}, allows, planned)
    return [
        " ".join(f"{clock(start)}-{clock(end)}" for start, end in [(one.starts_at, one.ends_at), *one.breaks])
        for one in found
    ]


@pytest.mark.parametrize(
    ("policy", "came", "left", "expected"),
    [
        ("exact", "08:07", "16:08", "08:07-16:08"),
        ("nearest_15", "08:07", "16:08", "08:00-16:15"),
        ("nearest_15", "07:53", "16:07", "08:00-16:00"),
        ("nearest_5", "08:02", "16:03", "08:00-16:05"),
        ("nearest_6", "08:02", "16:03", "08:00-16:06"),
        ("grace_7", "08:07", "15:53", "08:00-16:00"),
        ("grace_7", "08:08", "15:52", "08:08-15:52"),
        ("grace_2", "07:58", "16:02", "08:00-16:00"),
        ("grace_2", "07:57", "16:03", "07:57-16:03"),
    ],
)
def test_edges_of_work_are_moved_as_the_policy_says(policy: str, came: str, left: str, expected: str):
    assert spans(f"2026-11-16 {came} in\n2026-11-16 {left} out", policy, planned=(SHIFT,)) == [expected]


def test_what_was_punched_is_kept_beside_what_counts():
    worked = pair(clockings("2026-11-16 08:07 in\n2026-11-16 16:08 out"), as_of=LATER).worked
    policies = {PLACE: [DatedPolicy(LONG_AGO, "nearest_15")]}
    (one,) = counted(worked, policies, {PLACE: WARSAW}, everything)
    assert one.exact is not None
    assert (clock(one.exact.starts_at), clock(one.exact.ends_at)) == ("08:07", "16:08")
    assert (one.worked_minutes, one.exact.worked_minutes) == (495, 481)
    assert one.punch_ids == worked[0].punch_ids
    (exact,) = counted(worked, policies, {PLACE: WARSAW}, nothing)
    assert exact == worked[0]


def test_a_step_the_law_does_not_allow_leaves_the_exact_minute():
    lines = "2026-11-16 08:07 in\n2026-11-16 16:08 out"
    assert spans(lines, "nearest_15", allows=nothing) == ["08:07-16:08"]
    assert spans(lines, "grace_7", allows=nothing, planned=(SHIFT,)) == ["08:07-16:08"]


def test_breaks_stay_exact_where_the_law_says_so_of_meals_alone():
    lines = "2026-11-16 08:07 in\n2026-11-16 12:02 break\n2026-11-16 12:33 back\n2026-11-16 16:08 out"
    assert spans(lines, "nearest_15") == ["08:00-16:15 12:00-12:30"]
    assert spans(lines, "nearest_15", allows=no_breaks) == ["08:00-16:15 12:02-12:33"]


def test_a_policy_holds_for_work_that_begins_on_its_first_day_or_later():
    lines = "2026-11-15 08:07 in\n2026-11-15 16:08 out\n2026-11-16 08:07 in\n2026-11-16 16:08 out"
    assert spans(lines, "nearest_15", since=date(2026, 11, 16)) == ["08:07-16:08", "08:00-16:15"]


def test_work_too_short_for_a_step_keeps_its_minutes():
    assert spans("2026-11-16 08:01 in\n2026-11-16 08:06 out", "nearest_15") == ["08:01-08:06"]


def test_a_grace_never_lets_two_spans_overlap():
    lines = "2026-11-16 08:00 in\n2026-11-16 15:55 out\n2026-11-16 15:58 in\n2026-11-16 18:00 out"
    assert spans(lines, "grace_7", planned=(SHIFT,)) == ["08:00-16:00", "16:00-18:00"]


def test_a_span_that_keeps_its_minutes_is_not_covered_by_the_one_before_it():
    lines = "2026-11-16 08:00 in\n2026-11-16 15:54 out\n2026-11-16 15:56 in\n2026-11-16 15:58 out"
    assert spans(lines, "nearest_15") == ["08:00-15:56", "15:56-15:58"]
    assert spans(lines, "grace_7", planned=(SHIFT,)) == ["08:00-15:56", "15:56-15:58"]


def test_where_somebody_changed_jobs_the_minute_is_exact():
    lines = "2026-11-16 08:07 in\n2026-11-16 12:07 move\n2026-11-16 16:08 out"
    assert spans(lines, "nearest_15") == ["08:00-12:07", "12:07-16:15"]


def test_a_night_over_the_clock_change_is_rounded_on_the_clock():
    lines = "2026-10-24 22:04 in\n2026-10-25 02:52+1 out"
    worked = pair(clockings(lines), as_of=LATER).worked
    policies = {PLACE: [DatedPolicy(LONG_AGO, "nearest_15")]}
    (one,) = counted(worked, policies, {PLACE: WARSAW}, everything)
    assert one.worked_minutes == 5 * 60 + 45


@given(
    st.lists(st.tuples(st.integers(1, 40) | st.integers(1, 600), st.integers(0, 300)), max_size=10),
    st.sampled_from(list(POLICIES)),
)
def test_rounded_spans_keep_their_order_and_never_overlap(drawn: list[tuple[int, int]], policy: str):
    at, lines = datetime(2026, 11, 16, 0, 3, tzinfo=UTC), []
    for minutes, gap in drawn:
        at += timedelta(minutes=gap)
        lines += [f"{at:%Y-%m-%d %H:%M} in", f"{at + timedelta(minutes=minutes):%Y-%m-%d %H:%M} out"]
        at += timedelta(minutes=minutes)
    worked = pair(clockings("\n".join(lines)), as_of=LATER).worked
    policies = {PLACE: [DatedPolicy(LONG_AGO, policy)]}
    found = counted(worked, policies, {PLACE: WARSAW}, everything, [SHIFT])
    assert len(found) == len(worked)
    assert all(one.starts_at < one.ends_at for one in found)
    assert all(one.ends_at <= other.starts_at for one, other in pairwise(found))
    assert [one.as_punched for one in found] == [one.as_punched for one in worked]
