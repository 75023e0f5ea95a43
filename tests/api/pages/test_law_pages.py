"""The law book and the compliance report: every value with its article, every finding under its filters."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from scheduler.db.session import Database
from scheduler.organisation.models import Location
from scheduler.rosters.models import Shift
from tests.api.world import World, build_world
from tests.scheduler.law.test_own_packs import AGREEMENT

HTML = {"Accept": "text/html"}


@pytest.fixture
def world(sqlite_database: Database) -> World:
    """Ann works twelve hours more, right after the eight she has."""
    world = build_world(sqlite_database, "kometa", "Kometa")
    with sqlite_database.write(world.organisation_id) as session:
        mine = select(Shift).where(Shift.lineage_id == world.here["lineage_id"])
        first = session.scalars(mine).one()
        open_one = select(Shift).where(Shift.version_id == first.version_id, Shift.employee_id.is_(None))
        second = session.scalars(open_one).one()
        second.employee_id = first.employee_id
        second.starts_at, second.ends_at = first.ends_at, first.ends_at + timedelta(hours=12)
    return world


def test_a_pack_shows_each_value_with_its_article_and_finds(app: FastAPI, client: TestClient, world: World):
    manager = world.people["manager"].client(app)
    book = manager.get("/law", headers=HTML).text
    assert "Kometa HERE" in book
    whole = manager.get("/law/pl", headers=HTML).text
    assert "Kodeks pracy, art. 132 par. 1" in whole
    assert "Kometa HERE" in whole
    found = manager.get("/law/pl?find=art.+133", headers=HTML).text
    assert "art. 133" in found
    assert "art. 132 par. 1" not in found
    assert "Nothing under these filters" in manager.get("/law/pl?find=zzz", headers=HTML).text
    assert manager.get("/law/nowhere", headers=HTML).status_code == 404
    listed = manager.get("/v1/law/packs").json()
    assert {"pl", "us-ny-nyc"} <= {pack["id"] for pack in listed}
    values = manager.get("/v1/law/packs/pl").json()["values"]
    assert {"citation", "status", "valid_from"} <= values[0].keys()


def test_only_who_may_change_locations_sets_the_sector(
    app: FastAPI, client: TestClient, world: World, sqlite_database: Database
):
    with sqlite_database.write(world.organisation_id) as session:
        session.get_one(Location, world.here["location_id"]).jurisdiction = "us-ny-nyc"
    admin, manager = world.people["admin"].client(app), world.people["manager"].client(app)
    path = f"/locations/{world.here['location_id']}/sector"
    assert manager.post(path, data={"sector": "retail"}).status_code == 403
    assert admin.post(path, data={"sector": "mining"}, headers=HTML).status_code == 422
    assert admin.post(path, data={"sector": "retail"}, headers=HTML).status_code == 303
    with sqlite_database.read(world.organisation_id) as session:
        place = session.get_one(Location, world.here["location_id"])
        assert (place.sector, len(place.hours)) == ("retail", 7)


def test_the_report_is_filtered_and_downloads_as_a_workbook(app: FastAPI, client: TestClient, world: World):
    manager = world.people["manager"].client(app)
    path = f"/rosters/{world.here['roster_id']}/compliance"
    shown = manager.get(path, headers=HTML).text
    assert "PL.DAILY_REST_11H" in shown
    none = manager.get(f"{path}?severity=warning&code=PL.DAILY_REST_11H", headers=HTML).text
    assert "Nothing under these filters" in none
    book = manager.get(f"{path}.xlsx?code=PL.DAILY_REST_11H")
    assert book.status_code == 200
    assert book.content.startswith(b"PK")
    assert "attachment" in book.headers["content-disposition"]


def test_the_report_downloads_as_pdf_with_who_asked_and_the_same_filters(
    app: FastAPI, client: TestClient, world: World
):
    manager = world.people["manager"].client(app)
    path = f"/rosters/{world.here['roster_id']}/compliance.pdf"
    whole = manager.get(path)
    assert whole.headers["content-type"] == "application/pdf"
    assert whole.headers["content-disposition"].endswith('.pdf"')
    text = " ".join(PdfReader(io.BytesIO(whole.content)).pages[0].extract_text().split())
    assert "Kometa HERE, week of" in text
    assert "PL.DAILY_REST_11H" in text
    assert "Checked by " in text
    assert "Against pl (version " in text
    only = manager.get(f"{path}?code=PL.DAILY_REST_11H&severity=error").content
    text = " ".join(PdfReader(io.BytesIO(only)).pages[0].extract_text().split())
    assert "Shown: breach, PL.DAILY_REST_11H." in text
    assert "PL.DOBA_DOUBLE_START" not in text


def test_a_severity_that_is_none_is_refused_with_those_there_are(
    app: FastAPI, client: TestClient, world: World
):
    manager = world.people["manager"].client(app)
    roster, version = world.here["roster_id"], world.here["version_id"]
    for path in (f"/rosters/{roster}/compliance", f"/v1/roster-versions/{version}/compliance"):
        answer = manager.get(f"{path}?severity=grave")
        assert answer.status_code == 422
        (error,) = answer.json()["errors"]
        assert (error["field"], error["value"]) == ("severity", "grave")
        assert error["hint"].startswith("error, warning or close")


def test_what_is_close_is_shown_and_filtered_on_the_page_and_in_the_api(
    app: FastAPI, client: TestClient, world: World, sqlite_database: Database
):
    with sqlite_database.write(world.organisation_id) as session:
        mine = select(Shift).where(Shift.lineage_id == world.here["lineage_id"])
        first = session.scalars(mine).one()
        others = select(Shift).where(Shift.version_id == first.version_id, Shift.id != first.id)
        second = session.scalars(others).one()
        second.starts_at = first.ends_at + timedelta(hours=11, minutes=20)
        second.ends_at = second.starts_at + timedelta(hours=4)
        version_id = first.version_id
    manager = world.people["manager"].client(app)
    path = f"/v1/roster-versions/{version_id}/compliance"
    (close,) = [one for one in manager.get(path).json()["close"] if one["code"] == "PL.DAILY_REST_11H"]
    assert (close["left"], close["unit"]) == (20, "minutes")
    assert manager.get(f"{path}?severity=error").json()["close"] == []
    assert manager.get(f"{path}?severity=close").json()["findings"] == []
    page = manager.get(f"/rosters/{world.here['roster_id']}/compliance?severity=close", headers=HTML).text
    assert "20 min to spare" in page
    assert "Not kept" not in page


def test_a_pack_is_filtered_by_use_status_and_day_and_says_where_it_is_used(
    app: FastAPI, client: TestClient, world: World
):
    manager = world.people["manager"].client(app)

    def shown(query: str) -> str:
        return manager.get(f"/law/pl?{query}", headers=HTML).text

    assert "planning, reports of rosters, reports of worked time" in shown("find=pl.daily_rest.min")
    assert 'id="pl.daily_rest.min"' in shown("use=hard")
    assert 'id="pl.daily_rest.min"' not in shown("use=pay")
    assert 'id="pl.minimum_wage.hour"' in shown("use=pay")
    recalled = shown("status=recalled")
    assert "confirmed (" not in recalled
    assert 'id="pl.schedule.notice"' not in shown("on=2012-01-01")
    assert 'id="pl.schedule.notice"' in shown("on=2014-01-01")
    refused = manager.get("/law/pl?use=fun&status=sure&on=soon").json()
    assert [error["field"] for error in refused["errors"]] == ["use", "status", "on"]


def test_the_values_download_as_a_workbook_with_the_same_filters(
    app: FastAPI, client: TestClient, world: World
):
    manager = world.people["manager"].client(app)
    answer = manager.get("/law/pl/values.xlsx?find=pl.doba")
    assert re.search(r'filename="law-pl-[\w.]+\.xlsx"', answer.headers["content-disposition"])
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    lines = book.get_sheet_by_name("Values").to_python()[3:]
    assert {line[0] for line in lines} == {"pl.doba"}
    assert lines[0][3] == "with the scheduled start of work"
    assert manager.get("/law/nowhere/values.xlsx").status_code == 404


def test_an_agreement_of_the_organisation_is_a_pack_of_the_book_too(
    app: FastAPI, client: TestClient, world: World, sqlite_database: Database
):
    manager, admin = (world.people[who].client(app) for who in ("manager", "admin"))
    assert admin.post("/v1/law/agreements", json={"text": AGREEMENT}).status_code == 201
    assert 'href="/law/acme-2026"' in manager.get("/law", headers=HTML).text
    own = manager.get("/law/acme-2026", headers=HTML).text
    assert "Kometa HERE" in own
    assert "acme-2026" in manager.get("/law/pl", headers=HTML).text
    assert manager.get("/v1/law/packs/acme-2026").json()["title"] == "Works agreement of Acme"


def test_a_finding_leads_to_its_article_in_the_book(app: FastAPI, client: TestClient, world: World):
    manager = world.people["manager"].client(app)
    shown = manager.get(f"/rosters/{world.here['roster_id']}/compliance", headers=HTML).text
    assert 'href="/law/pl#pl.daily_rest.min"' in shown
    assert 'id="pl.daily_rest.min"' in manager.get("/law/pl", headers=HTML).text
