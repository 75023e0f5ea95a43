"""The report of worked time: the page, the API, the files, and who may see them."""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pypdf import PdfReader

from scheduler.db.session import Database
from scheduler.kernel.clock import utc_now, week_start, zone_named
from scheduler.organisation.models import Location
from scheduler.timekeeping.arrival import NewPunch
from scheduler.timekeeping.models import PunchKind
from scheduler.timekeeping.punch import record_punches
from tests.api.world import World, build_world

HTML = {"Accept": "text/html"}
LAST_WEEK = week_start(utc_now().date()) - timedelta(days=7)


@pytest.fixture
def world(sqlite_database: Database) -> World:
    """Somebody came back to work ten hours after leaving it, in the week before this one."""
    world = build_world(sqlite_database, "kometa", "Kometa")
    with sqlite_database.write(world.organisation_id) as session:
        place = session.get_one(Location, world.here["location_id"])
        zone = zone_named(place.zone)
        edges = ((0, 14, PunchKind.IN), (0, 22, PunchKind.OUT), (1, 8, PunchKind.IN), (1, 12, PunchKind.OUT))
        arrivals = []
        for day, hour, kind in edges:
            on = LAST_WEEK + timedelta(days=day)
            at = datetime(on.year, on.month, on.day, hour, tzinfo=zone)
            arrivals.append(NewPunch(world.here["employee_id"], place.id, at, kind, "api", f"{day} {hour}"))
        record_punches(session, arrivals, actor="system")
    return world


def page_of(client: TestClient, world: World, query: str = "", status: int = 200) -> str:
    answer = client.get(f"/locations/{world.here['location_id']}/compliance?{query}", headers=HTML)
    assert answer.status_code == status
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def api_of(client: TestClient, world: World, **query: str) -> Any:
    days = {"starts_on": str(LAST_WEEK), "ends_on": str(LAST_WEEK + timedelta(days=7))}
    return client.get(f"/v1/locations/{world.here['location_id']}/worked-compliance", params=days | query)


def test_without_days_the_page_shows_the_week_before_this_one(app: FastAPI, client: TestClient, world: World):
    manager = world.people["manager"].client(app)
    page = page_of(manager, world)
    assert "PL.DAILY_REST_11H" in page
    assert "by 1 h · Kodeks pracy, art. 132 par. 1" in page
    assert "Give 60 more minutes" in page
    assert "PL.DAILY_REST_11H" not in page_of(manager, world, "first=2020-01-06&last=2020-01-12")


def test_the_filters_are_those_of_a_roster(app: FastAPI, client: TestClient, world: World):
    manager = world.people["manager"].client(app)
    assert "Nothing under these filters" in page_of(manager, world, "severity=warning")
    whole = api_of(manager, world).json()
    assert [one["code"] for one in whole["findings"]] == ["PL.DAILY_REST_11H"]
    assert whole["findings"][0]["employee"] == str(world.here["employee_id"])
    assert api_of(manager, world, severity="close").json()["findings"] == []
    assert api_of(manager, world, severity="close").json()["clean"] is False


def test_it_downloads_as_workbook_and_as_pdf(app: FastAPI, client: TestClient, world: World):
    manager = world.people["manager"].client(app)
    path = f"/locations/{world.here['location_id']}/compliance"
    assert manager.get(f"{path}.xlsx").content.startswith(b"PK")
    pdf = manager.get(f"{path}.pdf?severity=error")
    text = " ".join(PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text().split())
    assert f"time worked from {LAST_WEEK} to {LAST_WEEK + timedelta(days=6)}" in text
    assert "PL.DAILY_REST_11H" in text
    assert f"-{LAST_WEEK}-{LAST_WEEK + timedelta(days=6)}.pdf" in pdf.headers["content-disposition"]


def test_days_that_will_not_do_are_told_by_name(app: FastAPI, client: TestClient, world: World):
    manager = world.people["manager"].client(app)
    assert "first “soon”: is no day" in page_of(manager, world, "first=soon", 422)
    assert "the days end before they begin" in page_of(
        manager, world, "first=2026-11-09&last=2026-11-02", 422
    )
    assert "367 days are too many" in page_of(manager, world, "first=2024-01-01&last=2025-01-01", 422)
    answer = api_of(manager, world, ends_on=str(LAST_WEEK))
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "ends_on")


def test_only_who_may_read_the_timesheets_of_the_place_sees_it(
    app: FastAPI, client: TestClient, world: World
):
    for who, status in (("payroll", 200), ("employee", 403), ("other manager", 403)):
        person = world.people[who].client(app)
        assert api_of(person, world).status_code == status, who
        page_of(person, world, status=status)


def test_the_timesheets_and_the_report_of_the_roster_lead_there(
    app: FastAPI, client: TestClient, world: World
):
    manager = world.people["manager"].client(app)
    place = world.here["location_id"]
    days = f"first={LAST_WEEK}&amp;last={LAST_WEEK + timedelta(days=6)}"
    link = f'href="/locations/{place}/compliance?{days}"'
    assert link in manager.get(f"/locations/{place}/timesheets/{LAST_WEEK}", headers=HTML).text
    report = manager.get(f"/rosters/{world.here['roster_id']}/compliance", headers=HTML).text
    assert f'href="/locations/{place}/compliance?first=' in report
