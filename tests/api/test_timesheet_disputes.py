"""Confirming, disputing and standing in for somebody over HTTP and on pages."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from scheduler.db.session import Database
from scheduler.kernel.clock import utc_now
from scheduler.organisation.models import Role
from scheduler.organisation.permissions import Permission
from tests.api.people import store_key, store_person
from tests.api.test_time_and_pay import WEEK, day_of_work, timesheet
from tests.api.world import World, build_world

HTML = {"Accept": "text/html"}


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


@pytest.fixture
def gate(app: FastAPI, client: TestClient, world: World, sqlite_database: Database) -> TestClient:
    key = store_key(sqlite_database, world.organisation_id, [Permission.PUNCHES_IMPORT])
    return TestClient(app, headers={"Authorization": f"Bearer {key}"})


@pytest.fixture
def manager(app: FastAPI, world: World) -> TestClient:
    return world.people["manager"].client(app)


@pytest.fixture
def ann(app: FastAPI, world: World) -> TestClient:
    return world.people["employee"].client(app)


@pytest.fixture
def sheet(gate: TestClient, manager: TestClient, world: World) -> dict[str, Any]:
    gate.post("/v1/punches", json={"punches": day_of_work(world, 0)})
    return timesheet(manager, world)


def text_of(page: str) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def test_a_dispute_goes_over_the_api_from_raised_to_accepted(
    gate: TestClient, manager: TestClient, ann: TestClient, world: World, sheet: dict[str, Any]
):
    path = f"/v1/timesheets/{sheet['id']}/disputes"
    body = {"day": str(WEEK + timedelta(days=1)), "words": "Tuesday is missing"}
    raised = ann.post(path, json=body)
    assert (raised.status_code, raised.json()["state"]) == (201, "raised"), raised.text
    dispute = f"/v1/disputes/{raised.json()['id']}"
    seen = {"expected_revision": sheet["revision"]}
    refused = manager.post(f"/v1/timesheets/{sheet['id']}/approval", json=seen)
    assert (refused.status_code, refused.json()["code"]) == (409, "timesheet_disputed")
    listed = manager.get("/v1/disputes", params={"location_id": str(world.here["location_id"])}).json()
    assert raised.json()["id"] in [each["id"] for each in listed["items"]]
    assert ann.post(f"{dispute}/answers", json={"words": "yes"}).status_code == 403
    gate.post("/v1/punches", json={"punches": day_of_work(world, 1)})
    answered = manager.post(f"{dispute}/answers", json={"words": "added"}).json()
    assert [each["day"] for each in answered["events"][-1]["changes"]] == [str(WEEK + timedelta(days=1))]
    assert manager.post(f"{dispute}/acceptance", json={}).json()["code"] == "not_your_dispute"
    assert ann.post(f"{dispute}/acceptance", json={"words": "thanks"}).json()["state"] == "accepted"
    assert ann.post(f"{dispute}/withdrawal", json={}).json()["code"] == "dispute_is_over"
    assert len(ann.get(path).json()) == 1
    told = ann.get(f"/v1/timesheets/{sheet['id']}/history").json()
    assert [each["what"] for each in told] == ["dispute.raised", "dispute.answered", "dispute.accepted"]


def test_a_dispute_without_words_or_of_another_day_is_refused_with_its_field(
    ann: TestClient, sheet: dict[str, Any]
):
    path = f"/v1/timesheets/{sheet['id']}/disputes"
    for body, field in (({"words": " "}, "reason"), ({"day": str(WEEK - timedelta(1)), "words": "x"}, "day")):
        answer = ann.post(path, json=body)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
    assert ann.get(path).json() == []


def test_the_page_of_the_timesheet_takes_confirmation_dispute_answer_and_acceptance(
    manager: TestClient, ann: TestClient, world: World, sheet: dict[str, Any]
):
    address = f"/timesheets/{world.here['employee_id']}/{WEEK}"
    assert "Confirm these hours" in ann.get(address, headers=HTML).text
    confirmed = ann.post(f"{address}/submit", data={"revision": sheet["revision"]}, headers=HTML)
    assert confirmed.status_code == 303, confirmed.text
    entry = sheet["entries"][0]["id"]
    sent = ann.post(
        f"{address}/disputes", data={"about": f"entry:{entry}", "words": "I stayed longer"}, headers=HTML
    )
    assert sent.status_code == 303, sent.text
    shown = text_of(ann.get(address, headers=HTML).text)
    assert "waits for an answer" in shown
    assert "I stayed longer" in shown
    assert "You can confirm once you accepted the answer" in shown
    page = manager.get(address, headers=HTML).text
    (dispute,) = re.findall(r"/disputes/([0-9a-f-]+)/answer", page)
    refused = manager.post(f"{address}/disputes/{dispute}/answer", data={"words": " "}, headers=HTML)
    assert (refused.status_code, "a reason is missing" in refused.text) == (422, True)
    manager.post(f"{address}/disputes/{dispute}/answer", data={"words": "not by the clock"}, headers=HTML)
    page = ann.get(address, headers=HTML).text
    assert "Accept the answer" in page
    assert ann.post(f"{address}/disputes/{dispute}/accept", headers=HTML).status_code == 303
    shown = text_of(ann.get(address, headers=HTML).text)
    assert "settled" in shown
    assert "confirmed these hours: 8 h" in shown


def test_a_choice_the_page_does_not_have_is_refused(ann: TestClient, world: World, sheet: dict[str, Any]):
    address = f"/timesheets/{world.here['employee_id']}/{WEEK}/disputes"
    for about in ("day:soon", "entry:1", "month:1"):
        answer = ann.post(address, data={"about": about, "words": "x"}, headers=HTML)
        assert (answer.status_code, "it is nothing of the timesheet" in answer.text) == (422, True), about


def test_hours_that_changed_after_the_confirmation_are_told_before_and_after(
    gate: TestClient, ann: TestClient, world: World, sheet: dict[str, Any]
):
    address = f"/timesheets/{world.here['employee_id']}/{WEEK}"
    ann.post(f"{address}/submit", data={"revision": sheet["revision"]}, headers=HTML)
    gate.post("/v1/punches", json={"punches": day_of_work(world, 1)})
    shown = text_of(ann.get(address, headers=HTML).text)
    assert "These hours changed after they were confirmed" in shown
    assert re.search(r"Tue \d+ \w+: nothing before, now 8 h \(0\d:00–1\d:00\)", shown)
    assert "Look at them and confirm them again." in shown


def test_a_stand_in_approves_for_somebody_while_the_right_is_lent(
    app: FastAPI,
    sqlite_database: Database,
    manager: TestClient,
    world: World,
    sheet: dict[str, Any],
):
    tom = store_person(sqlite_database, world.organisation_id, "tom@kometa", (Role.EMPLOYEE, None)).client(
        app
    )
    path = f"/v1/timesheets/{sheet['id']}/approval"
    seen = {"expected_revision": sheet["revision"]}
    assert tom.post(path, json=seen).json()["code"] == "permission_missing"
    today = utc_now().date()
    body = {
        "location_ids": [str(world.here["location_id"])],
        "receiver_email": "Tom@kometa",
        "starts_on": str(today - timedelta(days=1)),
        "ends_on": str(today + timedelta(days=3)),
        "reason": "on leave",
    }
    beyond = {**body, "location_ids": [str(world.there["location_id"])]}
    assert (
        manager.post("/v1/approval-delegations", json=beyond).json()["code"] == "delegation_beyond_own_rights"
    )
    lent = manager.post("/v1/approval-delegations", json=body)
    assert lent.status_code == 201, lent.text
    assert [each["id"] for each in tom.get("/v1/approval-delegations").json()] == [lent.json()[0]["id"]]
    approved = tom.post(path, json=seen).json()
    manager_id = world.people["manager"].account_id
    assert (approved["state"], approved["approved_for"]) == ("approved", f"user:{manager_id}")
    page = manager.get(f"/timesheets/{world.here['employee_id']}/{WEEK}", headers=HTML).text
    assert "by Tom for Manager" in text_of(page)
    took = manager.post(f"/v1/approval-delegations/{lent.json()[0]['id']}/withdrawal")
    assert (took.status_code, took.json()["withdrawn_by"]) == (200, f"user:{manager_id}")
    assert tom.get("/v1/approval-delegations").json()["code"] == "permission_missing"
