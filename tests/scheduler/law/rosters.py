"""Rosters for tests of law: who works when, in local time, judged under a pack."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.kernel.clock import day_start, days_between, minutes_between
from scheduler.law.breaks import break_policies
from scheduler.law.compile import rules_for
from scheduler.law.compliance import check
from scheduler.law.library import layers_of
from scheduler.law.subject import LawSubject
from solver.problem import Day, Employee, Problem, ShiftTemplate
from solver.work import Assignment, Roster, Work

WARSAW = ZoneInfo("Europe/Warsaw")
PAST_DAYS = 130


def world(
    shifts,
    first_day,
    *,
    days=7,
    law="pl",
    zone=WARSAW,
    people=(),
    breaks=True,
    settlement=None,
    rules=None,
    templates=(),
    past_days=PAST_DAYS,
    own=(),
):
    """Problem and roster of ``shifts``: local ``(start, end)`` by person; those outside are fixed work.

    Times are ISO; without an offset they are in the zone. Breaks are the lawful ones unless told otherwise.
    """
    first_day = date.fromisoformat(first_day)
    end_day = first_day + timedelta(days=days)
    origin = day_start(first_day, zone)
    subjects = {who: LawSubject(id=who, born_on=date(1990, 1, 1)) for who in shifts}
    subjects |= {person.id: person for person in people}
    works = {
        who: [_work(who, span, origin, zone, law, subjects[who], breaks) for span in spans]
        for who, spans in shifts.items()
    }
    end = minutes_between(origin, day_start(end_day, zone))
    employees = tuple(
        Employee(
            id=who,
            history=tuple(_fixed(work) for work in works.get(who, ()) if work.start < 0),
            upcoming=tuple(_fixed(work) for work in works.get(who, ()) if work.start >= end),
        )
        for who in subjects
    )
    if rules is None:
        compiled = rules_for(
            law, first_day, end_day, employees=list(subjects.values()), settlement=settlement, own=own
        )
        rules = compiled.rules
    problem = Problem(
        origin=origin,
        days=calendar(first_day, end_day, origin, zone),
        past_days=calendar(first_day - timedelta(days=past_days), first_day, origin, zone),
        zone=str(zone),
        employees=employees,
        rules=rules,
        templates=templates,
    )
    inside = [work for row in works.values() for work in row if 0 <= work.start < end]
    return problem, Roster(inside)


def judged(shifts, first_day, **how):
    """The compliance report of a roster drawn as for `world`."""
    return check(*world(shifts, first_day, **how), own=how.get("own", ()))


def codes(shifts, first_day, **how):
    """The codes of all findings, sorted."""
    return sorted(finding.code for finding in judged(shifts, first_day, **how).findings)


def daily(first_day, days, start, end):
    """The same hours on some days in a row; an end that is not later is on the next day."""
    spans = []
    for day in days_between(
        date.fromisoformat(first_day), date.fromisoformat(first_day) + timedelta(days=days)
    ):
        until = day if end > start else day + timedelta(days=1)
        spans.append((f"{day}T{start}", f"{until}T{end}"))
    return spans


def calendar(first_day, end_day, origin, zone):
    """The civil days of a zone as minutes from the origin."""
    return tuple(
        Day(
            day.isoformat(),
            minutes_between(origin, day_start(day, zone)),
            minutes_between(origin, day_start(day + timedelta(days=1), zone)),
        )
        for day in days_between(first_day, end_day)
    )


def template(start, length, *, law="pl", on="2026-01-01", **fields):
    """A shift template with one start and one length, and the lawful breaks."""
    return ShiftTemplate(
        id="t", earliest_start=start, latest_start=start, shortest=length, longest=length,
        breaks=break_policies(layers_of(law), date.fromisoformat(on), LawSubject(id="ann")), **fields,
    )  # fmt: skip


def _work(who, span, origin, zone, law, subject, breaks):
    start, end = (_instant(text, zone) for text in span)
    day = start.astimezone(zone).date()
    minutes = minutes_between(start, end)
    policies = break_policies(layers_of(law), day, subject) if breaks else ()
    at = minutes_between(origin, start)
    lawful = ShiftTemplate(id="t", breaks=policies).breaks_of(minutes)
    return Assignment(employee=who, start=at, end=at + minutes, breaks=lawful)


def _fixed(work):
    return Work(start=work.start, end=work.end, breaks=work.breaks)


def _instant(text, zone):
    at = datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
