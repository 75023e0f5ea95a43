"""Findings as a workbook that another library reads back."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from python_calamine import CalamineWorkbook

from exports.compliance_workbook import HEADINGS, to_workbook
from scheduler.law.findings import Finding, Severity
from scheduler.law.pack import Status

FINDING = Finding(
    code="PL.DAILY_REST_11H",
    parameter="pl.daily_rest.min",
    severity=Severity.ERROR,
    employee="1",
    employee_name="=Ann",
    spans=((datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 6, tzinfo=UTC)),),
    short_by=60,
    unit="minutes",
    citation="art. 132",
    status=Status.CONFIRMED,
    sentence="Ann rests 10 h.",
    remedy="Start later.",
)


def sheets(content: bytes) -> dict[str, Any]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_finding_is_a_line_with_local_times_and_no_formula():
    read = sheets(to_workbook([FINDING], ["a note"], title="Week", zone=ZoneInfo("Europe/Warsaw")))
    assert read["Findings"][0][0] == "Week"
    assert tuple(read["Findings"][2]) == HEADINGS
    assert read["Findings"][3] == [
        "=Ann", "PL.DAILY_REST_11H", "error", "2026-10-25 00:00", "2026-10-25 07:00", 60, "minutes",
        "Ann rests 10 h.", "Start later.", "art. 132", "confirmed",
    ]  # fmt: skip
    assert read["Notes"] == [["a note"]]


def test_a_report_without_findings_has_its_headings():
    read = sheets(to_workbook([], [], title="Week", zone=ZoneInfo("UTC")))
    assert tuple(read["Findings"][2]) == HEADINGS
