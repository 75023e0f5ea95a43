"""What pay is worked out from besides punches: bonuses, payments, what happened on days."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlalchemy.orm import Session

from api.openapi import problems
from api.pagination import PageCursor
from api.permissions import Access, allow
from api.schemas.base import EXAMPLE_ID, Day, Page
from api.schemas.pay_facts import PayFactsRecorded, PayFactView, ProposedFactView, Said
from api.transaction import ReadSession, WriteSession
from scheduler.organisation.permissions import Permission, reach
from scheduler.pay.decide_pay_fact import decide_pay_fact
from scheduler.pay.models import PayFact, PayFactVerdict
from scheduler.pay.pay_facts import PayFactState, list_pay_facts, told
from scheduler.pay.proposed_facts import proposed_facts
from scheduler.pay.record_pay_fact import record_pay_facts
from scheduler.people.models import Employee

router = APIRouter(prefix="/v1", tags=["pay facts"])

MayRead = Annotated[Access, Depends(allow(Permission.PAY_FACTS_READ))]
MayWrite = Annotated[Access, Depends(allow(Permission.PAY_FACTS_WRITE))]
MayApprove = Annotated[Access, Depends(allow(Permission.PAY_FACTS_APPROVE))]


@router.get("/pay-facts", summary="List pay facts")
def get_pay_facts(
    access: MayRead,
    session: ReadSession,
    cursor: PageCursor,
    employee_id: Annotated[UUID | None, Query(description="Of this person only.")] = None,
    first_day: Annotated[Day | None, Query(description="About this day or later.")] = None,
    end_day: Annotated[Day | None, Query(description="About days before this one.")] = None,
    state: Annotated[PayFactState | None, Query(description="In this state only.")] = None,
) -> Page[PayFactView]:
    """Bonuses, payments, deductions and what happened on days, in the order in which they were recorded."""
    within = access.reach.criterion(Employee.location_id, Employee.id)
    if employee_id is not None:
        within &= Employee.id == employee_id
    found = list_pay_facts(
        session,
        within,
        first=first_day,
        end=end_day,
        states=(state,) if state else (),
        after=cursor.after,
        limit=cursor.limit + 1,
    )
    shown = [PayFactView.of(each) for each in found[: cursor.limit]]
    return Page(items=shown, next=shown[-1].id if len(found) > cursor.limit else None)


@router.post("/pay-facts", summary="Record pay facts", status_code=201)
def post_pay_facts(access: MayWrite, session: WriteSession, body: PayFactsRecorded) -> list[PayFactView]:
    """All of them or none; money of who may not approve it waits. Days of closed periods make differences."""
    for each in body.pay_facts:
        access.require_employee(session, each.employee_id)
    ids = {each.employee_id for each in body.pay_facts}
    facts = record_pay_facts(
        session,
        [each.facts() for each in body.pay_facts],
        may_approve=may_approve(session, access, ids),
        actor=access.actor,
    )
    return _views(session, facts)


@router.post("/pay-facts/{pay_fact_id}/approval", summary="Approve a pay fact")
def post_approval(access: MayApprove, session: WriteSession, pay_fact_id: UUID, body: Said) -> PayFactView:
    """From now on it is paid. 409 where that was decided already, or for one's own."""
    return _decided(access, session, pay_fact_id, PayFactVerdict.APPROVED, body)


@router.post("/pay-facts/{pay_fact_id}/refusal", summary="Refuse a pay fact")
def post_refusal(access: MayApprove, session: WriteSession, pay_fact_id: UUID, body: Said) -> PayFactView:
    """It is never paid. 409 where that was decided already."""
    return _decided(access, session, pay_fact_id, PayFactVerdict.REFUSED, body)


@router.post("/pay-facts/{pay_fact_id}/withdrawal", summary="Take a pay fact back")
def post_pay_fact_withdrawal(
    access: MayWrite, session: WriteSession, pay_fact_id: UUID, body: Said
) -> PayFactView:
    """It was wrong; what was paid for it in a closed period becomes a difference to be settled."""
    return _decided(access, session, pay_fact_id, PayFactVerdict.TAKEN_BACK, body)


@router.get(
    "/pay-fact-proposals",
    summary="List who may have been sent home",
    responses=problems(HTTPStatus.NOT_FOUND),
)
def get_pay_fact_proposals(
    access: MayWrite,
    session: ReadSession,
    location_id: Annotated[UUID, Query(description="Whose people.", examples=[EXAMPLE_ID])],
    day: Annotated[Day, Query(description="Any day of the week.", examples=["2026-11-16"])],
) -> list[ProposedFactView]:
    """People who came and left long before the end of a published shift; a person says whether it was so."""
    access.require_location(session, location_id)
    return [ProposedFactView.of(each) for each in proposed_facts(session, location_id, day)]


def may_approve(session: Session, access: Access, employee_ids: set[UUID]) -> bool:
    """Whether somebody may approve money of all of some people."""
    held = reach(access.principal, Permission.PAY_FACTS_APPROVE)
    if held is None:
        return False
    people = (session.get(Employee, employee_id) for employee_id in employee_ids)
    return all(person is not None and held.covers(person.location_id) for person in people)


def _decided(
    access: Access, session: Session, pay_fact_id: UUID, verdict: PayFactVerdict, body: Said
) -> PayFactView:
    found = decide_pay_fact(session, pay_fact_id, verdict, reason=body.reason, actor=access.actor)
    return PayFactView.of(found)


def _views(session: Session, facts: Sequence[PayFact]) -> list[PayFactView]:
    return [PayFactView.of(each) for each in told(session, facts)]
