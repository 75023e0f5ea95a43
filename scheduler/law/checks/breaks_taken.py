"""Breaks as they were taken: when they began, how long each part was, how long work went on without."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.kernel.clock import minutes_between
from scheduler.law.checks.breach import breach, clock, length
from scheduler.law.findings import Finding
from scheduler.law.nominal_time import minutes_in
from scheduler.law.provisions import Provision
from scheduler.law.values import Breaks
from scheduler.law.work_record import WorkRecord, WorkSpan

MEAL = 30
"""Shortest break that is a meal, minutes."""


def unbroken_work(record: WorkRecord) -> Iterator[Finding]:
    """Work that goes on too long without a break that counts."""
    for day, span, found in record.judged_by("unbroken_work_max"):
        most, stretch = minutes_in(found.value), span.longest_stretch(_block(record, day))
        if stretch > most:
            yield breach(
                record, found, [span], short_by=stretch - most,
                sentence=f"works {length(stretch)} without a break from {clock(record, span.start)}; "
                f"at most {length(most)} are allowed.",
                remedy=f"Let a break begin at most {length(most)} after work begins or goes on.",
            )  # fmt: skip


def short_blocks(record: WorkRecord) -> Iterator[Finding]:
    """Breaks that are long enough in sum only with parts too short to count."""
    for day, span, found in record.judged_by("break_block_min"):
        block, due = minutes_in(found.value), _due(record, span, day)
        every = sum(pause.minutes for pause in span.pauses)
        counted = sum(pause.minutes for pause in span.pauses if pause.minutes >= block)
        if counted < due <= every:
            yield breach(
                record, found, [span], short_by=due - counted,
                sentence=f"has {length(counted)} of breaks of at least {length(block)} each in the shift "
                f"from {clock(record, span.start)}; {length(due)} are due.",
                remedy=f"Give the break in parts of at least {length(block)}.",
            )  # fmt: skip


def late_meals(record: WorkRecord) -> Iterator[Finding]:
    """Meal breaks that are due and begin too late; one that is missing is another rule's."""
    for place, topic in enumerate(("meal_first_latest", "meal_second_latest")):
        for day, span, found in record.judged_by(topic):
            yield from _late_meal(record, found, span, place, day)


def _late_meal(
    record: WorkRecord, found: Provision, span: WorkSpan, place: int, day: date
) -> Iterator[Finding]:
    meals = [one for one in span.pauses if one.start and not one.paid and one.minutes >= MEAL]
    if len(meals) <= place or _due(record, span, day) < MEAL * (place + 1):
        return
    begins = meals[place].start
    if begins is None:
        return
    before = sum(p.minutes for p in span.pauses if p.start and p.start < begins and not p.paid)
    worked, latest = minutes_between(span.start, begins) - before, minutes_in(found.value)
    if worked > latest:
        which = ("first", "second")[place]
        yield breach(
            record, found, [span], short_by=worked - latest,
            sentence=f"takes the {which} meal on {clock(record, begins)}, after {length(worked)} of work; it "
            f"begins by the end of {length(latest)}.",
            remedy=f"Let the {which} meal begin {worked - latest} minutes earlier, or pay the premium.",
        )  # fmt: skip


def missing_rests(record: WorkRecord) -> Iterator[Finding]:
    """Paid rests that were not taken, where they are recorded."""
    for _, span, found in record.judged_by("rest_break"):
        if not span.rests_recorded or not isinstance(found.value, Breaks):
            continue
        due = found.value.least_minutes(span.work_minutes)
        taken = sum(pause.minutes for pause in span.pauses if pause.paid)
        if taken < due:
            yield breach(
                record, found, [span], short_by=due - taken,
                sentence=f"has {length(taken)} of paid rest in the shift from "
                f"{clock(record, span.start)}; {length(due)} are due.",
                remedy="Give the rest in the middle of the work, or pay the premium of an hour.",
            )  # fmt: skip


def _block(record: WorkRecord, day: date) -> int:
    found = record.law.checked("break_block_min", record.subject, day)
    return max((minutes_in(one.value) for one in found), default=1)


def _due(record: WorkRecord, span: WorkSpan, day: date) -> int:
    held = record.law.held("break", record.subject, day)
    steps = [one.value.least_minutes(span.work_minutes) for one in held if isinstance(one.value, Breaks)]
    return max(steps, default=0)
