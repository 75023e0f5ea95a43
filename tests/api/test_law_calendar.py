"""Settlement periods and school terms of a location over HTTP, on their page and from files."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from scheduler.db.session import Database
from tests.api.world import World, build_world

HTML = {"Accept": "text/html"}
KNOWN: dict[str, Any] = {
    "settlement_periods": [{"starts_on": "2026-01-01", "months": 3}],
    "school_terms": [{"starts_on": "2026-09-01", "ends_on": "2026-12-23"}],
}


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


@pytest.fixture
def admin(app: FastAPI, client: TestClient, world: World) -> TestClient:
    return world.people["admin"].client(app)


def test_a_calendar_is_kept_as_said_and_bad_ones_name_their_fields(admin: TestClient, world: World):
    path = f"/v1/locations/{world.here['location_id']}/law-calendar"
    assert admin.get(path).json() == {"settlement_periods": [], "school_terms": []}
    assert admin.put(path, json=KNOWN).json() == KNOWN
    refused = admin.put(path, json={"settlement_periods": [{"starts_on": "2026-01-31", "months": 3}]})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "settlement_periods[0].starts_on"
    assert admin.get(path).json() == KNOWN


def test_the_page_keeps_rows_removes_cleared_ones_and_names_what_it_cannot_read(
    admin: TestClient, world: World
):
    page, path = (f"{base}/locations/{world.here['location_id']}/law-calendar" for base in ("", "/v1"))
    form = {
        "settles_from": ["2026-01-01", ""], "months": ["3", ""],
        "first_day": ["2026-09-01", ""], "last_day": ["2026-12-22", ""],
    }  # fmt: skip
    assert admin.post(page, data=form, headers=HTML).status_code == 303
    assert admin.get(path).json() == KNOWN
    shown = admin.get(page, headers=HTML).text
    assert 'value="2026-12-22"' in shown
    bad = admin.post(page, data={**form, "months": ["soon", ""]}, headers=HTML)
    assert (bad.status_code, "is no number of months" in bad.text) == (422, True)
    assert 'value="2026-09-01"' in bad.text
    missing = admin.post(page, data={**form, "last_day": ["", ""]}, headers=HTML)
    assert (missing.status_code, "is missing" in missing.text) == (422, True)
    assert admin.get(path).json() == KNOWN
    assert admin.post(page, data={"settles_from": "", "months": ""}, headers=HTML).status_code == 303
    assert admin.get(path).json() == {"settlement_periods": [], "school_terms": []}


def test_files_say_the_same(admin: TestClient, world: World):
    code = admin.get(f"/v1/locations/{world.here['location_id']}").json()["code"]
    files = [
        (
            "files",
            ("settlement_periods.csv", f"location,starts_on,months\n{code},2026-01-01,3\n", "text/csv"),
        ),
        (
            "files",
            ("school_terms.csv", f"location,first_day,last_day\n{code},2026-09-01,2026-12-22\n", "text/csv"),
        ),
    ]
    sent = admin.post("/v1/imports", files=files)
    assert sent.status_code in (200, 201), sent.text
    assert admin.get(f"/v1/locations/{world.here['location_id']}/law-calendar").json() == KNOWN
