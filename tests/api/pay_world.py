"""A pay fact and an allowance for the world of API tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.pay.models import Allowance, AllowancePer, PayFact, PayFactKind

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def store_pay_facts(session: Session, ids: dict[str, UUID]) -> dict[str, UUID]:
    """One of each, of the employee and the location; their ids as paths name them.

    The allowance is in a currency in which nobody is paid, so that no test earns it.
    """
    fact = PayFact(
        employee_id=ids["employee_id"], kind=PayFactKind.PAYMENT, day=date(2026, 1, 1), amount_cents=100,
        currency="PLN", pay_code="taxi", needs_approval=True, reason="taxi", source="api",
        recorded_at=EPOCH, recorded_by="system",
    )  # fmt: skip
    allowance = Allowance(
        pay_code="meals", name="Meals", per=AllowancePer.DAY, amount_cents=100, currency="EUR",
        effect="discretionary", location_id=ids["location_id"], valid_from=date(2026, 1, 1),
        cite="agreed", recorded_at=EPOCH, recorded_by="system",
    )  # fmt: skip
    session.add_all([fact, allowance])
    session.flush()
    return {"pay_fact_id": fact.id, "allowance_id": allowance.id}
