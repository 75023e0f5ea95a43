"""One shift: who has it, who could."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlalchemy import select

from api.permissions import Access, allow
from api.schemas.base import Instant
from api.schemas.shifts import CandidateView, PublishedShiftView, WhatWouldDoView, WhyNotView, WhyOpenView
from api.transaction import ReadSession
from scheduler.organisation.permissions import Permission
from scheduler.rosters.models import CalendarEntry
from scheduler.rosters.what_would_do import what_would_do
from scheduler.rosters.who_could import who_could_work
from scheduler.rosters.why_not import why_not
from scheduler.rosters.why_open import why_open

router = APIRouter(prefix="/v1", tags=["shifts"])


@router.get("/rosters/{roster_id}/candidates", summary="Say who could take some work")
def get_roster_candidates(
    access: Annotated[Access, Depends(allow(Permission.ROSTERS_READ))],
    session: ReadSession,
    roster_id: UUID,
    department_id: Annotated[UUID, Query(description="Where the work is.")],
    skill_id: Annotated[UUID, Query(description="What is done.")],
    starts_at: Annotated[Instant, Query(description="A whole minute in the roster's days.")],
    ends_at: Annotated[Instant, Query(description="At most 24 hours later.")],
) -> list[CandidateView]:
    """Everybody of the location for a span of work that is no shift yet, the likeliest first."""
    found = who_could_work(
        session,
        roster_id,
        department_id=department_id,
        skill_id=skill_id,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    return [CandidateView.model_validate(person) for person in found]


@router.get("/rosters/{roster_id}/shifts/{lineage_id}/candidates", summary="Explain why a shift is open")
def get_candidates(
    access: Annotated[Access, Depends(allow(Permission.ROSTERS_READ))],
    session: ReadSession,
    roster_id: UUID,
    lineage_id: UUID,
) -> WhyOpenView:
    """Everybody of the location for one shift: who could take it, and what stands against the others."""
    return WhyOpenView.of(why_open(session, roster_id, lineage_id))


@router.get(
    "/rosters/{roster_id}/shifts/{lineage_id}/candidates/{employee_id}",
    summary="Explain why somebody does not have a shift",
)
def get_candidate(
    access: Annotated[Access, Depends(allow(Permission.ROSTERS_READ))],
    session: ReadSession,
    roster_id: UUID,
    lineage_id: UUID,
    employee_id: UUID,
) -> WhyNotView:
    """What giving the shift to this person would do; whoever has it would have to leave it."""
    return WhyNotView.of(why_not(session, roster_id, lineage_id, employee_id))


@router.get("/rosters/{roster_id}/shifts/{lineage_id}/relaxations", summary="Say what would fill a shift")
def get_relaxations(
    access: Annotated[Access, Depends(allow(Permission.ROSTERS_READ))],
    session: ReadSession,
    roster_id: UUID,
    lineage_id: UUID,
) -> WhatWouldDoView:
    """The cheapest changes about one person that would let them take it; none of them bends the law."""
    return WhatWouldDoView.of(what_would_do(session, roster_id, lineage_id))


@router.get("/employees/{employee_id}/shifts", summary="List the published shifts of a person")
def get_employee_shifts(
    access: Annotated[Access, Depends(allow(Permission.SHIFTS_READ))],
    session: ReadSession,
    employee_id: UUID,
    starts_at: Annotated[Instant, Query(description="From this instant on.")],
    ends_at: Annotated[Instant, Query(description="Before this instant.")],
) -> list[PublishedShiftView]:
    """Everything published that overlaps [starts_at, ends_at), withdrawn shifts included, by start."""
    entries = (
        select(CalendarEntry)
        .where(
            CalendarEntry.employee_id == employee_id,
            CalendarEntry.starts_at < ends_at,
            CalendarEntry.ends_at > starts_at,
        )
        .order_by(CalendarEntry.starts_at, CalendarEntry.id)
    )
    return [PublishedShiftView.model_validate(entry) for entry in session.scalars(entries)]
