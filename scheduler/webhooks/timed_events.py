"""Events that no action says: dates of contracts and ends of certificates that come near."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.event_types import CONTRACT_DATE_NEAR, SKILL_EXPIRING, TIMED, EventType
from scheduler.audit.models import Announcement
from scheduler.db.tenant import across_tenants
from scheduler.reporting.hr_facts import hr_facts
from scheduler.reporting.hr_query import HrFact, HrQuery
from scheduler.reporting.models import HrRecordKind
from scheduler.webhooks.models import WebhookEndpoint

AHEAD = timedelta(days=30)
KINDS = ((HrRecordKind.CONTRACT_DATES, CONTRACT_DATE_NEAR), (HrRecordKind.EXPIRING_SKILLS, SKILL_EXPIRING))


def organisations_to_look_at(session: Session) -> Sequence[UUID]:
    """The organisations of which some endpoint wants to know of dates."""
    timed = {event.name for event in TIMED}
    with across_tenants(session):
        active = (WebhookEndpoint.removed_at.is_(None), WebhookEndpoint.disabled_at.is_(None))
        found = session.scalars(select(WebhookEndpoint).where(*active)).all()
    return sorted({one.organisation_id for one in found if timed & set(one.event_types)})


def announce_dates(session: Session, *, today: date, now: datetime) -> int:
    """Announce the dates from today to `AHEAD` that were not announced before; gives how many."""
    found: dict[str, tuple[EventType, HrFact]] = {}
    for kind, event in KINDS:
        query = HrQuery(kind, today, today + AHEAD + timedelta(days=1), None)
        for fact in hr_facts(session, query, today=today):
            if not (fact.facts.get("is_renewed") or fact.facts.get("is_followed")):
                found[f"{event.name}/{fact.key}"] = (event, fact)
    told = set(session.scalars(select(Announcement.key).where(Announcement.key.in_(found))))
    fresh = [(key, *found[key]) for key in found if key not in told]
    session.add_all(_announcement(key, event, fact, now) for key, event, fact in fresh)
    session.flush()
    return len(fresh)


def _announcement(key: str, event: EventType, fact: HrFact, now: datetime) -> Announcement:
    about = {
        name: fact.facts[name] for name in ("event", "skill_code", "contract_id") if fact.facts.get(name)
    }
    facts = {
        "subject": "employee", "id": str(fact.employee_id), "location_id": str(fact.location_id),
        "day": fact.starts_on.isoformat(), **about,
    }  # fmt: skip
    return Announcement(at=now, type=event.name, facts=facts, key=key)
