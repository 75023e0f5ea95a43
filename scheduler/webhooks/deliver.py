"""Deliveries that are due: taken, sent outside of any transaction, and written down with the answer."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVarTuple
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from scheduler.audit.models import Announcement
from scheduler.audit.record import SYSTEM
from scheduler.db.tenant import across_tenants
from scheduler.kernel.errors import InvalidInput
from scheduler.webhooks.addresses import checked_target
from scheduler.webhooks.endpoints import disable_endpoint
from scheduler.webhooks.models import DeliveryState, WebhookAttempt, WebhookDelivery, WebhookEndpoint
from scheduler.webhooks.send import Answer, post
from scheduler.webhooks.signing import secret_hash, secret_of, signed_headers

Row = TypeVarTuple("Row")

LOOKED_AT = 200
OF_ONE_ENDPOINT = 10
"""Taken together, so that an endpoint with many does not keep the others waiting."""
IN_HAND = timedelta(minutes=5)
"""So long a delivery belongs to whoever took it; if he ends in between, it is taken again after that."""
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=12)
MAX_ATTEMPTS = 13
"""The last one comes about three and a half days after the first."""
GIVEN_UP_AFTER = timedelta(days=5)
"""An endpoint that took nothing for so long, while something was sent, is switched off."""
GONE = 410


@dataclass(frozen=True, slots=True)
class Parcel:
    """A delivery in hand, with everything that is needed to send it."""

    delivery_id: UUID
    organisation_id: UUID
    endpoint_id: UUID
    url: str
    message_id: str
    body: bytes
    secret_number: int
    secret_hash: str
    old_secret_until: datetime | None


def message_id(event: Announcement) -> str:
    """The id of an event's message, the same for every attempt; a later event has a larger one."""
    return f"evt_{event.id.hex}"


def message(event: Announcement) -> bytes:
    """The body of an event: its type, when it happened, and its facts."""
    told = {"type": event.type, "timestamp": event.at.isoformat(), "data": event.facts}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def is_anything_due(session: Session, *, now: datetime) -> bool:
    """Whether some delivery, of any organisation, is to be sent now."""
    with across_tenants(session):
        return session.scalar(_due(select(WebhookDelivery.id), now).limit(1)) is not None


def _due(query: Select[*Row], now: datetime) -> Select[*Row]:
    """The deliveries among a query that are to be sent."""
    return query.join(WebhookEndpoint, WebhookEndpoint.id == WebhookDelivery.endpoint_id).where(
        WebhookDelivery.state == DeliveryState.WAITING,
        WebhookDelivery.next_attempt_at <= now,
        WebhookEndpoint.removed_at.is_(None),
        WebhookEndpoint.disabled_at.is_(None),
    )


def take_due(session: Session, *, now: datetime) -> list[list[Parcel]]:
    """Deliveries of every organisation that are due, now in hand of the caller: a list for each endpoint.

    The oldest events of each come first.
    """
    with across_tenants(session):
        rows = session.execute(
            _due(select(WebhookDelivery, WebhookEndpoint, Announcement), now)
            .join(Announcement, Announcement.id == WebhookDelivery.announcement_id)
            .order_by(WebhookDelivery.announcement_id)
            .limit(LOOKED_AT)
            .with_for_update(skip_locked=True, of=WebhookDelivery)
        ).all()
        found: dict[UUID, list[Parcel]] = defaultdict(list)
        for delivery, endpoint, event in rows:
            if len(found[endpoint.id]) < OF_ONE_ENDPOINT:
                delivery.next_attempt_at = now + IN_HAND
                found[endpoint.id].append(_parcel(delivery, endpoint, event))
    return list(found.values())


def _parcel(delivery: WebhookDelivery, endpoint: WebhookEndpoint, event: Announcement) -> Parcel:
    return Parcel(
        delivery_id=delivery.id,
        organisation_id=delivery.organisation_id,
        endpoint_id=endpoint.id,
        url=endpoint.url,
        message_id=message_id(event),
        body=message(event),
        secret_number=endpoint.secret_number,
        secret_hash=endpoint.secret_hash,
        old_secret_until=endpoint.old_secret_until,
    )


def send(parcel: Parcel, *, key: bytes | None, private_addresses: bool, now: datetime) -> Answer:
    """What the endpoint answers; also whatever keeps the parcel from being sent."""
    secrets = _secrets(parcel, key, now)
    if not secrets or secret_hash(secrets[0]) != parcel.secret_hash:
        return Answer(None, 0, problem="the installation's key is another now: make a new secret")
    try:
        target = checked_target(parcel.url, private_addresses=private_addresses)
    except InvalidInput as refused:
        return Answer(None, 0, problem=f"the address {refused.errors[0].problem}")
    headers = signed_headers(parcel.message_id, now, parcel.body, secrets)
    agent = {"User-Agent": "Makina-Webhooks/1"}
    return post(target, parcel.body, {**headers, **agent}, private_addresses=private_addresses)


def _secrets(parcel: Parcel, key: bytes | None, now: datetime) -> Sequence[str]:
    """The secret, and the one before while it holds."""
    if key is None:
        return ()
    numbers = [parcel.secret_number]
    if parcel.old_secret_until is not None and now < parcel.old_secret_until:
        numbers.append(parcel.secret_number - 1)
    return [secret_of(key, parcel.endpoint_id, number) for number in numbers]


def write_down(session: Session, parcel: Parcel, answer: Answer, *, now: datetime) -> bool:
    """Keep what was answered, and decide when to try again; in a session of the parcel's organisation.

    Gives whether the endpoint was switched off by it.
    """
    delivery = session.get(WebhookDelivery, parcel.delivery_id, with_for_update=True)
    endpoint = session.get(WebhookEndpoint, parcel.endpoint_id, with_for_update=True)
    if delivery is None or endpoint is None:
        return False
    session.add(
        WebhookAttempt(
            delivery_id=delivery.id,
            at=now,
            status=answer.status,
            milliseconds=answer.milliseconds,
            answer=answer.begins,
            problem=answer.problem,
        )
    )
    delivery.attempts += 1
    if answer.is_taken:
        delivery.state, delivery.delivered_at, delivery.next_attempt_at = DeliveryState.DELIVERED, now, None
        endpoint.failing_since = None
        return False
    if delivery.attempts >= MAX_ATTEMPTS:
        delivery.state, delivery.next_attempt_at = DeliveryState.FAILED, None
    else:
        delivery.next_attempt_at = now + delay(delivery.attempts)
    endpoint.failing_since = endpoint.failing_since or now
    if answer.status == GONE:
        disable_endpoint(session, endpoint, reason="it answered that it is gone", now=now, actor=SYSTEM)
    elif now - endpoint.failing_since >= GIVEN_UP_AFTER:
        reason = f"nothing arrived for {GIVEN_UP_AFTER.days} days"
        disable_endpoint(session, endpoint, reason=reason, now=now, actor=SYSTEM)
    return endpoint.disabled_at == now


def delay(attempts: int) -> timedelta:
    """How long to wait after so many attempts: four times as long each time, up to a bound.

    A fifth more or less by chance keeps what failed together from coming back together.
    """
    waited: timedelta = FIRST_DELAY * 4 ** min(attempts - 1, 10)
    return min(waited, LONGEST_DELAY) * random.uniform(0.8, 1.2)
