"""Approve, refuse or take back a pay fact."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import SchedulerError
from scheduler.kernel.reason import checked_reason
from scheduler.pay.models import PayFactDecision, PayFactVerdict
from scheduler.pay.pay_facts import PayFactState, ToldFact, find_pay_fact
from scheduler.people.hold_employees import hold_employee

ALLOWED = {
    PayFactVerdict.APPROVED: (PayFactState.WAITING,),
    PayFactVerdict.REFUSED: (PayFactState.WAITING,),
    PayFactVerdict.TAKEN_BACK: (PayFactState.WAITING, PayFactState.COUNTS),
}
"""In which states something can be decided."""


def decide_pay_fact(
    session: Session, pay_fact_id: UUID, verdict: PayFactVerdict, *, reason: str, actor: str
) -> ToldFact:
    """The fact with the decision added; nothing that was said before changes.

    Raises
    ------
    InvalidInput
        Without a reason.
    SchedulerError
        ``not_found``; ``pay_fact_decided`` with its state; ``pay_fact_own`` for who would approve what he
        recorded himself.
    """
    words = checked_reason(reason)
    hold_employee(session, find_pay_fact(session, pay_fact_id).fact.employee_id)
    found = find_pay_fact(session, pay_fact_id)
    if found.state not in ALLOWED[verdict]:
        raise SchedulerError("pay_fact_decided", pay_fact_id=str(pay_fact_id), state=found.state.value)
    if verdict is PayFactVerdict.APPROVED and found.fact.recorded_by == actor:
        raise SchedulerError("pay_fact_own", pay_fact_id=str(pay_fact_id))
    decision = PayFactDecision(
        pay_fact_id=pay_fact_id, verdict=verdict, reason=words, decided_at=utc_now(), decided_by=actor
    )
    session.add(decision)
    session.flush()
    facts = {"verdict": verdict.value, "reason": words, "employee": found.employee.number}
    record(session, actor, "pay_fact.decide", "pay_fact", pay_fact_id, **facts)
    return find_pay_fact(session, pay_fact_id)
