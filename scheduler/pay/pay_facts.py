"""Pay facts: finding them, and what state they are in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from scheduler.kernel.errors import SchedulerError
from scheduler.pay.models import PayFact, PayFactDecision, PayFactVerdict
from scheduler.people.models import Employee


class PayFactState(StrEnum):
    """What became of a pay fact so far."""

    WAITING = "waiting"
    """For somebody to approve it."""
    COUNTS = "counts"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class ToldFact:
    """A fact, whose it is, and what was decided on it, oldest first."""

    fact: PayFact
    employee: Employee
    decisions: Sequence[PayFactDecision]

    @property
    def state(self) -> PayFactState:
        """What became of it so far."""
        return state_of(self.fact, self.decisions)


def state_of(fact: PayFact, decisions: Iterable[PayFactDecision]) -> PayFactState:
    """What became of a fact, by what was decided on it."""
    verdicts = {each.verdict for each in decisions}
    if PayFactVerdict.TAKEN_BACK in verdicts:
        return PayFactState.TAKEN_BACK
    if PayFactVerdict.REFUSED in verdicts:
        return PayFactState.REFUSED
    waiting = fact.needs_approval and PayFactVerdict.APPROVED not in verdicts
    return PayFactState.WAITING if waiting else PayFactState.COUNTS


def find_pay_fact(session: Session, pay_fact_id: UUID) -> ToldFact:
    """The pay fact with this id.

    Raises
    ------
    SchedulerError
        ``not_found``.
    """
    fact = session.get(PayFact, pay_fact_id)
    if fact is None:
        raise SchedulerError("not_found", what="pay fact", id=str(pay_fact_id))
    return told(session, [fact])[0]


def list_pay_facts(
    session: Session,
    within: ColumnElement[bool],
    *,
    first: date | None = None,
    end: date | None = None,
    states: Collection[PayFactState] = (),
    after: UUID | None = None,
    limit: int | None = None,
) -> list[ToldFact]:
    """Pay facts of people, in the order in which they were recorded.

    Parameters
    ----------
    within
        Which of them, as a condition on `PayFact` and `Employee`.
    first, end
        Their days, half-open; None for no bound.
    states
        Only those in one of these; empty for all.
    after, limit
        From the one after an id on, and how many of them at most.
    """
    query = select(PayFact).join(Employee, Employee.id == PayFact.employee_id).where(within)
    if first is not None:
        query = query.where(PayFact.day >= first)
    if end is not None:
        query = query.where(PayFact.day < end)
    if after is not None:
        query = query.where(PayFact.id > after)
    query = query.order_by(PayFact.id)
    if limit is not None and not states:
        query = query.limit(limit)
    found = told(session, session.scalars(query).all())
    chosen = [each for each in found if not states or each.state in states]
    return chosen if limit is None else chosen[:limit]


def told(session: Session, facts: Sequence[PayFact]) -> list[ToldFact]:
    """The facts with their people and decisions."""
    ids = [fact.id for fact in facts]
    decisions: dict[UUID, list[PayFactDecision]] = {}
    query = select(PayFactDecision).where(PayFactDecision.pay_fact_id.in_(ids))
    for each in session.scalars(query.order_by(PayFactDecision.decided_at, PayFactDecision.id)):
        decisions.setdefault(each.pay_fact_id, []).append(each)
    whose = select(Employee).where(Employee.id.in_({fact.employee_id for fact in facts}))
    people = {person.id: person for person in session.scalars(whose)}
    return [ToldFact(fact, people[fact.employee_id], decisions.get(fact.id, ())) for fact in facts]
