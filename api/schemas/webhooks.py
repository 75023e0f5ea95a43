"""Webhooks: addresses that are told what happens, and what was delivered to them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from api.schemas.base import EXAMPLE_ID, Input, Name, Output, example
from scheduler.webhooks.models import DeliveryState

_ENDPOINT: dict[str, Any] = {
    "id": EXAMPLE_ID,
    "name": "HR system",
    "url": "https://hr.example.com/makina",
    "event_types": ["pay_period.closed", "timesheet.approved"],
    "created_at": "2026-11-02T08:00:00Z",
    "old_secret_until": None,
    "failing_since": None,
    "disabled_at": None,
    "disabled_reason": None,
}
_SECRET = {"secret": "whsec_C2FVsBQIhrsc..."}
_ATTEMPT = {
    "at": "2026-11-02T08:00:01Z",
    "status": 200,
    "milliseconds": 84,
    "answer": "ok",
    "problem": None,
}
_DELIVERY: dict[str, Any] = {
    "id": EXAMPLE_ID,
    "message_id": "evt_0192f1c37b7a7c3e9d2e3f8f4c1b2a10",
    "type": "pay_period.closed",
    "state": "delivered",
    "created_at": "2026-11-02T08:00:00Z",
    "next_attempt_at": None,
    "attempts": [_ATTEMPT],
}

Url = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class NewWebhook(Input):
    """An address to tell what happens, or what to make of one."""

    name: Name = Field(description="Which system it is, at most 80 characters.")
    url: Url = Field(description="https, of a host on the internet.")
    event_types: list[Annotated[str, StringConstraints(max_length=60)]] = Field(
        max_length=50, description="What it is told; `GET /v1/webhooks/event-types` lists them."
    )

    model_config = ConfigDict(
        json_schema_extra=example(**{name: _ENDPOINT[name] for name in ("name", "url", "event_types")})
    )


class WebhookView(Output):
    """An address that is told what happens, without its secret."""

    id: UUID
    name: str
    url: str
    event_types: list[str]
    created_at: datetime
    old_secret_until: datetime | None = Field(
        default=None, description="Until then deliveries are signed with the secret before, too."
    )
    failing_since: datetime | None = Field(default=None, description="First failure since something arrived.")
    disabled_at: datetime | None = Field(
        default=None, description="When it was switched off; null while it works."
    )
    disabled_reason: str | None = None

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_ENDPOINT))


class WebhooksView(Output):
    """Every webhook of the organisation."""

    webhooks: list[WebhookView]

    model_config = ConfigDict(json_schema_extra=example(webhooks=[_ENDPOINT]))


class WebhookSecret(Output):
    """A webhook and its secret."""

    webhook: WebhookView
    secret: str = Field(description="Shown this once; the receiver checks signatures with it.")

    model_config = ConfigDict(json_schema_extra=example(webhook=_ENDPOINT, **_SECRET))


class EventTypeView(Output):
    """Something that can be told."""

    name: str
    about: str = Field(description="When it happens.")

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(name="timesheet.approved", about="A timesheet was approved."),
    )


class EventTypesView(Output):
    """Everything that can be told."""

    event_types: list[EventTypeView]

    model_config = ConfigDict(
        json_schema_extra=example(
            event_types=[{"name": "timesheet.approved", "about": "A timesheet was approved."}]
        )
    )


class WebhookAttemptView(Output):
    """One try to deliver."""

    at: datetime
    status: int | None = Field(default=None, description="Of the answer; null where there was none.")
    milliseconds: int
    answer: str = Field(description="How the answer begins.")
    problem: str | None = Field(default=None, description="Why there was no answer.")

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_ATTEMPT))


class WebhookDeliveryView(Output):
    """One event on its way to one webhook."""

    id: UUID
    message_id: str = Field(description="The same for every attempt: by it a receiver tells repetitions.")
    type: str
    state: DeliveryState
    created_at: datetime
    next_attempt_at: datetime | None = None
    attempts: list[WebhookAttemptView] = Field(description="Latest first.")

    model_config = ConfigDict(json_schema_extra=example(**_DELIVERY))
