"""Facts of the time clock: clocking in and out, devices, corrections."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from sqlalchemy import select

from api.network import network_of
from api.pagination import PageCursor, page_of
from api.permissions import Access, allow
from api.schemas.base import Instant, Page
from api.schemas.punches import ClockIn, ForgottenPunch, PunchBatch, PunchView, PunchVoid
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.kernel.ids import new_id
from scheduler.organisation.permissions import Permission
from scheduler.people.employees import find_employee
from scheduler.timekeeping.arrival import NewPunch
from scheduler.timekeeping.correct import add_punch, void_punch
from scheduler.timekeeping.models import Punch, PunchKind
from scheduler.timekeeping.phone_punch import PhonePunch, punch_on_phone
from scheduler.timekeeping.presence import presence
from scheduler.timekeeping.punch import record_punch, record_punches

router = APIRouter(prefix="/v1", tags=["punches"])

MayCorrect = Annotated[Access, Depends(allow(Permission.PUNCHES_CORRECT))]


@router.post("/employees/{employee_id}/punches", status_code=201, summary="Clock in or out")
def post_punch(
    access: Annotated[Access, Depends(allow(Permission.PUNCHES_RECORD))],
    session: WriteSession,
    employee_id: UUID,
    body: ClockIn,
    request: Request,
) -> PunchView:
    """A punch made now, by the clock of the server.

    One's own may be of a moment when there was no network (`taken_at`); it is recorded as `offline`. Where
    the location asks where punches come from, the decision is kept with one's own; 403 `punch_outside` where
    it refuses those from elsewhere, `kiosk_code_refused` for a proof of a kiosk that is too old. Another
    system hands in what it took down at `/v1/clock/punches`.
    """
    if access.principal.employee_id == employee_id:
        sent = _phone_punch(request, body)
        return PunchView.model_validate(punch_on_phone(session, employee_id, sent, actor=access.actor))
    if body.taken_at is not None or body.position is not None or body.kiosk_proof:
        raise InvalidInput(
            FieldError(field, str(value), "only a person's own phone says so", "leave it out")
            for field, value in (
                ("taken_at", body.taken_at),
                ("position", body.position),
                ("kiosk_proof", body.kiosk_proof or None),
            )
            if value is not None
        )
    here = presence(session, employee_id, as_of=utc_now())
    own = find_employee(session, employee_id).location_id
    punch = record_punch(
        session,
        employee_id=employee_id,
        location_id=body.location_id or here.location_id or own,
        at=utc_now(),
        kind=PunchKind(body.kind),
        source="web" if access.principal.account_id is not None else "api",
        external_id=str(new_id()),
        actor=access.actor,
        job_role_id=body.job_role_id,
    )
    return PunchView.model_validate(punch)


def _phone_punch(request: Request, body: ClockIn) -> PhonePunch:
    return PhonePunch(
        kind=PunchKind(body.kind),
        once=body.once or str(new_id()),
        location_id=body.location_id,
        job_role_id=body.job_role_id,
        position=body.position.position() if body.position else None,
        network=network_of(request),
        kiosk_proof=body.kiosk_proof,
        taken_at=body.taken_at,
        sent_at=body.sent_at,
    )


@router.post("/punches", status_code=201, summary="Hand in punches of time clocks")
def post_punches(
    access: Annotated[Access, Depends(allow(Permission.PUNCHES_IMPORT))],
    session: WriteSession,
    body: PunchBatch,
) -> list[PunchView]:
    """All or nothing, in any order; a punch that is sent again is the same punch and changes nothing.

    409 `punch_conflict` if an external id is known for a punch with other content.
    """
    for person_id in {punch.employee_id for punch in body.punches}:
        access.require_employee(session, person_id)
    arrivals = [
        NewPunch(each.employee_id, each.location_id, each.at, PunchKind(each.kind), "api", each.external_id)
        for each in body.punches
    ]
    stored = record_punches(session, arrivals, actor=access.actor)
    return [PunchView.model_validate(punch) for punch in stored]


@router.get("/employees/{employee_id}/punches", summary="List punches")
def get_punches(
    access: Annotated[Access, Depends(allow(Permission.PUNCHES_READ))],
    session: ReadSession,
    cursor: PageCursor,
    employee_id: UUID,
    starts_at: Annotated[Instant | None, Query(description="From this instant on only.")] = None,
    ends_at: Annotated[Instant | None, Query(description="Before this instant only.")] = None,
) -> Page[PunchView]:
    """The punches of a person, voids and corrections included, in the order they were recorded."""
    punches = select(Punch).where(Punch.employee_id == employee_id)
    if starts_at is not None:
        punches = punches.where(Punch.at >= starts_at)
    if ends_at is not None:
        punches = punches.where(Punch.at < ends_at)
    return page_of(session, punches, Punch.id, cursor, PunchView.model_validate)


@router.post("/employees/{employee_id}/punch-corrections", status_code=201, summary="Add a forgotten punch")
def post_punch_correction(
    access: MayCorrect, session: WriteSession, employee_id: UUID, body: ForgottenPunch
) -> PunchView:
    """A fact added by a person, with the reason; an approved timesheet it changes is open again."""
    location_id = body.location_id or find_employee(session, employee_id).location_id
    punch = add_punch(
        session,
        employee_id=employee_id,
        location_id=location_id,
        at=body.at,
        kind=PunchKind(body.kind),
        reason=body.reason,
        actor=access.actor,
        job_role_id=body.job_role_id,
    )
    return PunchView.model_validate(punch)


@router.post("/punches/{punch_id}/void", status_code=201, summary="Take back a punch")
def post_punch_void(access: MayCorrect, session: WriteSession, punch_id: UUID, body: PunchVoid) -> PunchView:
    """A void that takes back a punch; the punch itself stays on record."""
    return PunchView.model_validate(void_punch(session, punch_id, reason=body.reason, actor=access.actor))
