"""Webhooks: addresses of other systems that are told what happens."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request

from api.pagination import PageCursor, page_of
from api.permissions import Access, allow
from api.schemas.base import Page
from api.schemas.webhooks import (
    EventTypesView,
    EventTypeView,
    NewWebhook,
    WebhookAttemptView,
    WebhookDeliveryView,
    WebhookSecret,
    WebhooksView,
    WebhookView,
)
from api.transaction import ReadSession, WriteSession
from scheduler.audit.event_types import CHOSEN
from scheduler.kernel.clock import utc_now
from scheduler.kernel.settings import Settings
from scheduler.organisation.permissions import Permission
from scheduler.webhooks.delivery_log import Logged, deliveries_of, logged
from scheduler.webhooks.endpoints import (
    change_endpoint,
    create_endpoint,
    enable_endpoint,
    list_endpoints,
    remove_endpoint,
    rotate_secret,
    send_again,
    send_test,
)
from scheduler.webhooks.installation_key import installation_key
from scheduler.webhooks.models import WebhookDelivery

router = APIRouter(prefix="/v1", tags=["webhooks"])

MayWrite = Annotated[Access, Depends(allow(Permission.WEBHOOKS_WRITE))]


async def _settings(request: Request) -> Settings:
    # Asynchronous, because a plain function would wait for a thread.
    settings: Settings = request.app.state.settings
    return settings


OurSettings = Annotated[Settings, Depends(_settings)]


@router.get("/webhooks", summary="List webhooks")
def get_webhooks(access: MayWrite, session: ReadSession) -> WebhooksView:
    """Every one that was not removed, by name; never a secret."""
    return WebhooksView(webhooks=[WebhookView.model_validate(one) for one in list_endpoints(session)])


@router.get("/webhooks/event-types", summary="List what webhooks can be told")
def get_webhook_event_types(access: MayWrite) -> EventTypesView:
    """The type of an event says what happened to which record; the API says what the record says now."""
    return EventTypesView(event_types=[EventTypeView.model_validate(one) for one in CHOSEN.values()])


@router.post("/webhooks", status_code=201, summary="Create a webhook")
def post_webhook(
    access: MayWrite, session: WriteSession, settings: OurSettings, body: NewWebhook
) -> WebhookSecret:
    """From now on the address is told what happens. The secret is shown this once.

    Messages follow Standard Webhooks: `webhook-id`, `webhook-timestamp` and `webhook-signature` (`v1`,
    HMAC-SHA256). They come at least once, perhaps twice, and after failures late.
    """
    made, secret = create_endpoint(
        session,
        **body.model_dump(),
        key=installation_key(settings),
        private_addresses=settings.webhook_private_addresses,
        now=utc_now(),
        actor=access.actor,
    )
    return WebhookSecret(webhook=WebhookView.model_validate(made), secret=secret)


@router.put("/webhooks/{webhook_id}", summary="Change a webhook")
def put_webhook(
    access: MayWrite, session: WriteSession, settings: OurSettings, webhook_id: UUID, body: NewWebhook
) -> WebhookView:
    """Its name, address and what it is told, as said; the secret stays."""
    changed = change_endpoint(
        session,
        webhook_id,
        **body.model_dump(),
        private_addresses=settings.webhook_private_addresses,
        actor=access.actor,
    )
    return WebhookView.model_validate(changed)


@router.delete("/webhooks/{webhook_id}", status_code=204, summary="Remove a webhook")
def delete_webhook(access: MayWrite, session: WriteSession, webhook_id: UUID) -> None:
    """It is told nothing any more."""
    remove_endpoint(session, webhook_id, now=utc_now(), actor=access.actor)


@router.post("/webhooks/{webhook_id}/secret", status_code=201, summary="Give a webhook another secret")
def post_webhook_secret(
    access: MayWrite, session: WriteSession, settings: OurSettings, webhook_id: UUID
) -> WebhookSecret:
    """Shown this once. For a day messages are signed with both, so that the receiver has time to change."""
    changed, secret = rotate_secret(
        session, webhook_id, key=installation_key(settings), now=utc_now(), actor=access.actor
    )
    return WebhookSecret(webhook=WebhookView.model_validate(changed), secret=secret)


@router.post("/webhooks/{webhook_id}/enabling", summary="Switch a webhook on again")
def post_webhook_enabling(access: MayWrite, session: WriteSession, webhook_id: UUID) -> WebhookView:
    """What happened while it was off was never meant for it: pull that with the cursors of `/v1/hr`."""
    return WebhookView.model_validate(enable_endpoint(session, webhook_id, actor=access.actor))


@router.post("/webhooks/{webhook_id}/test", status_code=202, summary="Send a test event")
def post_webhook_test(access: MayWrite, session: WriteSession, webhook_id: UUID) -> WebhookDeliveryView:
    """A `webhook.test` goes on its way; its delivery says what became of it."""
    delivery = send_test(session, webhook_id, now=utc_now(), actor=access.actor)
    return _view(logged(session, [delivery])[0])


@router.get("/webhooks/{webhook_id}/deliveries", summary="List deliveries of a webhook")
def get_webhook_deliveries(
    access: MayWrite, session: ReadSession, cursor: PageCursor, webhook_id: UUID
) -> Page[WebhookDeliveryView]:
    """Newest first, with every attempt and how its answer began; kept for 45 days."""

    def shown(delivery: WebhookDelivery) -> WebhookDeliveryView:
        return _view(logged(session, [delivery])[0])

    return page_of(session, deliveries_of(webhook_id), WebhookDelivery.id, cursor, shown, newest_first=True)


@router.post(
    "/webhook-deliveries/{webhook_delivery_id}/redelivery", status_code=202, summary="Deliver an event again"
)
def post_webhook_redelivery(
    access: MayWrite, session: WriteSession, webhook_delivery_id: UUID
) -> WebhookDeliveryView:
    """Whatever became of it; the message has the same id as before."""
    delivery = send_again(session, webhook_delivery_id, now=utc_now(), actor=access.actor)
    return _view(logged(session, [delivery])[0])


def _view(one: Logged) -> WebhookDeliveryView:
    return WebhookDeliveryView(
        id=one.delivery.id,
        message_id=one.message_id,
        type=one.event.type,
        state=one.delivery.state,
        created_at=one.delivery.created_at,
        next_attempt_at=one.delivery.next_attempt_at,
        attempts=[WebhookAttemptView.model_validate(attempt) for attempt in one.attempts],
    )
