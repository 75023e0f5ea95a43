"""The compliance report of a roster: what breaks the law or nearly does, filtered, and as a file."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.compliance_filters import Filters, filters
from api.pages.compliance_report import FileKind, covers, download, printed, shown_facts
from api.pages.page import draw
from api.pages.weeks import week_address
from api.permissions import Access, allow
from api.transaction import ReadSession
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.permissions import Permission
from scheduler.rosters.compliance import report
from scheduler.rosters.models import RosterVersion
from scheduler.rosters.rosters import find_roster
from scheduler.rosters.versions import current_version

router = APIRouter()

MayRead = Annotated[Access, Depends(allow(Permission.ROSTERS_READ))]
Filtered = Annotated[Filters, Depends(filters)]


@router.get("/rosters/{roster_id}/compliance")
def compliance_page(
    request: Request, access: MayRead, session: ReadSession, roster_id: UUID, filtered: Filtered
) -> Response:
    """The latest version, published or not, judged by the law of its place."""
    roster = find_roster(session, roster_id)
    version = checked_version(session, roster_id)
    return draw(
        request,
        "compliance.html",
        access.principal,
        section="/rosters",
        roster=roster,
        location=roster.location,
        version=version,
        query=request.url.query,
        back=week_address(roster.location_id, roster.starts_on),
        last_day=roster.ends_on - timedelta(days=1),
        sees_worked=covers(access, Permission.TIMESHEETS_READ, roster.location_id),
        sees_limits=covers(access, Permission.CONSENTS_READ, roster.location_id),
        **shown_facts(report(session, version.id), filtered),
    )


@router.get("/rosters/{roster_id}/compliance.xlsx")
def compliance_workbook(
    access: MayRead, session: ReadSession, roster_id: UUID, filtered: Filtered
) -> Response:
    """The same, with the same filters, as a workbook."""
    return _download(access, session, roster_id, filtered, FileKind.XLSX)


@router.get("/rosters/{roster_id}/compliance.pdf")
def compliance_pdf(access: MayRead, session: ReadSession, roster_id: UUID, filtered: Filtered) -> Response:
    """The same, with the same filters, as PDF."""
    return _download(access, session, roster_id, filtered, FileKind.PDF)


def checked_version(session: Session, roster_id: UUID) -> RosterVersion:
    """The version that a report is about: the newest draft, or else the published one.

    Raises
    ------
    SchedulerError
        ``not_found`` if the roster has no version yet.
    """
    version = current_version(session, roster_id)
    if version is None:
        raise SchedulerError("not_found", what="version of this roster", id=str(roster_id))
    return version


def _download(
    access: Access, session: Session, roster_id: UUID, filtered: Filters, kind: FileKind
) -> Response:
    roster = find_roster(session, roster_id)
    version, place = checked_version(session, roster_id), roster.location
    paper = printed(
        report(session, version.id),
        filtered,
        title=f"{place.name}, week of {roster.starts_on}, version {version.number} ({version.state.value})",
        by=access.principal.name,
        at=utc_now(),
        zone=place.zone,
    )
    return download(paper, kind, f"compliance-{place.code}-{roster.starts_on}")
