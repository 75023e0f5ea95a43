"""Examples of kind rounding, and the rounding of punches itself."""

from datetime import date, datetime

import pytest

from scheduler.law.library import layers_of
from scheduler.law.punch_rounding import rounded, rounding_policy
from scheduler.law.verify.example import Example, NotAnswerable
from scheduler.law.verify.rounding import rounding_example


def computed(jurisdiction, **given):
    expected: dict[str, object] = {"rounded": []}
    return rounding_example(
        Example(id="X", jurisdiction=jurisdiction, kind="rounding", title="", given=given, expected=expected)
    )


def after(jurisdiction, punch, **given):
    (one,) = computed(jurisdiction, punches=[punch], **given)["rounded"]
    return one["rounded"]


@pytest.mark.parametrize(
    ("step", "punch", "becomes"),
    [
        (15, "07:52", "07:45"), (15, "07:53", "08:00"), (15, "08:07", "08:00"), (15, "08:08", "08:15"),
        (15, "23:53", "00:00"), (6, "08:02", "08:00"), (6, "08:03", "08:06"), (5, "08:02", "08:00"),
        (5, "08:03", "08:05"), (15, "2026-05-04T23:53-04:00", "2026-05-05T00:00-04:00"),
    ],
)  # fmt: skip
def test_federal_law_takes_the_nearest_step(step, punch, becomes):
    assert after("US", punch, increment_minutes=step) == becomes


def test_the_tie_of_an_example_is_kept():
    assert after("US", "08:03", increment_minutes=6, tie="3 down / 4 up") == "08:00"
    assert after("US", "08:07:40", increment_minutes=15, tie="7 down / 8 up") == "08:00"


@pytest.mark.parametrize(
    ("jurisdiction", "given", "becomes"),
    [
        ("US", {"increment_minutes": 10}, "08:08"),  # no step of federal law
        ("US", {"mode": "none"}, "08:08"),
        ("US-CA", {"increment_minutes": 15}, "08:08"),
        ("US-CA", {"increment_minutes": 15, "date": "2022-10-23"}, "08:15"),
        ("US-CA", {"increment_minutes": 15, "date": "2022-10-23", "meal": True}, "08:08"),
        ("US-CA", {"increment_minutes": 15, "date": "2021-02-24", "meal": True}, "08:15"),
        ("US-LA", {"increment_minutes": 15}, "08:08"),
        ("PL", {"increment_minutes": 15}, "08:08"),
        ("GB", {"increment_minutes": 15}, "08:08"),
    ],
)
def test_what_the_law_does_not_allow_stays_the_exact_minute(jurisdiction, given, becomes):
    assert after(jurisdiction, "08:08", **given) == becomes


def test_a_step_that_is_not_allowed_is_said_and_what_is_moved_adds_up():
    assert computed("US-CA", punches=["08:08"], increment_minutes=15)["allowed"] is False
    found = computed("US", punches=["08:08", "16:53", "12:07"], increment_minutes=15)
    assert (found["allowed"], found["net_minutes"]) == (True, 7 + 7 - 7)


@pytest.mark.parametrize("given", [{"mode": "down", "punches": ["08:08"]}, {"punches": ["soon"]}])
def test_what_cannot_be_rounded_is_refused(given):
    with pytest.raises(NotAnswerable):
        computed("US", **given)


def test_where_no_layer_speaks_the_exact_minute_counts():
    assert rounding_policy(layers_of("ph"), date(2026, 5, 4)).steps_minutes == ()


def test_a_step_that_does_not_make_an_hour_is_refused():
    with pytest.raises(ValueError, match="steps of 7 minutes"):
        rounded(datetime(2026, 5, 4, 8, 0), 7)  # noqa: DTZ001 (a wall clock)
