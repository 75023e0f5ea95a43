"""Payroll files over HTTP: a target is set up, a week handed over, and what became of it told."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from scheduler.db.session import Database
from scheduler.kernel.clock import utc_now, week_start
from scheduler.organisation.models import Role
from tests.api.people import store_person
from tests.api.world import World, build_world

WEEK = week_start(utc_now().date()) - timedelta(days=7)
PROFILE = """
code: ours
title: Ours
format: delimited
file_name: "ours-{first_day}.csv"
columns:
  - {name: Number, field: employee_number}
  - {name: Hours, field: hours}
"""


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


@pytest.fixture
def payroll(app: FastAPI, client: TestClient, world: World) -> TestClient:
    return world.people["payroll"].client(app)


@pytest.fixture
def period_id(app: FastAPI, client: TestClient, world: World, payroll: TestClient) -> str:
    """A closed week in which one person worked a day."""
    admin, manager = world.people["admin"].client(app), world.people["manager"].client(app)
    punches = [
        {
            "employee_id": str(world.here["employee_id"]),
            "location_id": str(world.here["location_id"]),
            "at": datetime.combine(WEEK, time(hour), UTC).isoformat(),
            "kind": kind,
            "external_id": f"gate/{kind}",
        }
        for hour, kind in ((7, "in"), (15, "out"))
    ]
    assert admin.post("/v1/punches", json={"punches": punches}).status_code == 201
    query = {"employee_id": str(world.here["employee_id"]), "starts_on": str(WEEK)}
    sheet = manager.get("/v1/timesheets", params=query).json()["items"][0]
    done = manager.post(
        f"/v1/timesheets/{sheet['id']}/approval", json={"expected_revision": sheet["revision"]}
    )
    assert done.status_code == 200, done.text
    periods = f"/v1/locations/{world.here['location_id']}/pay-periods"
    period = payroll.post(periods, json={"day": str(WEEK)}).json()
    assert payroll.post(f"/v1/pay-periods/{period['id']}/close").status_code == 200
    return str(period["id"])


def new_target(payroll: TestClient, **changes: Any) -> str:
    terms = {"code": "ours", "name": "Ours", "profile": "generic_csv", **changes}
    made = payroll.post("/v1/payroll/targets", json=terms)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def map_regular(payroll: TestClient, target_id: str) -> None:
    body = {"kind": "pay_code", "mappings": [{"ours": "regular", "theirs": {"code": "100"}}]}
    assert payroll.put(f"/v1/payroll/targets/{target_id}/mappings", json=body).status_code == 200


def test_a_week_is_previewed_handed_over_and_accepted(payroll: TestClient, period_id: str):
    target_id = new_target(payroll)
    asked = {"target_id": target_id, "pay_period_ids": [period_id]}
    refused = payroll.post("/v1/payroll/batches", json=asked)
    assert (refused.status_code, refused.json()["code"]) == (409, "payroll_not_ready")
    assert [each["code"] for each in refused.json()["facts"]["problems"]] == ["pay_code_unmapped"]
    preview = f"/v1/payroll/targets/{target_id}/preview"
    shown = payroll.get(preview, params={"pay_period_id": period_id}).json()
    assert shown["problems"][0]["link"] == f"/payroll/targets/{target_id}"
    assert shown["changes"][0]["minutes"] == 480
    map_regular(payroll, target_id)
    shown = payroll.get(preview, params={"pay_period_id": period_id}).json()
    assert shown["problems"] == []
    assert ",regular,100,8.00,hours,480," in shown["text"]

    made = payroll.post("/v1/payroll/batches", json=asked)
    assert made.status_code == 201, made.text
    batch = made.json()
    assert (batch["state"], batch["line_count"], batch["pay_period_ids"]) == ("draft", 1, [period_id])
    address = f"/v1/payroll/batches/{batch['id']}"
    first, again = payroll.get(f"{address}/file"), payroll.get(f"{address}/file")
    assert first.content == again.content
    assert hashlib.sha256(first.content).hexdigest() == batch["sha256"]
    assert first.headers["content-length"] == str(batch["size_bytes"])
    assert "attachment" in first.headers["content-disposition"]

    repeated = payroll.post("/v1/payroll/batches", json=asked).json()
    assert [each["code"] for each in repeated["facts"]["problems"]] == ["already_sent"]
    for state in ("exported", "rejected"):
        body = {"state": state, "reason": "unknown employee"}
        assert payroll.post(f"{address}/states", json=body).json()["state"] == state
    late = payroll.post(f"{address}/states", json={"state": "accepted"})
    assert (late.status_code, late.json()["code"]) == (409, "batch_state_refused")
    assert payroll.post("/v1/payroll/batches", json=asked).json()["number"] == 2
    states = [(each["number"], each["state"]) for each in payroll.get("/v1/payroll/batches").json()["items"]]
    assert (1, "rejected") in states
    assert (2, "draft") in states
    assert [each["state"] for each in payroll.get(address).json()["history"]] == [
        "draft",
        "exported",
        "rejected",
    ]


def test_a_profile_of_one_s_own_is_previewed_saved_and_used(payroll: TestClient, period_id: str):
    bad = payroll.post("/v1/payroll/profiles/preview", json={"text": PROFILE.replace("hours", "wage")})
    assert bad.status_code == 422
    assert bad.json()["errors"][0]["field"] == "columns[1].field"
    shown = payroll.post("/v1/payroll/profiles/preview", json={"text": PROFILE}).json()
    assert shown["file_name"] == "ours-2026-11-16.csv"
    assert shown["text"].startswith("Number,Hours\r\n17,7.92\r\n")
    assert payroll.get("/v1/payroll/profiles/ours").status_code == 404
    assert payroll.post("/v1/payroll/profiles", json={"text": PROFILE}).json()["version"] == 1
    assert payroll.post("/v1/payroll/profiles", json={"text": PROFILE}).json()["version"] == 2
    taken = payroll.post(
        "/v1/payroll/profiles", json={"text": PROFILE.replace("code: ours", "code: datev_lodas")}
    )
    assert taken.json()["errors"][0]["field"] == "code"
    target_id = new_target(payroll, profile="ours")
    map_regular(payroll, target_id)
    made = payroll.post("/v1/payroll/batches", json={"target_id": target_id, "pay_period_ids": [period_id]})
    assert made.json()["file_name"] == f"ours-{WEEK}.csv"


def test_a_column_may_be_called_no_as_it_may_in_no_other_yaml(payroll: TestClient):
    text = PROFILE.replace("name: Hours", "name: No").replace("name: Number", "name: 2026-11-16")
    shown = payroll.post("/v1/payroll/profiles/preview", json={"text": text}).json()
    assert shown["text"].startswith("2026-11-16,No\r\n")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("code: [", "is no YAML"),
        ("a: &x [1]\nb: *x\n", "refers to another part"),
        ("- one\n- two\n", "is no profile"),
        ("1: one\n", "is no profile"),
        ("code: ours\n", "is missing"),
        ("[" * 5000, "cannot be read"),
        (PROFILE.replace("name: Hours", "name: 7"), "is no text"),
    ],
)
def test_what_is_no_profile_is_refused_with_its_line(payroll: TestClient, text: str, says: str):
    answer = payroll.post("/v1/payroll/profiles", json={"text": text})
    assert answer.status_code == 422
    assert says in answer.json()["errors"][0]["problem"]


def test_bad_settings_and_mappings_change_nothing(payroll: TestClient):
    target_id = new_target(payroll, profile="datev_lodas", settings={"consultant": "11038"})
    address = f"/v1/payroll/targets/{target_id}"
    terms = {"name": "x", "profile": "datev_lodas", "settings": {"consultant": "12a", "colour": "red"}}
    errors = payroll.put(address, json=terms).json()["errors"]
    assert {each["field"] for each in errors} == {"settings.consultant", "settings.colour"}
    assert payroll.get(address).json()["settings"] == {"consultant": "11038"}
    map_regular(payroll, target_id)
    rows = [
        {"ours": "regular", "theirs": {"unit": "years", "factor": "much"}},
        {"ours": "regular", "theirs": {"code": "1", "colour": "red"}},
    ]
    errors = payroll.put(f"{address}/mappings", json={"kind": "pay_code", "mappings": rows}).json()["errors"]
    assert {each["field"] for each in errors} == {
        "mappings[0].code", "mappings[0].unit", "mappings[0].factor", "mappings[1].ours",
        "mappings[1].colour",
    }  # fmt: skip
    for kind, ours in (("employee", "nobody"), ("location", "NOWHERE")):
        rows = [{"ours": ours, "theirs": {"cost_centre": "1"}}]
        answer = payroll.put(f"{address}/mappings", json={"kind": kind, "mappings": rows})
        assert answer.json()["errors"][0]["value"] == ours
    (kept,) = payroll.get(f"{address}/mappings").json()
    assert kept["theirs"] == {"code": "100"}
    assert (
        payroll.post("/v1/payroll/targets", json={"code": "ours", **terms, "settings": {}}).status_code == 409
    )


def test_payroll_of_one_place_sees_no_batch_of_another(
    app: FastAPI, sqlite_database: Database, world: World, payroll: TestClient, period_id: str
):
    target_id = new_target(payroll)
    map_regular(payroll, target_id)
    asked = {"target_id": target_id, "pay_period_ids": [period_id]}
    batch = payroll.post("/v1/payroll/batches", json=asked).json()
    there = store_person(
        sqlite_database,
        world.organisation_id,
        "there@example.org",
        (Role.PAYROLL, world.there["location_id"]),
    ).client(app)
    assert batch["id"] not in [each["id"] for each in there.get("/v1/payroll/batches").json()["items"]]
    for method, path, body in (
        ("GET", f"/v1/payroll/batches/{batch['id']}", None),
        ("GET", f"/v1/payroll/batches/{batch['id']}/file", None),
        ("POST", f"/v1/payroll/batches/{batch['id']}/states", {"state": "exported"}),
        ("POST", "/v1/payroll/batches", asked),
        ("GET", f"/v1/payroll/targets/{target_id}/preview?pay_period_id={period_id}", None),
        ("PUT", f"/v1/payroll/targets/{target_id}/mappings", {"kind": "pay_code", "mappings": []}),
        ("POST", "/v1/payroll/profiles", {"text": PROFILE}),
    ):
        answer = there.request(method, path, json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "outside_reach"), path
