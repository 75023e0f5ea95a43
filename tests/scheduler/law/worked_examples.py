"""The worked examples that ship with the packs, each turned into a roster and judged."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

from scheduler.law.breaks import break_steps
from scheduler.law.compliance import check
from scheduler.law.library import layers_of, pack_called
from scheduler.law.settlement import Settlement
from scheduler.law.subject import LawSubject, WorkingTimeSystem
from solver.work import Assignment, Break, Roster
from tests.scheduler.law.rosters import world

MORNING = 8 * 60


def shipped():
    """All examples that ship with the packs, by id."""
    folder = files("scheduler.law").joinpath("examples")
    every = [json.loads(file.read_text(encoding="utf-8")) for file in folder.iterdir()]
    return {one["id"]: one for document in every for one in document["examples"]}


def codes_in(example):
    """The codes that the rules of rosters find in an example."""
    given = example["input"]
    law, zone = pack_called(example["jurisdiction"]).id, ZoneInfo(given["tz"])
    subject = subject_of(given)
    if "work_minutes" in given:
        return codes_of_one_shift(law, zone, subject, given)
    shifts = repeated(given["shifts"], given.get("weeks_before", 0))
    how = {
        "days": given.get("days", 7),
        "law": law,
        "zone": zone,
        "people": [subject],
        "settlement": settlement_of(given),
        "past_days": 7 * given.get("weeks_before", 0) + 130,
    }
    first = given.get("first_day") or monday_of(given["shifts"])
    report = check(*world({"ann": shifts}, first, **how))
    return sorted({finding.code for finding in report.findings})


def subject_of(given):
    """The person of an example."""
    return LawSubject(
        id="ann",
        born_on=date.fromisoformat(given["born_on"]),
        system=WorkingTimeSystem(given.get("system", "basic")),
        hazardous_night=given.get("hazardous_night", False),
        night_worker=given.get("night_worker", False),
        sector=given.get("sector", ""),
        grounds=frozenset(given.get("grounds", ())),
    )


def settlement_of(given):
    """The settlement periods of an example: months from a day on, or those of the calendar."""
    start = given.get("settlement_start")
    return None if start is None else Settlement(date.fromisoformat(start))


def codes_of_one_shift(law, zone, subject, given):
    """A shift of so much work from eight in the morning, with breaks that the law counts as it does."""
    day = date(2026, 5, 4)
    paid = any(step.paid for step in break_steps(layers_of(law), subject, day))
    minutes = given["work_minutes"] + (0 if paid else given["break_minutes"])
    problem, _ = world({}, day.isoformat(), law=law, zone=zone, people=[subject])
    pauses = (Break(given["break_minutes"], paid),) if given["break_minutes"] else ()
    shift = Assignment(employee="ann", start=MORNING, end=MORNING + minutes, breaks=pauses)
    problem = replace(problem, employees=tuple(replace(one, history=()) for one in problem.employees))
    return sorted({finding.code for finding in check(problem, Roster([shift])).findings})


def repeated(shifts, weeks):
    """The same shifts in so many weeks before, too."""
    return [
        [(datetime.fromisoformat(edge) - timedelta(weeks=back)).isoformat() for edge in span]
        for back in range(weeks, -1, -1)
        for span in shifts
    ]


def monday_of(shifts):
    """The Monday of the week in which the first shift starts."""
    first = min(datetime.fromisoformat(start).date() for start, _ in shifts)
    return (first - timedelta(days=first.weekday())).isoformat()
