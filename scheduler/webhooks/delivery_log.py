"""What was delivered to an endpoint, and what it answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from scheduler.audit.models import Announcement
from scheduler.webhooks.deliver import message_id
from scheduler.webhooks.models import WebhookAttempt, WebhookDelivery


@dataclass(frozen=True, slots=True)
class Logged:
    """A delivery with its event and its attempts, the latest first."""

    delivery: WebhookDelivery
    event: Announcement
    attempts: tuple[WebhookAttempt, ...]

    @property
    def message_id(self) -> str:
        """By which the receiver tells repetitions."""
        return message_id(self.event)


def deliveries_of(endpoint_id: UUID) -> Select[WebhookDelivery]:
    """The deliveries of an endpoint, newest first."""
    query = select(WebhookDelivery).where(WebhookDelivery.endpoint_id == endpoint_id)
    return query.order_by(WebhookDelivery.id.desc())


def logged(session: Session, deliveries: Sequence[WebhookDelivery]) -> list[Logged]:
    """Deliveries with what is known of each."""
    ids = [one.id for one in deliveries]
    events = {
        event.id: event
        for event in session.scalars(
            select(Announcement).where(Announcement.id.in_([one.announcement_id for one in deliveries]))
        )
    }
    attempts: dict[UUID, list[WebhookAttempt]] = defaultdict(list)
    tried = select(WebhookAttempt).where(WebhookAttempt.delivery_id.in_(ids))
    for attempt in session.scalars(tried.order_by(WebhookAttempt.id.desc())):
        attempts[attempt.delivery_id].append(attempt)
    return [Logged(one, events[one.announcement_id], tuple(attempts[one.id])) for one in deliveries]
