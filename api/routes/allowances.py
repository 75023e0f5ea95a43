"""Allowances: what an agreement or the company pays for each day, shift or night of work."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlalchemy.orm import Session

from api.permissions import Access, allow
from api.schemas.pay_facts import AllowanceEnd, AllowanceInput, AllowanceView
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.permissions import Permission
from scheduler.pay.models import Allowance
from scheduler.pay.save_allowance import (
    NewAllowance,
    add_allowance,
    end_allowance,
    find_allowance,
    list_allowances,
)
from scheduler.people.models import Employee

router = APIRouter(prefix="/v1", tags=["pay facts"])

MaySetUp = Annotated[Access, Depends(allow(Permission.PAYROLL_SETUP))]


@router.get("/allowances", summary="List allowances")
def get_allowances(access: MaySetUp, session: ReadSession) -> list[AllowanceView]:
    """Those within reach, ended ones too, by their first day."""
    return [AllowanceView.of(each) for each in allowances_within(session, access)]


@router.post("/allowances", summary="Add an allowance", status_code=201)
def post_allowance(access: MaySetUp, session: WriteSession, body: AllowanceInput) -> AllowanceView:
    """Paid from its first day on; in closed periods it makes differences to be settled."""
    require_place(session, access, body.facts())
    return AllowanceView.of(add_allowance(session, body.facts(), actor=access.actor))


@router.post("/allowances/{allowance_id}/end", summary="End an allowance")
def post_allowance_end(
    access: MaySetUp, session: WriteSession, allowance_id: UUID, body: AllowanceEnd
) -> AllowanceView:
    """Paid no more from a day on; another amount is another allowance from then on."""
    require_place(session, access, find_allowance(session, allowance_id))
    return AllowanceView.of(end_allowance(session, allowance_id, body.ends_on, actor=access.actor))


def allowances_within(session: Session, access: Access) -> list[Allowance]:
    """The allowances that somebody may see: of his locations, and those that hold everywhere."""
    found = []
    for each in list_allowances(session):
        place = _place(session, each)
        if place is None or access.reach.covers(place):
            found.append(each)
    return found


def require_place(session: Session, access: Access, allowance: Allowance | NewAllowance) -> None:
    """Refuse an allowance for people beyond reach; one for everybody is for who reaches everywhere.

    Raises
    ------
    SchedulerError
        ``outside_reach``.
    """
    place = _place(session, allowance)
    if place is None and not access.reach.everywhere:
        raise SchedulerError("outside_reach", permission=access.permission.value)
    access.require(place)


def _place(session: Session, allowance: Allowance | NewAllowance) -> UUID | None:
    if allowance.employee_id is not None:
        person = session.get(Employee, allowance.employee_id)
        return person.location_id if person is not None else allowance.location_id
    return allowance.location_id
