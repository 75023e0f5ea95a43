"""Endpoints, and what is handed out to them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from scheduler.audit.models import Announcement, AuditEntry
from scheduler.audit.record import record
from scheduler.db.session import Database
from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.people.models import EmployeeSkill
from scheduler.webhooks.deliver import delay
from scheduler.webhooks.endpoints import (
    create_endpoint,
    enable_endpoint,
    find_endpoint,
    list_endpoints,
    remove_endpoint,
    rotate_secret,
    send_test,
)
from scheduler.webhooks.hand_out import forget_old, hand_out, is_anything_waiting
from scheduler.webhooks.models import WebhookDelivery, WebhookEndpoint
from scheduler.webhooks.signing import secret_hash
from scheduler.webhooks.timed_events import announce_dates, organisations_to_look_at
from tests.conftest import store_organisation
from tests.scheduler.small_company import store_small_company

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
KEY = b"k" * 32


def endpoint(session: Any, *events: str, **more: Any) -> tuple[WebhookEndpoint, str]:
    plain: dict[str, Any] = {
        "name": "HR",
        "url": "https://hr.example.com/in",
        "event_types": events or ("timesheet.approved",),
        "key": KEY,
        "private_addresses": False,
        "now": NOW,
        "actor": "system",
    }
    return create_endpoint(session, **{**plain, **more})


def test_a_secret_is_told_once_and_is_in_no_record(tenant_session):
    made, secret = endpoint(tenant_session)
    assert secret.startswith("whsec_")
    kept = {str(value) for value in vars(made).values()}
    assert secret not in kept
    assert made.secret_hash == secret_hash(secret)
    entries = tenant_session.scalars(select(AuditEntry)).all()
    assert [entry.action for entry in entries] == ["webhook.create"]
    assert secret not in str([entry.facts for entry in entries])


def test_a_rotation_gives_another_secret_while_the_old_one_holds_for_a_day(tenant_session):
    made, first = endpoint(tenant_session)
    _endpoint, second = rotate_secret(tenant_session, made.id, key=KEY, now=NOW, actor="system")
    assert first != second
    assert made.old_secret_until == NOW + timedelta(days=1)


def test_without_a_key_of_the_installation_there_are_no_endpoints(tenant_session):
    with pytest.raises(SchedulerError) as refusal:
        endpoint(tenant_session, key=None)
    assert refusal.value.code == "webhook_key_missing"


def test_everything_that_is_wrong_is_told_at_once(tenant_session):
    with pytest.raises(InvalidInput) as refusal:
        endpoint(tenant_session, "pay.day", name=" ", url="http://10.0.0.1/")
    assert [error.field for error in refusal.value.errors] == ["name", "event_types", "url"]
    assert list_endpoints(tenant_session) == []


def test_who_wants_to_know_gets_one_delivery_and_the_rest_is_forgotten(
    database: Database, tenant_session, organisation_id
):
    made, _secret = endpoint(tenant_session)
    record(tenant_session, "system", "timesheet.approve", "timesheet", made.id, secret_reason="x")
    record(tenant_session, "system", "roster.publish", "roster", made.id)
    record(tenant_session, "system", "timesheet.open", "timesheet", made.id)
    tenant_session.commit()
    rival = store_organisation(database, "rival")
    with database.write(rival) as session:
        record(session, "system", "timesheet.approve", "timesheet", made.id)
    with database.write() as session:
        assert is_anything_waiting(session)
        assert hand_out(session, now=NOW) == 1
        assert not is_anything_waiting(session)
        assert hand_out(session, now=NOW) == 0
    with database.read(organisation_id) as session:
        (event,) = session.scalars(select(Announcement))
        assert (event.type, event.facts) == (
            "timesheet.approved",
            {"subject": "timesheet", "id": str(made.id)},
        )
        (delivery,) = session.scalars(select(WebhookDelivery))
        assert (delivery.endpoint_id, delivery.next_attempt_at) == (made.id, NOW)
    with database.read(rival) as session:
        assert session.scalars(select(Announcement)).all() == []
    with database.write() as session:
        forget_old(session, now=NOW + timedelta(days=44))
        forget_old(session, now=NOW + timedelta(days=46))
    with database.read(organisation_id) as session:
        assert session.scalars(select(WebhookDelivery)).all() == []


def test_an_announcement_is_gone_with_what_it_is_about(database: Database, organisation_id):
    def close_and_fail() -> None:
        with database.write(organisation_id) as session:
            record(session, "system", "pay_period.close", "pay_period", None)
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        close_and_fail()
    with database.read() as session:
        assert not is_anything_waiting(session)


def test_an_endpoint_that_is_off_or_removed_is_told_nothing(tenant_session):
    off, _ = endpoint(tenant_session)
    gone, _ = endpoint(tenant_session)
    off.disabled_at, off.disabled_reason = NOW, "nothing arrived"
    remove_endpoint(tenant_session, gone.id, now=NOW, actor="system")
    record(tenant_session, "system", "timesheet.approve", "timesheet", off.id)
    assert hand_out(tenant_session, now=NOW) == 0
    with pytest.raises(SchedulerError) as refusal:
        send_test(tenant_session, off.id, now=NOW, actor="system")
    assert refusal.value.code == "webhook_disabled"
    enable_endpoint(tenant_session, off.id, actor="system")
    assert send_test(tenant_session, off.id, now=NOW, actor="system").next_attempt_at == NOW
    with pytest.raises(SchedulerError):
        find_endpoint(tenant_session, gone.id)


def test_a_certificate_that_ends_soon_is_announced_once(tenant_session, organisation_id):
    company = store_small_company(tenant_session)
    tenant_session.add(
        EmployeeSkill(
            employee_id=company.ann.id,
            skill_id=company.skill.id,
            valid_from=date(2026, 2, 1),
            valid_until=date(2026, 12, 24),
        )
    )
    company.ann.skills[0].valid_until = date(2026, 2, 1)
    tenant_session.flush()
    endpoint(tenant_session, "skill.expiring")
    assert list(organisations_to_look_at(tenant_session)) == [organisation_id]
    assert announce_dates(tenant_session, today=date(2026, 11, 22), now=NOW) == 0
    assert announce_dates(tenant_session, today=date(2026, 11, 23), now=NOW) == 1
    assert announce_dates(tenant_session, today=date(2026, 11, 24), now=NOW) == 0
    (event,) = tenant_session.scalars(select(Announcement))
    assert (event.type, event.facts["day"], event.facts["id"]) == (
        "skill.expiring",
        "2026-12-23",
        str(company.ann.id),
    )
    assert "Ann" not in str(event.facts)


def test_an_anniversary_that_is_near_is_announced(tenant_session):
    store_small_company(tenant_session)
    endpoint(tenant_session, "contract_date.near")
    assert announce_dates(tenant_session, today=date(2026, 12, 2), now=NOW) == 1
    (event,) = tenant_session.scalars(select(Announcement))
    assert (event.facts["event"], event.facts["day"]) == ("anniversary", "2027-01-01")


def test_delays_grow_to_a_bound_and_differ_by_chance():
    for attempts, seconds in ((1, 30), (2, 120), (3, 480), (7, 43_200), (40, 43_200)):
        found = {delay(attempts).total_seconds() for _ in range(20)}
        assert all(0.8 * seconds <= one <= 1.2 * seconds for one in found)
        assert len(found) > 1
