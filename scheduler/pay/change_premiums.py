"""Premiums for late changes of published rosters, as pay lines take them."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.pay.interpret import Earned, PayKey, PayRule
from scheduler.pay.models import PayCode, PayPeriod
from scheduler.rosters.models import Roster, RosterChange


def change_premiums(session: Session, period: PayPeriod) -> list[Earned]:
    """What late changes of shifts in a period cost, as it was worked out when they were made known.

    A premium counts for the day of the changed shift, at the location of its roster. Several of one person,
    day and price are one line.
    """
    query = (
        select(RosterChange)
        .join(Roster, Roster.id == RosterChange.roster_id)
        .where(
            Roster.location_id == period.location_id,
            RosterChange.day >= period.starts_on,
            RosterChange.day < period.ends_on,
            RosterChange.pay_code.is_not(None),
        )
        .order_by(RosterChange.told_at, RosterChange.id)
    )
    found: dict[PayKey, Earned] = {}
    for change in session.scalars(query):
        line = _earned(change)
        known = found.get(line.key)
        if known is not None:
            line = replace(
                known,
                minutes=known.minutes + line.minutes,
                amount_cents=known.amount_cents + line.amount_cents,
            )
        found[line.key] = line
    return [found[key] for key in sorted(found)]


def _earned(change: RosterChange) -> Earned:
    """The premium of one logged change that has one."""
    if change.pay_code is None or change.contract_id is None or change.currency is None:
        raise ValueError(f"the change {change.id} has no premium")
    key = PayKey(
        change.employee_id,
        change.day,
        PayCode(change.pay_code),
        change.contract_id,
        change.hourly_rate_cents,
        change.currency,
    )
    rule = PayRule(change.rule or "", change.pack or "", change.citation or "", change.multiplier or "")
    return Earned(key, change.premium_minutes, change.premium_cents, (), rule)
