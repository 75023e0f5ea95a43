"""Closed periods of which something was said later that pay is worked out from."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from scheduler.kernel.clock import utc_now
from scheduler.pay.counted_facts import counts
from scheduler.pay.models import (
    Allowance,
    PayFact,
    PayFactDecision,
    PayFactVerdict,
    PayLine,
    PayPeriod,
    PayPeriodState,
)
from scheduler.people.models import Employee
from scheduler.timekeeping.models import Timesheet


def late_facts(session: Session, location_id: UUID) -> set[UUID]:
    """Ids of the closed periods of a location about which facts or allowances came and are not settled."""
    queries = (
        _recorded(),
        _decided(PayFactVerdict.APPROVED),
        _decided(PayFactVerdict.TAKEN_BACK),
        _allowed(),
    )
    found: set[UUID] = set()
    for query in queries:
        here = query.where(
            PayPeriod.location_id == location_id,
            PayPeriod.state == PayPeriodState.CLOSED,
            PayPeriod.law.is_not(None),
        )
        found.update(session.scalars(here))
    return found


def _touching() -> ColumnElement[bool]:
    """Whether a fact is about days of a period: its own day, or those on which a bonus was earned."""
    return or_(
        and_(PayFact.day >= PayPeriod.starts_on, PayFact.day < PayPeriod.ends_on),
        and_(
            PayFact.earned_from < PayPeriod.ends_on,
            PayFact.earned_until > PayPeriod.starts_on,
            PayFact.day <= utc_now().date(),
        ),
    )


def _sheet() -> ColumnElement[bool]:
    """Whether somebody has a timesheet in a period."""
    return (
        select(Timesheet.id)
        .where(
            Timesheet.employee_id == PayFact.employee_id,
            Timesheet.location_id == PayPeriod.location_id,
            Timesheet.starts_on < PayPeriod.ends_on,
            Timesheet.ends_on > PayPeriod.starts_on,
        )
        .exists()
    )


def _settled(*since: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a correction of the period was made for the person since."""
    return (
        select(PayLine.id)
        .where(PayLine.corrects_period_id == PayPeriod.id, PayLine.employee_id == PayFact.employee_id, *since)
        .exists()
    )


def _recorded() -> Select[UUID]:
    """Facts that count and came after the close."""
    settled = _settled(PayLine.created_at > PayFact.recorded_at)
    return (
        select(PayPeriod.id)
        .join(PayFact, _touching())
        .where(PayFact.recorded_at > PayPeriod.closed_at, counts(), _sheet(), ~settled)
    )


def _decided(verdict: PayFactVerdict) -> Select[UUID]:
    """Facts that were approved, or taken back, after the close."""
    settled = _settled(PayLine.created_at > PayFactDecision.decided_at)
    was_paid = or_(
        PayFact.recorded_at < PayPeriod.closed_at, _settled(PayLine.created_at > PayFact.recorded_at)
    )
    conditions: Sequence[ColumnElement[bool]] = [counts()]
    if verdict is PayFactVerdict.TAKEN_BACK:
        conditions = [was_paid]
    return (
        select(PayPeriod.id)
        .join(PayFact, _touching())
        .join(PayFactDecision, PayFactDecision.pay_fact_id == PayFact.id)
        .where(
            PayFactDecision.verdict == verdict,
            PayFactDecision.decided_at > PayPeriod.closed_at,
            _sheet(),
            ~settled,
            *conditions,
        )
    )


def _allowed() -> Select[UUID]:
    """Allowances that began or ended in a period, as was said after its close, for somebody who worked."""
    about = or_(PayLine.pay_period_id == PayPeriod.id, PayLine.corrects_period_id == PayPeriod.id)
    of_code = select(PayLine.id).where(about, PayLine.pay_code == Allowance.pay_code)
    settled = of_code.where(
        PayLine.corrects_period_id.is_not(None), PayLine.created_at > Allowance.recorded_at
    ).exists()
    worked = (
        select(PayLine.id)
        .join(Employee, Employee.id == PayLine.employee_id)
        .where(
            PayLine.pay_period_id == PayPeriod.id,
            PayLine.is_worked.is_(True),
            PayLine.currency == Allowance.currency,
            or_(Allowance.location_id.is_(None), Allowance.location_id == Employee.location_id),
            or_(Allowance.job_role_id.is_(None), Allowance.job_role_id == Employee.job_role_id),
            or_(Allowance.employee_id.is_(None), Allowance.employee_id == Employee.id),
        )
        .exists()
    )
    never_paid = and_(
        Allowance.valid_from < PayPeriod.ends_on,
        or_(Allowance.valid_until.is_(None), Allowance.valid_until > PayPeriod.starts_on),
        ~of_code.exists(),
    )
    paid_too_long = and_(
        Allowance.valid_until < PayPeriod.ends_on,
        of_code.where(PayLine.day >= Allowance.valid_until).exists(),
    )
    return (
        select(PayPeriod.id)
        .join(Allowance, or_(never_paid, paid_too_long))
        .where(Allowance.recorded_at > PayPeriod.closed_at, worked, ~settled)
    )
