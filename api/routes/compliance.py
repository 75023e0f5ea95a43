"""Whether a roster keeps the law."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from api.compliance_filters import Filters, filters
from api.permissions import Access, allow
from api.schemas.compliance import ComplianceView
from api.transaction import ReadSession
from scheduler.organisation.permissions import Permission
from scheduler.rosters.compliance import report

router = APIRouter(prefix="/v1", tags=["compliance"])

Filtered = Annotated[Filters, Depends(filters)]


@router.get("/roster-versions/{version_id}/compliance", summary="Check a roster version against the law")
def get_compliance(
    access: Annotated[Access, Depends(allow(Permission.ROSTERS_READ))],
    session: ReadSession,
    version_id: UUID,
    filtered: Filtered,
) -> ComplianceView:
    """Every breach with its article, what is close, what was not checked; without a rule pack it says so."""
    return ComplianceView.of(report(session, version_id), filtered)
