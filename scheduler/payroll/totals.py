"""What a file amounts to by pay code, and how that differs from the periods before."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.pay.models import PayLine, PayPeriod
from scheduler.pay.periods import period_before


@dataclass(frozen=True, slots=True)
class CodeTotal:
    """Lines, minutes and money of one pay code in one currency."""

    pay_code: str
    currency: str
    lines: int
    minutes: int
    amount_cents: int

    def to_json(self) -> dict[str, Any]:
        """As a batch keeps it."""
        return {
            "pay_code": self.pay_code,
            "currency": self.currency,
            "lines": self.lines,
            "minutes": self.minutes,
            "amount_cents": self.amount_cents,
        }


@dataclass(frozen=True, slots=True)
class CodeChange:
    """A pay code in this file and in the periods before."""

    now: CodeTotal
    before: CodeTotal

    @property
    def minutes(self) -> int:
        """Minutes more than before."""
        return self.now.minutes - self.before.minutes

    @property
    def amount_cents(self) -> int:
        """Money more than before."""
        return self.now.amount_cents - self.before.amount_cents


def totals(session: Session, period_ids: Collection[UUID]) -> list[CodeTotal]:
    """Totals of some periods by pay code and currency, in their order."""
    query = (
        select(
            PayLine.pay_code,
            PayLine.currency,
            func.count(PayLine.id),
            func.sum(PayLine.minutes),
            func.sum(PayLine.amount_cents),
        )
        .where(PayLine.pay_period_id.in_(period_ids))
        .group_by(PayLine.pay_code, PayLine.currency)
    )
    found = [
        CodeTotal(str(code), currency, lines, int(minutes), int(cents))
        for code, currency, lines, minutes, cents in session.execute(query)
    ]
    return sorted(found, key=lambda each: (each.pay_code, each.currency))


def periods_before(session: Session, periods: Iterable[PayPeriod]) -> list[PayPeriod]:
    """For each location and pay group the last closed period before the first of its periods here."""
    first: dict[tuple[UUID, UUID | None], PayPeriod] = {}
    for period in sorted(periods, key=lambda each: each.starts_on):
        first.setdefault((period.location_id, period.pay_group_id), period)
    found = (period_before(session, period) for period in first.values())
    return [before for before in found if before is not None]


def changes(now: Iterable[CodeTotal], before: Iterable[CodeTotal]) -> list[CodeChange]:
    """Each pay code of either, side by side."""
    ours = {(each.pay_code, each.currency): each for each in now}
    theirs = {(each.pay_code, each.currency): each for each in before}
    return [
        CodeChange(ours.get(key) or CodeTotal(*key, 0, 0, 0), theirs.get(key) or CodeTotal(*key, 0, 0, 0))
        for key in sorted(ours.keys() | theirs.keys())
    ]
