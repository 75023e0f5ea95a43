"""A transfer parts the time between places and jobs, and the law still sees it whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from scheduler.timekeeping.pairing import Paired, joined, pair
from tests.scheduler.timekeeping.test_pairing import (
    LATER,
    PLACE,
    WARSAW,
    clockings,
    only_exception,
    only_span,
    paired,
)

GATE, FORKLIFT = UUID(int=2), UUID(int=3)
"""Another place, and a job."""


def moved(lines: str, places: dict[str, tuple[UUID, UUID | None]]) -> Paired:
    """Punches as `clockings` writes them; ``places`` says where and in which job those at an hour are."""
    punches = []
    for punch in clockings(lines):
        place, job = places.get(f"{punch.at.astimezone(WARSAW):%H:%M}", (PLACE, None))
        punches.append(replace(punch, location_id=place, job_role_id=job))
    return pair(punches, as_of=LATER)


def test_a_transfer_parts_the_time_at_its_minute_and_loses_none():
    result = moved(
        """2026-11-16 08:00 in
           2026-11-16 10:15 move
           2026-11-16 12:00 break
           2026-11-16 12:30 back
           2026-11-16 14:00 move
           2026-11-16 16:00 out""",
        {"10:15": (GATE, None), "14:00": (PLACE, FORKLIFT)},
    )
    assert result.exceptions == ()
    assert [(one.location_id, one.job_role_id, one.worked_minutes) for one in result.worked] == [
        (PLACE, None, 135),
        (GATE, None, 195),
        (PLACE, FORKLIFT, 120),
    ]
    assert [[each.int for each in one.punch_ids] for one in result.worked] == [[1, 2], [2, 3, 4, 5], [5, 6]]


def test_parts_joined_again_are_the_whole():
    result = moved(
        "2026-11-16 08:00 in\n2026-11-16 10:00 move\n2026-11-16 16:00 out", {"10:00": (GATE, None)}
    )
    (whole,) = joined(reversed(result.worked))
    assert (whole.starts_at, whole.ends_at) == (result.worked[0].starts_at, result.worked[1].ends_at)
    assert [each.int for each in whole.punch_ids] == [1, 2, 3]


def test_spans_that_only_meet_are_not_joined():
    result = paired(
        "2026-11-16 08:00 in\n2026-11-16 12:00 out\n2026-11-16 12:00 in\n2026-11-16 16:00 out",
    )
    assert joined(result.worked) == list(result.worked)
    assert len(result.worked) == 2


def test_a_transfer_at_night_leaves_both_parts_on_the_day_the_span_began():
    result = moved(
        "2026-11-16 22:00 in\n2026-11-17 01:00 move\n2026-11-17 06:00 out", {"01:00": (GATE, None)}
    )
    assert {one.day for one in result.worked} == {date(2026, 11, 16)}


def test_a_transfer_in_the_hour_that_comes_twice_parts_the_right_minutes():
    result = moved(
        "2026-10-24 22:00 in\n2026-10-25 02:30+1 move\n2026-10-25 06:00 out", {"02:30": (GATE, None)}
    )
    assert [one.worked_minutes for one in result.worked] == [330, 210]


def test_a_transfer_within_the_first_minute_says_where_the_span_was():
    punches = clockings("2026-11-16 08:00 in\n2026-11-16 08:00 move\n2026-11-16 16:00 out")
    punches[1] = replace(punches[1], location_id=GATE)
    span = only_span(pair(punches, as_of=LATER))
    assert (span.location_id, span.worked_minutes, len(span.punch_ids)) == (GATE, 480, 3)


def test_a_transfer_in_the_last_minute_parts_nothing():
    span = only_span(moved("2026-11-16 08:00 in\n2026-11-16 16:00 move\n2026-11-16 16:00 out", {}))
    assert (span.location_id, span.worked_minutes, len(span.punch_ids)) == (PLACE, 480, 3)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("2026-11-16 08:00 move", "transfer_outside_work"),
        (
            "2026-11-16 08:00 in\n2026-11-16 09:00 break\n2026-11-16 10:00 move\n2026-11-16 16:00 out",
            "break_without_end",
        ),
    ],
)
def test_a_transfer_that_cannot_be_is_told_and_not_guessed(lines: str, code: str):
    assert only_exception(paired(lines)).code == code
