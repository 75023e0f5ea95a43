"""Bad values are named as the sender wrote them, with what would do instead."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.field_errors import without_tags
from api.main import DESCRIPTION
from scheduler.db.session import Database
from tests.api.world import World, build_world

JSON = {"Content-Type": "application/json"}
ID = "0192f1c3-7b7a-7c3e-9d2e-3f8f4c1b2a10"


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


@pytest.fixture
def admin(app: Any, world: World) -> TestClient:
    return world.people["admin"].client(app)


def errors(answer: Any) -> dict[str, dict[str, str]]:
    assert answer.status_code == 422, answer.text
    return {error["field"]: error for error in answer.json()["errors"]}


def edit(admin: TestClient, world: World, **body: object) -> dict[str, dict[str, str]]:
    return errors(admin.post(f"/v1/rosters/{world.here['roster_id']}/edits", json=body))


def test_a_body_that_is_no_json_is_shown_with_the_place_where_it_breaks(client: TestClient):
    (bad,) = errors(client.post("/v1/session", content=b"{bad", headers=JSON)).values()
    assert (bad["field"], bad["value"], bad["problem"]) == ("body", "{bad", "is not JSON")
    assert bad["hint"].startswith("valid JSON; at character 2: ")


def test_a_password_in_a_broken_body_is_not_sent_back(client: TestClient):
    answer = client.post("/v1/session", content=b'{"password": "secret-value"', headers=JSON)
    assert errors(answer)["body"]["value"] == "(hidden)"
    assert "secret-value" not in answer.text


def test_the_fields_of_an_edit_are_named_without_the_kind_of_edit(admin: TestClient, world: World):
    found = edit(admin, world, action="move", expected_revision=1, lineage_id=ID, starts_at="noon")
    assert set(found) == {"starts_at", "ends_at"}
    assert found["ends_at"]["hint"] == "this field is required"


def test_an_unknown_action_is_a_bad_value_of_the_action(admin: TestClient, world: World):
    bad = edit(admin, world, action="dance", expected_revision=1)["action"]
    assert bad["value"] == "dance"
    assert bad["hint"].startswith("one of 'assign', ")


def test_a_missing_action_is_a_missing_field(admin: TestClient, world: World):
    bad = edit(admin, world, expected_revision=1)["action"]
    assert (bad["value"], bad["hint"]) == ("(none)", "this field is required")


@pytest.mark.parametrize(
    ("at", "hint"),
    [
        ("2026-11-20", "an instant with its offset, such as 2026-11-02T08:00:00+01:00"),
        ("2026-11-20T08:00", "give an offset such as 2026-11-20T08:00+01:00, or Z for UTC"),
        (1764000000, "an instant with its offset, such as 2026-11-02T08:00:00+01:00"),
    ],
)
def test_what_is_no_instant_gets_a_hint_that_is_one(admin: TestClient, world: World, at: object, hint: str):
    found = edit(admin, world, action="move", expected_revision=1, lineage_id=ID, starts_at=at, ends_at=at)
    assert found["starts_at"]["hint"] == hint


@pytest.mark.parametrize("day", [20261130, "20261130", "2026-11-30T10:00:00Z", "30.11.2026", True])
def test_what_is_no_day_gets_a_day_as_hint(admin: TestClient, world: World, day: object):
    path = f"/v1/locations/{world.here['location_id']}/rosters"
    bad = errors(admin.post(path, json={"starts_on": day}))["starts_on"]
    assert bad["hint"] == "a day such as 2026-11-02"


def test_control_characters_are_named_and_no_pattern_is_shown(admin: TestClient):
    bad = errors(admin.post("/v1/skills", json={"code": "A\x00B", "name": "Bar"}))["code"]
    assert (bad["problem"], bad["hint"]) == (
        "contains a control character",
        "text without control characters",
    )


def test_a_field_called_like_a_kind_of_edit_keeps_its_name():
    assert without_tags(("windows", 0, "kind"), {"windows": [{"kind": "x"}]}) == ("windows", 0, "kind")
    assert without_tags(("windows", 0, "kind"), {"windows": [{}]}) == ("windows", 0, "kind")


def test_the_description_of_the_api_has_no_stray_quotes():
    assert not re.search(r'"', DESCRIPTION)
