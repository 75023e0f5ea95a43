"""Files over HTTP: all or nothing, and every bad line named."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from scheduler.db.session import Database
from tests.api.world import World, build_world

SKILLS = b"code,name,kind\nFORK,Forklift licence,certificate\nTILL,Cash register,skill\n"
LOCATIONS = b"code,name,zone,jurisdiction,currency\nMNL,Manila,Asia/Manilla,ph,PHP\n"


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


@pytest.fixture
def admin(app: FastAPI, client: TestClient, world: World) -> TestClient:
    return world.people["admin"].client(app)


def post(admin: TestClient, *files: tuple[str, bytes], **form: str):
    return admin.post("/v1/imports", files=[("files", file) for file in files], data=form)


def codes(admin: TestClient) -> set[str]:
    return {skill["code"] for skill in admin.get("/v1/skills").json()["items"]}


def test_a_dry_run_counts_and_stores_nothing(admin: TestClient):
    answer = post(admin, ("skills.csv", SKILLS), dry_run="true")
    assert answer.status_code == 200, answer.text
    assert (answer.json()["dry_run"], answer.json()["stored"]) == (True, False)
    assert answer.json()["counts"][0]["created"] == 2
    assert codes(admin) == {"PICK"}


def test_the_same_file_twice_changes_nothing(admin: TestClient):
    first, second = (post(admin, ("skills.csv", SKILLS)).json() for _ in range(2))
    assert (first["counts"][0]["created"], second["counts"][0]["unchanged"]) == (2, 2)
    assert codes(admin) == {"PICK", "FORK", "TILL"}


def test_an_unknown_zone_is_named_and_nothing_of_any_file_is_stored(admin: TestClient):
    answer = post(admin, ("skills.csv", SKILLS), ("locations.csv", LOCATIONS))
    assert (answer.status_code, answer.json()["code"]) == (422, "import_refused")
    error = next(each for each in answer.json()["errors"] if each["value"] == "Asia/Manilla")
    assert error["line"] == 2
    assert error["field"] == "locations.csv: zone"
    assert "Asia/Manila" in error["hint"]
    assert codes(admin) == {"PICK"}


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00\x00", b"", b"\xff\xfe\x00", b"a;b\n" * 3])
def test_a_file_that_is_no_table_is_refused_in_words(admin: TestClient, content: bytes):
    answer = post(admin, ("people.csv", content))
    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_without_a_file_nothing_happens(admin: TestClient):
    answer = admin.post("/v1/imports", data={"dry_run": "true"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "files"


def test_a_week_that_starts_on_another_day_is_refused(admin: TestClient):
    answer = post(admin, ("skills.csv", SKILLS), week="2026-11-24")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["hint"] == "the date of a Monday"


def test_files_beyond_the_limit_are_refused_before_they_are_read(admin: TestClient):
    answer = post(admin, ("skills.csv", SKILLS * 20_000))
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
