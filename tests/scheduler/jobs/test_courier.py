"""Deliveries to a real listener: failed first, tried again, signed, given up."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select

from scheduler.audit.models import AuditEntry
from scheduler.audit.record import record
from scheduler.db.session import Database
from scheduler.jobs.courier import Courier
from scheduler.jobs.worker import worker_for
from scheduler.kernel.clock import utc_now
from scheduler.kernel.settings import Settings
from scheduler.webhooks.endpoints import create_endpoint, rotate_secret, send_again
from scheduler.webhooks.models import DeliveryState, WebhookAttempt, WebhookDelivery, WebhookEndpoint
from tests.conftest import store_organisation
from tests.scheduler.webhooks.receiver import Receiver, listening

KEY = b"k" * 32
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with listening(Receiver()) as listener:
        yield listener


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as travelled:
        yield travelled


def courier(database: Database) -> Courier:
    return Courier(database.url, key=KEY, private_addresses=True, look_seconds=0.05)


def subscribe(database: Database, organisation_id: UUID, receiver: Receiver) -> tuple[UUID, str]:
    with database.write(organisation_id) as session:
        made, secret = create_endpoint(
            session, name="HR", url=receiver.url, event_types=["pay_period.closed"], key=KEY,
            private_addresses=True, now=utc_now(), actor="system",
        )  # fmt: skip
        return made.id, secret


def close(database: Database, organisation_id: UUID) -> None:
    with database.write(organisation_id) as session:
        record(session, "system", "pay_period.close", "pay_period", UUID(int=7), lines=3, minutes=9, extra=1)


def holds(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """Whether one of the signatures is right, as a receiver checks it, with nothing of ours."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    right = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return f"v1,{right}" in headers["webhook-signature"].split(" ")


def told(database: Database, organisation_id: UUID) -> tuple[WebhookDelivery, list[int | None]]:
    with database.read(organisation_id) as session:
        delivery = session.scalars(select(WebhookDelivery)).one()
        attempts = session.scalars(select(WebhookAttempt).order_by(WebhookAttempt.id)).all()
        session.expunge(delivery)
        return delivery, [attempt.status for attempt in attempts]


def test_what_fails_first_is_sent_again_with_the_same_id_and_a_right_signature(
    database: Database, organisation_id: UUID, receiver: Receiver, clock: time_machine.Traveller
):
    receiver.answers = [500, 302]
    _endpoint, secret = subscribe(database, organisation_id, receiver)
    close(database, organisation_id)
    worker = courier(database)
    assert worker.work_once(database) == 1
    assert worker.work_once(database) == 0
    for _ in range(2):
        clock.shift(timedelta(minutes=3))
        assert worker.work_once(database) == 1
    delivery, statuses = told(database, organisation_id)
    assert statuses == [500, 302, 200]
    assert (delivery.state, delivery.attempts) == (DeliveryState.DELIVERED, 3)
    assert len({headers["webhook-id"] for headers, _body in receiver.got}) == 1
    assert all(holds(secret, headers, body) for headers, body in receiver.got)
    headers, body = receiver.got[-1]
    assert not holds(secret, headers, body + b" ")
    assert int(headers["webhook-timestamp"]) == int((NOON + timedelta(minutes=6)).timestamp())
    assert json.loads(body) == {
        "type": "pay_period.closed",
        "timestamp": NOON.isoformat(),
        "data": {"subject": "pay_period", "id": str(UUID(int=7)), "lines": 3, "minutes": 9},
    }


def test_during_a_rotation_both_secrets_hold_and_afterwards_the_new_one(
    database: Database, organisation_id: UUID, receiver: Receiver, clock: time_machine.Traveller
):
    endpoint_id, old = subscribe(database, organisation_id, receiver)
    with database.write(organisation_id) as session:
        _endpoint, new = rotate_secret(session, endpoint_id, key=KEY, now=utc_now(), actor="system")
    worker = courier(database)
    close(database, organisation_id)
    worker.work_once(database)
    clock.shift(timedelta(hours=25))
    close(database, organisation_id)
    worker.work_once(database)
    first, second = receiver.got
    assert (holds(old, *first), holds(new, *first)) == (True, True)
    assert (holds(old, *second), holds(new, *second)) == (False, True)


def test_after_days_of_failures_the_endpoint_is_switched_off_and_it_is_on_record(
    database: Database, organisation_id: UUID, receiver: Receiver, clock: time_machine.Traveller
):
    receiver.answers = [503] * 100
    endpoint_id, _secret = subscribe(database, organisation_id, receiver)
    worker = courier(database)
    for _day in range(7):
        close(database, organisation_id)
        worker.work_once(database)
        clock.shift(timedelta(days=1))
    with database.read(organisation_id) as session:
        endpoint = session.get_one(WebhookEndpoint, endpoint_id)
        assert endpoint.disabled_reason == "nothing arrived for 5 days"
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "webhook.disable")).one()
        assert entry.actor == "system"
    before = len(receiver.got)
    assert worker.work_once(database) == 0
    assert len(receiver.got) == before


def test_one_that_says_it_is_gone_is_switched_off_at_once(
    database: Database, organisation_id: UUID, receiver: Receiver
):
    receiver.answers = [410]
    endpoint_id, _secret = subscribe(database, organisation_id, receiver)
    close(database, organisation_id)
    courier(database).work_once(database)
    with database.read(organisation_id) as session:
        assert session.get_one(WebhookEndpoint, endpoint_id).disabled_at is not None


def test_a_delivery_is_given_up_after_its_last_attempt_and_sent_again_by_hand(
    database: Database, organisation_id: UUID, receiver: Receiver, clock: time_machine.Traveller
):
    receiver.answers = [500] * 13
    subscribe(database, organisation_id, receiver)
    close(database, organisation_id)
    worker = courier(database)
    for _attempt in range(12):
        assert worker.work_once(database) == 1
        delivery, _statuses = told(database, organisation_id)
        assert delivery.next_attempt_at is not None
        clock.move_to(delivery.next_attempt_at)
    worker.work_once(database)
    delivery, statuses = told(database, organisation_id)
    assert (delivery.state, statuses) == (DeliveryState.FAILED, [500] * 13)
    with database.write(organisation_id) as session:
        send_again(session, delivery.id, now=utc_now(), actor="system")
    worker.work_once(database)
    delivery, statuses = told(database, organisation_id)
    assert (delivery.state, statuses[-1]) == (DeliveryState.DELIVERED, 200)
    assert len({headers["webhook-id"] for headers, _body in receiver.got}) == 1


def test_a_key_that_changed_is_told_and_nothing_wrongly_signed_is_sent(
    database: Database, organisation_id: UUID, receiver: Receiver
):
    subscribe(database, organisation_id, receiver)
    close(database, organisation_id)
    Courier(database.url, key=b"other" * 8, private_addresses=True).work_once(database)
    assert receiver.got == []
    with database.read(organisation_id) as session:
        attempt = session.scalars(select(WebhookAttempt)).one()
        assert attempt.problem == "the installation's key is another now: make a new secret"


def test_where_the_operator_allows_no_private_addresses_none_is_reached(
    database: Database, organisation_id: UUID, receiver: Receiver
):
    subscribe(database, organisation_id, receiver)
    close(database, organisation_id)
    Courier(database.url, key=KEY, private_addresses=False).work_once(database)
    assert receiver.got == []


def test_the_worker_of_an_installation_delivers_too(
    sqlite_database: Database, receiver: Receiver, tmp_path: Path
):
    settings = Settings(
        database_url=sqlite_database.url,
        data_dir=tmp_path,
        webhook_private_addresses=True,
        webhook_key=KEY.decode(),
    )
    organisation_id = store_organisation(sqlite_database)
    _endpoint, secret = subscribe(sqlite_database, organisation_id, receiver)
    close(sqlite_database, organisation_id)
    worker = worker_for(settings)
    worker.start()
    deadline = time.monotonic() + 30
    while not receiver.got and time.monotonic() < deadline:
        time.sleep(0.05)
    worker.stop()
    ((headers, body),) = receiver.got
    assert holds(secret, headers, body)


def test_in_the_background_events_go_out_by_themselves_until_it_is_stopped(
    database: Database, organisation_id: UUID, receiver: Receiver
):
    subscribe(database, organisation_id, receiver)
    worker = courier(database)
    worker.start()
    for _ in range(15):
        close(database, organisation_id)
    deadline = time.monotonic() + 30
    while len(receiver.got) < 15 and time.monotonic() < deadline:
        time.sleep(0.05)
    worker.stop()
    ids = [headers["webhook-id"] for headers, _body in receiver.got]
    assert len(ids) == 15
    assert ids == sorted(set(ids))
    close(database, organisation_id)
    time.sleep(0.3)
    assert len(receiver.got) == 15
