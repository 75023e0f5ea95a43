"""A compliance report to print, with names and signs that are easily lost on the way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from exports.compliance_lines import PrintedReport
from scheduler.law.findings import Finding, Severity
from scheduler.law.margins import CloseCall
from scheduler.law.pack import Status

AUTUMN_NIGHT = datetime(2026, 10, 24, 22, tzinfo=UTC)
SPANS = ((AUTUMN_NIGHT, AUTUMN_NIGHT + timedelta(hours=8)),)
NAMES = ("Żaneta Gęślą-Jaźń", "Jürgen Größer", "Niño Peñaflor", "=Ann", "#strong[Bo] *Lis* $x$")


def finding(**facts: Any) -> Finding:
    given: dict[str, Any] = {
        "code": "PL.DAILY_REST_11H", "parameter": "pl.daily_rest.min", "severity": Severity.ERROR,
        "employee": "1", "employee_name": "=Ann", "spans": SPANS, "short_by": 60, "unit": "minutes",
        "citation": "art. 132 § 1", "status": Status.CONFIRMED, "sentence": "Ann rests 10 h – not 11 h.",
        "remedy": "Start later.",
    }  # fmt: skip
    return Finding(**(given | facts))


def close_call(**facts: Any) -> CloseCall:
    given: dict[str, Any] = {
        "code": "PL.DAILY_REST_11H", "parameter": "pl.daily_rest.min", "citation": "art. 132 § 1",
        "employee": "1", "employee_name": "=Ann", "spans": SPANS, "left": 15, "unit": "minutes",
        "sentence": "=Ann has 15 min to spare.",
    }  # fmt: skip
    return CloseCall(**(given | facts))


def report(**facts: Any) -> PrintedReport:
    given: dict[str, Any] = {
        "title": "Kraków, week of 2026-10-19", "checked_by": "Łucja Ñemo",
        "checked_at": datetime(2026, 11, 22, 9, 5, 0, 987654, tzinfo=UTC), "packs": {"pl": "3+0123456789ab"},
        "findings": [finding()], "close": [close_call()], "notes": ["a note"],
        "zone": ZoneInfo("Europe/Warsaw"),
    }  # fmt: skip
    return PrintedReport(**(given | facts))
