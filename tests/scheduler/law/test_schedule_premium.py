"""What late changes of schedules and short rests cost, by place, notice and length."""

from datetime import date
from decimal import Decimal

import pytest

from scheduler.law.library import layers_of
from scheduler.law.schedule_premium import ScheduleChange, change_premium, short_rest_premium

DAY = 1440
HOUR = 60
TODAY = date(2026, 5, 4)


def cost(place, notice, *, day=TODAY, rate="20", sector="", **change):
    """Code and amount of each line."""
    lines = change_premium(
        layers_of(place), ScheduleChange(notice_minutes=notice, **change),
        day=day, rate=Decimal(rate), sector=sector,
    )  # fmt: skip
    return [(line.code, str(line.amount)) for line in lines]


HOUR_PAID = [("PREDICTABILITY_1H", "20.00")]
NOTHING: list[tuple[str, str]] = []


def half(amount):
    return [("PREDICTABILITY_HALF", amount)]


@pytest.mark.parametrize(
    ("place", "notice", "change", "lines"),
    [
        ("us-or", 5 * DAY, {"moved_minutes": 120}, HOUR_PAID),
        ("us-or", 5 * DAY, {"moved_minutes": 30}, NOTHING),
        ("us-or", 5 * DAY, {"added_minutes": 30}, NOTHING),
        ("us-or", 5 * DAY, {"added_minutes": 31}, HOUR_PAID),
        ("us-or", 14 * DAY - 1, {"lost_minutes": 480}, half("80.00")),
        ("us-or", 14 * DAY, {"lost_minutes": 480}, NOTHING),
        ("us-or", 5 * DAY, {"lost_minutes": 30}, NOTHING),
        ("us-or", 5 * DAY, {"lost_minutes": 60, "moved_minutes": 240}, half("10.00")),
        ("us-or", 5 * DAY, {"lost_minutes": 480, "exempt": True}, NOTHING),
        ("us-wa-sea", 0, {"lost_minutes": 180}, half("30.00")),
        ("us-wa-sea", 0, {"added_minutes": 16}, HOUR_PAID),
        ("us-wa-sea", 0, {"added_minutes": 15}, NOTHING),
        ("us-il-chi", 24 * HOUR - 1, {"lost_minutes": 480}, half("80.00")),
        ("us-il-chi", 24 * HOUR, {"lost_minutes": 480}, HOUR_PAID),
        ("us-il-chi", 0, {"added_minutes": 1}, HOUR_PAID),
        ("us-ca-la", 7 * DAY, {"lost_minutes": 15}, half("2.50")),
        ("us-ca-la", 7 * DAY, {"lost_minutes": 14}, NOTHING),
        ("us-ca-la", 7 * DAY, {"added_minutes": 15}, NOTHING),
        ("us-ca-la", 7 * DAY, {"added_minutes": 16}, HOUR_PAID),
        ("us-ca", 0, {"lost_minutes": 480}, NOTHING),
        ("pl", 0, {"lost_minutes": 480}, NOTHING),
    ],
)
def test_a_change_costs_what_the_place_says(place, notice, change, lines):
    assert cost(place, notice, **change) == lines


@pytest.mark.parametrize(
    ("hours", "added", "lost"),
    [
        (337, None, None), (336, None, None), (335, "10.00", "20.00"), (168, "10.00", "20.00"),
        (167, "15.00", "45.00"), (24, "15.00", "45.00"), (23, "15.00", "75.00"), (0, "15.00", "75.00"),
    ],
)  # fmt: skip
def test_new_york_pays_fast_food_amounts_by_notice(hours, added, lost):
    def paid(**change):
        return [
            amount for _, amount in cost("us-ny-nyc", hours * HOUR, sector="fast_food", rate="0", **change)
        ]

    assert paid(added_minutes=60) == paid(moved_minutes=60) == ([added] if added else [])
    assert paid(lost_minutes=60) == ([lost] if lost else [])
    assert paid(moved_minutes=15) == []


def test_new_york_pays_nothing_outside_of_fast_food():
    assert cost("us-ny-nyc", 0, sector="retail", lost_minutes=480) == []


def test_the_notice_of_the_day_counts():
    """Oregon asked for 7 days before July 2020, Chicago for 10 before July 2022."""
    change = {"lost_minutes": 480}
    assert cost("us-or", 10 * DAY, day=date(2020, 6, 30), **change) == []
    assert cost("us-or", 10 * DAY, day=date(2020, 7, 1), **change) == half("80.00")
    assert cost("us-il-chi", 12 * DAY, day=date(2022, 6, 30), **change) == []
    assert cost("us-il-chi", 12 * DAY, day=date(2022, 7, 1), **change) == HOUR_PAID
    assert cost("us-or", 0, day=date(2018, 6, 30), **change) == []


def test_a_line_is_rounded_once_half_up():
    assert cost("us-or", 0, rate="18.37", lost_minutes=45) == half("6.89")  # 6.88875
    assert cost("us-or", 0, rate="18.37", moved_minutes=45) == [("PREDICTABILITY_1H", "18.37")]


@pytest.mark.parametrize(
    ("place", "rest", "lines"),
    [
        ("us-or", 8 * HOUR, [("SHORT_REST_PREMIUM", 120, "20.00")]),
        ("us-or", 10 * HOUR, []),
        ("us-or", 1 * HOUR, [("SHORT_REST_PREMIUM", 360, "60.00")]),
        ("us-wa-sea", 9 * HOUR + 30, [("SHORT_REST_PREMIUM", 30, "5.00")]),
        ("us-ca-la", 9 * HOUR, [("SHORT_REST_PREMIUM", 360, "60.00")]),
        ("us-il-chi", 9 * HOUR, [("SHORT_REST_PREMIUM", 360, "30.00")]),
        ("de", 9 * HOUR, []),
    ],
)
def test_a_short_rest_costs_what_the_place_says(place, rest, lines):
    found = short_rest_premium(
        layers_of(place), rest_minutes=rest, shift_minutes=360, day=TODAY, rate=Decimal(20)
    )
    assert [(line.code, line.minutes, str(line.amount)) for line in found] == lines


@pytest.mark.parametrize(("rest", "amount"), [(8 * HOUR + 30, ["100.00"]), (11 * HOUR, [])])
def test_clopening_costs_an_amount_in_new_york(rest, amount):
    found = short_rest_premium(
        layers_of("us-ny-nyc"), rest_minutes=rest, shift_minutes=480, day=TODAY, rate=Decimal(20),
        sector="fast_food",
    )  # fmt: skip
    assert [str(line.amount) for line in found] == amount


@pytest.mark.parametrize(
    "fields", [{"notice_minutes": -1}, {"notice_minutes": 0, "added_minutes": 1, "lost_minutes": 1}]
)
def test_a_change_that_makes_no_sense_is_refused(fields):
    with pytest.raises(ValueError, match="a change"):
        ScheduleChange(**fields)
