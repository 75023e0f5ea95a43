"""Handing pay lines to payroll systems: profiles, targets, mappings, preview, batches."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from sqlalchemy import select
from starlette.responses import StreamingResponse

from api.openapi import problems
from api.pagination import PageCursor, page_of
from api.payroll_access import (
    batch_within_reach,
    batches_within_reach,
    download_headers,
    file_of,
    require_periods,
)
from api.permissions import Access, allow
from api.schemas.base import EXAMPLE_ID, Page
from api.schemas.payroll import (
    BatchDetailsView,
    BatchStateSent,
    BatchView,
    ExportPreviewView,
    MappingsSent,
    MappingView,
    NewBatch,
    NewTarget,
    ProfilePreviewView,
    ProfileSent,
    ProfileView,
    TargetTermsSent,
    TargetView,
)
from api.transaction import ReadSession, WriteSession, database_of
from exports.payroll_files import WRITER, file_name, preview
from scheduler.kernel.errors import InvalidInput
from scheduler.organisation.permissions import Permission
from scheduler.payroll.batch_states import change_state, history, latest_states
from scheduler.payroll.create_batch import create_batch
from scheduler.payroll.library import builtin_profiles, find_profile, own_profiles
from scheduler.payroll.mappings import mappings_of, save_mappings
from scheduler.payroll.models import PayrollBatch, PayrollBatchPeriod
from scheduler.payroll.payroll_profile import Profile
from scheduler.payroll.prepare_export import preview_export
from scheduler.payroll.samples import sample_facts, sample_rows
from scheduler.payroll.save_profile import profile_from_text, save_profile
from scheduler.payroll.targets import change_target, create_target, find_target, list_targets

router = APIRouter(prefix="/v1/payroll", tags=["payroll"])

MayRead = Annotated[Access, Depends(allow(Permission.PAY_READ))]
MaySetUp = Annotated[Access, Depends(allow(Permission.PAYROLL_SETUP))]
MayExport = Annotated[Access, Depends(allow(Permission.PAYROLL_EXPORT))]


@router.get("/profiles", summary="List profiles of payroll files")
def get_payroll_profiles(access: MayRead, session: ReadSession) -> list[ProfileView]:
    """Those that come with Makina, then the latest version of each of the organisation's own."""
    own = [(Profile.model_validate(each.document), each.number) for each in own_profiles(session)]
    return [ProfileView.of(*each) for each in [*((each, 0) for each in builtin_profiles().values()), *own]]


@router.post("/profiles", status_code=201, summary="Save a profile")
def post_payroll_profile(access: MaySetUp, session: WriteSession, body: ProfileSent) -> ProfileView:
    """The next version of a profile of the organisation. 422 with every fault and what would do."""
    access.require(None)
    saved = save_profile(session, body.text, actor=access.actor)
    return ProfileView.of(Profile.model_validate(saved.document), saved.number)


@router.post("/profiles/preview", summary="Preview a profile")
def post_payroll_profile_preview(
    access: MaySetUp, session: ReadSession, body: ProfileSent
) -> ProfilePreviewView:
    """The file it would make of a made-up week; nothing is stored. 422 with every fault."""
    profile = profile_from_text(body.text)
    facts = sample_facts(profile)
    text, faults = preview(profile, sample_rows(profile), facts)
    if faults:
        raise InvalidInput(faults)
    return ProfilePreviewView(file_name=file_name(profile, facts), text=text)


@router.get("/profiles/{profile}", summary="Show a profile")
def get_payroll_profile(access: MayRead, session: ReadSession, profile: str) -> ProfileView:
    """Its settings and slots, and where its form is written."""
    return ProfileView.of(*find_profile(session, profile))


@router.get("/targets", summary="List payroll targets")
def get_payroll_targets(access: MayRead, session: ReadSession) -> list[TargetView]:
    """The payroll systems that lines are handed to."""
    return [TargetView.model_validate(each) for each in list_targets(session)]


@router.post("/targets", status_code=201, summary="Create a payroll target")
def post_payroll_target(access: MaySetUp, session: WriteSession, body: NewTarget) -> TargetView:
    """A payroll system, the profile of its files, and what the profile asks for. 409 if the code is taken."""
    access.require(None)
    return TargetView.model_validate(create_target(session, body.code, body.terms(), actor=access.actor))


@router.get("/targets/{payroll_target_id}", summary="Show a payroll target")
def get_payroll_target(access: MayRead, session: ReadSession, payroll_target_id: UUID) -> TargetView:
    """Its profile and settings."""
    return TargetView.model_validate(find_target(session, payroll_target_id))


@router.put("/targets/{payroll_target_id}", summary="Change a payroll target")
def put_payroll_target(
    access: MaySetUp, session: WriteSession, payroll_target_id: UUID, body: TargetTermsSent
) -> TargetView:
    """Other terms for batches to come; those that were made stay as they are."""
    access.require(None)
    return TargetView.model_validate(
        change_target(session, payroll_target_id, body.terms(), actor=access.actor)
    )


@router.get("/targets/{payroll_target_id}/mappings", summary="List mappings")
def get_payroll_mappings(access: MayRead, session: ReadSession, payroll_target_id: UUID) -> list[MappingView]:
    """What the target calls people, pay codes and locations."""
    return [MappingView.of(each) for each in mappings_of(session, payroll_target_id)]


@router.put("/targets/{payroll_target_id}/mappings", summary="Save mappings of one kind")
def put_payroll_mappings(
    access: MaySetUp, session: WriteSession, payroll_target_id: UUID, body: MappingsSent
) -> list[MappingView]:
    """All of one kind at once. 422 with every value that cannot be accepted, and nothing is changed."""
    access.require(None)
    rows = [each.row() for each in body.mappings]
    saved = save_mappings(session, payroll_target_id, body.kind, rows, actor=access.actor)
    return [MappingView.of(each) for each in saved]


@router.get("/targets/{payroll_target_id}/preview", summary="Preview a payroll file")
def get_payroll_preview(
    access: MayRead,
    session: ReadSession,
    payroll_target_id: UUID,
    pay_period_id: Annotated[
        list[UUID],
        Query(description="A pay period; give several for several.", examples=[EXAMPLE_ID], max_length=500),
    ],
) -> ExportPreviewView:
    """First lines, totals with their differences to the periods before, and all that stands in the way."""
    require_periods(session, access, pay_period_id)
    return ExportPreviewView.of(preview_export(session, payroll_target_id, pay_period_id, WRITER))


@router.get("/batches", summary="List payroll batches")
def get_payroll_batches(access: MayRead, session: ReadSession, cursor: PageCursor) -> Page[BatchView]:
    """Files that were made, newest first."""
    query = select(PayrollBatch).where(batches_within_reach(access))
    page = page_of(session, query, PayrollBatch.id, cursor, lambda batch: batch, newest_first=True)
    states = latest_states(session, [batch.id for batch in page.items])
    return Page(items=[BatchView.of(batch, states) for batch in page.items], next=page.next)


@router.post("/batches", status_code=201, summary="Make a payroll batch")
def post_payroll_batch(access: MayExport, session: WriteSession, body: NewBatch) -> BatchDetailsView:
    """The file of some closed periods, in draft. 409 `payroll_not_ready` lists everything that is missing.

    Lines that a batch holds which still counts are not handed to the same target again.
    """
    require_periods(session, access, body.pay_period_ids)
    batch = create_batch(session, body.target_id, body.pay_period_ids, WRITER, actor=access.actor)
    return BatchDetailsView.told(batch, list(history(session, batch.id)), body.pay_period_ids)


@router.get("/batches/{payroll_batch_id}", summary="Show a payroll batch")
def get_payroll_batch(access: MayRead, session: ReadSession, payroll_batch_id: UUID) -> BatchDetailsView:
    """What it holds, its checksum, and what became of it."""
    batch = batch_within_reach(session, access, payroll_batch_id)
    periods = select(PayrollBatchPeriod.pay_period_id).where(PayrollBatchPeriod.batch_id == batch.id)
    return BatchDetailsView.told(batch, list(history(session, batch.id)), list(session.scalars(periods)))


@router.get(
    "/batches/{payroll_batch_id}/file",
    summary="Download a payroll batch",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/octet-stream": {}}, "description": "The file."}},
)
def get_payroll_batch_file(
    request: Request, access: MayRead, session: ReadSession, payroll_batch_id: UUID
) -> StreamingResponse:
    """The same bytes whenever it is asked for."""
    batch = batch_within_reach(session, access, payroll_batch_id)
    pieces = file_of(database_of(request), access.principal.organisation_id, batch.id)
    return StreamingResponse(pieces, media_type="application/octet-stream", headers=download_headers(batch))


@router.post(
    "/batches/{payroll_batch_id}/states",
    status_code=201,
    summary="Say what became of a payroll batch",
    responses=problems(HTTPStatus.CONFLICT),
)
def post_payroll_batch_state(
    access: MayExport, session: WriteSession, payroll_batch_id: UUID, body: BatchStateSent
) -> BatchDetailsView:
    """Exported, accepted, rejected or superseded. 409 `batch_state_refused` tells where it can go."""
    batch_within_reach(session, access, payroll_batch_id)
    change_state(session, payroll_batch_id, body.state, actor=access.actor, reason=body.reason)
    return get_payroll_batch(access, session, payroll_batch_id)
