"""Webhooks: which addresses are told what happens, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.problem import draw_after
from api.pages.refusal import refusal_of
from api.permissions import Access, allow
from api.routes.webhooks import OurSettings
from api.transaction import ReadSession, WriteSession
from scheduler.audit.event_types import CHOSEN
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.permissions import Permission
from scheduler.webhooks.delivery_log import deliveries_of, logged
from scheduler.webhooks.endpoints import (
    change_endpoint,
    create_endpoint,
    enable_endpoint,
    find_endpoint,
    list_endpoints,
    remove_endpoint,
    rotate_secret,
    send_again,
    send_test,
)
from scheduler.webhooks.installation_key import installation_key
from scheduler.webhooks.models import DeliveryState

router = APIRouter()

MayWrite = Annotated[Access, Depends(allow(Permission.WEBHOOKS_WRITE))]
ShortText = Annotated[str, Form(max_length=600)]
Events = Annotated[Sequence[str], Form()]

STATES = {
    DeliveryState.WAITING: ("on its way", "warn"),
    DeliveryState.DELIVERED: ("arrived", "good"),
    DeliveryState.FAILED: ("given up", "bad"),
}
LATEST = 50
"""Deliveries that the page shows."""


@router.get("/webhooks")
def webhooks_page(request: Request, access: MayWrite, session: ReadSession, done: str = "") -> Response:
    """Every webhook, and the form for one more."""
    return _list(request, access, session, done=done)


@router.post("/webhooks")
def add_webhook(
    request: Request,
    access: MayWrite,
    session: WriteSession,
    settings: OurSettings,
    name: ShortText = "",
    url: ShortText = "",
    event_types: Events = (),
) -> Response:
    """A new webhook; its secret is shown this once."""
    made: list[tuple[UUID, str]] = []

    def change() -> None:
        endpoint, secret = create_endpoint(
            session,
            name=name,
            url=url.strip(),
            event_types=event_types,
            key=installation_key(settings),
            private_addresses=settings.webhook_private_addresses,
            now=utc_now(),
            actor=access.actor,
        )
        made.append((endpoint.id, secret))

    if refused := refusal_of(session, change):
        sent: dict[str, object] = {"name": name, "url": url, "event_types": list(event_types)}
        return _list(request, access, session, sent=sent, refused=refused)
    return _one(request, access, session, made[0][0], secret=made[0][1])


@router.get("/webhooks/{webhook_id}")
def webhook_page(
    request: Request, access: MayWrite, session: ReadSession, webhook_id: UUID, done: str = ""
) -> Response:
    """One webhook with its latest deliveries."""
    return _one(request, access, session, webhook_id, done=done)


@router.post("/webhooks/{webhook_id}/change")
def change_webhook(
    request: Request,
    access: MayWrite,
    session: WriteSession,
    settings: OurSettings,
    webhook_id: UUID,
    name: ShortText = "",
    url: ShortText = "",
    event_types: Events = (),
) -> Response:
    """Another name, address or choice of events."""

    def change() -> None:
        change_endpoint(
            session,
            webhook_id,
            name=name,
            url=url.strip(),
            event_types=event_types,
            private_addresses=settings.webhook_private_addresses,
            actor=access.actor,
        )

    return _changed(request, access, session, webhook_id, change, "changed")


@router.post("/webhooks/{webhook_id}/secret")
def new_webhook_secret(
    request: Request, access: MayWrite, session: WriteSession, settings: OurSettings, webhook_id: UUID
) -> Response:
    """Another secret, shown this once; the one before holds for another day."""
    _endpoint, secret = rotate_secret(
        session, webhook_id, key=installation_key(settings), now=utc_now(), actor=access.actor
    )
    return _one(request, access, session, webhook_id, secret=secret)


@router.post("/webhooks/{webhook_id}/enable")
def enable_webhook(request: Request, access: MayWrite, session: WriteSession, webhook_id: UUID) -> Response:
    """Switch it on again."""
    return _changed(
        request,
        access,
        session,
        webhook_id,
        lambda: enable_endpoint(session, webhook_id, actor=access.actor),
        "enabled",
    )


@router.post("/webhooks/{webhook_id}/test")
def try_webhook(request: Request, access: MayWrite, session: WriteSession, webhook_id: UUID) -> Response:
    """Put a test event on its way."""
    return _changed(
        request,
        access,
        session,
        webhook_id,
        lambda: send_test(session, webhook_id, now=utc_now(), actor=access.actor),
        "tested",
    )


@router.post("/webhooks/{webhook_id}/remove")
def remove_webhook(access: MayWrite, session: WriteSession, webhook_id: UUID) -> Response:
    """Tell it nothing any more."""
    remove_endpoint(session, webhook_id, now=utc_now(), actor=access.actor)
    return RedirectResponse("/webhooks?done=removed", 303)


@router.post("/webhook-deliveries/{webhook_delivery_id}/again")
def send_delivery_again(
    request: Request, access: MayWrite, session: WriteSession, webhook_delivery_id: UUID
) -> Response:
    """Put an event on its way once more."""
    delivery = send_again(session, webhook_delivery_id, now=utc_now(), actor=access.actor)
    return RedirectResponse(f"/webhooks/{delivery.endpoint_id}?done=again", 303)


def _changed(
    request: Request,
    access: Access,
    session: Session,
    webhook_id: UUID,
    change: Callable[[], object],
    done: str,
) -> Response:
    """Do it and show the page; what is refused is told on it."""
    if refused := refusal_of(session, change):
        return _one(request, access, session, webhook_id, refused=refused)
    return RedirectResponse(f"/webhooks/{webhook_id}?done={done}", 303)


def _list(
    request: Request,
    access: Access,
    session: Session,
    *,
    done: str = "",
    sent: dict[str, object] | None = None,
    refused: SchedulerError | None = None,
) -> Response:
    return draw_after(
        request,
        "webhooks.html",
        access.principal,
        refused,
        endpoints=list_endpoints(session),
        events=CHOSEN.values(),
        sent=sent or {},
        done=done,
    )


def _one(
    request: Request,
    access: Access,
    session: Session,
    webhook_id: UUID,
    *,
    secret: str = "",
    done: str = "",
    refused: SchedulerError | None = None,
) -> Response:
    latest = session.scalars(deliveries_of(webhook_id).limit(LATEST)).all()
    return draw_after(
        request,
        "webhook.html",
        access.principal,
        refused,
        section="/webhooks",
        endpoint=find_endpoint(session, webhook_id),
        events=CHOSEN.values(),
        deliveries=logged(session, latest),
        states=STATES,
        secret=secret,
        done=done,
    )
