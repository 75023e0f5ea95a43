"""Lend the right to approve timesheets, and take it back."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from api.permissions import Access, allow
from api.schemas.approval_delegations import DelegationView, NewDelegation
from api.transaction import ReadSession, WriteSession
from scheduler.organisation.delegations import delegate, delegations, withdraw
from scheduler.organisation.permissions import Permission, Reach, reach_of_grants

router = APIRouter(prefix="/v1", tags=["timesheets"])

MayApprove = Annotated[Access, Depends(allow(Permission.TIMESHEETS_APPROVE))]


def seen_by(access: Access) -> Reach:
    """Where whoever asks sees all that was lent: by his own roles, not by what was lent to him."""
    if access.principal.account_id is None:
        return access.reach
    return reach_of_grants(access.principal.grants, Permission.TIMESHEETS_APPROVE) or Reach()


@router.get("/approval-delegations", summary="List lent rights to approve")
def get_approval_delegations(access: MayApprove, session: ReadSession) -> list[DelegationView]:
    """What one lent and was lent, and all that was lent where one may approve oneself, newest first."""
    listed = delegations(session, access.principal.account_id, seen_by(access))
    return [DelegationView.model_validate(each) for each in listed]


@router.post("/approval-delegations", summary="Lend the right to approve", status_code=201)
def post_approval_delegations(
    access: MayApprove, session: WriteSession, body: NewDelegation
) -> list[DelegationView]:
    """One record for each location; nobody lends more than his own right, or what was lent to him."""
    made = delegate(
        session,
        location_ids=set(body.location_ids),
        receiver_email=body.receiver_email,
        starts_on=body.starts_on,
        ends_on=body.ends_on,
        reason=body.reason,
        actor=access.actor,
    )
    return [DelegationView.model_validate(each) for each in made]


@router.post("/approval-delegations/{delegation_id}/withdrawal", summary="Take a lent right back")
def post_delegation_withdrawal(
    access: MayApprove, session: WriteSession, delegation_id: UUID
) -> DelegationView:
    """By its giver, by whoever may approve there himself, or by whom it was lent to."""
    return DelegationView.model_validate(withdraw(session, delegation_id, actor=access.actor))
