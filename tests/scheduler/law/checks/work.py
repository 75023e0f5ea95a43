"""Work for tests of checks: local times of one person, judged by what no roster is solved by."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.law.checks.every import findings_of
from scheduler.law.library import layers_of
from scheduler.law.subject import LawSubject
from scheduler.law.work_record import Law, Pause, WorkSpan, record_of

ZONES = {
    "de": "Europe/Berlin", "pl": "Europe/Warsaw", "fr": "Europe/Paris", "eu": "Europe/Brussels",
    "gb": "Europe/London", "us": "America/New_York", "us-ca": "America/Los_Angeles",
}  # fmt: skip
ADULT = date(1990, 1, 1)


def span(law, start, end, *pauses, rests=False):
    """Work from and to local times; a pause is minutes, or a local start with minutes, or those and paid."""
    zone = ZoneInfo(ZONES[law])
    made = []
    for pause in pauses:
        begins, minutes, paid = (
            pause if isinstance(pause, tuple) and len(pause) == 3 else (None, pause, False)
        )
        made.append(Pause(minutes=minutes, paid=paid, start=begins and instant(begins, zone)))
    return WorkSpan(
        start=instant(start, zone), end=instant(end, zone), pauses=tuple(made), rests_recorded=rests
    )


def instant(text, zone):
    """A local time as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def each_day(law, days, start="08:00", end="16:00", *pauses):
    """The same hours on some days, given as ISO dates."""
    return [span(law, f"{day}T{start}", f"{day}T{end}", *pauses) for day in days]


def days_from(first, count):
    """So many days in a row."""
    start = date.fromisoformat(first)
    return [(start + timedelta(days=n)).isoformat() for n in range(count)]


def found(law, spans, first, end, *, school=None, settlement=None, **facts):
    """All findings about somebody's work of the days ``[first, end)``."""
    subject = LawSubject(id="ann", **{"born_on": ADULT, **facts})
    record = record_of(
        Law(layers_of(law)), subject, spans, ZoneInfo(ZONES[law]),
        date.fromisoformat(first), date.fromisoformat(end),
    )  # fmt: skip
    if settlement is not None:
        record = replace(record, settlement=settlement)
    on = None if school is None else frozenset(map(date.fromisoformat, school))
    return findings_of(replace(record, school_on=on))


def codes(*case, **how):
    """Their codes, sorted."""
    return sorted(finding.code for finding in found(*case, **how))
