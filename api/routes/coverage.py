"""How many people are needed when."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from api.permissions import Access, allow
from api.schemas.base import Instant
from api.schemas.coverage import CoverageSpan, CoverageView
from api.transaction import ReadSession, WriteSession
from scheduler.demand.coverage import coverage_between, set_coverage
from scheduler.organisation.permissions import Permission

router = APIRouter(prefix="/v1/locations/{location_id}/coverage", tags=["coverage"])


@router.get("", summary="Show how many people are needed")
def get_coverage(
    access: Annotated[Access, Depends(allow(Permission.DEMAND_READ))],
    session: ReadSession,
    location_id: UUID,
    starts_at: Annotated[Instant, Query(description="From this instant on.")],
    ends_at: Annotated[Instant, Query(description="Before this instant.")],
) -> list[CoverageView]:
    """The requirements that overlap [starts_at, ends_at), earliest first."""
    needs = coverage_between(session, location_id, starts_at, ends_at)
    return [CoverageView.model_validate(need) for need in needs]


@router.put("", summary="Say anew how many people are needed")
def put_coverage(
    access: Annotated[Access, Depends(allow(Permission.DEMAND_WRITE))],
    session: WriteSession,
    location_id: UUID,
    body: CoverageSpan,
) -> list[CoverageView]:
    """Replaces everything that began in the span; all or nothing, with every bad requirement named."""
    set_coverage(
        session,
        location_id,
        [need.requirement() for need in body.requirements],
        starts_at=body.starts_at,
        ends_at=body.ends_at,
        actor=access.actor,
    )
    needs = coverage_between(session, location_id, body.starts_at, body.ends_at)
    return [CoverageView.model_validate(need) for need in needs]
