"""Handing periods to payroll systems: the overview, the preview of a file, and each batch that was made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response, StreamingResponse

from api.errors import explain
from api.pages.page import draw
from api.pages.problem import draw_after
from api.pages.refusal import refusal_of
from api.payroll_access import (
    batch_within_reach,
    batches_within_reach,
    download_headers,
    file_of,
    link_of,
    require_periods,
)
from api.permissions import Access, allow
from api.transaction import ReadSession, WriteSession, database_of
from exports.payroll_files import WRITER
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.actors import name_of
from scheduler.organisation.models import Location
from scheduler.organisation.permissions import Permission, reach
from scheduler.pay.models import PayPeriod, PayPeriodState
from scheduler.payroll.batch_states import NEXT, change_state, history, latest_states
from scheduler.payroll.create_batch import create_batch
from scheduler.payroll.models import BatchState, PayrollBatch, PayrollBatchPeriod, PayrollTarget
from scheduler.payroll.prepare_export import preview_export
from scheduler.payroll.targets import find_target, list_targets

router = APIRouter()

MayRead = Annotated[Access, Depends(allow(Permission.PAY_READ))]
MayExport = Annotated[Access, Depends(allow(Permission.PAYROLL_EXPORT))]

LATEST = 30
PERIODS_SHOWN = 12


def may_set_up(access: Access) -> bool:
    """Whether somebody may change targets, mappings and profiles, which belong to the whole organisation."""
    held = reach(access.principal, Permission.PAYROLL_SETUP)
    return held is not None and held.everywhere


@router.get("/payroll")
def payroll_page(request: Request, access: MayRead, session: ReadSession) -> Response:
    """Targets, the latest closed periods, and the latest batches."""
    query = select(PayrollBatch).where(batches_within_reach(access))
    batches = session.scalars(query.order_by(PayrollBatch.id.desc()).limit(LATEST)).all()
    return draw(
        request,
        "payroll.html",
        access.principal,
        targets=list_targets(session),
        batches=batches,
        states=latest_states(session, [batch.id for batch in batches]),
        names={target.id: target.name for target in list_targets(session)},
        periods=_latest_periods(session, access),
        can_set_up=may_set_up(access),
    )


@router.get("/payroll/preview")
def payroll_preview_page(
    request: Request,
    access: MayRead,
    session: ReadSession,
    period: Annotated[list[UUID], Query(max_length=500)],
    target: Annotated[UUID | None, Query()] = None,
) -> Response:
    """What handing over some periods would come to, and all that stands in the way."""
    return _preview(request, access, session, period, target)


@router.post("/payroll/batches")
def make_payroll_batch(
    request: Request,
    access: MayExport,
    session: WriteSession,
    target: Annotated[UUID, Form()],
    period: Annotated[list[UUID], Form(max_length=500)],
) -> Response:
    """Make the file; what stands in the way is listed on the page of the preview."""
    require_periods(session, access, period)
    made: list[PayrollBatch] = []
    error = refusal_of(
        session, lambda: made.append(create_batch(session, target, period, WRITER, actor=access.actor))
    )
    if error:
        return _preview(request, access, session, period, target, refused=error)
    return RedirectResponse(f"/payroll/batches/{made[0].id}", 303)


@router.get("/payroll/batches/{payroll_batch_id}")
def payroll_batch_page(
    request: Request, access: MayRead, session: ReadSession, payroll_batch_id: UUID
) -> Response:
    """What a batch holds, and what became of it."""
    return _batch(request, access, session, payroll_batch_id)


@router.get("/payroll/batches/{payroll_batch_id}/file")
def payroll_batch_file(
    request: Request, access: MayRead, session: ReadSession, payroll_batch_id: UUID
) -> Response:
    """The same bytes whenever it is asked for."""
    batch = batch_within_reach(session, access, payroll_batch_id)
    pieces = file_of(database_of(request), access.principal.organisation_id, batch.id)
    return StreamingResponse(pieces, media_type=batch.media_type, headers=download_headers(batch))


@router.post("/payroll/batches/{payroll_batch_id}/states")
def tell_payroll_batch_state(
    request: Request,
    access: MayExport,
    session: WriteSession,
    payroll_batch_id: UUID,
    state: Annotated[BatchState, Form()],
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Say what became of a batch."""
    batch_within_reach(session, access, payroll_batch_id)
    error = refusal_of(
        session, lambda: change_state(session, payroll_batch_id, state, actor=access.actor, reason=reason)
    )
    if error:
        return _batch(request, access, session, payroll_batch_id, refused=error)
    return RedirectResponse(f"/payroll/batches/{payroll_batch_id}", 303)


def _latest_periods(session: Session, access: Access) -> list[tuple[date, date, list[UUID], str]]:
    """First and last day of the latest closed periods, their ids, and the places they are of."""
    query = (
        select(PayPeriod, Location.name)
        .join(Location, Location.id == PayPeriod.location_id)
        .where(
            PayPeriod.state == PayPeriodState.CLOSED,
            access.reach.criterion(PayPeriod.location_id),
        )
        .order_by(PayPeriod.starts_on.desc(), Location.name)
        .limit(PERIODS_SHOWN * 20)
    )
    found: dict[tuple[date, date], tuple[list[UUID], list[str]]] = {}
    for period, name in session.execute(query):
        ids, names = found.setdefault((period.starts_on, period.ends_on), ([], []))
        ids.append(period.id)
        names.append(name)
    return [
        (first, end - timedelta(days=1), ids, ", ".join(names))
        for (first, end), (ids, names) in found.items()
    ][:PERIODS_SHOWN]


def _preview(
    request: Request,
    access: Access,
    session: Session,
    period_ids: Sequence[UUID],
    target_id: UUID | None,
    *,
    refused: SchedulerError | None = None,
) -> Response:
    require_periods(session, access, period_ids)
    targets = list_targets(session)
    chosen = find_target(session, target_id) if target_id else (targets[0] if targets else None)
    shown = preview_export(session, chosen.id, period_ids, WRITER) if chosen else None
    held = reach(access.principal, Permission.PAYROLL_EXPORT)
    return draw(
        request,
        "payroll_preview.html",
        access.principal,
        status=explain(refused).status if refused else 200,
        section="/payroll",
        targets=targets,
        target=chosen,
        period_ids=period_ids,
        places=_places(session, period_ids),
        shown=shown,
        links=[link_of(each.about) for each in shown.problems] if shown else [],
        can_export=held is not None,
        can_set_up=may_set_up(access),
        refused=refused is not None,
    )


def _places(session: Session, period_ids: Sequence[UUID]) -> list[tuple[PayPeriod, str, date]]:
    query = (
        select(PayPeriod, Location.name)
        .join(Location, Location.id == PayPeriod.location_id)
        .where(PayPeriod.id.in_(period_ids))
        .order_by(PayPeriod.starts_on, Location.name)
    )
    return [(period, name, period.ends_on - timedelta(days=1)) for period, name in session.execute(query)]


def _batch(
    request: Request,
    access: Access,
    session: Session,
    batch_id: UUID,
    *,
    refused: SchedulerError | None = None,
) -> Response:
    batch = batch_within_reach(session, access, batch_id)
    told = history(session, batch_id)
    state = told[-1].state
    held = reach(access.principal, Permission.PAYROLL_EXPORT)
    in_batch = select(PayrollBatchPeriod.pay_period_id).where(PayrollBatchPeriod.batch_id == batch_id)
    period_ids = list(session.scalars(in_batch))
    return draw_after(
        request,
        "payroll_batch.html",
        access.principal,
        refused,
        section="/payroll",
        batch=batch,
        target=session.get_one(PayrollTarget, batch.target_id),
        state=state,
        history=[(event, name_of(session, event.actor)) for event in told],
        can_go={each.value for each in NEXT[state]} if held is not None else set(),
        places=_places(session, period_ids),
    )
