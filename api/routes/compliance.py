"""Whether a roster keeps the law."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from api.permissions import Access, allow
from api.schemas.compliance import ComplianceView
from api.transaction import ReadSession
from scheduler.organisation.permissions import Permission
from scheduler.rosters.compliance import report

router = APIRouter(prefix="/v1/roster-versions/{version_id}/compliance", tags=["compliance"])


@router.get("", summary="Check a roster version against the law")
def get_compliance(
    access: Annotated[Access, Depends(allow(Permission.ROSTERS_READ))],
    session: ReadSession,
    version_id: UUID,
) -> ComplianceView:
    """Every breach with its article, and what was not checked; without a rule pack it says so plainly."""
    return ComplianceView.model_validate(report(session, version_id))
