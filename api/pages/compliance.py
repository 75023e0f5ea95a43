"""The compliance report of a roster: what breaks the law, filtered, and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.pages.page import draw
from api.pages.weeks import week_address
from api.permissions import Access, allow
from api.transaction import ReadSession
from exports.compliance_workbook import MEDIA_TYPE, to_workbook
from scheduler.kernel.clock import zone_named
from scheduler.kernel.errors import SchedulerError
from scheduler.law.compliance import ComplianceReport
from scheduler.law.findings import Finding, Severity
from scheduler.organisation.permissions import Permission
from scheduler.rosters.compliance import report
from scheduler.rosters.models import RosterVersion
from scheduler.rosters.rosters import find_roster
from scheduler.rosters.versions import current_version

router = APIRouter()

MayRead = Annotated[Access, Depends(allow(Permission.ROSTERS_READ))]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which findings are to be shown; what is empty lets all through."""

    person: str
    severity: str
    code: str

    def lets(self, finding: Finding) -> bool:
        """Whether a finding is among them."""
        return (
            self.person in ("", finding.employee or "")
            and self.severity in ("", finding.severity.value)
            and self.code in ("", finding.code)
        )


def asked(
    person: Annotated[str, Query(max_length=40)] = "",
    severity: Annotated[str, Query(max_length=20)] = "",
    code: Annotated[str, Query(max_length=80)] = "",
) -> Asked:
    """The filters of the address."""
    return Asked(person, severity, code)


@router.get("/rosters/{roster_id}/compliance")
def compliance_page(
    request: Request,
    access: MayRead,
    session: ReadSession,
    roster_id: UUID,
    filters: Annotated[Asked, Depends(asked)],
) -> Response:
    """The latest version, published or not, judged by the law of its place."""
    roster = find_roster(session, roster_id)
    version, found = _report(session, roster_id)
    return draw(
        request,
        "compliance.html",
        access.principal,
        section="/rosters",
        roster=roster,
        location=roster.location,
        version=version,
        report=found,
        findings=[each for each in found.findings if filters.lets(each)],
        filters=filters,
        people=sorted({(each.employee_name, each.employee) for each in found.findings if each.employee}),
        codes=sorted({each.code for each in found.findings}),
        severities=[each.value for each in Severity],
        query=request.url.query,
        back=week_address(roster.location_id, roster.starts_on),
    )


@router.get("/rosters/{roster_id}/compliance.xlsx")
def compliance_workbook(
    access: MayRead,
    session: ReadSession,
    roster_id: UUID,
    filters: Annotated[Asked, Depends(asked)],
) -> Response:
    """The same, with the same filters, as a workbook."""
    roster = find_roster(session, roster_id)
    version, found = _report(session, roster_id)
    shown: Sequence[Finding] = [each for each in found.findings if filters.lets(each)]
    title = f"{roster.location.name}, week of {roster.starts_on}, version {version.number}"
    content = to_workbook(shown, found.notes, title=title, zone=zone_named(roster.location.zone))
    name = f"compliance-{roster.location.code}-{roster.starts_on}.xlsx".encode("ascii", "ignore").decode()
    headers = {"Content-Disposition": f'attachment; filename="{name.replace(chr(34), "")}"'}
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


def _report(session: Session, roster_id: UUID) -> tuple[RosterVersion, ComplianceReport]:
    version = current_version(session, roster_id)
    if version is None:
        raise SchedulerError("not_found", what="version of this roster", id=str(roster_id))
    return version, report(session, version.id)
