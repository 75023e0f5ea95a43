"""Breaks as they were taken."""

from datetime import date

import pytest

from tests.scheduler.law.checks.work import codes, found, span

DAY = ("2026-05-04", "2026-05-05")
TEEN = date(2009, 6, 1)


def german(end, *pauses, **facts):
    return codes("de", [span("de", "2026-05-04T08:00", f"2026-05-04T{end}", *pauses)], *DAY, **facts)


@pytest.mark.parametrize(
    ("begins", "expected"), [("2026-05-04T14:00", []), ("2026-05-04T14:01", ["DE.MAX_6H_WITHOUT_BREAK"])]
)
def test_a_break_begins_after_six_hours_at_the_latest(begins, expected):
    assert german("17:00", (begins, 30, False)) == expected


def test_a_break_of_unknown_time_is_taken_to_lie_where_it_keeps_the_law():
    assert german("16:30", 30) == []
    assert german("20:35", 30) == []  # two blocks of 15 minutes make three stretches
    assert german("14:05") == ["DE.MAX_6H_WITHOUT_BREAK"]


def test_work_without_break_tells_how_long_it_went_on():
    (one,) = found("de", [span("de", "2026-05-04T08:00", "2026-05-04T14:05")], *DAY)
    assert (one.short_by, one.unit, one.citation) == (5, "minutes", "ArbZG, s. 4")
    assert one.sentence == (
        "ann works 6 h 5 min without a break from Mon 4 May 08:00; at most 6 h are allowed."
    )


def test_parts_of_a_break_below_fifteen_minutes_do_not_count():
    parts = [("2026-05-04T10:00", 10, False), ("2026-05-04T12:00", 20, False)]
    assert german("16:00", *parts) == ["DE.BREAK_BLOCK_15"]
    parts = [("2026-05-04T10:00", 15, False), ("2026-05-04T12:00", 15, False)]
    assert german("16:00", *parts) == []


def test_a_break_that_is_too_short_in_sum_is_left_to_its_own_rule():
    assert "DE.BREAK_BLOCK_15" not in german("16:00", ("2026-05-04T12:00", 10, False))


def test_the_young_have_a_break_after_four_hours_and_a_half_until_their_eighteenth_birthday():
    pause = ("2026-05-04T12:31", 60, False)
    assert german("16:30", pause, born_on=TEEN) == ["DE.MINOR_MAX_4H30_WITHOUT_BREAK"]
    assert german("16:30", pause, born_on=date(2008, 5, 4)) == []  # it is the birthday


def californian(end, *pauses, rests=False, **facts):
    work = [span("us-ca", "2026-05-04T08:00", f"2026-05-04T{end}", *pauses, rests=rests)]
    return codes("us-ca", work, *DAY, **facts)


@pytest.mark.parametrize(
    ("begins", "expected"), [("2026-05-04T13:00", []), ("2026-05-04T13:01", ["CA.MEAL_1_LATE"])]
)
def test_a_first_meal_begins_by_the_end_of_the_fifth_hour(begins, expected):
    assert californian("16:30", (begins, 30, False)) == expected


def test_the_meal_is_counted_in_work_and_not_in_presence():
    first = ("2026-05-04T12:00", 30, False)
    assert californian("20:00", first, ("2026-05-04T18:30", 30, False)) == []  # after 10 h of work
    assert californian("20:00", first, ("2026-05-04T18:31", 30, False)) == ["CA.MEAL_2_LATE"]


def test_a_meal_that_is_not_due_cannot_be_late():
    assert californian("13:30", ("2026-05-04T13:01", 29, False)) == []
    waived = frozenset({"meal_waiver"})
    assert californian("14:00", ("2026-05-04T13:10", 30, False), grounds=waived) == []


@pytest.mark.parametrize(("rests", "expected"), [(2, []), (1, ["CA.REST_MISSING"]), (0, ["CA.REST_MISSING"])])
def test_eight_hours_have_two_paid_rests_where_rests_are_recorded(rests, expected):
    pauses = [("2026-05-04T12:00", 30, False), *[("2026-05-04T10:00", 10, True)] * rests]
    assert californian("16:30", *pauses, rests=True) == expected
    assert californian("16:30", *pauses) == []
