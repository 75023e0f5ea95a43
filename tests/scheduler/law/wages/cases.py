"""Cases of pay to try things on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from scheduler.law.library import layers_of, load_own
from scheduler.law.subject import LawSubject
from scheduler.law.wages.interpret import interpret
from scheduler.law.wages.pay_law import PayLaw
from scheduler.law.wages.work import Employer, PayCase, Terms, WorkedTime, Worker

ZONES = {"us": "America/New_York", "us-ca": "America/Los_Angeles", "pl": "Europe/Warsaw", "ph": "Asia/Manila",
         "de": "Europe/Berlin", "fr": "Europe/Paris", "gb": "Europe/London"}  # fmt: skip
CURRENCIES = {"us": "USD", "us-ca": "USD", "pl": "PLN", "ph": "PHP", "gb": "GBP"}
MONDAY = date(2026, 5, 4)
LAWS = {law: PayLaw(layers_of(law)) for law in ZONES}


def terms(law="us-ca", **changes):
    """A contract of 20 an hour, unless something else is given."""
    given = {"valid_from": date(2020, 1, 1), "valid_until": None, "contract": "c",
             "currency": CURRENCIES.get(law, "EUR"), "hourly": Fraction(20)}  # fmt: skip
    return Terms(**(given | changes))


def worked(start, minutes, *, zone, breaks=(), refs=("p",), **more):
    """Work from a local time on; breaks as minutes after its start and length."""
    begin = start.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    spans = tuple(
        (begin + timedelta(minutes=at), begin + timedelta(minutes=at + length)) for at, length in breaks
    )
    return WorkedTime(
        day=start.date(), start=begin, end=begin + timedelta(minutes=minutes), breaks=spans, refs=refs, **more
    )


def at(day, hour, minute=0):
    """A reading of the clock so many days after the first Monday."""
    return datetime(2026, 5, 4, hour, minute) + timedelta(days=day)  # noqa: DTZ001 (a reading of the clock)


def case(law, spans, *, first=MONDAY, days=7, contract=None, employer=None, subject=None, **more):
    """What somebody is paid for some days."""
    worker = {
        name: more.pop(name) for name in ("rest_days", "daily_allowance", "permanent_nights") if name in more
    }
    return PayCase(
        zone=ZoneInfo(ZONES[law]), first=first, end=first + timedelta(days=days), worked=tuple(spans),
        worker=Worker(subject=subject or LawSubject(id="ann"), terms=contract or (terms(law),), **worker),
        employer=employer or Employer(), **more,
    )  # fmt: skip


def agreement(law, *parameters):
    """The law of a place with a collective agreement on top, each parameter as ``topic, value``."""
    lines = [
        "pack: house", "title: House agreement", "adjective: agreed", 'version: "1"', "layer: agreement",
        f"parents: [{law}]", "consulted: 2026-11-22", "sources: {E: the agreement}", "notes: []",
        "not_covered: []", "parameters:",
    ]  # fmt: skip
    for topic, value in parameters:
        lines += [
            f"  {topic}:", f"    topic: {topic}", "    enforce: pay", "    values:",
            f"      - {{from: 2020-01-01, value: {value}, cite: 'House agreement, s. 1', status: confirmed, "
            "source: [E]}",
        ]  # fmt: skip
    return PayLaw(layers_of(law, (load_own("\n".join(lines), "house.yaml"),)))


def paid(law, spans, *, under=None, **more):
    """Code, minutes and amount of each line of the days together."""
    wages = interpret(case(law, spans, **more), under or LAWS[law])
    return [(one.code, one.minutes, str(one.amount)) for one in wages.together()]
