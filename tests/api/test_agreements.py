"""Agreements over HTTP and pages: faults with their lines, a preview, versions, and whose they are."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from scheduler.db.session import Database
from tests.api.world import World, build_world
from tests.scheduler.law.test_own_packs import AGREEMENT

HTML = {"Accept": "text/html"}


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


def test_a_file_is_previewed_kept_and_withdrawn_on_the_page(app: FastAPI, client: TestClient, world: World):
    admin = world.people["admin"].client(app)
    shown = admin.post("/agreements", data={"text": AGREEMENT}, headers=HTML)
    assert (shown.status_code, "11 h" in shown.text, "Kometa HERE" in shown.text) == (200, True, True)
    before = admin.get("/v1/law/agreements").json()
    bad = AGREEMENT.replace("value: 12 h", "value: 10 h")
    refused = admin.post("/agreements", data={"text": bad, "do": "keep"}, headers=HTML)
    assert (refused.status_code, "acme-2026.yaml:" in refused.text) == (422, True)
    assert admin.get("/v1/law/agreements").json() == before
    assert admin.post("/agreements", data={"text": AGREEMENT, "do": "keep"}, headers=HTML).status_code == 303
    (kept,) = [each for each in admin.get("/v1/law/agreements").json() if each["pack_id"] == "acme-2026"]
    assert (kept["number"], kept["withdrawn_at"]) == (1, None)
    assert admin.post(f"/agreements/{kept['id']}/withdrawal", headers=HTML).status_code == 303
    again = admin.post(f"/v1/law/agreements/{kept['id']}/withdrawal")
    assert (again.status_code, again.json()["code"]) == (409, "agreement_withdrawn")


def test_the_api_previews_and_keeps_too(app: FastAPI, client: TestClient, world: World):
    admin = world.people["admin"].client(app)
    told = admin.post("/v1/law/agreements/preview", json={"text": AGREEMENT}).json()
    assert {place["location"] for place in told["places"]} == {"Kometa HERE", "Kometa THERE"}
    assert admin.post("/v1/law/agreements", json={"text": AGREEMENT}).status_code == 201
    manager = world.people["manager"].client(app)
    assert manager.post("/v1/law/agreements", json={"text": AGREEMENT}).status_code == 403
