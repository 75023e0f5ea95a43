"""Worked examples of the law as acceptance tests: the shared ones where their folder exists, and our own."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from scheduler.law.library import layers_of
from scheduler.law.nominal_time import nominal_minutes, public_holidays
from scheduler.law.overtime import overtime_year_cap
from scheduler.law.settlement import Settlement
from scheduler.law.subject import LawSubject
from tests.scheduler.law.rosters import codes, daily

SHARED = Path(__file__).parents[4] / "shared" / "law" / "examples.json"
PLACES = ("EU", "PL")
KINDS = ("compliance", "parameter")

OWN = {
    "ten hours between shifts": {
        "jurisdiction": "EU",
        "input": {
            "shifts": [["2026-05-04T15:00", "2026-05-04T23:00"], ["2026-05-05T09:00", "2026-05-05T17:00"]],
            "tz": "Europe/Brussels",
        },
        "expected": ["EU.DAILY_REST_11H"],
    },
    "eleven hours on the clock that are ten over the change of the clocks": {
        "jurisdiction": "EU",
        "input": {
            "shifts": [
                ["2026-03-28T13:00+01:00", "2026-03-28T21:00+01:00"],
                ["2026-03-29T08:00+02:00", "2026-03-29T16:00+02:00"],
            ],
            "tz": "Europe/Brussels",
        },
        "expected": ["EU.DAILY_REST_11H"],
    },
    "a longest rest of 34 h": {
        "jurisdiction": "EU",
        "input": {"longest_rest_hours": "34"},
        "expected": ["EU.WEEKLY_REST_35H"],
    },
    "a longest rest of 35 h": {
        "jurisdiction": "EU", "input": {"longest_rest_hours": "35"}, "expected": [],
    },
    "every fourth Sunday free": {
        "jurisdiction": "PL",
        "input": {"worked_sundays": ["2026-01-04", "2026-01-11", "2026-01-18", "2026-01-25"]},
        "expected": ["PL.FREE_SUNDAY_1_IN_4"],
    },
    "three Sundays in a row": {
        "jurisdiction": "PL",
        "input": {"worked_sundays": ["2026-01-11", "2026-01-18", "2026-01-25"]},
        "expected": [],
    },
    "151 h of overtime": {
        "jurisdiction": "PL",
        "input": {"overtime_hours_ytd": "151"},
        "expected": ["PL.OT_YEAR_150H"],
    },
    "30 h of weekly rest at a planned change of shift": {
        "jurisdiction": "PL",
        "input": {"longest_rest_hours": "30", "reason": "planned_shift_change"},
        "expected": [],
    },
    "30 h of weekly rest without reason": {
        "jurisdiction": "PL",
        "input": {"longest_rest_hours": "30"},
        "expected": ["PL.WEEKLY_REST_35H"],
    },
    "a late shift and an early one after it": {
        "jurisdiction": "PL",
        "input": {
            "shifts": [["2026-01-12T14:00", "2026-01-12T22:00"], ["2026-01-13T06:00", "2026-01-13T14:00"]],
            "tz": "Europe/Warsaw",
        },
        "expected": ["PL.DAILY_REST_11H", "PL.DOBA_DOUBLE_START"],
    },
}  # fmt: skip


def shared_examples():
    """The shared examples of the places that have a pack, by id; none where the folder is missing."""
    if not SHARED.exists():
        return {}
    every = json.loads(SHARED.read_text(encoding="utf-8"))["examples"]
    return {
        one["id"]: one
        for one in every
        if one["jurisdiction"] in PLACES and (one["kind"] in KINDS or "violations" in one["expected"])
    }


EXAMPLES = shared_examples()


@pytest.mark.parametrize("name", OWN)
def test_our_own_examples(name):
    assert found_in(OWN[name]["jurisdiction"], OWN[name]["input"]) == OWN[name]["expected"]


@pytest.mark.skipif(not EXAMPLES, reason=f"no worked examples: {SHARED.name} is not beside the repository")
def test_the_shared_examples_are_all_there():
    assert len(EXAMPLES) >= 8


@pytest.mark.skipif(not EXAMPLES, reason=f"no worked examples: {SHARED.name} is not beside the repository")
@pytest.mark.parametrize("name", EXAMPLES or ["none"])
def test_a_shared_example(name):
    example = EXAMPLES[name]
    if "nominal_hours" in example["expected"]:
        assert_nominal_time(example)
    else:
        found = found_in(example["jurisdiction"], example["input"])
        assert found == sorted(example["expected"]["violations"])


def found_in(jurisdiction, given):
    """The codes that a check finds in what an example describes."""
    law = jurisdiction.lower()
    grounds = frozenset({given["reason"]} if "reason" in given else ())
    ann = LawSubject(id="ann", born_on=date(1990, 1, 1), grounds=grounds)
    shifts = given.get("shifts") or given.get("schedule")
    if shifts:
        first = min(datetime.fromisoformat(start).date() for start, _ in shifts)
        return codes({"ann": shifts}, first.isoformat(), law=law, zone=ZoneInfo(given["tz"]), people=[ann])
    if "longest_rest_hours" in given:
        return weekly_rest_codes(law, ann, int(given["longest_rest_hours"]))
    if "worked_sundays" in given:
        last = date.fromisoformat(given["worked_sundays"][-1])
        worked = [(f"{day}T08:00", f"{day}T16:00") for day in given["worked_sundays"]]
        return codes({"ann": worked}, (last - timedelta(days=6)).isoformat(), law=law, people=[ann])
    if "overtime_hours_ytd" in given:
        minutes = int(given["overtime_hours_ytd"]) * 60
        found = overtime_year_cap(layers_of(law), ann, on=date(2026, 12, 31), overtime_minutes=minutes)
        return [found.code] if found else []
    raise AssertionError(f"no test knows what to do with {sorted(given)}")


def weekly_rest_codes(law, subject, hours):
    """A week from Monday 4 May 2026 of eight-hour shifts whose longest rest has so many hours."""
    worked = daily("2026-05-04", 3, "08:00", "16:00")
    back = datetime(2026, 5, 6, 16) + timedelta(hours=hours)  # noqa: DTZ001 (a wall clock, placed in a zone later)
    worked.append((back.isoformat(), (back + timedelta(hours=8)).isoformat()))
    worked += daily("2026-05-09", 3, "08:00", "16:00")
    settlement = Settlement(date(2026, 5, 4), 1)
    return codes({"ann": worked}, "2026-05-04", law=law, people=[subject], settlement=settlement)


def assert_nominal_time(example):
    """Full working time of each month, and the holidays it counts; pay is another room's matter."""
    year = public_holidays(layers_of("pl"), date(2026, 1, 1), date(2027, 1, 1))
    assert sorted(day.isoformat() for day in year) == example["input"]["holidays"]
    for month, hours in example["expected"]["nominal_hours"].items():
        first = date.fromisoformat(f"{month}-01")
        end = (first + timedelta(days=31)).replace(day=1)
        assert nominal_minutes(layers_of("pl"), first, end) == hours * 60, month
