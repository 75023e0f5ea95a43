"""Rule packs that an organisation uploads: previewed, kept, listed, withdrawn."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from api.permissions import Access, allow
from api.schemas.agreements import AgreementPreviewView, AgreementSent, AgreementView
from api.transaction import ReadSession, WriteSession
from scheduler.law.agreements import agreements
from scheduler.law.save_agreement import preview_agreement, save_agreement, withdraw_agreement
from scheduler.organisation.permissions import Permission

router = APIRouter(prefix="/v1/law/agreements", tags=["law"])

MayRead = Annotated[Access, Depends(allow(Permission.REFERENCE_READ))]
MayWrite = Annotated[Access, Depends(allow(Permission.REFERENCE_WRITE))]


@router.get("", summary="List agreements")
def get_agreements(access: MayRead, session: ReadSession) -> list[AgreementView]:
    """The latest version of each of the organisation's own packs, withdrawn ones too."""
    return [AgreementView.model_validate(each) for each in agreements(session)]


@router.post("/preview", summary="Preview an agreement")
def post_agreement_preview(
    access: MayWrite, session: ReadSession, body: AgreementSent
) -> AgreementPreviewView:
    """What it would change at which location; nothing is stored. 422 with every fault and its line."""
    return AgreementPreviewView.of(preview_agreement(session, body.text))


@router.post("", status_code=201, summary="Keep an agreement")
def post_agreement(access: MayWrite, session: WriteSession, body: AgreementSent) -> AgreementView:
    """The next version of the pack; rosters are planned and checked under it from now on."""
    return AgreementView.model_validate(save_agreement(session, body.text, actor=access.actor))


@router.post("/{agreement_id}/withdrawal", summary="Withdraw an agreement")
def post_agreement_withdrawal(access: MayWrite, session: WriteSession, agreement_id: UUID) -> AgreementView:
    """It counts no longer; nothing is removed. 409 `agreement_withdrawn` if that was done before."""
    return AgreementView.model_validate(withdraw_agreement(session, agreement_id, actor=access.actor))
