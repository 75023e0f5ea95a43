"""Human resources over HTTP: pulls with a cursor, files, and who may have them."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from scheduler.db.session import Database
from scheduler.organisation.permissions import Permission
from scheduler.people.models import Employee
from tests.api.people import store_key
from tests.api.test_pay_lines import approved
from tests.api.test_time_and_pay import WEEK, gate, manager, payroll, world
from tests.api.world import World, build_world

__all__ = ["approved", "gate", "manager", "payroll", "world"]

YEAR = {"starts_on": f"{WEEK.year - 1}-01-01"}
KINDS = (
    "worked-hours",
    "leave",
    "overtime",
    "contract-dates",
    "expiring-skills",
    "leave-balances",
    "overtime-accounts",
)


@pytest.fixture
def hr(app: FastAPI, client: TestClient, world: World, sqlite_database: Database) -> TestClient:
    key = store_key(sqlite_database, world.organisation_id, [Permission.HR_READ])
    return TestClient(app, headers={"Authorization": f"Bearer {key}"})


def pull(client: TestClient, kind: str, **query: Any) -> dict[str, Any]:
    answer = client.get(f"/v1/hr/{kind}", params={**YEAR, **query})
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


def test_a_pull_goes_on_where_the_last_one_ended(hr: TestClient, world: World, approved: dict[str, Any]):
    first = pull(hr, "worked-hours")
    assert [item["facts"]["worked_minutes"] for item in first["items"]] == [480]
    assert first["items"][0]["facts"]["timesheet_id"] == approved["id"]
    assert first["items"][0]["starts_on"] == str(WEEK)
    later = pull(hr, "worked-hours", cursor=first["next"])
    assert (later["items"], later["has_more"], later["next"]) == ([], False, first["next"])


def test_a_reopened_timesheet_is_withdrawn_without_its_facts(
    hr: TestClient, manager: TestClient, approved: dict[str, Any]
):
    first = pull(hr, "worked-hours")
    sheet = manager.get(f"/v1/timesheets/{approved['id']}").json()
    body = {"expected_revision": sheet["revision"], "reason": "a break is missing"}
    assert manager.post(f"/v1/timesheets/{approved['id']}/reopening", json=body).status_code == 200
    then = pull(hr, "worked-hours", cursor=first["next"])
    assert [(item["id"], item["is_withdrawn"], item["facts"]) for item in then["items"]] == [
        (first["items"][0]["id"], True, None)
    ]


def test_pages_of_one_lead_through_everything(hr: TestClient, world: World):
    whole = pull(hr, "contract-dates", limit=200)
    ids: list[str] = []
    cursor: dict[str, str] = {}
    more = True
    while more:
        page = pull(hr, "contract-dates", limit=1, **cursor)
        ids += [item["id"] for item in page["items"]]
        cursor, more = {"cursor": page["next"]}, page["has_more"]
    assert len(ids) > 4
    assert ids == [item["id"] for item in whole["items"]]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_known_is_said(hr: TestClient, kind: str):
    said = " ".join(pull(hr, kind)["not_known"])
    assert ("Balances" in said) == (kind == "leave-balances")


def test_a_cursor_of_other_filters_is_refused_with_what_would_do(hr: TestClient, world: World):
    cursor = pull(hr, "leave")["next"]
    place = {"location_id": str(world.here["location_id"])}
    for path, query in (("leave", {**YEAR, **place}), ("overtime", YEAR)):
        answer = hr.get(f"/v1/hr/{path}", params={**query, "cursor": cursor})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "cursor")
        assert "other filters" in answer.json()["errors"][0]["problem"]
    for broken in ("x", "é", cursor[:-2], "MTcuMTc"):
        answer = hr.get("/v1/hr/leave", params={**YEAR, "cursor": broken})
        assert (answer.status_code, answer.json()["errors"][0]["problem"]) == (422, "is no cursor")
    answer = hr.get("/v1/hr/leave", params={"starts_on": "2026-02-01", "ends_on": "2026-02-01"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "ends_on")


def test_who_reaches_one_place_is_told_of_that_place_only(
    app: FastAPI, hr: TestClient, world: World, sqlite_database: Database
):
    here = pull(hr, "contract-dates", limit=200, location_id=str(world.here["location_id"]))["items"]
    there = pull(hr, "contract-dates", limit=200, location_id=str(world.there["location_id"]))["items"]
    everywhere = pull(hr, "contract-dates", limit=200)["items"]
    assert len(here) + len(there) == len(everywhere)
    assert {item["location_id"] for item in here} == {str(world.here["location_id"])}


def test_payroll_and_admins_may_pull_and_nobody_else(app: FastAPI, client: TestClient, world: World):
    for who, status in (("payroll", 200), ("admin", 200), ("manager", 403), ("employee", 403)):
        person = world.people[who].client(app)
        for path in (*KINDS, "file"):
            query = {**YEAR, "records": "leave"} if path == "file" else YEAR
            assert person.get(f"/v1/hr/{path}", params=query).status_code == status, (who, path)


def test_another_organisation_pulls_its_own(
    app: FastAPI, hr: TestClient, world: World, sqlite_database: Database
):
    rival = build_world(sqlite_database, "rival", "Rival")
    key = store_key(sqlite_database, rival.organisation_id, [Permission.HR_READ])
    theirs = TestClient(app, headers={"Authorization": f"Bearer {key}"})
    ours = pull(hr, "contract-dates", limit=200)["items"]
    others = pull(theirs, "contract-dates", limit=200)["items"]
    assert {item["facts"]["employee_name"] for item in ours} == {"Ann Kometa"}
    assert {item["facts"]["employee_name"] for item in others} == {"Ann Rival"}
    foreign = {**YEAR, "location_id": str(rival.here["location_id"])}
    assert hr.get("/v1/hr/leave", params=foreign).status_code == 404


def test_a_file_says_what_is_true_now_and_its_names_are_no_formulas(
    hr: TestClient, world: World, approved: dict[str, Any], sqlite_database: Database
):
    with sqlite_database.write(world.organisation_id) as session:
        session.get_one(Employee, world.here["employee_id"]).first_name = "=1+1"
    answer = hr.get("/v1/hr/file", params={**YEAR, "records": "worked_hours"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert f"worked-hours-{YEAR['starts_on']}.csv" in answer.headers["content-disposition"]
    lines = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    told = [(each["employee_name"], each["last_day"], each["worked_minutes"]) for each in lines]
    assert told == [("'=1+1 Kometa", str(WEEK), "480")]
