"""From an amount to its punches and paragraph, and what is told before anybody is paid, over HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from scheduler.db.session import Database
from scheduler.rosters.versions import current_version
from tests.api.test_time_and_pay import WEEK, gate, manager, payroll, punch, timesheet, world
from tests.api.world import World

__all__ = ["gate", "manager", "payroll", "world"]


@pytest.fixture
def approved(gate: TestClient, manager: TestClient, world: World) -> dict[str, Any]:
    """One night, approved."""
    night = [punch(world, 0, 20, "in"), punch(world, 1, 4, "out")]
    assert gate.post("/v1/punches", json={"punches": night}).status_code == 201
    sheet = timesheet(manager, world)
    body = {"expected_revision": sheet["revision"]}
    assert manager.post(f"/v1/timesheets/{sheet['id']}/approval", json=body).status_code == 200
    return sheet


def test_an_amount_is_followed_to_its_paragraph_its_contract_and_its_punches(
    payroll: TestClient, world: World, approved: dict[str, Any]
):
    pay = f"/v1/timesheets/{approved['id']}/pay"
    before = payroll.get(pay).json()
    assert (before["is_final"], len(before["lines"])) == (False, 2)
    place = f"/v1/locations/{world.here['location_id']}/pay-periods"
    period = payroll.post(place, json={"day": str(WEEK)}).json()
    closed = payroll.post(f"/v1/pay-periods/{period['id']}/close")
    assert closed.status_code == 200, closed.text
    after = payroll.get(pay).json()
    assert after == before | {"is_final": True}
    lines = payroll.get(f"/v1/pay-periods/{period['id']}/lines").json()["lines"]
    night = next(line for line in lines if line["pay_code"] == "night_supplement_20_of_min")
    found = payroll.get(f"/v1/pay-lines/{night['line_id']}").json()
    assert found["line"]["citation"] == "Kodeks pracy, art. 151(8) par. 1"
    assert found["rule_words"] == "supplement for night work on the least hourly wage: 20 %"
    assert found["sum"].startswith("7 h x ")
    assert found["sum"].endswith(f" = {night['amount']} PLN")
    assert [each["kind"] for each in found["punches"]] == ["in", "out"]
    assert not found["line"]["is_worked"]
    assert found["line"]["contract_version"].endswith("h a week")
    page = payroll.get(f"/pay-lines/{night['line_id']}")
    assert "Kodeks pracy, art. 151(8) par. 1" in page.text
    assert "Punches behind it (2)" in page.text
    listed = payroll.get(f"/locations/{world.here['location_id']}/pay-periods/{WEEK}").text
    assert f"/pay-lines/{night['line_id']}" in listed
    assert "night supplement 20 of min" in listed


def test_who_may_not_read_pay_follows_no_line_and_sees_no_worth(
    manager: TestClient, world: World, approved: dict[str, Any]
):
    assert manager.get(f"/v1/timesheets/{approved['id']}/pay").status_code == 403
    assert manager.get(f"/v1/pay-lines/{world.here['pay_line_id']}").status_code == 403
    page = manager.get(f"/timesheets/{world.here['employee_id']}/{WEEK}")
    assert (page.status_code, "Pay of the week" in page.text) == (200, False)


def test_people_see_what_their_own_week_is_worth_with_the_article(
    app: FastAPI, client: TestClient, world: World, approved: dict[str, Any]
):
    ann = world.people["employee"].client(app)
    page = ann.get(f"/timesheets/{world.here['employee_id']}/{WEEK}").text
    assert "As it stands now" in page
    assert "Kodeks pracy, art. 151(8) par. 1" in page


def test_a_roster_is_priced_for_who_publishes_it(
    manager: TestClient, payroll: TestClient, world: World, sqlite_database: Database
):
    with sqlite_database.read(world.organisation_id) as session:
        version = current_version(session, world.here["roster_id"])
        assert version is not None
        path = f"/v1/roster-versions/{version.id}/cost"
    cost = manager.get(path)
    assert cost.status_code == 200, cost.text
    (each,) = cost.json()["currencies"]
    assert each["total_cents"] == each["base_cents"] + each["overtime_cents"] + each["premium_cents"] > 0
    assert sum(each["by_day"].values()) == sum(each["by_code"].values()) == each["total_cents"]
    assert payroll.get(path).status_code == 403
    page = manager.get(f"/rosters/{world.here['roster_id']}/cost")
    assert (page.status_code, "What the roster costs" in page.text) == (200, True)
    assert "What it costs" in manager.get(f"/rosters/{world.here['roster_id']}/publish").text


def test_a_salary_is_part_of_a_contract_and_refused_where_it_is_none(
    app: FastAPI, client: TestClient, world: World
):
    admin = world.people["admin"].client(app)
    path = f"/v1/employees/{world.here['employee_id']}/contracts"
    terms = {
        "kind": "permanent", "weekly_minutes": 2400, "min_weekly_minutes": 0, "max_weekly_minutes": 2880,
        "max_daily_minutes": 720, "hourly_rate_cents": 5000, "currency": "PLN",
    }  # fmt: skip
    day = str(WEEK + timedelta(days=90))
    refused = admin.post(path, json=terms | {"valid_from": day, "monthly_salary_cents": 0})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "monthly_salary_cents")
    made = admin.post(path, json=terms | {"valid_from": day, "monthly_salary_cents": 800000})
    assert (made.status_code, made.json()["monthly_salary_cents"]) == (201, 800000), made.text
