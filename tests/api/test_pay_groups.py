"""Pay groups, locks and late timesheets over HTTP and on pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.pages.formats import pay_days
from scheduler.db.session import Database
from scheduler.organisation.permissions import Permission
from tests.api.people import store_key
from tests.api.test_time_and_pay import WEEK, day_of_work
from tests.api.world import World, build_world

HTML = {"Accept": "text/html"}
HALVES = {"kind": "semi_monthly", "first_day": 1, "second_day": 16}
FORM = {"kind": "semi_monthly", "anchor_on": "", "first_day": "1", "second_day": "16"}


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


@pytest.fixture
def gate(app: FastAPI, client: TestClient, world: World, sqlite_database: Database) -> TestClient:
    key = store_key(sqlite_database, world.organisation_id, [Permission.PUNCHES_IMPORT])
    return TestClient(app, headers={"Authorization": f"Bearer {key}"})


@pytest.fixture
def admin(app: FastAPI, client: TestClient, world: World) -> TestClient:
    return world.people["admin"].client(app)


@pytest.fixture
def manager(app: FastAPI, client: TestClient, world: World) -> TestClient:
    return world.people["manager"].client(app)


def opened(admin: TestClient, world: World, **more: Any) -> dict[str, Any]:
    """The period of the location of the last whole week."""
    path = f"/v1/locations/{world.here['location_id']}/pay-periods"
    made: dict[str, Any] = admin.post(path, json={"day": str(WEEK), **more}).json()
    return made


def test_a_group_is_made_shown_and_changed(admin: TestClient):
    made = admin.post(
        "/v1/pay-groups",
        json={"code": "halves", "name": "Halves", "pay_day_days": 5, "calendar": HALVES},
    )
    assert made.status_code == 201, made.text
    path = f"/v1/pay-groups/{made.json()['id']}"
    first, second = admin.get(f"{path}/periods", params={"day": "2028-02-20", "count": 2}).json()
    assert (first["starts_on"], first["ends_on"], first["paid_on"]) == (
        "2028-02-16", "2028-03-01", "2028-03-05",
    )  # fmt: skip
    assert (second["starts_on"], second["sheets_due_on"]) == ("2028-03-01", None)
    monthly = {"kind": "monthly", "first_day": 1}
    bad = admin.post(f"{path}/calendars", json={"valid_from": "2030-01-02", "calendar": monthly})
    assert (bad.status_code, bad.json()["errors"][0]["field"]) == (422, "valid_from")
    changed = admin.post(f"{path}/calendars", json={"valid_from": "2030-01-01", "calendar": monthly})
    assert [each["kind"] for each in changed.json()["calendars"]] == ["semi_monthly", "monthly"]
    assert admin.put(path, json={"name": "Months"}).json()["name"] == "Months"
    assert [each["name"] for each in admin.get("/v1/pay-groups").json()][-1] == "Months"


def test_only_who_sets_payroll_up_everywhere_makes_groups(manager: TestClient, admin: TestClient):
    body = {"code": "halves", "name": "Halves", "calendar": HALVES}
    assert manager.post("/v1/pay-groups", json=body).status_code == 403
    assert manager.get("/v1/pay-groups").status_code == 403
    twice = [admin.post("/v1/pay-groups", json=body).status_code for _ in range(2)]
    assert twice == [201, 422]


def test_a_location_and_a_person_are_put_in_groups_where_nothing_is_recorded(
    admin: TestClient, gate: TestClient, world: World
):
    group = str(world.here["pay_group_id"])
    gate.post("/v1/punches", json={"punches": day_of_work(world, 1)})
    place = f"/v1/locations/{world.here['location_id']}/pay-groups"
    taken = admin.post(place, json={"pay_group_id": group, "valid_from": str(WEEK)})
    assert (taken.status_code, taken.json()["code"]) == (409, "pay_days_taken")
    later = str(WEEK + timedelta(days=40))
    assert admin.post(place, json={"pay_group_id": group, "valid_from": later}).status_code == 201
    assert admin.get(place).json() == [{"valid_from": later, "pay_group_id": group}]
    person = f"/v1/employees/{world.here['employee_id']}/pay-groups"
    assert admin.post(person, json={"pay_group_id": group, "valid_from": later}).status_code == 201
    assert admin.get(person).json() == [{"valid_from": later, "pay_group_id": group}]
    unknown = {"pay_group_id": str(world.here["employee_id"]), "valid_from": later}
    assert admin.post(person, json=unknown).json()["code"] == "pay_group_not_found"


def test_a_locked_period_is_told_to_the_manager_and_unlocked_with_a_reason(
    admin: TestClient, manager: TestClient, gate: TestClient, world: World
):
    gate.post("/v1/punches", json={"punches": day_of_work(world, 1)})
    period = opened(admin, world)
    locked = admin.post(f"/v1/pay-periods/{period['id']}/lock").json()
    assert locked["locked_by"].startswith("user:")
    query = {"employee_id": str(world.here["employee_id"]), "starts_on": str(WEEK)}
    sheet = manager.get("/v1/timesheets", params=query).json()["items"][0]
    approval = f"/v1/timesheets/{sheet['id']}/approval"
    refused = manager.post(approval, json={"expected_revision": sheet["revision"]})
    assert (refused.status_code, refused.json()["code"]) == (409, "period_locked")
    assert manager.post(f"/v1/pay-periods/{period['id']}/unlock", json={"reason": "x"}).status_code == 403
    opened_again = admin.post(f"/v1/pay-periods/{period['id']}/unlock", json={"reason": "one is missing"})
    assert opened_again.json()["locked_at"] is None
    assert manager.post(approval, json={"expected_revision": sheet["revision"]}).status_code == 200


def test_a_period_is_closed_without_who_is_late_and_compared_with_the_one_before(
    admin: TestClient, gate: TestClient, world: World
):
    gate.post("/v1/punches", json={"punches": day_of_work(world, 1)})
    period = opened(admin, world)
    path = f"/v1/pay-periods/{period['id']}"
    refused = admin.post(f"{path}/close")
    late = refused.json()["facts"]["unapproved"][0]["employee_id"]
    assert (refused.json()["code"], late) == ("period_not_ready", str(world.here["employee_id"]))
    assert admin.post(f"{path}/close", json={"without": [late]}).json()["state"] == "closed"
    unclear = admin.get(f"{path}/corrections").json()["unclear"]
    assert [(each["employee_id"], each["why"]) for each in unclear] == [(late, "not_approved")]
    differences = admin.get(f"{path}/differences").json()
    assert (differences["before_id"], differences["by_person"]) == (None, [])


def test_the_page_makes_a_group_shows_a_change_of_calendar_first_and_names_bad_fields(admin: TestClient):
    empty = admin.get("/pay-groups", headers=HTML).text
    assert "Kometa office" in empty
    form = {"code": "halves", "name": "Halves", "sheets_due_days": "2", "pay_day_days": "", **FORM}
    bad = admin.post("/pay-groups", data={**form, "second_day": "31"}, headers=HTML)
    assert (bad.status_code, "second day" in bad.text, 'value="Halves"' in bad.text) == (422, True, True)
    made = admin.post("/pay-groups", data=form, headers=HTML)
    assert made.status_code == 303
    page = made.headers["location"].split("?")[0]
    change = {"valid_from": "2030-01-01", "kind": "monthly", "first_day": "1"}
    shown = admin.post(f"{page}/calendars", data={**change, "show": "1"}, headers=HTML)
    assert (shown.status_code, "So the periods would be" in shown.text) == (200, True)
    assert "from Tuesday 1 January 2030" not in admin.get(page, headers=HTML).text
    assert admin.post(f"{page}/calendars", data={**change, "keep": "1"}, headers=HTML).status_code == 303
    assert "from Tuesday 1 January 2030 every month, from the 1st" in admin.get(page, headers=HTML).text
    nobody = admin.post(
        f"{page}/members", data={"number": "nobody", "member_from": "2030-01-01"}, headers=HTML
    )
    assert (nobody.status_code, "is nobody&#39;s number" in nobody.text) == (422, True)


def test_the_pages_of_a_period_show_its_group_its_lock_and_who_can_be_left_out(
    admin: TestClient, gate: TestClient, world: World
):
    gate.post("/v1/punches", json={"punches": day_of_work(world, 1)})
    page = f"/locations/{world.here['location_id']}/pay-periods/{WEEK}"
    assert "every week from Monday" in admin.get(page, headers=HTML).text
    assert admin.post(f"{page}/lock?group=none", headers=HTML).status_code == 303
    assert "Unlock it" in admin.get(page, headers=HTML).text
    assert admin.post(f"{page}/unlock?group=none", data={"reason": ""}, headers=HTML).status_code == 422
    refused = admin.post(f"{page}/close?group=none", headers=HTML)
    employee = str(world.here["employee_id"])
    assert (refused.status_code, f'name="without" value="{employee}"' in refused.text) == (409, True)
    closed = admin.post(f"{page}/close?group=none", data={"without": employee}, headers=HTML)
    assert closed.status_code == 303
    told = admin.get(closed.headers["location"], headers=HTML).text
    assert "late timesheet, not approved" in told
    assert "never opened again" in told
    office = f"/pay-periods?group={world.here['pay_group_id']}"
    assert "Nobody is in this pay group" in admin.get(office, headers=HTML).text
    assert "changed since" in admin.get("/pay-periods?group=none", headers=HTML).text


def test_timesheets_are_shown_for_the_days_of_their_period(admin: TestClient, world: World):
    month = (WEEK + timedelta(days=70)).replace(day=1)
    body = {"pay_group_id": str(world.here["pay_group_id"]), "valid_from": str(month)}
    place = f"/locations/{world.here['location_id']}"
    assert admin.post(f"/v1{place}/pay-groups", json=body).status_code == 201
    middle = month.replace(day=17)
    days = pay_days(month, (month + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    for path in (f"/timesheets/{world.here['employee_id']}", f"{place}/timesheets", f"{place}/pay-periods"):
        shown = admin.get(f"{path}/{middle}", headers=HTML)
        assert shown.status_code == 200
        assert days in " ".join(shown.text.split()), path
