"""From announcements to deliveries: each endpoint that wants to know gets one."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from scheduler.audit.models import Announcement
from scheduler.db.tenant import across_tenants
from scheduler.webhooks.models import DeliveryState, WebhookDelivery, WebhookEndpoint

AT_ONCE = 500
KEPT = timedelta(days=45)
"""How long is known what was told to whom; longer than dates are told ahead, so that none is told twice."""


def is_anything_waiting(session: Session) -> bool:
    """Whether some announcement, of any organisation, was not handed out yet."""
    with across_tenants(session):
        return session.scalar(select(Announcement.id).where(_waits()).limit(1)) is not None


def hand_out(session: Session, *, now: datetime) -> int:
    """Make the deliveries of the oldest announcements that wait, of every organisation; gives how many.

    What nobody wants to know is forgotten.
    """
    with across_tenants(session):
        waiting = session.scalars(
            select(Announcement)
            .where(_waits())
            .order_by(Announcement.id)
            .limit(AT_ONCE)
            .with_for_update(skip_locked=True)
        ).all()
        listening = _listening(session) if waiting else {}
        made: list[WebhookDelivery] = []
        unwanted: list[UUID] = []
        for event in waiting:
            wanted = [
                one for one in listening.get(event.organisation_id, ()) if event.type in one.event_types
            ]
            if not wanted:
                unwanted.append(event.id)
                continue
            event.handed_out_at = now
            made += (
                WebhookDelivery(
                    organisation_id=event.organisation_id,
                    endpoint_id=one.id,
                    announcement_id=event.id,
                    state=DeliveryState.WAITING,
                    next_attempt_at=now,
                    created_at=now,
                )
                for one in wanted
            )
        session.add_all(made)
        session.execute(delete(Announcement).where(Announcement.id.in_(unwanted)))
    return len(made)


def forget_old(session: Session, *, now: datetime) -> None:
    """Forget what was handed out long ago, with its deliveries and what was answered to them."""
    with across_tenants(session):
        session.execute(delete(Announcement).where(Announcement.handed_out_at < now - KEPT))


def _listening(session: Session) -> dict[UUID, list[WebhookEndpoint]]:
    found: dict[UUID, list[WebhookEndpoint]] = defaultdict(list)
    active = (WebhookEndpoint.removed_at.is_(None), WebhookEndpoint.disabled_at.is_(None))
    for endpoint in session.scalars(select(WebhookEndpoint).where(*active)):
        found[endpoint.organisation_id].append(endpoint)
    return found


def _waits() -> ColumnElement[bool]:
    """Whether an announcement is to be handed out, as a condition."""
    return Announcement.handed_out_at.is_(None)
