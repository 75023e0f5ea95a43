"""A compliance report as a workbook that another library reads back."""

from __future__ import annotations

import io
from typing import Any

from python_calamine import CalamineWorkbook

from exports.compliance_workbook import CLOSE_HEADINGS, HEADINGS, to_workbook
from tests.exports.printed_report import report


def sheets(content: bytes) -> dict[str, Any]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_finding_is_a_line_with_local_times_and_no_formula():
    read = sheets(to_workbook(report()))
    assert read["Findings"][0][0] == "Kraków, week of 2026-10-19"
    assert tuple(read["Findings"][2]) == HEADINGS
    assert read["Findings"][3] == [
        "=Ann", "PL.DAILY_REST_11H", "breach", "2026-10-25 00:00", "2026-10-25 07:00", 60, "minutes",
        "Ann rests 10 h – not 11 h.", "Start later.", "art. 132 § 1", "confirmed",
    ]  # fmt: skip
    assert read["Notes"] == [["a note"]]


def test_what_is_close_has_a_sheet_of_its_own():
    read = sheets(to_workbook(report()))
    assert read["Little to spare"][2:] == [
        list(CLOSE_HEADINGS),
        ["=Ann", "PL.DAILY_REST_11H", "2026-10-25 00:00", "2026-10-25 07:00", 15, "minutes",
         "=Ann has 15 min to spare.", "art. 132 § 1"],
    ]  # fmt: skip


def test_the_head_says_who_when_and_against_which_version():
    head = sheets(to_workbook(report(shown="only Ann")))["Findings"][1][0]
    assert head == (
        "Checked by Łucja Ñemo on 2026-11-22 10:05; all times are local: Europe/Warsaw. "
        "Against pl (version 3+0123456789ab). Shown: only Ann."
    )


def test_a_report_without_findings_has_its_headings():
    read = sheets(to_workbook(report(findings=[], close=[], notes=[])))
    assert tuple(read["Findings"][2]) == HEADINGS
    assert tuple(read["Little to spare"][2]) == CLOSE_HEADINGS
