"""Pay facts and allowances over HTTP."""

from __future__ import annotations

from uuid import uuid4

import pytest
from fastapi import FastAPI

from scheduler.db.session import Database
from scheduler.kernel.clock import utc_now
from tests.api.world import World, build_world


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


def payment(world: World, **changes):
    today = utc_now().date().isoformat()
    given = {"employee_id": str(world.here["employee_id"]), "kind": "payment", "day": today}
    return {**given, "amount_cents": 700, "reason": "taxi", **changes}


def test_facts_are_recorded_together_or_not_at_all(app: FastAPI, world: World):
    payroll = world.people["payroll"].client(app)
    wrong = {"pay_facts": [payment(world), payment(world, amount_cents=None)]}
    refused = payroll.post("/v1/pay-facts", json=wrong)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "pay_facts[1].amount_cents")
    listed = payroll.get("/v1/pay-facts", params={"state": "counts"}).json()["items"]
    assert listed == []
    both = payroll.post("/v1/pay-facts", json={"pay_facts": [payment(world), payment(world)]})
    assert [each["state"] for each in both.json()] == ["counts", "counts"]
    first = payroll.get("/v1/pay-facts", params={"limit": 1, "state": "counts"}).json()
    then = payroll.get("/v1/pay-facts", params={"state": "counts", "after": first["next"]}).json()
    assert [len(first["items"]), len(then["items"]), then["next"]] == [1, 1, None]


def test_money_of_a_manager_waits_and_is_decided_once_by_somebody_else(app: FastAPI, world: World):
    manager, payroll = (world.people[who].client(app) for who in ("manager", "payroll"))
    (fact,) = manager.post("/v1/pay-facts", json={"pay_facts": [payment(world)]}).json()
    assert fact["state"] == "waiting"
    address = f"/v1/pay-facts/{fact['id']}"
    assert manager.post(f"{address}/approval", json={"reason": "ok"}).status_code == 403
    assert payroll.post(f"{address}/approval", json={"reason": "ok"}).json()["state"] == "counts"
    again = payroll.post(f"{address}/refusal", json={"reason": "no"})
    assert (again.status_code, again.json()["code"]) == (409, "pay_fact_decided")
    assert manager.post(f"{address}/withdrawal", json={"reason": "no"}).json()["state"] == "taken_back"


def test_an_employee_reads_his_own_alone(app: FastAPI, world: World):
    own = world.people["employee"].client(app).get("/v1/pay-facts").json()["items"]
    assert {each["employee_id"] for each in own} == {str(world.here["employee_id"])}
    other = world.people["other employee"].client(app)
    mine = {each["employee_id"] for each in other.get("/v1/pay-facts").json()["items"]}
    assert str(world.here["employee_id"]) not in mine


def test_the_same_external_id_is_the_same_fact(app: FastAPI, world: World):
    payroll = world.people["payroll"].client(app)
    named = {"pay_facts": [payment(world, external_id="b-7")]}
    one, two = (payroll.post("/v1/pay-facts", json=named).json()[0] for _ in range(2))
    assert one["id"] == two["id"]
    other = payroll.post(
        "/v1/pay-facts", json={"pay_facts": [payment(world, external_id="b-7", day="2026-01-05")]}
    )
    assert (other.status_code, other.json()["code"]) == (409, "pay_fact_known")


def test_allowances_are_added_and_ended_within_reach(app: FastAPI, world: World):
    payroll, admin = (world.people[who].client(app) for who in ("payroll", "admin"))
    given = {
        "pay_code": "meals", "name": "Meals", "per": "day", "amount_cents": 100, "currency": "PLN",
        "cite": "House agreement, s. 7", "valid_from": "2026-01-01",
    }  # fmt: skip
    assert admin.post("/v1/allowances", json=given).status_code == 201
    here = payroll.post(
        "/v1/allowances", json={**given, "location_id": str(world.here["location_id"])}
    ).json()
    ended = payroll.post(f"/v1/allowances/{here['id']}/end", json={"ends_on": "2026-02-01"}).json()
    assert ended["valid_until"] == "2026-02-01"
    again = payroll.post(f"/v1/allowances/{here['id']}/end", json={"ends_on": "2026-03-01"})
    assert (again.status_code, again.json()["code"]) == (409, "allowance_ended")
    unknown = admin.post("/v1/allowances", json={**given, "job_role_id": str(uuid4())})
    assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (422, "job_role_id")


def test_nobody_is_proposed_where_nothing_was_published(app: FastAPI, world: World):
    asked = {"location_id": str(world.here["location_id"]), "day": "2026-01-05"}
    assert world.people["manager"].client(app).get("/v1/pay-fact-proposals", params=asked).json() == []
