"""Terms of employment."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlalchemy import select

from api.permissions import Access, allow
from api.schemas.contracts import ContractView, NewContract
from api.transaction import ReadSession, WriteSession
from scheduler.organisation.permissions import Permission
from scheduler.people.contracts import change_contract
from scheduler.people.models import Contract

router = APIRouter(prefix="/v1/employees/{employee_id}/contracts", tags=["contracts"])


@router.get("", summary="List contracts")
def get_contracts(
    access: Annotated[Access, Depends(allow(Permission.CONTRACTS_READ))],
    session: ReadSession,
    employee_id: UUID,
) -> list[ContractView]:
    """Every contract of a person, past and future, earliest first."""
    of_employee = select(Contract).where(Contract.employee_id == employee_id).order_by(Contract.valid_from)
    return [ContractView.model_validate(contract) for contract in session.scalars(of_employee)]


@router.post("", status_code=201, summary="Change the contract from a day on")
def post_contract(
    access: Annotated[Access, Depends(allow(Permission.CONTRACTS_WRITE))],
    session: WriteSession,
    employee_id: UUID,
    body: NewContract,
) -> ContractView:
    """Ends the contract in force on `valid_from` and starts this one. 409 if one already starts that day."""
    changed = change_contract(
        session, employee_id, body.terms(), valid_from=body.valid_from, actor=access.actor
    )
    return ContractView.model_validate(changed)
