"""The people of Kometa by team: how many, on which terms, with which skills and hours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["permanent", "part_time", "student", "seasonal"]


@dataclass(frozen=True)
class Terms:
    """Terms that several people of a team have.

    Parameters
    ----------
    shifts
        How many shifts the people of these terms usually work in a week, in turn.
    length_minutes, break_minutes
        Of each of these shifts, from start to end; the break is unpaid unless the location pays it.
    starts
        When their shifts start, minutes after midnight, in turn.
    """

    kind: Kind
    people: int
    weekly_hours: float
    shifts: tuple[int, ...]
    length_minutes: int
    starts: tuple[int, ...]


@dataclass(frozen=True)
class Team:
    """People who mostly do one thing.

    Parameters
    ----------
    second_skill
        What every third of them can do besides.
    weekdays
        How much work each weekday has, Monday first.
    rates
        Lowest and highest pay for an hour, in minor units.
    """

    location: str
    department: str
    skill: str
    second_skill: str | None
    job_role: str
    weekdays: tuple[int, ...]
    rates: tuple[int, int]
    terms: tuple[Terms, ...]


def clock(hour: float) -> int:
    """Minutes after midnight."""
    return int(hour * 60)


WAREHOUSE_WEEK = (12, 11, 10, 10, 11, 8, 6)
CARE_WEEK = (12, 11, 10, 10, 10, 8, 7)
STORE_WEEK = (8, 8, 8, 9, 11, 13, 11)
EARLY_LATE = tuple(clock(hour) for hour in (6, 14, 6, 10, 14, 6, 14))
CARE_DAY = tuple(clock(hour) for hour in (0, 8, 15, 7, 12, 16, 0, 9, 18, 8, 14, 10))
CARE_EVENING = tuple(clock(hour) for hour in (18, 8, 13))
STORE_FULL = tuple(clock(hour) for hour in (9, 12.5, 9, 12.5, 10))
STORE_PART = tuple(clock(hour) for hour in (11, 16, 14, 16))

TEAMS = (
    Team(
        location="WAW",
        department="OUT",
        skill="picking",
        second_skill="packing",
        job_role="warehouse",
        weekdays=WAREHOUSE_WEEK,
        rates=(3450, 4100),
        terms=(
            Terms("permanent", 16, 40, (5, 4, 5, 4), 480, EARLY_LATE),
            Terms("part_time", 4, 24, (4, 3), 360, (clock(6), clock(10), clock(16))),
            Terms("student", 4, 16, (2, 2), 360, (clock(16),)),
            Terms("seasonal", 4, 40, (5, 4), 480, EARLY_LATE),
        ),
    ),
    Team(
        location="WAW",
        department="OUT",
        skill="packing",
        second_skill=None,
        job_role="warehouse",
        weekdays=WAREHOUSE_WEEK,
        rates=(3350, 3950),
        terms=(
            Terms("permanent", 9, 40, (5, 4, 5), 480, EARLY_LATE),
            Terms("part_time", 3, 24, (4, 3), 360, (clock(6), clock(16), clock(10))),
            Terms("student", 2, 16, (2,), 360, (clock(16),)),
            Terms("seasonal", 2, 40, (5, 4), 480, EARLY_LATE),
        ),
    ),
    Team(
        location="MNL",
        department="PHONE",
        skill="voice",
        second_skill="chat",
        job_role="adviser",
        weekdays=CARE_WEEK,
        rates=(12000, 17500),
        terms=(
            Terms("permanent", 18, 40, (5, 4, 5, 4), 540, CARE_DAY),
            Terms("part_time", 4, 20, (4, 3), 300, CARE_EVENING),
            Terms("student", 4, 20, (3, 4), 300, (clock(18),)),
            Terms("seasonal", 2, 40, (5, 4), 540, (clock(8), clock(15))),
        ),
    ),
    Team(
        location="MNL",
        department="CHAT",
        skill="chat",
        second_skill="voice",
        job_role="adviser",
        weekdays=CARE_WEEK,
        rates=(11500, 16500),
        terms=(
            Terms("permanent", 12, 40, (5, 4, 5), 540, CARE_DAY),
            Terms("part_time", 2, 20, (4, 3), 300, CARE_EVENING),
            Terms("seasonal", 2, 40, (5, 4), 540, (clock(9), clock(14))),
        ),
    ),
    Team(
        location="SFO",
        department="FLOOR",
        skill="sales",
        second_skill="checkout",
        job_role="sales",
        weekdays=STORE_WEEK,
        rates=(2150, 2900),
        terms=(
            Terms("permanent", 6, 40, (5, 4, 5), 510, STORE_FULL),
            Terms("part_time", 4, 25, (5, 4), 300, STORE_PART),
            Terms("student", 3, 15, (3, 2), 300, (clock(16),)),
        ),
    ),
    Team(
        location="SFO",
        department="TILL",
        skill="checkout",
        second_skill="sales",
        job_role="sales",
        weekdays=STORE_WEEK,
        rates=(2100, 2700),
        terms=(
            Terms("permanent", 4, 40, (5, 4), 510, STORE_FULL),
            Terms("part_time", 3, 25, (5, 4), 300, STORE_PART),
            Terms("student", 2, 15, (3, 2), 300, (clock(16),)),
        ),
    ),
)

# Two small teams work by hand-made weeks: (day, start) of every shift, by person.
FORKLIFT_WEEKS: tuple[tuple[tuple[int, int], ...], ...] = (
    tuple((day, clock(6)) for day in (0, 1, 2, 3, 4)),
    tuple((day, clock(6)) for day in (0, 1, 2, 3, 4)),
    tuple((day, clock(14)) for day in (0, 1, 3, 4, 5)),
    tuple((day, clock(14)) for day in (0, 1, 2, 3, 4)),
    ((2, clock(14)), (5, clock(6))),
    ((6, clock(6)),),
)
KEY_HOLDER_WEEKS: tuple[tuple[tuple[int, int], ...], ...] = (
    tuple((day, clock(9)) for day in (0, 1, 2, 3, 5)),
    tuple((day, clock(12.5)) for day in (1, 2, 3, 4, 5)),
    ((0, clock(12.5)), (4, clock(9)), (5, clock(12)), (6, clock(9))),
    ((6, clock(12.5)),),
)
