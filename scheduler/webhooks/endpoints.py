"""Endpoints of other systems: made, changed, given another secret, switched on again and removed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.event_types import CHOSEN, TEST
from scheduler.audit.models import Announcement
from scheduler.audit.record import record
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.kernel.ids import new_id
from scheduler.webhooks.addresses import checked_target
from scheduler.webhooks.models import DeliveryState, WebhookDelivery, WebhookEndpoint
from scheduler.webhooks.signing import secret_hash, secret_of

OLD_SECRET_HOLDS = timedelta(days=1)
"""How long after a rotation deliveries are signed with the secret before, too."""
MOST = 20
"""Endpoints of an organisation."""


def list_endpoints(session: Session) -> Sequence[WebhookEndpoint]:
    """Every endpoint that was not removed, by name."""
    known = select(WebhookEndpoint).where(WebhookEndpoint.removed_at.is_(None))
    return session.scalars(known.order_by(WebhookEndpoint.name, WebhookEndpoint.id)).all()


def find_endpoint(session: Session, endpoint_id: UUID) -> WebhookEndpoint:
    """An endpoint that was not removed.

    Raises
    ------
    SchedulerError
        ``not_found``.
    """
    found = session.get(WebhookEndpoint, endpoint_id, with_for_update=True)
    if found is None or found.removed_at is not None:
        raise SchedulerError("not_found", what="webhook", id=str(endpoint_id))
    return found


def create_endpoint(
    session: Session,
    *,
    name: str,
    url: str,
    event_types: Collection[str],
    key: bytes | None,
    private_addresses: bool,
    now: datetime,
    actor: str,
) -> tuple[WebhookEndpoint, str]:
    """A new endpoint and its secret, which is told this once.

    Parameters
    ----------
    key
        Of the installation.
    private_addresses
        Whether the operator lets webhooks reach private addresses.

    Raises
    ------
    InvalidInput
        If the name is empty, the address is none, or a type of event is unknown or none is chosen.
    SchedulerError
        ``webhook_key_missing`` where the installation has no key; ``webhooks_too_many``.
    """
    if key is None:
        raise SchedulerError("webhook_key_missing")
    name, chosen = _checked(name, url, event_types, private_addresses)
    if len(list_endpoints(session)) >= MOST:
        raise SchedulerError("webhooks_too_many", most=MOST)
    endpoint_id = new_id()
    secret = secret_of(key, endpoint_id, 1)
    made = WebhookEndpoint(
        id=endpoint_id,
        name=name,
        url=url,
        event_types=chosen,
        secret_number=1,
        secret_hash=secret_hash(secret),
        created_at=now,
        created_by=actor,
    )
    session.add(made)
    session.flush()
    record(session, actor, "webhook.create", "webhook", made.id, name=name, url=url, event_types=chosen)
    return made, secret


def change_endpoint(
    session: Session,
    endpoint_id: UUID,
    *,
    name: str,
    url: str,
    event_types: Collection[str],
    private_addresses: bool,
    actor: str,
) -> WebhookEndpoint:
    """The endpoint with another name, address or choice of events; errors as for `create_endpoint`."""
    endpoint = find_endpoint(session, endpoint_id)
    name, chosen = _checked(name, url, event_types, private_addresses)
    before = {"name": endpoint.name, "url": endpoint.url, "event_types": endpoint.event_types}
    endpoint.name, endpoint.url, endpoint.event_types = name, url, chosen
    session.flush()
    after = {"name": name, "url": url, "event_types": chosen}
    record(session, actor, "webhook.change", "webhook", endpoint.id, before=before, after=after)
    return endpoint


def rotate_secret(
    session: Session, endpoint_id: UUID, *, key: bytes | None, now: datetime, actor: str
) -> tuple[WebhookEndpoint, str]:
    """The endpoint and its next secret, told this once; the one before holds for another day.

    Raises
    ------
    SchedulerError
        ``not_found``; ``webhook_key_missing``.
    """
    if key is None:
        raise SchedulerError("webhook_key_missing")
    endpoint = find_endpoint(session, endpoint_id)
    endpoint.secret_number += 1
    secret = secret_of(key, endpoint.id, endpoint.secret_number)
    endpoint.secret_hash = secret_hash(secret)
    endpoint.old_secret_until = now + OLD_SECRET_HOLDS
    session.flush()
    record(session, actor, "webhook.rotate", "webhook", endpoint.id, number=endpoint.secret_number)
    return endpoint, secret


def enable_endpoint(session: Session, endpoint_id: UUID, *, actor: str) -> WebhookEndpoint:
    """The endpoint, told again what happens; what was waiting goes on its way.

    What happened while it was switched off was never meant for it: the other system pulls that.
    """
    endpoint = find_endpoint(session, endpoint_id)
    endpoint.disabled_at = endpoint.disabled_reason = endpoint.failing_since = None
    session.flush()
    record(session, actor, "webhook.enable", "webhook", endpoint.id)
    return endpoint


def disable_endpoint(
    session: Session, endpoint: WebhookEndpoint, *, reason: str, now: datetime, actor: str
) -> None:
    """Tell it nothing any more, until somebody switches it on again."""
    if endpoint.disabled_at is None:
        endpoint.disabled_at, endpoint.disabled_reason = now, reason
        record(session, actor, "webhook.disable", "webhook", endpoint.id, reason=reason)


def remove_endpoint(session: Session, endpoint_id: UUID, *, now: datetime, actor: str) -> None:
    """Forget the endpoint: it is told nothing, and its secret signs nothing any more."""
    endpoint = find_endpoint(session, endpoint_id)
    endpoint.removed_at = now
    session.flush()
    record(session, actor, "webhook.remove", "webhook", endpoint.id, name=endpoint.name)


def send_test(session: Session, endpoint_id: UUID, *, now: datetime, actor: str) -> WebhookDelivery:
    """Put a test event on its way to this endpoint alone.

    Raises
    ------
    SchedulerError
        ``not_found``; ``webhook_disabled`` while it is switched off.
    """
    endpoint = find_endpoint(session, endpoint_id)
    if endpoint.disabled_at is not None:
        raise SchedulerError("webhook_disabled", name=endpoint.name)
    event = Announcement(
        at=now, type=TEST.name, facts={"subject": "webhook", "id": str(endpoint.id)}, handed_out_at=now
    )
    session.add(event)
    session.flush()
    delivery = _delivery(endpoint, event, now)
    session.add(delivery)
    session.flush()
    record(session, actor, "webhook.test", "webhook", endpoint.id)
    return delivery


def _delivery(endpoint: WebhookEndpoint, event: Announcement, now: datetime) -> WebhookDelivery:
    return WebhookDelivery(
        endpoint_id=endpoint.id,
        announcement_id=event.id,
        state=DeliveryState.WAITING,
        next_attempt_at=now,
        created_at=now,
    )


def send_again(session: Session, delivery_id: UUID, *, now: datetime, actor: str) -> WebhookDelivery:
    """Put a delivery on its way once more, whatever became of it; the message has the same id as before.

    Raises
    ------
    SchedulerError
        ``not_found`` too where its endpoint was removed; ``webhook_disabled``.
    """
    delivery = session.get(WebhookDelivery, delivery_id, with_for_update=True)
    if delivery is None:
        raise SchedulerError("not_found", what="delivery", id=str(delivery_id))
    endpoint = find_endpoint(session, delivery.endpoint_id)
    if endpoint.disabled_at is not None:
        raise SchedulerError("webhook_disabled", name=endpoint.name)
    delivery.state, delivery.attempts, delivery.next_attempt_at = DeliveryState.WAITING, 0, now
    session.flush()
    record(session, actor, "webhook.send_again", "webhook", endpoint.id, delivery_id=str(delivery.id))
    return delivery


def _checked(
    name: str, url: str, event_types: Collection[str], private_addresses: bool
) -> tuple[str, list[str]]:
    found: list[FieldError] = []
    name = name.strip()
    if not name or len(name) > 80:
        found.append(FieldError("name", name[:80], "is empty or too long", "up to 80 characters"))
    unknown = sorted(set(event_types) - set(CHOSEN))
    if unknown:
        hint = f"some of {', '.join(CHOSEN)}"
        found.append(FieldError("event_types", ", ".join(unknown)[:200], "are no events", hint))
    elif not event_types:
        found.append(FieldError("event_types", "", "nothing is chosen", "at least one kind of event"))
    try:
        checked_target(url, private_addresses=private_addresses)
    except InvalidInput as error:
        found += error.errors
    if found:
        raise InvalidInput(found)
    return name, sorted(set(event_types))
