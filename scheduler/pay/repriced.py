"""Closed periods that were paid at a price that is not, or no longer, what the contracts say."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from scheduler.pay.late_facts import late_facts
from scheduler.pay.models import PayLine, PayPeriod
from scheduler.people.models import Contract

NIGHT = timedelta(days=1)
"""A night counts for the day on which it starts; its second part may be paid by the next day's contract."""


def repriced_periods(session: Session, location_id: UUID) -> set[UUID]:
    """Ids of the periods of a location that were paid by something that is otherwise now.

    Minutes whose contract has another rate or currency now, or is not in force on the day, if no correction
    has taken them back; and facts and allowances of which payroll learned later.
    """
    about = func.coalesce(PayLine.corrects_period_id, PayLine.pay_period_id)
    price = (PayLine.hourly_rate_cents, PayLine.currency)
    same_price = and_(
        Contract.hourly_rate_cents == PayLine.hourly_rate_cents, Contract.currency == PayLine.currency
    )
    at_own_rate = and_(PayLine.is_worked.is_not(False), Contract.monthly_salary_cents.is_(None))
    in_force = and_(
        Contract.valid_from <= PayLine.day,
        or_(Contract.valid_until.is_(None), Contract.valid_until > PayLine.day),
    )
    rows = session.execute(
        select(about, PayLine.day, same_price.label("same_price"), Contract.valid_from)
        .join(Contract, Contract.id == PayLine.contract_id)
        .join(PayPeriod, PayPeriod.id == about)
        .where(PayPeriod.location_id == location_id, at_own_rate, ~and_(same_price, in_force))
        .group_by(about, PayLine.employee_id, PayLine.day, *price, Contract.id)
        .having(func.sum(PayLine.minutes) != 0)
    )
    at_other_prices = {
        period_id
        for period_id, day, at_its_price, valid_from in rows
        if not (at_its_price and valid_from == day + NIGHT)
    }
    return at_other_prices | late_facts(session, location_id)
