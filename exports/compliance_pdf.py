"""A compliance report as PDF, for a file, an inspector or the works council."""

from __future__ import annotations

import json
from importlib.resources import files

from exports.compliance_lines import PrintedReport, by_how_much, severity_words, to_spare
from scheduler.law.findings import Finding
from scheduler.law.margins import CloseCall
from scheduler.law.pack import Status

MEDIA_TYPE = "application/pdf"
FINDING_HEADINGS = ("Person", "What it is", "When", "What is wrong and what would do", "By", "Article")
CLOSE_HEADINGS = ("Person", "When", "What is kept", "To spare", "Article")


def to_pdf(report: PrintedReport) -> bytes:
    """The report on landscape A4, with the head of each table and the page number on every page.

    The fonts are those inside the typesetter, so it looks the same on every machine; the same report gives
    the same bytes.
    """
    import typst

    said = {
        "title": report.title,
        "by": report.checked_by,
        "head": report.head,
        "result": report.result,
        "finding_headings": FINDING_HEADINGS,
        "findings": [_finding(report, each) for each in report.findings],
        "close_headings": CLOSE_HEADINGS,
        "close": [_close(report, each) for each in report.close],
        "notes": report.notes,
    }
    compiler = typst.Compiler(
        files("exports").joinpath("compliance_report.typ").read_bytes(),
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(said, ensure_ascii=False)},
    )
    whole_second = report.checked_at.replace(microsecond=0)  # the format knows no smaller part
    content = compiler.compile(format="pdf", timestamp=whole_second, pdf_standards="ua-1")
    if not isinstance(content, bytes):
        raise TypeError("the typesetter gave no single file")
    return content


def _finding(report: PrintedReport, finding: Finding) -> tuple[str, ...]:
    return (
        finding.employee_name or "The roster",
        severity_words(finding),
        " to ".join(filter(None, report.edges(finding.spans))),
        f"{finding.sentence} {finding.remedy}",
        by_how_much(finding),
        _article(finding.citation, finding.code, recalled=finding.status == Status.RECALLED),
    )


def _close(report: PrintedReport, call: CloseCall) -> tuple[str, ...]:
    return (
        call.employee_name or "The roster",
        " to ".join(filter(None, report.edges(call.spans))),
        call.sentence,
        to_spare(call),
        _article(call.citation, call.code, recalled=False),
    )


def _article(citation: str, code: str, *, recalled: bool) -> str:
    return f"{citation}{', recalled, not confirmed' if recalled else ''} ({code})"
