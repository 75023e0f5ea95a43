"""Worked time, cut: nothing is lost, nothing counted twice."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.kernel.clock import local_day
from scheduler.law.wages.segments import segmented
from scheduler.law.wages.tiers import Tiers
from scheduler.law.wages.work import Employer, Instants, WorkedTime
from scheduler.law.wages.workdays import workdays
from tests.scheduler.law.wages.cases import LAWS, MONDAY, ZONES, at, case, terms, worked


@st.composite
def spans(draw, around=datetime(2026, 10, 19, tzinfo=UTC)):
    """Spans of work one after another, some with a break, through the nights of the clock change."""
    found: list[WorkedTime] = []
    begin = around
    for _ in range(draw(st.integers(1, 9))):
        begin += timedelta(minutes=draw(st.integers(0, 1200)))
        length = draw(st.integers(1, 900))
        end = begin + timedelta(minutes=length)
        breaks: tuple[Instants, ...] = ()
        if length > 60 and draw(st.booleans()):
            rest = begin + timedelta(minutes=draw(st.integers(1, length - 40)))
            breaks = ((rest, rest + timedelta(minutes=draw(st.integers(1, 35)))),)
        found.append(
            WorkedTime(day=begin.date(), start=begin, end=end, breaks=breaks, refs=(f"{len(found)}",))
        )
        begin = end
    return found


def cut(law, worked_spans, **more):
    given_case = case(law, worked_spans, **more)
    ordered = sorted(given_case.worked, key=lambda one: one.start)
    days = workdays(given_case, LAWS[law], ordered)
    found = segmented(given_case, LAWS[law], days)
    return found, Tiers(given_case, LAWS[law], days).of(found.segments)


@settings(max_examples=60, deadline=None)
@given(work=spans(), law=st.sampled_from(sorted(ZONES)))
def test_segments_partition_worked_time(work, law):
    found, tiers = cut(law, work)
    for pieces in (found.segments, tiers):
        assert sum(one.minutes for one in pieces) == sum(one.minutes for one in work)
        assert all(one.start < one.end for one in pieces)
        assert all(one.end <= other.start for one, other in pairwise(pieces))
        assert not any(
            one.start < rest[1] and rest[0] < one.end for one in pieces for rest in one.span.breaks
        )


@settings(max_examples=40, deadline=None)
@given(work=spans(), law=st.sampled_from(sorted(ZONES)))
def test_every_segment_lies_on_one_civil_day_under_one_contract(work, law):
    raised = date(2026, 10, 22)
    contracts = (terms(law, valid_until=raised), terms(law, valid_from=raised, contract="d"))
    found, _ = cut(law, work, contract=contracts)
    zone = case(law, work).zone
    for one in found.segments:
        assert local_day(one.start, zone) == local_day(one.end - timedelta(minutes=1), zone) == one.civil_day
        assert one.terms.contract == ("c" if one.civil_day < raised else "d")


def test_days_without_a_contract_are_told_and_not_paid():
    found, _ = cut(
        "pl",
        [worked(at(0, 22), 480, zone="Europe/Warsaw")],
        contract=(terms("pl", valid_from=MONDAY + timedelta(1)),),
    )
    assert found.days_without_terms == (MONDAY,)
    assert sum(one.minutes for one in found.segments) == 360


@pytest.mark.parametrize(
    ("start", "minutes", "night"),
    [
        ("2026-03-28T22:00", 420, 420),
        ("2026-10-24T22:00", 540, 540),
        ("2028-02-28T20:00", 720, 480),
        ("2028-02-29T20:00", 720, 480),
    ],
)
def test_a_night_is_as_long_as_it_lasts_when_clocks_change_and_in_leap_years(start, minutes, night):
    found, _ = cut("pl", [worked(datetime.fromisoformat(start), minutes, zone="Europe/Warsaw")])
    assert sum(one.minutes for one in found.segments if one.is_night) == night


def test_a_polish_sunday_lasts_from_six_to_six():
    found, _ = cut("pl", [worked(at(6, 22), 600, zone="Europe/Warsaw")])
    assert [(one.free_day, one.minutes) for one in found.segments if one.free_day.weekday() == 6] == [
        (MONDAY + timedelta(6), 120), (MONDAY + timedelta(6), 360),
    ]  # fmt: skip


def test_a_workweek_that_begins_on_sunday_at_noon_cuts_the_shift():
    employer = Employer(week_starts_on=6, week_start_minute=720)
    found, _ = cut("us", [worked(at(6, 8), 480, zone="America/New_York")], employer=employer)
    assert [(str(one.week), one.minutes) for one in found.segments] == [
        ("2026-05-03", 240),
        ("2026-05-10", 240),
    ]
