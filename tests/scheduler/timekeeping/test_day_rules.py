"""To which day work over midnight belongs, by rule; and that every minute belongs to exactly one."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.organisation.models import DayRule
from scheduler.timekeeping.day_rules import DatedRule, given_days
from scheduler.timekeeping.pairing import Exact, Instants, Worked, joined, pair
from tests.scheduler.timekeeping.test_pairing import FRISCO, LATER, PLACE, WARSAW, clockings

LONG_AGO = date(2020, 1, 1)
NIGHT = """
2026-11-22 22:00 in
2026-11-23 02:00 break
2026-11-23 02:30 back
2026-11-23 06:00 out"""
"""From a Sunday to a Monday."""
MINUTE = timedelta(minutes=1)


def days(
    lines: str,
    *rules: DatedRule,
    zone: ZoneInfo = WARSAW,
    planned: tuple[Instants, ...] = (),
) -> list[tuple[str, int, int]]:
    """Day, worked minutes and break of each part."""
    worked = pair(clockings(lines, zone), as_of=LATER).worked
    found = given_days(worked, {PLACE: rules}, {PLACE: zone}, planned)
    return [(f"{span.day:%m-%d}", span.worked_minutes, span.break_minutes) for span in found]


def rule(name: str, starts_on: date = LONG_AGO, minute: int = 0) -> DatedRule:
    return DatedRule(starts_on, DayRule(name), minute)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("start", [("11-22", 450, 30)]),
        ("end", [("11-23", 450, 30)]),
        ("most", [("11-23", 450, 30)]),
        ("midnight", [("11-22", 120, 0), ("11-23", 330, 30)]),
        ("doba", [("11-22", 450, 30)]),
    ],
)
def test_a_night_belongs_to_days_as_the_rule_says(name: str, expected: list[tuple[str, int, int]]):
    assert days(NIGHT, rule(name)) == expected


def test_without_a_rule_a_night_belongs_to_the_day_it_starts_on():
    assert days(NIGHT) == [("11-22", 450, 30)]


def test_work_that_ends_at_midnight_belongs_to_the_day_it_was_done_on():
    evening = "2026-11-22 16:00 in\n2026-11-23 00:00 out"
    for name in ("start", "end", "most", "midnight"):
        assert days(evening, rule(name)) == [("11-22", 480, 0)], name


def test_of_two_halves_the_first_day_has_most():
    assert days("2026-11-22 22:00 in\n2026-11-23 02:00 out", rule("most")) == [("11-22", 240, 0)]


def test_a_break_counts_for_no_day_when_most_of_the_time_is_asked_for():
    lines = "2026-11-22 21:00 in\n2026-11-23 00:30 break\n2026-11-23 02:30 back\n2026-11-23 04:00 out"
    assert days(lines, rule("most")) == [("11-22", 300, 120)]


def test_a_break_over_midnight_is_parted_with_the_work():
    lines = "2026-11-22 20:00 in\n2026-11-22 23:45 break\n2026-11-23 00:15 back\n2026-11-23 04:00 out"
    assert days(lines, rule("midnight")) == [("11-22", 225, 15), ("11-23", 225, 15)]


def test_a_workday_of_the_employer_parts_work_at_its_hour_and_not_at_midnight():
    four = rule("workday", minute=240)
    assert days(NIGHT, four) == [("11-22", 330, 30), ("11-23", 120, 0)]
    assert days("2026-11-23 02:00 in\n2026-11-23 03:00 out", four) == [("11-22", 60, 0)]


def test_a_doba_lasts_a_day_from_the_start_of_work():
    late_then_early = """
    2026-11-16 14:00 in
    2026-11-16 22:00 out
    2026-11-17 06:00 in
    2026-11-17 16:00 out
    2026-11-18 14:00 in
    2026-11-18 22:00 out"""
    assert days(late_then_early, rule("doba")) == [
        ("11-16", 480, 0),
        ("11-16", 480, 0),
        ("11-17", 120, 0),
        ("11-18", 480, 0),
    ]


def test_a_doba_begins_with_the_shift_and_not_with_the_punch():
    shift = (datetime(2026, 11, 16, 7, tzinfo=UTC), datetime(2026, 11, 16, 15, tzinfo=UTC))
    lines = "2026-11-16 06:00 in\n2026-11-16 16:00 out"
    assert days(lines, rule("doba"), planned=(shift,)) == [("11-15", 120, 0), ("11-16", 480, 0)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("2026-03-28 22:00 in\n2026-03-29 06:00 out", [("03-28", 120, 0), ("03-29", 300, 0)]),
        ("2026-10-24 22:00 in\n2026-10-25 06:00 out", [("10-24", 120, 0), ("10-25", 420, 0)]),
    ],
)
def test_nights_of_clock_changes_are_parted_by_elapsed_minutes(
    lines: str, expected: list[tuple[str, int, int]]
):
    assert days(lines, rule("midnight")) == expected
    total = sum(minutes for _, minutes, _ in expected)
    assert days(lines, rule("end")) == [(expected[1][0], total, 0)]
    assert days(lines, rule("doba")) == [(expected[0][0], total, 0)]


def test_a_workday_begins_by_the_wall_clock_in_the_night_the_clocks_change():
    lines = "2026-03-07 22:00 in\n2026-03-08 06:00 out"
    assert days(lines, rule("workday", minute=180), zone=FRISCO) == [("03-07", 240, 0), ("03-08", 180, 0)]


def test_a_new_rule_leaves_what_belonged_to_days_before_it_where_it_was():
    monday = date(2026, 11, 23)
    for before, after in (("start", "end"), ("midnight", "start"), ("start", "midnight"), ("start", "doba")):
        changed = days(NIGHT, rule(before), rule(after, monday))
        kept = [part for part in days(NIGHT, rule(before)) if part[0] == "11-22"]
        assert [part for part in changed if part[0] == "11-22"] == kept, (before, after)


def test_a_new_rule_gives_nothing_to_days_before_it():
    """Under the new rule alone the night would be Sunday's; the old one had given it to Monday."""
    assert days(NIGHT, rule("end"), rule("start", date(2026, 11, 23))) == [("11-23", 450, 30)]


def test_a_doba_that_runs_when_the_rule_begins_draws_no_work_back():
    lines = "2026-11-22 14:00 in\n2026-11-22 22:00 out\n2026-11-23 06:00 in\n2026-11-23 14:00 out"
    assert days(lines, rule("doba"))[-1][0] == "11-22"
    assert days(lines, rule("start"), rule("doba", date(2026, 11, 23)))[-1][0] == "11-23"


def test_what_a_transfer_parted_is_one_stay_and_follows_the_rule_of_where_it_began():
    lines = "2026-11-22 18:00 in\n2026-11-22 23:00 move\n2026-11-23 03:00 out"
    assert days(lines, rule("most")) == [("11-22", 300, 0), ("11-22", 240, 0)]
    assert days(lines, rule("end")) == [("11-23", 300, 0), ("11-23", 240, 0)]


def test_parts_name_the_punches_of_the_whole_and_are_one_again_for_the_law():
    worked = pair(clockings(NIGHT), as_of=LATER).worked
    parts = given_days(worked, {PLACE: [rule("midnight")]}, {PLACE: WARSAW})
    assert {part.punch_ids for part in parts} == {worked[0].punch_ids}
    assert joined(parts) == list(worked)


def test_the_exact_minutes_of_a_rounded_night_are_parted_too():
    (night,) = pair(clockings("2026-11-22 22:04 in\n2026-11-23 06:04 out"), as_of=LATER).worked
    rounded = Worked(
        night.day, PLACE, night.starts_at - 4 * MINUTE, night.ends_at - 4 * MINUTE, (), night.punch_ids,
        exact=Exact(night.starts_at, night.ends_at),
    )  # fmt: skip
    parts = given_days([rounded], {PLACE: [rule("midnight")]}, {PLACE: WARSAW})
    assert [part.exact.worked_minutes for part in parts if part.exact] == [116, 364]


PLACES = {PLACE: WARSAW, UUID(int=2): ZoneInfo("Asia/Manila")}
MONDAY = date(2026, 10, 19)
"""The clocks of Warsaw go back on the Sunday after."""

lengths = st.tuples(
    st.integers(1, 700), st.integers(0, 1500), st.integers(0, 120), st.sampled_from(list(PLACES))
)
names = st.sampled_from(list(DayRule))
some_rules = st.lists(
    st.builds(
        DatedRule,
        st.integers(-3, 14).map(lambda day: MONDAY + timedelta(days=day)),
        names,
        st.integers(0, 1439),
    ),
    max_size=3,
    unique_by=lambda one: one.starts_on,
)


def work(drawn: list[tuple[int, int, int, UUID]]) -> list[Worked]:
    """Spans with gaps between them, each with a break in the middle where it is long enough."""
    at, found = datetime(2026, 10, 18, 3, tzinfo=UTC), []
    for number, (minutes, gap, rest, place) in enumerate(drawn):
        at += gap * MINUTE
        middle = at + (minutes // 2) * MINUTE
        rests = ((middle, middle + rest * MINUTE),) if 0 < rest < minutes // 3 else ()
        ids = (UUID(int=2 * number), UUID(int=2 * number + 1))
        found.append(Worked(date(2026, 1, 1), place, at, at + minutes * MINUTE, rests, ids))
        at += minutes * MINUTE
    return found


def minutes_of(spans: list[Worked]) -> Counter[datetime]:
    found: Counter[datetime] = Counter()
    for span in spans:
        at = span.starts_at
        while at < span.ends_at:
            if not any(start <= at < end for start, end in span.breaks):
                found[at] += 1
            at += MINUTE
    return found


@given(st.lists(lengths, max_size=12), some_rules, some_rules)
def test_whatever_the_rules_every_minute_worked_belongs_to_exactly_one_day(
    drawn: list[tuple[int, int, int, UUID]], here: list[DatedRule], there: list[DatedRule]
):
    spans = work(drawn)
    parts = given_days(spans, dict(zip(PLACES, (here, there), strict=True)), PLACES)
    assert minutes_of(parts) == minutes_of(spans)
    assert sum(part.worked_minutes for part in parts) == sum(span.worked_minutes for span in spans)


@given(st.lists(lengths, max_size=12), some_rules, names, st.integers(0, 14))
def test_whatever_rule_comes_next_nothing_moves_over_its_first_day(
    drawn: list[tuple[int, int, int, UUID]], before: list[DatedRule], name: DayRule, day: int
):
    first = MONDAY + timedelta(days=day)
    spans, earlier = work(drawn), [one for one in before if one.starts_on < first]
    old = given_days(spans, dict.fromkeys(PLACES, earlier), PLACES)
    new = given_days(spans, {key: [*earlier, DatedRule(first, name)] for key in PLACES}, PLACES)

    def kept(parts: list[Worked]) -> list[tuple[date, datetime, datetime]]:
        return [(part.day, part.starts_at, part.ends_at) for part in parts if part.day < first]

    assert kept(new) == kept(old)
