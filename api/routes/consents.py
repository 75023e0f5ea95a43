"""Consents and opt-outs of people: given, listed, taken back."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from api.permissions import Access, allow
from api.schemas.consents import ConsentGiven, ConsentView
from api.transaction import ReadSession, WriteSession
from scheduler.law.consent_records import consents_of
from scheduler.law.give_consent import give_consent
from scheduler.law.withdraw_consent import withdraw_consent
from scheduler.organisation.permissions import Permission

router = APIRouter(prefix="/v1", tags=["consents"])

MayRead = Annotated[Access, Depends(allow(Permission.CONSENTS_READ))]
MayWrite = Annotated[Access, Depends(allow(Permission.CONSENTS_WRITE))]


@router.get("/employees/{employee_id}/consents", summary="List consents of a person")
def get_consents(access: MayRead, session: ReadSession, employee_id: UUID) -> list[ConsentView]:
    """Every consent, withdrawn ones too, the latest first."""
    return [ConsentView.of(each) for each in consents_of(session, employee_id)]


@router.post("/employees/{employee_id}/consents", status_code=201, summary="Record a consent")
def post_consent(
    access: MayWrite, session: WriteSession, employee_id: UUID, body: ConsentGiven
) -> ConsentView:
    """From its first day on rosters are planned and checked with the exception it opens.

    422 for a ground that no consent opens at the person's location, with those that it does.
    """
    return ConsentView.of(give_consent(session, employee_id, body.facts(), actor=access.actor))


@router.post("/consents/{consent_id}/withdrawal", summary="Take a consent back")
def post_withdrawal(access: MayWrite, session: WriteSession, consent_id: UUID) -> ConsentView:
    """Taken back today, it ends after its notice. 409 `consent_withdrawn` if that was done before."""
    return ConsentView.of(withdraw_consent(session, consent_id, actor=access.actor))
