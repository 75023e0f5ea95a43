"""Many timesheets on pages: found, previewed, approved, taken back, reminded of; stand-ins."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from scheduler.db.session import Database
from scheduler.kernel.clock import local_day, utc_now
from scheduler.organisation.models import ApprovalDelegation, Role
from scheduler.organisation.permissions import Permission
from scheduler.timekeeping.models import TimeEntry, Timesheet, TimesheetReminder, TimesheetState
from tests.api.people import store_key, store_person
from tests.api.test_time_and_pay import WEEK, day_of_work, punch, timesheet
from tests.api.world import World, build_world

HTML = {"Accept": "text/html"}
WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


@pytest.fixture
def manager(app: FastAPI, world: World) -> TestClient:
    return world.people["manager"].client(app)


@pytest.fixture
def ann(app: FastAPI, world: World) -> TestClient:
    return world.people["employee"].client(app)


@pytest.fixture
def two(app: FastAPI, client: TestClient, world: World, sqlite_database: Database) -> None:
    """Of last week: a clear timesheet, and one of a colleague who forgot to clock out."""
    key = store_key(sqlite_database, world.organisation_id, [Permission.PUNCHES_IMPORT])
    gate = TestClient(app, headers={"Authorization": f"Bearer {key}"})
    forgotten = {**punch(world, 0, 8, "in"), "employee_id": str(world.here["colleague_id"])}
    sent = gate.post("/v1/punches", json={"punches": [*day_of_work(world, 0), forgotten]})
    assert sent.status_code == 201, sent.text


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def filters(world: World, **more: str) -> str:
    return "&".join(f"{name}={value}" for name, value in {"day": str(WEEK), **more}.items())


def hidden(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that leads somewhere."""
    form = re.search(rf'<form method="post" action="{action}".*?</form>', page, re.DOTALL)
    assert form is not None, action
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0])
    return {name: unescape(value) for name, value in found}


def test_all_that_fit_are_previewed_approved_and_taken_back(manager: TestClient, world: World, two: None):
    listed = manager.get(f"/timesheets/list?{filters(world)}", headers=HTML).text
    assert "2 timesheets" in text_of(listed)
    sent = {**hidden(listed, "/timesheets/preview"), "every": "true"}
    preview = manager.post("/timesheets/preview", data=sent, headers=HTML).text
    told = text_of(preview)
    assert "Approve 1 timesheet?" in told
    assert "its hours are not known; clear up what is odd" in told
    assert timesheet(manager, world)["state"] == "open"
    done = manager.post("/timesheets/approve", data=hidden(preview, "/timesheets/approve"), headers=HTML).text
    assert timesheet(manager, world)["state"] == "approved"
    assert "1 approved" in text_of(done)
    back = hidden(done, "/timesheets/reopen")
    refused = manager.post("/timesheets/reopen", data={**back, "reason": " "}, headers=HTML)
    assert (refused.status_code, "a reason is missing" in refused.text) == (422, True)
    again = manager.post("/timesheets/reopen", data={**back, "reason": "too early"}, headers=HTML)
    assert "1 open again." in text_of(again.text)
    assert timesheet(manager, world)["state"] == "open"


def test_what_changed_since_the_preview_is_left_and_said(
    app: FastAPI, manager: TestClient, ann: TestClient, world: World, two: None
):
    sheet = timesheet(manager, world)
    chosen = f"{sheet['id'].replace('-', '')}.{sheet['revision']}"
    preview = manager.post("/timesheets/preview", data={"sheet": chosen}, headers=HTML).text
    assert "Approve 1 timesheet?" in text_of(preview)
    ann.post(f"/v1/timesheets/{sheet['id']}/submission", json={"expected_revision": sheet["revision"]})
    done = manager.post("/timesheets/approve", data=hidden(preview, "/timesheets/approve"), headers=HTML)
    assert "it changed since you looked at it" in text_of(done.text)
    assert timesheet(manager, world)["state"] == "submitted"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("exceptions=unclear", 1),
        ("exceptions=none", 1),
        ("exceptions=some", 1),
        ("disputes=open", 0),
        ("state=approved", 0),
        ("state=open", 2),
        ("off=479", 1),
        ("off=480", 0),
        ("overdue=confirm", 2),
        ("location=&state=", 2),
    ],
)
def test_filters_narrow_the_list(manager: TestClient, world: World, two: None, query: str, count: int):
    if query.startswith("overdue") and local_day(utc_now(), WARSAW) == WEEK + timedelta(days=7):
        count = 0  # on Mondays the last week is not late yet
    page = manager.get(f"/timesheets/list?day={WEEK}&{query}", headers=HTML)
    assert page.status_code == 200
    assert len(re.findall(r'name="sheet"', page.text)) == count


@pytest.mark.parametrize("query", ["day=soon", "day=0001-01-01", "off=-1", "state=lost", "disputes=x"])
def test_a_filter_that_means_nothing_is_refused_with_its_name(manager: TestClient, world: World, query: str):
    page = manager.get(f"/timesheets/list?{query}", headers=HTML)
    assert (page.status_code, "means nothing here" in page.text) == (422, True)


def test_pages_of_the_list_hold_fifty(
    manager: TestClient, world: World, sqlite_database: Database, two: None
):
    with sqlite_database.write(world.organisation_id) as session:
        sheets = [
            Timesheet(
                employee_id=world.here["employee_id"],
                location_id=world.here["location_id"],
                starts_on=WEEK - timedelta(weeks=n + 3),
                ends_on=WEEK - timedelta(weeks=n + 2),
            )
            for n in range(60)
        ]
        session.add_all(sheets)
    page = manager.get("/timesheets/list", headers=HTML).text
    assert len(re.findall(r'name="sheet"', page)) == 50
    assert "page 1 of 2" in text_of(page)
    assert "/timesheets/list?page=2" in page
    assert manager.get("/timesheets/list?page=99", headers=HTML).status_code == 200


def test_closed_ones_are_listed_only_where_a_day_a_state_or_disputes_are_asked_for(
    manager: TestClient, world: World, sqlite_database: Database, two: None
):
    with sqlite_database.write(world.organisation_id) as session:
        of_week = select(Timesheet).where(Timesheet.starts_on == WEEK)
        for sheet in session.scalars(of_week):
            sheet.state = TimesheetState.CLOSED
    # One more is of the world itself, and open.
    counts = {"": 1, "state=closed": 2, f"day={WEEK}": 2, "disputes=none": 2}
    for query, count in counts.items():
        page = manager.get(f"/timesheets/list?{query}", headers=HTML).text
        assert len(re.findall(r'name="sheet"', page)) == count, query
    assert manager.get("/v1/timesheet-lines").json()["total"] == 1


def test_nothing_chosen_and_nonsense_are_told_on_the_list(manager: TestClient, two: None):
    for sent in ({}, {"sheet": "x.1"}):
        answer = manager.post("/timesheets/preview", data=sent, headers=HTML)
        assert answer.status_code == 422
    answer = manager.post("/timesheets/approve", data={"seen": "x"}, headers=HTML)
    assert answer.status_code == 422


def test_whoever_is_reminded_reads_it_until_it_is_done(
    manager: TestClient, ann: TestClient, world: World, sqlite_database: Database, two: None
):
    for page in ("/my/time", "/my/shifts"):
        assert "Confirm your hours: week of" in text_of(ann.get(page, headers=HTML).text)
    sheet = timesheet(manager, world)
    chosen = f"{sheet['id'].replace('-', '')}.{sheet['revision']}"
    for said in ("Reminded of 1.", "Reminded of 0. 1 left out"):
        answer = manager.post("/timesheets/remind", data={"duty": "confirm", "sheet": chosen}, headers=HTML)
        assert said in text_of(answer.text)
    assert "You were reminded on" in text_of(ann.get("/my/time", headers=HTML).text)
    with sqlite_database.read(world.organisation_id) as session:
        assert len(session.scalars(select(TimesheetReminder)).all()) == 1
    ann.post(f"/v1/timesheets/{sheet['id']}/submission", json={"expected_revision": sheet["revision"]})
    assert "Confirm your hours" not in ann.get("/my/time", headers=HTML).text


def test_managers_read_how_many_are_late_or_disputed(
    app: FastAPI, manager: TestClient, ann: TestClient, world: World, two: None
):
    sheet = timesheet(manager, world)
    ann.post(f"/v1/timesheets/{sheet['id']}/disputes", json={"words": "no"})
    shown = text_of(manager.get("/rosters", headers=HTML).text)
    # One is of the world itself.
    assert "2 timesheets disputed." in shown
    listed = manager.get("/timesheets/list?disputes=open", headers=HTML).text
    assert len(re.findall(r'name="sheet"', listed)) == 2
    elsewhere = world.people["other manager"].client(app).get("/timesheets/list?disputes=open", headers=HTML)
    assert str(sheet["id"]).replace("-", "") not in elsewhere.text


def test_payroll_says_when_timesheets_are_due_and_managers_read_it(
    app: FastAPI, manager: TestClient, world: World
):
    payroll = world.people["payroll"].client(app)
    place = world.here["location_id"]
    address = f"/locations/{place}/timesheet-deadlines"
    days = {"confirm_days": "3", "approve_days": "2"}
    refused = payroll.post(address, data=days, headers=HTML)
    assert (refused.status_code, "people confirm first" in refused.text) == (422, True)
    saved = payroll.post(address, data={**days, "approve_days": "5"}, headers=HTML)
    assert (saved.status_code, saved.headers["location"]) == (303, f"/timesheets/list?location={place}")
    shown = text_of(manager.get(f"/timesheets/list?location={place}", headers=HTML).text)
    assert "confirmed 3 days after the period, approved 5" in shown
    assert manager.post(address, data=days, headers=HTML).status_code == 403
    document = manager.get(f"/v1{address}").json()
    assert document == {"confirm_days": 3, "approve_days": 5}
    assert payroll.put(f"/v1{address}", json={**document, "approve_days": 1}).status_code == 422
    assert payroll.put(f"/v1{address}", json={**document, "approve_days": 4}).json()["approve_days"] == 4


def test_a_stand_in_is_named_on_the_page_and_taken_back(
    app: FastAPI, manager: TestClient, world: World, sqlite_database: Database
):
    tom = store_person(sqlite_database, world.organisation_id, "tom@kometa", (Role.EMPLOYEE, None)).client(
        app
    )
    assert tom.get("/timesheets/stand-ins", headers=HTML).status_code == 403
    today = utc_now().date()
    sent: dict[str, Any] = {
        "email": "tom@kometa",
        "place": str(world.here["location_id"]),
        "first_day": str(today - timedelta(days=1)),
        "last_day": str(today + timedelta(days=1)),
        "reason": "on leave",
    }
    refused = manager.post("/timesheets/stand-ins", data={**sent, "email": "nobody@kometa"}, headers=HTML)
    assert (refused.status_code, "nobody here signs in with it" in refused.text) == (422, True)
    assert manager.post("/timesheets/stand-ins", data=sent, headers=HTML).status_code == 303
    shown = text_of(tom.get("/timesheets/stand-ins", headers=HTML).text)
    assert "Tom for Manager , Kometa HERE holds" in shown
    assert "Timesheets" in text_of(tom.get("/timesheets/list", headers=HTML).text)
    with sqlite_database.read(world.organisation_id) as session:
        query = select(ApprovalDelegation.id).where(ApprovalDelegation.reason == "on leave")
        lent = session.scalars(query.order_by(ApprovalDelegation.id.desc())).first()
    back = manager.post(f"/timesheets/stand-ins/{lent}/withdraw", headers=HTML)
    assert back.status_code == 303
    assert tom.get("/timesheets/list", headers=HTML).status_code == 403
    again = manager.post(f"/timesheets/stand-ins/{lent}/withdraw", headers=HTML)
    assert again.status_code == 409


def test_the_list_of_the_api_filters_pages_and_previews(manager: TestClient, world: World, two: None):
    query: dict[str, str | int] = {"day": str(WEEK), "limit": 1}
    first = manager.get("/v1/timesheet-lines", params=query).json()
    assert (first["total"], len(first["items"]), first["items"][0]["hours_unknown"]) == (2, 1, True)
    rest = manager.get("/v1/timesheet-lines", params={**query, "after": first["next"]}).json()
    assert (rest["next"], rest["items"][0]["worked_minutes"]) == (None, 480)
    clear = manager.get("/v1/timesheet-lines", params={"day": str(WEEK), "exceptions": "none"}).json()
    assert [each["timesheet_id"] for each in clear["items"]] == [rest["items"][0]["timesheet_id"]]
    seen = [
        {"timesheet_id": each["timesheet_id"], "expected_revision": each["revision"]}
        for each in (*first["items"], *rest["items"])
    ]
    done: dict[str, Any] = {}
    for preview, state in ((True, "open"), (False, "approved")):
        done = manager.post("/v1/timesheet-approvals", json={"timesheets": seen, "preview": preview}).json()
        assert [each["timesheet_id"] for each in done["done"]] == [seen[1]["timesheet_id"]]
        assert done["left"] == [{"timesheet_id": seen[0]["timesheet_id"], "why": "hours_unknown"}]
        assert timesheet(manager, world)["state"] == state
    back = {"timesheets": done["done"], "reason": "too early"}
    assert manager.post("/v1/timesheet-reopenings", json=back).json()["left"] == []
    wanted = {"timesheet_ids": [each["timesheet_id"] for each in seen], "duty": "confirm"}
    assert len(manager.post("/v1/timesheet-reminders", json=wanted).json()["reminded"]) == 2
    assert manager.post("/v1/timesheet-reminders", json=wanted).json()["reminded"] == []


def test_many_timesheets_to_confirm_are_told_in_few_lines(
    ann: TestClient, world: World, sqlite_database: Database
):
    with sqlite_database.write(world.organisation_id) as session:
        for n in range(8):
            first = WEEK - timedelta(weeks=n + 3)
            sheet = Timesheet(
                employee_id=world.here["employee_id"],
                location_id=world.here["location_id"],
                starts_on=first,
                ends_on=first + timedelta(days=7),
            )
            sheet.entries = [
                TimeEntry(
                    location_id=world.here["location_id"],
                    day=first,
                    starts_at=datetime.combine(first, time(8), UTC),
                    ends_at=datetime.combine(first, time(16), UTC),
                    break_minutes=0,
                    worked_minutes=480,
                )
            ]
            session.add(sheet)
    shown = text_of(ann.get("/my/shifts", headers=HTML).text)
    assert shown.count("Confirm your hours:") == 10  # each once for the eye, once for screen readers
    assert "3 timesheets more to confirm" in shown
