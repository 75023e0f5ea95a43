"""Pay facts and allowances that count, read for many people at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from scheduler.pay.models import Allowance, PayFact, PayFactDecision, PayFactVerdict
from scheduler.people.models import Employee


def counts() -> ColumnElement[bool]:
    """Whether a pay fact counts: neither refused nor taken back, and approved where it needs that."""
    decision = aliased(PayFactDecision)
    decided = select(decision.id).where(decision.pay_fact_id == PayFact.id)
    against = decided.where(decision.verdict != PayFactVerdict.APPROVED)
    approved = decided.where(decision.verdict == PayFactVerdict.APPROVED)
    return or_(PayFact.needs_approval.is_(False), approved.exists()) & ~against.exists()


def facts_between(
    session: Session, employee_ids: Collection[UUID], first: date, end: date
) -> dict[UUID, list[PayFact]]:
    """The facts that count of civil days ``[first, end)``, and the bonuses that were earned on some of them.

    In order of day; people without any are left out.
    """
    query = (
        select(PayFact)
        .where(
            PayFact.employee_id.in_(employee_ids),
            or_(
                (PayFact.day >= first) & (PayFact.day < end),
                (PayFact.earned_from < end) & (PayFact.earned_until > first),
            ),
            counts(),
        )
        .order_by(PayFact.day, PayFact.id)
    )
    found: dict[UUID, list[PayFact]] = defaultdict(list)
    for fact in session.scalars(query):
        found[fact.employee_id].append(fact)
    return found


def allowances_between(session: Session, first: date, end: date) -> Sequence[Allowance]:
    """The organisation's allowances in force on some of the days, by their start."""
    query = select(Allowance).where(
        Allowance.valid_from < end, or_(Allowance.valid_until.is_(None), Allowance.valid_until > first)
    )
    return session.scalars(query.order_by(Allowance.valid_from, Allowance.id)).all()


def allowances_for(allowances: Iterable[Allowance], person: Employee) -> list[Allowance]:
    """Those that somebody gets, by location, job and person."""
    return [
        each
        for each in allowances
        if each.location_id in (None, person.location_id)
        and each.job_role_id in (None, person.job_role_id)
        and each.employee_id in (None, person.id)
    ]
