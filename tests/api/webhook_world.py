"""A webhook for the world of API tests."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.audit.models import Announcement
from scheduler.webhooks.models import DeliveryState, WebhookDelivery, WebhookEndpoint

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def store_webhook(session: Session, marker: str) -> dict[str, UUID]:
    """A webhook with a delivery that arrived."""
    endpoint = WebhookEndpoint(
        name=marker, url="https://hr.example.com/", event_types=["pay_period.closed"], secret_hash="0" * 64,
        created_at=EPOCH, created_by="system",
    )  # fmt: skip
    event = Announcement(at=EPOCH, type="pay_period.closed", facts={}, handed_out_at=EPOCH)
    session.add_all([endpoint, event])
    session.flush()
    delivery = WebhookDelivery(
        endpoint_id=endpoint.id, announcement_id=event.id, state=DeliveryState.DELIVERED, created_at=EPOCH
    )
    session.add(delivery)
    session.flush()
    return {"webhook_id": endpoint.id, "webhook_delivery_id": delivery.id}
