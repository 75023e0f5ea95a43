"""Leave that is earned by the hour: entered into accounts when a pay period is closed."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import utc_now
from scheduler.pay.models import PayCode, PayLine, PayPeriod
from scheduler.people.models import Employee
from scheduler.timeoff.amounts import in_words
from scheduler.timeoff.leave_policies import policies_of
from scheduler.timeoff.models import LeaveEntry, LeaveEntryKind, LeaveGranting, LeavePolicy, LeaveUnit

ALL = 10_000
"""Basis points."""


def accrue_leave(session: Session, period: PayPeriod, *, actor: str) -> int:
    """Enter what the time worked in a period earns, corrections of earlier periods included.

    Gives how many entries were made. A person who does not belong to the period's location any more earns
    by the policy of the place where he belongs now.

    Parameters
    ----------
    period
        With its lines stored; its time is earned when it ends.
    """
    hours = select(LeavePolicy.location_id).where(LeavePolicy.granting == LeaveGranting.HOURS)
    places = set(session.scalars(hours.distinct()))
    if not places:
        return 0
    worked = (PayLine.is_worked.is_(True)) | (
        PayLine.is_worked.is_(None) & (PayLine.pay_code == PayCode.REGULAR)
    )
    sums = session.execute(
        select(Employee, func.sum(PayLine.minutes))
        .join(PayLine, PayLine.employee_id == Employee.id)
        .where(PayLine.pay_period_id == period.id, worked, Employee.location_id.in_(places))
        .group_by(Employee.id)
    ).all()
    policies = {place: _in_force(session, place, period) for place in places}
    made = 0
    for employee, minutes in sums:
        for policy in policies[employee.location_id]:
            made += _enter(session, period, policy, employee.id, int(minutes), actor)
    if made:
        record(
            session, actor, "leave_account.enter", "pay_period", period.id,
            entry=LeaveEntryKind.ACCRUAL.value, day=period.ends_on.isoformat(),
            pay_period_id=str(period.id), entries=made,
        )  # fmt: skip
    return made


def _in_force(session: Session, location_id: UUID, period: PayPeriod) -> list[LeavePolicy]:
    """The policies by which time worked in the period earns leave, one of a kind."""
    latest = {one.kind: one for one in policies_of(session, location_id) if one.starts_on < period.ends_on}
    return [one for one in latest.values() if one.granting is LeaveGranting.HOURS]


def _enter(
    session: Session, period: PayPeriod, policy: LeavePolicy, employee_id: UUID, minutes: int, actor: str
) -> int:
    amount = (2 * minutes * policy.share_basis_points + ALL) // (2 * ALL)
    if amount == 0:
        return 0
    share = f"{policy.share_basis_points / 100:g} % of {in_words(minutes, LeaveUnit.MINUTES)}"
    session.add(
        LeaveEntry(
            employee_id=employee_id,
            leave_kind=policy.kind,
            day=period.ends_on,
            entry=LeaveEntryKind.ACCRUAL,
            unit=policy.unit,
            amount=amount,
            reason=f"{share} worked from {period.starts_on} to before {period.ends_on}",
            source=f"pay_period:{period.id}",
            recorded_at=utc_now(),
            recorded_by=actor,
        )
    )
    return 1
