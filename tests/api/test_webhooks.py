"""Webhooks over HTTP, to a listener on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.main import create_app
from scheduler.db.session import Database
from scheduler.jobs.courier import Courier
from scheduler.webhooks.installation_key import installation_key
from tests.api.conftest import settings_for
from tests.api.world import World, build_world
from tests.scheduler.jobs.test_courier import holds
from tests.scheduler.webhooks.receiver import Receiver, listening

WANTED = {"name": "HR", "url": "https://hr.example.com/in", "event_types": ["time_off.requested"]}


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


@pytest.fixture
def open_app(sqlite_database: Database, tmp_path: Path) -> FastAPI:
    """An application whose operator lets webhooks reach this machine."""
    settings = settings_for(sqlite_database, tmp_path).model_copy(update={"webhook_private_addresses": True})
    return create_app(settings, sqlite_database)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with listening(Receiver()) as listener:
        yield listener


def test_what_happens_reaches_the_endpoint_and_the_log_says_so(
    open_app: FastAPI, world: World, receiver: Receiver, sqlite_database: Database
):
    admin = world.people["admin"].client(open_app)
    made = admin.post("/v1/webhooks", json={**WANTED, "url": receiver.url})
    assert made.status_code == 201, made.text
    secret, webhook = made.json()["secret"], made.json()["webhook"]
    employee = world.people["employee"].client(open_app)
    path = f"/v1/employees/{world.here['employee_id']}/time-off"
    asked = employee.post(path, json={"starts_on": "2027-03-01", "ends_on": "2027-03-02", "kind": "annual"})
    settings = open_app.state.settings
    courier = Courier(sqlite_database.url, key=installation_key(settings), private_addresses=True)
    courier.work_once(sqlite_database)
    ((headers, body),) = receiver.got
    assert holds(secret, headers, body)
    assert asked.json()["id"] in body.decode()
    log = admin.get(f"/v1/webhooks/{webhook['id']}/deliveries").json()["items"]
    assert [(one["type"], one["state"], one["message_id"]) for one in log] == [
        ("time_off.requested", "delivered", headers["webhook-id"])
    ]
    assert (log[0]["attempts"][0]["status"], log[0]["attempts"][0]["answer"]) == (200, "taken")
    again = admin.post(f"/v1/webhook-deliveries/{log[0]['id']}/redelivery")
    assert (again.status_code, again.json()["state"]) == (202, "waiting")
    courier.work_once(sqlite_database)
    assert [one[0]["webhook-id"] for one in receiver.got] == [headers["webhook-id"]] * 2


def test_a_secret_is_told_when_it_is_made_and_never_again(app: FastAPI, world: World):
    admin = world.people["admin"].client(app)
    made = admin.post("/v1/webhooks", json=WANTED).json()
    webhook_id = made["webhook"]["id"]
    rotated = admin.post(f"/v1/webhooks/{webhook_id}/secret")
    assert rotated.status_code == 201
    assert rotated.json()["secret"] != made["secret"]
    assert rotated.json()["webhook"]["old_secret_until"] is not None
    for answer in (admin.get("/v1/webhooks"), admin.get(f"/v1/webhooks/{webhook_id}/deliveries")):
        assert "whsec_" not in answer.text


def test_an_address_of_this_machine_is_refused(app: FastAPI, world: World):
    admin = world.people["admin"].client(app)
    answer = admin.post("/v1/webhooks", json={**WANTED, "url": "https://127.0.0.1/in"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "url")
    unknown = admin.post("/v1/webhooks", json={**WANTED, "event_types": ["pay.day"]})
    assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (422, "event_types")


def test_a_webhook_is_changed_tried_and_removed(app: FastAPI, world: World):
    admin = world.people["admin"].client(app)
    webhook_id = admin.post("/v1/webhooks", json=WANTED).json()["webhook"]["id"]
    changed = admin.put(f"/v1/webhooks/{webhook_id}", json={**WANTED, "name": "Payroll"})
    assert changed.json()["name"] == "Payroll"
    tried = admin.post(f"/v1/webhooks/{webhook_id}/test")
    assert (tried.status_code, tried.json()["type"], tried.json()["attempts"]) == (202, "webhook.test", [])
    assert admin.delete(f"/v1/webhooks/{webhook_id}").status_code == 204
    assert webhook_id not in admin.get("/v1/webhooks").text
    assert admin.post(f"/v1/webhooks/{webhook_id}/test").status_code == 404


def test_what_can_be_told_is_listed_and_only_admins_see_any_of_it(app: FastAPI, world: World):
    admin = world.people["admin"].client(app)
    listed = admin.get("/v1/webhooks/event-types").json()["event_types"]
    assert {"pay_period.closed", "timesheet.approved", "skill.expiring"} <= {one["name"] for one in listed}
    for who in ("employee", "manager", "payroll"):
        client: TestClient = world.people[who].client(app)
        assert client.get("/v1/webhooks").status_code == 403


def test_no_key_of_another_system_can_make_webhooks(app: FastAPI, world: World):
    admin = world.people["admin"].client(app)
    answer = admin.post("/v1/api-keys", json={"name": "hr", "scopes": ["webhooks:write"]})
    assert answer.status_code == 422


def test_the_page_shows_the_secret_once_and_what_was_refused_beside_the_form(app: FastAPI, world: World):
    admin = world.people["admin"].client(app)
    assert "Nobody yet" not in admin.get("/webhooks").text
    form = {
        "name": "HR",
        "url": "https://10.0.0.1/",
        "event_types": ["roster.published", "timesheet.approved"],
    }
    refused = admin.post("/webhooks", data=form)
    assert refused.status_code == 422
    assert "is a private address" in refused.text
    assert 'value="https://10.0.0.1/"' in refused.text
    assert refused.text.count("checked") == 2
    made = admin.post("/webhooks", data={**form, "url": "https://hr.example.com/"})
    assert "whsec_" in made.text
    listed = admin.get("/webhooks").text
    assert "whsec_" not in listed
    assert "https://hr.example.com/" in listed
