"""Contracts: which is in force, and changing the terms from a day on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.effective import holds_on
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.kernel.money import is_currency
from scheduler.people.hold_employees import hold_employee
from scheduler.people.models import Contract, ContractKind


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """What a contract says, whenever it holds; the fields mean what they mean in `Contract`."""

    kind: ContractKind
    weekly_minutes: int
    min_weekly_minutes: int
    max_weekly_minutes: int
    max_daily_minutes: int
    hourly_rate_cents: int
    currency: str
    monthly_salary_cents: int | None = None

    def errors(self) -> list[FieldError]:
        """Every term that cannot be."""
        found = []
        if not 0 <= self.min_weekly_minutes <= self.weekly_minutes <= self.max_weekly_minutes <= 7 * 24 * 60:
            value = f"{self.min_weekly_minutes} <= {self.weekly_minutes} <= {self.max_weekly_minutes}"
            hint = "0 <= min_weekly_minutes <= weekly_minutes <= max_weekly_minutes <= 10080"
            found.append(FieldError("weekly_minutes", value, "the weekly minutes are not in order", hint))
        if not 0 < self.max_daily_minutes <= 24 * 60:
            value = str(self.max_daily_minutes)
            found.append(FieldError("max_daily_minutes", value, "no such daily limit", "1 to 1440 minutes"))
        if self.hourly_rate_cents < 0:
            value = str(self.hourly_rate_cents)
            found.append(FieldError("hourly_rate_cents", value, "the rate is negative", "0 or more"))
        if self.monthly_salary_cents is not None and self.monthly_salary_cents <= 0:
            value = str(self.monthly_salary_cents)
            hint = "more than 0, or nothing for who is paid by the hour"
            found.append(FieldError("monthly_salary_cents", value, "is no salary", hint))
        if not is_currency(self.currency):
            found.append(
                FieldError("currency", self.currency, "is no known currency", "ISO 4217, such as PLN")
            )
        return found


def contracts_between(
    session: Session, employee_ids: Collection[UUID], first_day: date, last_day: date
) -> dict[UUID, list[Contract]]:
    """The contracts in force on some day from ``first_day`` to ``last_day``, **both included**, oldest first.

    An employee without any is left out.
    """
    held = (
        Contract.employee_id.in_(employee_ids),
        Contract.valid_from <= last_day,
        or_(Contract.valid_until.is_(None), Contract.valid_until > first_day),
    )
    found: dict[UUID, list[Contract]] = {}
    for contract in session.scalars(select(Contract).where(*held).order_by(Contract.valid_from)):
        found.setdefault(contract.employee_id, []).append(contract)
    return found


def change_contract(
    session: Session, employee_id: UUID, terms: ContractTerms, *, valid_from: date, actor: str
) -> Contract:
    """New terms from a day on: ends the contract then in force and holds until the one after it starts.

    Raises
    ------
    InvalidInput
        If the terms cannot be.
    SchedulerError
        ``employee_not_found``; ``contract_starts_that_day`` if one already starts on ``valid_from``.
    """
    if errors := terms.errors():
        raise InvalidInput(errors)
    employee = hold_employee(session, employee_id)
    by_start = select(Contract).where(Contract.employee_id == employee_id).order_by(Contract.valid_from)
    stored = session.scalars(by_start).all()
    if any(contract.valid_from == valid_from for contract in stored):
        raise SchedulerError(
            "contract_starts_that_day", employee=employee.number, valid_from=valid_from.isoformat()
        )
    later = [contract.valid_from for contract in stored if contract.valid_from > valid_from]
    for contract in stored:
        if holds_on(contract, valid_from):
            contract.valid_until = valid_from
    changed = Contract(
        employee_id=employee_id, valid_from=valid_from, valid_until=min(later, default=None), **asdict(terms)
    )
    session.add(changed)
    session.flush()
    record(
        session,
        actor,
        "contract.change",
        "contract",
        changed.id,
        employee=employee.number,
        valid_from=valid_from.isoformat(),
        **asdict(terms),
    )
    return changed
