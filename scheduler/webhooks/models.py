"""Endpoints of other systems, and what was delivered to them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Identified, TenantOwned


class WebhookEndpoint(Identified, TenantOwned, Base):
    """An address of another system that is told what happens.

    Its secret is in no record: it is worked out from the installation's key, the endpoint and the number of
    the secret (`scheduler.webhooks.signing`).
    """

    __tablename__ = "webhook_endpoints"

    name: Mapped[str] = mapped_column(String(80))
    url: Mapped[str] = mapped_column(String(500))
    event_types: Mapped[list[str]]
    """What it is told."""
    secret_number: Mapped[int] = mapped_column(default=1)
    """Raised by each rotation."""
    secret_hash: Mapped[str] = mapped_column(String(64))
    """Of the secret, to notice that the installation's key is another than when it was shown."""
    old_secret_until: Mapped[datetime | None]
    """Until then deliveries are signed with the secret before, too."""
    failing_since: Mapped[datetime | None]
    """First failure since the last delivery that arrived."""
    disabled_at: Mapped[datetime | None]
    disabled_reason: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(80))
    removed_at: Mapped[datetime | None]
    """It is told nothing any more and shown nowhere; its deliveries stay until they are old."""


class DeliveryState(StrEnum):
    """Life of a delivery."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    """Given up after the last attempt; somebody can send it again."""


class WebhookDelivery(Identified, TenantOwned, Base):
    """One announcement on its way to one endpoint."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        UniqueConstraint("endpoint_id", "announcement_id"),
        Index("ix_webhook_deliveries_due", "state", "next_attempt_at"),
    )

    endpoint_id: Mapped[UUID] = mapped_column(ForeignKey("webhook_endpoints.id", ondelete="CASCADE"))
    announcement_id: Mapped[UUID] = mapped_column(
        ForeignKey("announcements.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[DeliveryState] = mapped_column(default=DeliveryState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime | None]
    """Not before; None once it is no longer waiting."""
    delivered_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class WebhookAttempt(Identified, TenantOwned, Base):
    """One try to deliver, and what the other side answered."""

    __tablename__ = "webhook_attempts"

    delivery_id: Mapped[UUID] = mapped_column(
        ForeignKey("webhook_deliveries.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    status: Mapped[int | None]
    """Of the answer; None where there was none."""
    milliseconds: Mapped[int]
    answer: Mapped[str] = mapped_column(String(500))
    """How the answer begins."""
    problem: Mapped[str | None] = mapped_column(String(300))
    """Why there was no answer, in words."""
