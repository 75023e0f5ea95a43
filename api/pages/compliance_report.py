"""What every page of a compliance report has: the part that passes the filters, and the files of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from starlette.responses import Response

from api.compliance_filters import KINDS, Filters
from api.permissions import Access
from exports.compliance_lines import PrintedReport
from scheduler.kernel.clock import zone_named
from scheduler.law.compliance import ComplianceReport
from scheduler.law.findings import Finding
from scheduler.law.margins import CloseCall
from scheduler.organisation.permissions import Permission, reach


class FileKind(StrEnum):
    """In which form a report is downloaded."""

    XLSX = "xlsx"
    PDF = "pdf"


def shown_facts(report: ComplianceReport, filters: Filters) -> dict[str, Any]:
    """What `compliance_found.html` shows of a report."""
    every: tuple[Finding | CloseCall, ...] = (*report.findings, *report.close)
    return {
        "report": report,
        "findings": filters.findings(report),
        "close": filters.close(report),
        "filters": filters,
        "people": sorted({(one.employee_name, one.employee) for one in every if one.employee}),
        "codes": sorted({one.code for one in every}),
        "kinds": list(KINDS.items()),
    }


def printed(
    report: ComplianceReport,
    filters: Filters,
    *,
    title: str,
    by: str,
    at: datetime,
    zone: str,
    notes: Sequence[str] = (),
) -> PrintedReport:
    """The part of a report that passes the filters, with its head.

    Parameters
    ----------
    by
        Who asked, in words.
    notes
        Further remarks, after those of the report.
    """
    return PrintedReport(
        title=title,
        checked_by=by,
        checked_at=at,
        packs=report.packs,
        checked=report.checked,
        shown=filters.words(report),
        findings=filters.findings(report),
        close=filters.close(report),
        notes=(*report.notes, *notes),
        zone=zone_named(zone),
    )


def covers(access: Access, permission: Permission, location_id: UUID) -> bool:
    """Whether who looks holds another permission too, on everybody of a location."""
    held = reach(access.principal, permission)
    return held is not None and held.covers(location_id)


def download(report: PrintedReport, kind: FileKind, name: str) -> Response:
    """The report as a file called ``name``, in ASCII, with the ending of its kind."""
    # Here, not above: a page that only shows a report does not pay for them.
    from exports import compliance_pdf, compliance_workbook

    if kind is FileKind.PDF:
        content, media_type = compliance_pdf.to_pdf(report), compliance_pdf.MEDIA_TYPE
    else:
        content, media_type = compliance_workbook.to_workbook(report), compliance_workbook.MEDIA_TYPE
    plain = name.encode("ascii", "ignore").decode().replace('"', "")
    headers = {"Content-Disposition": f'attachment; filename="{plain}.{kind.value}"'}
    return Response(content, media_type=media_type, headers=headers)
