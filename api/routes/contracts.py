"""Terms of employment."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlalchemy import select

from api.permissions import Access, allow
from api.schemas.contracts import ContractSaved, ContractView
from api.transaction import ReadSession, WriteSession
from scheduler.organisation.permissions import Permission
from scheduler.people.contracts import change_contract
from scheduler.people.correct_contract import correct_contract
from scheduler.people.models import Contract

router = APIRouter(prefix="/v1", tags=["contracts"])


@router.get("/employees/{employee_id}/contracts", summary="List contracts")
def get_contracts(
    access: Annotated[Access, Depends(allow(Permission.CONTRACTS_READ))],
    session: ReadSession,
    employee_id: UUID,
) -> list[ContractView]:
    """Every contract of a person, past and future, earliest first."""
    of_employee = select(Contract).where(Contract.employee_id == employee_id).order_by(Contract.valid_from)
    return [ContractView.model_validate(contract) for contract in session.scalars(of_employee)]


@router.post(
    "/employees/{employee_id}/contracts", status_code=201, summary="Change the contract from a day on"
)
def post_contract(
    access: Annotated[Access, Depends(allow(Permission.CONTRACTS_WRITE))],
    session: WriteSession,
    employee_id: UUID,
    body: ContractSaved,
) -> ContractView:
    """Ends the contract in force on `valid_from` and starts this one. 409 if one already starts that day."""
    changed = change_contract(
        session, employee_id, body.terms(), valid_from=body.valid_from, actor=access.actor
    )
    return ContractView.model_validate(changed)


@router.put("/contracts/{contract_id}", summary="Correct a contract")
def put_contract(
    access: Annotated[Access, Depends(allow(Permission.CONTRACTS_WRITE))],
    session: WriteSession,
    contract_id: UUID,
    body: ContractSaved,
) -> ContractView:
    """What it should have said from the beginning; new terms from a day on are a change instead.

    A contract that ended where this one started ends where it starts now. Closed pay periods stay as they
    are: what was paid otherwise is a difference to be settled.
    """
    corrected = correct_contract(
        session, contract_id, body.terms(), valid_from=body.valid_from, actor=access.actor
    )
    return ContractView.model_validate(corrected)
