"""A compliance report as a workbook."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from exports.compliance_lines import PrintedReport, severity_words
from scheduler.law.findings import Finding
from scheduler.law.margins import CloseCall

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = (
    "person", "code", "severity", "from", "to", "short by", "unit", "what", "remedy", "article", "status",
)  # fmt: skip
WIDTHS = (24, 26, 10, 17, 17, 9, 9, 60, 50, 34, 12)
CLOSE_HEADINGS = ("person", "code", "from", "to", "to spare", "unit", "what", "article")
CLOSE_WIDTHS = (24, 26, 17, 17, 9, 9, 60, 34)
FIRST_LINE = 2
"""Line of the headings, after the title and the head of the report."""

Cells = Sequence[str | int]


def to_workbook(report: PrintedReport) -> bytes:
    """Findings, close calls and notes on a sheet each, as XLSX; times are local, texts are never formulas."""
    import xlsxwriter

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(content, options)
    findings = [_finding(report, each) for each in report.findings]
    _table(book, "Findings", report, (HEADINGS, WIDTHS), findings)
    close = [_close(report, each) for each in report.close]
    _table(book, "Little to spare", report, (CLOSE_HEADINGS, CLOSE_WIDTHS), close)
    remarks = book.add_worksheet("Notes")
    remarks.set_column(0, 0, 120)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for place, note in enumerate(report.notes):
        remarks.write_string(place, 0, note, wrapped)
    book.close()
    return content.getvalue()


def _table(
    book: Workbook,
    name: str,
    report: PrintedReport,
    columns: tuple[Sequence[str], Sequence[int]],
    lines: Sequence[Cells],
) -> None:
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, report.title, bold)
    sheet.write_string(1, 0, " ".join(report.head))
    for column, (heading, width) in enumerate(zip(*columns, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(FIRST_LINE, column, heading, bold)
    for line, cells in enumerate(lines, start=FIRST_LINE + 1):
        for column, value in enumerate(cells):
            sheet.write(line, column, value, wrapped)
    last = FIRST_LINE + max(len(lines), 1)
    sheet.autofilter(FIRST_LINE, 0, last, len(columns[0]) - 1)
    sheet.freeze_panes(FIRST_LINE + 1, 1)


def _finding(report: PrintedReport, finding: Finding) -> Cells:
    return (
        finding.employee_name, finding.code, severity_words(finding), *report.edges(finding.spans),
        finding.short_by, finding.unit, finding.sentence, finding.remedy, finding.citation,
        str(finding.status),
    )  # fmt: skip


def _close(report: PrintedReport, call: CloseCall) -> Cells:
    return (
        call.employee_name, call.code, *report.edges(call.spans), call.left, call.unit, call.sentence,
        call.citation,
    )  # fmt: skip
