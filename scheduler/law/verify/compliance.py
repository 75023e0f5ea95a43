"""Examples of kind ``compliance``: which rules of law a case breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from scheduler.kernel.clock import local_instant
from scheduler.law.settlement import Settlement
from scheduler.law.subject import WorkingTimeSystem
from scheduler.law.verify.example import Example, NotAnswerable
from scheduler.law.verify.figures import Found, breaches_of_figures, coverage, known_figures
from scheduler.law.verify.given import Given, figure
from scheduler.law.work_record import WorkSpan
from scheduler.law.worked_time import check_worked

MORNING = 8 * 60
DAY = timedelta(days=1)
PUNCHED = ("worked", "punches", "work_minutes", "work_hours", "daily_hours", "hours_worked")
"""Facts that speak of work done, not of a schedule."""
FOUR_DECIMALS = Decimal("0.0001")


def compliance_example(example: Example) -> Mapping[str, Any]:
    """The codes of what a case breaks; for an average or a coverage also the figure and what follows from it.

    Shifts are judged as a roster is, or as worked time is where they are punches; figures without times (a
    longest rest, hours of a week, overtime of the year) against the value that holds for the person then.
    What an example leaves open is taken to be lawful: breaks where none are told, and work of other days.
    """
    try:
        return _computed(Given(example))
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        if isinstance(error, NotAnswerable):
            raise
        raise NotAnswerable(f"the facts cannot be read: {error}") from error


def _computed(given: Given) -> Mapping[str, Any]:
    spans = given.spans() or _one_day(given)
    if not spans and not known_figures(given):
        told = ", ".join(sorted(given.facts))
        raise NotAnswerable(f"no rule is known that speaks of {told or 'nothing'}")
    found: list[Found] = [*breaches_of_figures(given)]
    if spans:
        found += _judged(given, spans)
    codes = _in_order(given, found)
    computed: dict[str, Any] = {"violations": codes, "violation": bool(codes)}
    if {"A", "B", "C"} <= given.facts.keys():
        average = (figure(given.facts["A"]) + figure(given.facts["B"])) / figure(given.facts["C"])
        computed["average"] = str(average.quantize(FOUR_DECIMALS))
    covered = coverage(given)
    return computed if covered is None else computed | {"covered": covered}


def _judged(given: Given, spans: list[WorkSpan]) -> Iterator[Found]:
    """What the checks of rosters, or of worked time, find in some spans."""
    first, end = _judged_days(given, spans)
    start = given.first("settlement_start")
    planned = not any(key in given.facts for key in PUNCHED)
    if planned or given.subject.system != WorkingTimeSystem.BASIC:
        planned = "punches" not in given.facts and "worked" not in given.facts
    school = given.school_on()
    report = check_worked(
        given.law, {given.subject.id: spans}, people=[given.subject], zone=given.zone,
        first_day=first, end_day=end,
        settlement=None if start is None else Settlement(date.fromisoformat(str(start))),
        school_on={} if school is None else {given.subject.id: school}, as_planned=planned,
    )  # fmt: skip
    yield from ((finding.parameter, finding.code) for finding in report.findings)


def _judged_days(given: Given, spans: list[WorkSpan]) -> tuple[date, date]:
    """The weeks from Monday on that the given shifts touch, without those that only repeat them."""
    starts = [span.start.astimezone(given.zone).date() for span in spans]
    repeated = timedelta(weeks=int(given.facts.get("weeks_before", 0)))
    first = min(starts) + repeated
    first -= timedelta(days=first.weekday())
    if (told := given.first("first_day")) is not None:
        first = date.fromisoformat(str(told))
    days = int(given.facts.get("days", 7))
    return first, max(first + timedelta(days=days), max(starts) + DAY)


def _one_day(given: Given) -> list[WorkSpan]:
    """A shift of so much work from eight in the morning on, with the breaks told, or the lawful ones."""
    work = given.minutes("work", "daily_work", "daily", "day", "scheduled", "planned", "shift", "worked", "")
    if work is None:
        return []
    start = local_instant(given.day, MORNING, given.zone)
    pauses = given.told_breaks(start)
    if pauses is None:
        pauses = given.lawful(start, work)
    unpaid = sum(pause.minutes for pause in pauses if not pause.paid)
    end = start + timedelta(minutes=work + unpaid)
    return [WorkSpan(start=start, end=end, pauses=pauses, rests_recorded=given.rests_told)]


def _in_order(given: Given, found: Iterable[Found]) -> list[str]:
    """Codes once each, in the order of the packs, nearest first."""
    order = [parameter for pack in given.layers for parameter in pack.parameters]
    return list(dict.fromkeys(code for _, code in sorted(found, key=lambda one: order.index(one[0]))))
