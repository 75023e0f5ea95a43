"""A week over HTTP: opened, edited by people who saw it, published once, explained."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from scheduler.db.session import Database
from tests.api.world import World, build_world, monday


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


@pytest.fixture
def manager(app: FastAPI, client: TestClient, world: World) -> TestClient:
    return world.people["manager"].client(app)


def at(day: int, hour: int) -> str:
    return datetime.combine(monday() + timedelta(days=day), time(hour), UTC).isoformat()


def new_shift(world: World, revision: int, day: int = 3, **more: Any) -> dict[str, Any]:
    return {
        "action": "add",
        "expected_revision": revision,
        "department_id": str(world.here["department_id"]),
        "skill_id": str(world.here["skill_id"]),
        "starts_at": at(day, 8),
        "ends_at": at(day, 13),
        **more,
    }


def edits(world: World) -> str:
    return f"/v1/rosters/{world.here['roster_id']}/edits"


def revision_of(manager: TestClient, world: World) -> int:
    revision: int = manager.get(f"/v1/rosters/{world.here['roster_id']}").json()["roster"]["revision"]
    return revision


def test_opening_a_week_twice_gives_the_same_roster(manager: TestClient, world: World):
    path = f"/v1/locations/{world.here['location_id']}/rosters"
    body = {"starts_on": str(monday() + timedelta(days=7))}
    first, second = manager.post(path, json=body), manager.post(path, json=body)
    assert first.status_code == 200
    assert first.json() == second.json()
    body = {"starts_on": str(monday() + timedelta(days=9))}
    answer = manager.post(path, json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["problem"] == "is a Wednesday: weeks start on Monday"


def test_a_week_shows_people_by_days_open_shifts_and_coverage(manager: TestClient, world: World):
    week = manager.get(f"/v1/rosters/{world.here['roster_id']}").json()
    assert week["days"][0] == str(monday())
    assert len(week["days"]) == 7
    ann = next(row for row in week["rows"] if row["employee_id"] == str(world.here["employee_id"]))
    assert [len(cell) for cell in ann["days"]] == [1, 0, 0, 0, 0, 0, 0]
    assert len(week["open_shifts"]) == 1
    assert week["coverage"][0]["scheduled"] == 1
    older = manager.get(
        f"/v1/rosters/{world.here['roster_id']}", params={"version_id": str(world.here["version_id"])}
    )
    assert older.json()["open_shifts"] == []


def test_a_version_of_another_roster_is_not_found(manager: TestClient, world: World):
    foreign = str(world.there["version_id"])
    path = f"/v1/rosters/{world.here['roster_id']}"
    for answer in (
        manager.get(path, params={"version_id": foreign}),
        manager.get(f"{path}/changes", params={"old": foreign}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "version_not_found")


def test_of_two_managers_who_saw_the_same_week_only_the_first_writes(
    app: FastAPI, manager: TestClient, world: World
):
    seen = revision_of(manager, world)
    first = manager.post(edits(world), json=new_shift(world, seen))
    assert first.status_code == 201
    assert first.json()["revision"] == seen + 1
    second = world.people["admin"].client(app).post(edits(world), json=new_shift(world, seen, day=4))
    assert (second.status_code, second.json()["code"]) == (409, "roster_changed")
    assert f"now at {seen + 1}" in second.json()["detail"]
    assert "Manager changed it" in second.json()["detail"]
    week = manager.get(f"/v1/rosters/{world.here['roster_id']}").json()
    assert len(week["open_shifts"]) == 2


def test_every_kind_of_edit_and_the_way_back(manager: TestClient, world: World):
    revision = revision_of(manager, world)
    added = manager.post(edits(world), json=new_shift(world, revision)).json()
    lineage = added["shift"]["lineage_id"]
    colleague = str(world.here["colleague_id"])
    steps: list[dict[str, Any]] = [
        {"action": "assign", "lineage_id": lineage, "employee_id": colleague},
        {"action": "move", "lineage_id": lineage, "starts_at": at(3, 9), "ends_at": at(3, 14)},
        {"action": "pin", "lineage_id": lineage},
        {"action": "unpin", "lineage_id": lineage},
        {"action": "unassign", "lineage_id": lineage},
        {"action": "remove", "lineage_id": lineage},
    ]
    seen = [added["shift"]]
    for step in steps:
        revision += 1
        answer = manager.post(edits(world), json={**step, "expected_revision": revision})
        assert answer.status_code == 201, (step, answer.text)
        seen.append(answer.json()["shift"])
    assert seen[1]["employee_id"] == colleague
    assert datetime.fromisoformat(seen[2]["starts_at"]) == datetime.fromisoformat(at(3, 9))
    assert [shift["pinned"] for shift in seen[3:5]] == [True, False]
    assert seen[-1] is None
    for expected in reversed(seen[:-1]):
        revision += 1
        answer = manager.post(edits(world), json={"action": "undo", "expected_revision": revision})
        assert answer.json()["shift"] == expected


def test_an_edit_that_breaks_a_hard_rule_needs_a_reason(manager: TestClient, world: World):
    revision = revision_of(manager, world)
    busy = str(world.here["employee_id"])
    clash = new_shift(world, revision, day=0, employee_id=busy)
    answer = manager.post(edits(world), json=clash)
    assert (answer.status_code, answer.json()["code"]) == (409, "breaks_hard_rules")
    assert {each["rule"] for each in answer.json()["facts"]["violations"]} >= {"no_overlap"}
    assert revision_of(manager, world) == revision
    taken = manager.post(edits(world), json={**clash, "accept_reason": "helps out at two counters"})
    assert taken.status_code == 201
    assert taken.json()["accepted"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"starts_at": "2026-11-02T08:00:00"}, "starts_at"),
        ({"starts_at": 1793606400}, "starts_at"),
        ({"starts_at": "9999-12-31T23:00:00Z"}, "starts_at"),
        ({"break_minutes": 10**12}, "break_minutes"),
        ({"employee_id": "me"}, "employee_id"),
        ({"note": "a\u0000b"}, "note"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_bad_value_is_named_with_what_would_do(
    manager: TestClient, world: World, change: dict[str, Any], field: str
):
    answer = manager.post(edits(world), json={**new_shift(world, 0), **change})
    assert answer.status_code == 422
    found = answer.json()["errors"]
    assert [error["field"].rpartition(".")[2] for error in found] == [field]
    assert found[0]["hint"] or found[0]["problem"]
    if change == {"starts_at": "2026-11-02T08:00:00"}:
        assert "2026-11-02T08:00:00+01:00" in found[0]["hint"]


def test_an_action_that_does_not_exist_is_answered_with_those_that_do(manager: TestClient, world: World):
    answer = manager.post(edits(world), json={"action": "explode", "expected_revision": 0})
    assert answer.status_code == 422
    assert "assign" in answer.text


def test_a_week_is_published_once_and_then_changes_only_by_a_new_draft(manager: TestClient, world: World):
    roster = f"/v1/rosters/{world.here['roster_id']}"
    revision = revision_of(manager, world)
    for shift in (*week_shifts(manager, roster),):
        body = {"action": "remove", "lineage_id": shift["lineage_id"], "expected_revision": revision}
        assert manager.post(edits(world), json=body).status_code == 201
        revision += 1
    mine = new_shift(world, revision, day=0, employee_id=str(world.here["employee_id"]))
    made = manager.post(edits(world), json=mine)
    assert made.status_code == 201, made.text
    stale = manager.post(f"{roster}/publications", json={"expected_revision": revision})
    assert stale.json()["code"] == "roster_changed"
    done = manager.post(f"{roster}/publications", json={"expected_revision": revision + 1})
    assert done.status_code == 201, done.text
    assert len(done.json()["changes"]["added"]) == 1
    again = manager.post(f"{roster}/publications", json={"expected_revision": revision + 2})
    assert (again.status_code, again.json()["code"]) == (409, "already_published")
    assert manager.get(f"{roster}/publications").json()["items"] == [done.json()]
    compliance = manager.get(f"/v1/roster-versions/{done.json()['version_id']}/compliance").json()
    assert compliance["checked"] is True
    assert compliance["packs"]
    moved = {"action": "move", "lineage_id": done.json()["changes"]["added"][0]["after"]["lineage_id"]}
    moved |= {"starts_at": at(0, 9), "ends_at": at(0, 14), "expected_revision": revision + 2}
    assert manager.post(edits(world), json=moved).json()["version_id"] != done.json()["version_id"]
    changes = manager.get(f"{roster}/changes").json()
    assert [change["kind"] for change in changes] == ["moved"]
    states = [version["state"] for version in manager.get(f"{roster}/versions").json()["items"]]
    assert states.count("published") == 1


def week_shifts(manager: TestClient, roster: str) -> list[dict[str, Any]]:
    week = manager.get(roster).json()
    return [*week["open_shifts"], *(s for row in week["rows"] for cell in row["days"] for s in cell)]


def test_why_a_shift_is_open_is_told_in_words(manager: TestClient, world: World):
    roster = f"/v1/rosters/{world.here['roster_id']}"
    open_shift = manager.get(roster).json()["open_shifts"][0]
    answer = manager.get(f"{roster}/shifts/{open_shift['lineage_id']}/candidates").json()
    assert answer["summary"]
    busy = next(p for p in answer["people"] if p["employee_id"] == str(world.here["employee_id"]))
    assert not busy["able"]
    assert "already works at that time" in " ".join(busy["reasons"])


def test_what_stands_against_one_person_and_what_would_do_is_told_in_words(manager: TestClient, world: World):
    roster = f"/v1/rosters/{world.here['roster_id']}"
    shift = f"{roster}/shifts/{manager.get(roster).json()['open_shifts'][0]['lineage_id']}"
    busy = manager.get(f"{shift}/candidates/{world.here['employee_id']}").json()
    assert busy["verdict"] == "against"
    assert "already works at that time" in busy["sentence"]
    assert busy["person"]["obstacles"]
    ways = manager.get(f"{shift}/relaxations").json()
    assert ways["sentences"]
    assert all(way["employee_id"] != str(world.here["employee_id"]) for way in ways["ways"])
    lost = manager.get(f"{roster}/shifts/{world.here['roster_id']}/relaxations")
    assert (lost.status_code, lost.json()["code"]) == (404, "shift_not_found")


def test_who_could_take_work_that_is_no_shift_yet_is_ranked(manager: TestClient, world: World):
    path = f"/v1/rosters/{world.here['roster_id']}/candidates"
    asked = {"department_id": str(world.here["department_id"]), "skill_id": str(world.here["skill_id"])}
    noon = {"starts_at": at(0, 8), "ends_at": at(0, 13)}
    people = manager.get(path, params=asked | noon).json()
    assert [person["able"] for person in people] == sorted((p["able"] for p in people), reverse=True)
    busy = next(each for each in people if each["employee_id"] == str(world.here["employee_id"]))
    assert "already works at that time" in " ".join(busy["reasons"])
    later = manager.get(path, params=asked | {"starts_at": at(3, 8), "ends_at": at(3, 13)}).json()
    free = next(each for each in later if each["employee_id"] == str(world.here["employee_id"]))
    assert "already works at that time" not in " ".join(free["reasons"])
    assert free["worth"]
    for wrong in (
        {"ends_at": at(0, 7)},
        {"starts_at": at(9, 8), "ends_at": at(9, 13)},
        {"department_id": str(world.there["department_id"])},
        {"skill_id": asked["department_id"]},
    ):
        refused = manager.get(path, params=asked | noon | wrong)
        assert refused.status_code == 422, wrong
        assert refused.json()["errors"][0]["field"] in {*wrong}, refused.json()


def test_two_versions_are_compared_in_words(manager: TestClient, world: World):
    roster = f"/v1/rosters/{world.here['roster_id']}"
    versions = [version["id"] for version in manager.get(f"{roster}/versions").json()["items"]]
    assert manager.get(f"{roster}/comparison", params={"old": versions[0], "new": versions[0]}).json() == {
        "sentences": ["Nothing has changed."],
        "people": [],
        "score": [],
    }
    revision = revision_of(manager, world)
    give = new_shift(world, revision, employee_id=str(world.here["colleague_id"]))
    assert manager.post(edits(world), json=give).status_code == 201
    told = manager.get(f"{roster}/comparison", params={"old": versions[0]}).json()
    assert str(world.here["colleague_id"]) in {person["employee_id"] for person in told["people"]}
    assert any(" gets " in sentence for sentence in told["sentences"])


def test_pages_of_a_list_follow_each_other_without_gaps(app: FastAPI, client: TestClient, world: World):
    admin = world.people["admin"].client(app)
    whole = admin.get("/v1/employees").json()
    assert whole["next"] is None
    assert len(whole["items"]) == 4
    found, after = [], None
    while True:
        page = admin.get("/v1/employees", params={"limit": 3} | ({"after": after} if after else {})).json()
        found += page["items"]
        after = page["next"]
        if after is None:
            break
    assert found == whole["items"]
    assert admin.get("/v1/employees", params={"limit": 201}).status_code == 422
    newest = admin.get("/v1/audit", params={"limit": 1}).json()
    following = admin.get("/v1/audit", params={"limit": 1, "after": newest["next"]}).json()
    assert following["items"][0]["id"] < newest["items"][0]["id"]


def test_an_edit_outside_of_the_opening_hours_is_remarked_on(manager: TestClient, world: World):
    revision = revision_of(manager, world)
    inside = manager.post(edits(world), json=new_shift(world, revision)).json()
    assert inside["remarks"] == []
    body = new_shift(world, revision + 1, day=4, starts_at=at(4, 1), ends_at=at(4, 4))
    outside = manager.post(edits(world), json=body).json()
    assert outside["remarks"] == ["outside_opening_hours"]
    shown = manager.get(f"/v1/rosters/{world.here['roster_id']}").json()["remarks"]
    told = {each["lineage_id"]: each["remarks"] for each in shown}
    assert told[outside["shift"]["lineage_id"]] == ["outside_opening_hours"]
    assert inside["shift"]["lineage_id"] not in told


def test_leave_granted_over_a_published_shift_says_so_and_the_week_shows_it(
    manager: TestClient, world: World
):
    roster = f"/v1/rosters/{world.here['roster_id']}"
    colleague = str(world.here["colleague_id"])
    for shift in week_shifts(manager, roster):
        body = {"action": "remove", "lineage_id": shift["lineage_id"]}
        manager.post(edits(world), json={**body, "expected_revision": revision_of(manager, world)})
    body = new_shift(world, revision_of(manager, world), employee_id=colleague)
    added = manager.post(edits(world), json=body)
    assert added.status_code == 201, added.text
    lineage_id = added.json()["shift"]["lineage_id"]
    published = manager.post(
        f"{roster}/publications", json={"expected_revision": revision_of(manager, world)}
    )
    assert published.status_code == 201, published.text
    day = monday() + timedelta(days=3)
    leave = {"starts_on": str(day), "ends_on": str(day + timedelta(days=1)), "kind": "sick"}
    asked = manager.post(f"/v1/employees/{colleague}/time-off", json=leave)
    assert asked.status_code == 201, asked.text
    decided = manager.post(f"/v1/time-off/{asked.json()['id']}/decision", json={"decision": "approve"}).json()
    assert [shift["lineage_id"] for shift in decided["published_shifts"]] == [lineage_id]
    shown = manager.get(roster).json()["remarks"]
    assert {"lineage_id": lineage_id, "remarks": ["on_leave"]} in shown
    page = manager.get(
        f"/locations/{world.here['location_id']}/weeks/{monday()}", headers={"Accept": "text/html"}
    )
    assert "on leave" in page.text
