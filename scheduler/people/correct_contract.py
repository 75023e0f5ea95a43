"""Correct a contract that was written down wrong."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.people.contracts import ContractTerms
from scheduler.people.hold_employees import hold_employee
from scheduler.people.models import Contract


def correct_contract(
    session: Session, contract_id: UUID, terms: ContractTerms, *, valid_from: date, actor: str
) -> Contract:
    """What the contract says from its first day on, as it should have been written; its last day stays.

    The contract before it ends where it starts, if it ended there already or would overlap it. Of closed pay
    periods nothing changes: what was paid otherwise is a difference to be settled.

    Raises
    ------
    InvalidInput
        If the terms cannot be, or if it would start on or before the first day of the contract before it, or
        after its own last day.
    SchedulerError
        ``contract_not_found``.
    """
    contract = session.get(Contract, contract_id)
    if contract is None:
        raise SchedulerError("contract_not_found", contract_id=str(contract_id))
    employee = hold_employee(session, contract.employee_id)
    session.refresh(contract)
    of_employee = select(Contract).where(Contract.employee_id == contract.employee_id)
    earlier = of_employee.where(Contract.valid_from < contract.valid_from)
    before = session.scalars(earlier.order_by(Contract.valid_from.desc())).first()
    if errors := [*terms.errors(), *_start_errors(contract, before, valid_from)]:
        raise InvalidInput(errors)
    was = {name: getattr(contract, name) for name in asdict(terms)}
    was["valid_from"] = contract.valid_from.isoformat()
    if before is not None and _reaches(before, min(contract.valid_from, valid_from)):
        before.valid_until = valid_from
    contract.valid_from = valid_from
    for name, value in asdict(terms).items():
        setattr(contract, name, value)
    session.flush()
    record(
        session,
        actor,
        "contract.correct",
        "contract",
        contract.id,
        employee=employee.number,
        valid_from=valid_from.isoformat(),
        before=was,
        **asdict(terms),
    )
    return contract


def _reaches(before: Contract, day: date) -> bool:
    return before.valid_until is None or before.valid_until >= day


def _start_errors(contract: Contract, before: Contract | None, valid_from: date) -> list[FieldError]:
    if before is not None and valid_from <= before.valid_from:
        problem, hint = "another contract starts then or later", f"a day after {before.valid_from}"
    elif contract.valid_until is not None and valid_from >= contract.valid_until:
        problem, hint = "the contract has ended by then", f"a day before {contract.valid_until}"
    else:
        return []
    return [FieldError("valid_from", valid_from.isoformat(), problem, hint)]
