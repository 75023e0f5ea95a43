"""Findings of law as a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from scheduler.law.findings import Finding

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = (
    "person", "code", "severity", "from", "to", "short by", "unit", "what", "remedy", "article", "status",
)  # fmt: skip
WIDTHS = (24, 26, 10, 17, 17, 9, 9, 60, 50, 34, 12)


def to_workbook(findings: Iterable[Finding], notes: Sequence[str], *, title: str, zone: ZoneInfo) -> bytes:
    """The findings on one sheet and the notes on another, as XLSX; times are local, texts are never formulas.

    Parameters
    ----------
    title
        What was checked, in the first line.
    zone
        Of the location.
    """
    import xlsxwriter

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(content, options)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Findings")
    sheet.write_string(0, 0, title, bold)
    for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, heading, bold)
    line = 2
    for finding in findings:
        line += 1
        for column, value in enumerate(_cells(finding, zone)):
            sheet.write(line, column, value, wrapped)
    sheet.autofilter(2, 0, max(line, 3), len(HEADINGS) - 1)
    sheet.freeze_panes(3, 1)
    remarks = book.add_worksheet("Notes")
    remarks.set_column(0, 0, 120)
    for place, note in enumerate(notes):
        remarks.write_string(place, 0, note, wrapped)
    book.close()
    return content.getvalue()


def _cells(finding: Finding, zone: ZoneInfo) -> tuple[str | int, ...]:
    starts = [start for start, _ in finding.spans]
    ends = [end for _, end in finding.spans]
    span = (
        (f"{edge.astimezone(zone):%Y-%m-%d %H:%M}" for edge in (min(starts), max(ends)))
        if starts
        else ("", "")
    )
    return (
        finding.employee_name, finding.code, str(finding.severity), *span, finding.short_by, finding.unit,
        finding.sentence, finding.remedy, finding.citation, str(finding.status),
    )  # fmt: skip
