"""Whether the time that was worked keeps the law."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from api.compliance_filters import Filters, filters
from api.permissions import Access, allow
from api.schemas.base import Day
from api.schemas.compliance import ComplianceView
from api.transaction import ReadSession
from scheduler.organisation.permissions import Permission
from scheduler.timekeeping.compliance import worked_report

router = APIRouter(prefix="/v1", tags=["compliance"])


@router.get("/locations/{location_id}/worked-compliance", summary="Check worked time against the law")
def get_worked_compliance(
    access: Annotated[Access, Depends(allow(Permission.TIMESHEETS_READ))],
    session: ReadSession,
    location_id: UUID,
    starts_on: Annotated[Day, Query(description="First day that is judged.")],
    ends_on: Annotated[Day, Query(description="First day after; at most a year later.")],
    filtered: Annotated[Filters, Depends(filters)],
) -> ComplianceView:
    """The time worked there, as timesheets have it now: every breach with its article, and what is close."""
    return ComplianceView.of(worked_report(session, location_id, starts_on, ends_on), filtered)
