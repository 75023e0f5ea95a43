"""Timesheets that a close left out: once approved they are paid in the next open period."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.pay.corrections import settle
from scheduler.pay.models import PayPeriod, PayPeriodState
from scheduler.pay.periods import hold_next_open_period
from scheduler.timekeeping.models import Timesheet, TimesheetState

REASON = "late sheet"
"""Of the lines that pay a timesheet which was left out."""


def settle_late_sheets(session: Session, target: PayPeriod, *, actor: str) -> int:
    """How many lines were added to a held open period for approved timesheets that closes left out.

    They point back to the period in which the time was worked. What else changed in a closed period stays
    pending until somebody settles it.
    """
    query = (
        select(PayPeriod, Timesheet.employee_id)
        .join(
            Timesheet,
            (Timesheet.location_id == PayPeriod.location_id)
            & Timesheet.pay_group_id.is_not_distinct_from(PayPeriod.pay_group_id)
            & (Timesheet.starts_on >= PayPeriod.starts_on)
            & (Timesheet.starts_on < PayPeriod.ends_on),
        )
        .where(
            PayPeriod.location_id == target.location_id,
            PayPeriod.state == PayPeriodState.CLOSED,
            Timesheet.state == TimesheetState.APPROVED,
        )
        .order_by(PayPeriod.starts_on, PayPeriod.id)
    )
    late: dict[PayPeriod, set[UUID]] = {}
    for period, employee_id in session.execute(query).unique():
        late.setdefault(period, set()).add(employee_id)
    added = 0
    for period, people in late.items():
        if hold_next_open_period(session, period).id == target.id:
            added += len(settle(session, period.id, reason=REASON, only=people, actor=actor).lines)
    return added
