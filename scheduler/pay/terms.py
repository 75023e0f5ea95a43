"""The contracts pay is computed from, read from the records."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.pay.interpret import Terms
from scheduler.pay.models import PayPeriod
from scheduler.people.contracts import contracts_between


def terms_of(session: Session, employee_ids: Collection[UUID], period: PayPeriod) -> dict[UUID, list[Terms]]:
    """The contracts that pay for a period, by employee.

    The day after the last one is included: a night that counts for the last day ends on it.
    """
    held = contracts_between(session, employee_ids, period.starts_on, period.ends_on)
    return {
        employee_id: [
            Terms(
                contract.id,
                contract.valid_from,
                contract.valid_until,
                contract.hourly_rate_cents,
                contract.currency,
            )
            for contract in contracts
        ]
        for employee_id, contracts in held.items()
    }
