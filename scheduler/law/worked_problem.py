"""Worked or planned spans of people as a problem and a roster, for the rules of rosters to judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from scheduler.kernel.clock import day_start, days_between, local_day, minutes_between
from scheduler.law.work_record import Pause, WorkSpan
from solver.problem import Day, Employee, Problem
from solver.rules.rule import Rule
from solver.work import Assignment, Break, Roster, Work


def problem_of(
    worked: Mapping[str, Sequence[WorkSpan]],
    rules: Sequence[Rule],
    *,
    zone: ZoneInfo,
    first_day: date,
    end_day: date,
    history_from: date,
    names: Mapping[str, str],
) -> tuple[Problem, Roster]:
    """The spans that start in the civil days ``[first_day, end_day)`` as a roster; the rest is known work.

    Parameters
    ----------
    worked
        Spans by person; everybody who is judged is a key.
    rules
        To judge by.
    zone
        Time zone of the place.
    first_day, end_day
        Civil days, half-open.
    history_from
        First civil day the rules look back at.
    names
        Of people, by id.
    """
    origin = day_start(first_day, zone)
    end = minutes_between(origin, day_start(end_day, zone))
    people: list[Employee] = []
    inside: list[Assignment] = []
    for who, spans in worked.items():
        works = [_assignment(who, span, origin) for span in spans]
        past = tuple(_fixed(work) for work in works if work.start < 0)
        later = tuple(_fixed(work) for work in works if work.start >= end)
        people.append(Employee(id=who, name=names.get(who, ""), history=past, upcoming=later))
        inside += [work for work in works if 0 <= work.start < end]
    earliest = min((local_day(spans[0].start, zone) for spans in worked.values() if spans), default=first_day)
    problem = Problem(
        origin=origin,
        days=_calendar(first_day, end_day, origin, zone),
        past_days=_calendar(min(history_from, earliest, first_day), first_day, origin, zone),
        zone=str(zone),
        employees=tuple(people),
        rules=tuple(rules),
    )
    return problem, Roster(inside)


def spans_of(problem: Problem, roster: Roster) -> dict[str, list[WorkSpan]]:
    """The same the other way round: all known work of each person of a problem, with that of a roster."""
    found: dict[str, list[WorkSpan]] = {}
    for person in problem.employees:
        known = [*person.history, *roster.of(person.id), *person.upcoming]
        found[person.id] = sorted((_span(problem, work) for work in known), key=lambda span: span.start)
    return found


def _span(problem: Problem, work: Work) -> WorkSpan:
    pauses = tuple(
        Pause(
            minutes=pause.minutes, paid=pause.paid,
            start=None if pause.start is None else problem.at(pause.start),
        )
        for pause in work.breaks
    )  # fmt: skip
    label = work.label if isinstance(work, Assignment) else ""
    return WorkSpan(start=problem.at(work.start), end=problem.at(work.end), pauses=pauses, label=label)


def _assignment(who: str, span: WorkSpan, origin: datetime) -> Assignment:
    start = minutes_between(origin, span.start)
    breaks = tuple(
        Break(
            pause.minutes, pause.paid,
            None if pause.start is None else minutes_between(origin, pause.start),
        )
        for pause in span.pauses
    )  # fmt: skip
    return Assignment(
        employee=who, start=start, end=start + span.minutes, breaks=breaks, shift=span.label or None
    )


def _fixed(work: Assignment) -> Work:
    return Work(start=work.start, end=work.end, breaks=work.breaks)


def _calendar(first: date, end: date, origin: datetime, zone: ZoneInfo) -> tuple[Day, ...]:
    """The civil days of a zone as minutes from the origin."""
    days = days_between(first, end)
    edges = [minutes_between(origin, day_start(day, zone)) for day in [*days, end if days else first]]
    return tuple(
        Day(day.isoformat(), start, until)
        for day, start, until in zip(days, edges[:-1], edges[1:], strict=True)
    )
