"""Pulls of human resources: what changed since a number, each change once.

A pull compares what is true now with what was handed out before, and gives every difference the next numbers.
So it does not matter which use case changed something, or in which order transactions ended: numbers are
given by one transaction of an organisation at a time, and a reader never meets a smaller one later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from scheduler.db.tenant import tenant_of
from scheduler.kernel.clock import utc_now
from scheduler.organisation.models import Organisation
from scheduler.reporting.hr_facts import hr_facts
from scheduler.reporting.hr_query import HrFact, HrQuery, with_horizon
from scheduler.reporting.models import HrRecord

CHUNK = 500


@dataclass(frozen=True, slots=True)
class HrPage:
    """Records in the order of their last change.

    Parameters
    ----------
    last
        Number of the last change that is told; the one that was asked after, where there is none.
    has_more
        Whether there are more now.
    """

    records: Sequence[HrRecord]
    last: int
    has_more: bool


def pull_hr_records(session: Session, query: HrQuery, *, after: int, limit: int, today: date) -> HrPage:
    """The records that changed after number ``after``, at most ``limit`` of them.

    What is known already is handed out first; only when that does not fill the page is it compared with what
    is true now, so that a long list is compared once and not for each of its pages.
    """
    found = _changed(session, query, after, limit + 1)
    if len(found) <= limit:
        bring_up_to_date(session, query, today=today)
        found = _changed(session, query, after, limit + 1)
    shown = found[:limit]
    return HrPage(shown, shown[-1].sequence if shown else after, len(found) > limit)


def bring_up_to_date(session: Session, query: HrQuery, *, today: date) -> int:
    """Make the records that are asked for say what is true now; gives how many changed."""
    # Held until the transaction ends: whoever gives the next numbers sees these.
    organisation = select(Organisation).where(Organisation.id == tenant_of(session))
    session.scalars(organisation.with_for_update(key_share=True)).one()
    query = _with_all_told(session, query, today)
    stored = _stored(session, query)
    number: int = session.scalar(select(func.max(HrRecord.sequence))) or 0
    now = utc_now()
    added: list[dict[str, Any]] = []
    changed: dict[UUID, HrFact | None] = {}
    for fact in hr_facts(session, query, today=today):
        known = stored.pop((fact.location_id, fact.key), None)
        if known is None:
            number += 1
            added.append(_row(session, query, fact) | {"sequence": number, "changed_at": now})
        elif known[1] != fact.facts or known[2]:
            changed[known[0]] = fact
    changed |= {record_id: None for record_id, _facts, is_withdrawn in stored.values() if not is_withdrawn}
    ids = list(changed)
    for start in range(0, len(ids), CHUNK):
        some = select(HrRecord).where(HrRecord.id.in_(ids[start : start + CHUNK])).order_by(HrRecord.id)
        for record in session.scalars(some):
            number += 1
            true_now = changed[record.id]
            record.sequence, record.changed_at = number, now
            record.facts = {} if true_now is None else dict(true_now.facts)
            record.is_withdrawn = true_now is None
    if added:
        session.execute(insert(HrRecord), added)
    session.flush()
    return len(added) + len(changed)


def _with_all_told(session: Session, query: HrQuery, today: date) -> HrQuery:
    """The query as far ahead as anybody was ever told something, so that nothing told goes stale."""
    bounded = with_horizon(query, today)
    if bounded.ends_on is None or query.ends_on is not None:
        return query
    farthest = session.scalar(select(func.max(HrRecord.ends_on)).where(HrRecord.kind == query.kind))
    return replace(bounded, ends_on=max(bounded.ends_on, farthest or bounded.ends_on))


def _stored(session: Session, query: HrQuery) -> dict[tuple[UUID, str], tuple[UUID, dict[str, Any], bool]]:
    """Id, facts and whether it is withdrawn of each record so far, by place and key."""
    statement = select(
        HrRecord.id, HrRecord.location_id, HrRecord.key, HrRecord.facts, HrRecord.is_withdrawn
    ).where(HrRecord.kind == query.kind)
    statement = statement.where(query.touches(HrRecord.starts_on, HrRecord.ends_on))
    rows = session.execute(statement.where(query.at_places(HrRecord.location_id)))
    return {(place, key): (record_id, facts, gone) for record_id, place, key, facts, gone in rows}


def _row(session: Session, query: HrQuery, fact: HrFact) -> dict[str, Any]:
    return {
        "organisation_id": tenant_of(session),
        "kind": query.kind,
        "location_id": fact.location_id,
        "employee_id": fact.employee_id,
        "key": fact.key,
        "starts_on": fact.starts_on,
        "ends_on": fact.ends_on,
        "facts": dict(fact.facts),
        "is_withdrawn": False,
    }


def _changed(session: Session, query: HrQuery, after: int, limit: int) -> Sequence[HrRecord]:
    statement = select(HrRecord).where(HrRecord.kind == query.kind, HrRecord.sequence > after)
    statement = statement.where(query.touches(HrRecord.starts_on, HrRecord.ends_on))
    statement = statement.where(query.at_places(HrRecord.location_id))
    return session.scalars(statement.order_by(HrRecord.sequence).limit(limit)).all()
