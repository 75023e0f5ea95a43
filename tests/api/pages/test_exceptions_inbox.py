"""The inbox of exceptions: what it lists for whom, over HTTP and on the page, and what is done from there."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.pages.timesheet_view import time_week
from scheduler.db.session import Database
from scheduler.kernel.clock import utc_now, week_start, zone_named
from scheduler.kernel.ids import new_id
from scheduler.organisation.models import Location
from scheduler.people.models import Employee
from scheduler.rosters.models import CalendarEntry, Roster, RosterVersion, Shift, VersionState
from scheduler.timekeeping.arrival import NewPunch
from scheduler.timekeeping.exceptions import ExceptionCode, TimeException
from scheduler.timekeeping.models import ExceptionDecision, PunchKind, Timesheet
from scheduler.timekeeping.punch import record_punches
from scheduler.timekeeping.resolve_exception import NamedException, accept_exception
from tests.api.world import World, build_world

HTML = {"Accept": "text/html"}
LAST_WEEK = week_start(utc_now().date()) - timedelta(days=7)


@pytest.fixture
def world(sqlite_database: Database) -> World:
    """Somebody clocked in and out at once on Wednesday of last week, and never out on Thursday."""
    world = build_world(sqlite_database, "kometa", "Kometa")
    with sqlite_database.write(world.organisation_id) as session:
        place = session.get_one(Location, world.here["location_id"])
        who = session.get_one(Employee, world.here["employee_id"])
        edges = ((2, PunchKind.IN), (2, PunchKind.OUT), (3, PunchKind.IN))
        arrivals = []
        for day, kind in edges:
            on = LAST_WEEK + timedelta(days=day)
            at = datetime(on.year, on.month, on.day, 8, tzinfo=zone_named(place.zone))
            arrivals.append(NewPunch(who.id, place.id, at, kind, "api", f"{day} {kind}"))
        record_punches(session, arrivals, actor="system")
    return world


@pytest.fixture
def manager(app: FastAPI, client: TestClient, world: World) -> TestClient:
    return world.people["manager"].client(app)


def shown(answer_text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer_text)).split())


def test_the_api_lists_what_is_open_within_reach_in_pages(app: FastAPI, manager: TestClient, world: World):
    first = manager.get("/v1/time-exceptions", params={"limit": 1}).json()
    second = manager.get("/v1/time-exceptions", params={"limit": 1, "after": first["next"]}).json()
    assert [first["items"][0]["code"], second["items"][0]["code"]] == ["empty_span", "missing_out"]
    assert second["next"] is None
    told = [second["items"][0][name] for name in ("severity", "owner", "resolution")]
    assert told == ["hours_unknown", "manager", "correct"]
    other = world.people["other manager"].client(app)
    assert other.get("/v1/time-exceptions").json()["items"] == []


def test_an_exception_that_is_gone_is_no_place_in_the_list(manager: TestClient, world: World):
    answer = manager.get("/v1/time-exceptions", params={"after": str(world.here["employee_id"])})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "after")


def test_what_is_corrected_over_the_api_is_gone_and_stays_on_record(manager: TestClient):
    (odd,) = manager.get("/v1/time-exceptions", params={"code": "empty_span"}).json()["items"]
    fix = odd["proposed_fix"]
    assert fix["grounds"] == "no_work"
    path = f"/v1/timesheets/{odd['timesheet_id']}"
    body = {"code": odd["code"], "at": odd["at"], "reason": "by mistake"}
    refused = manager.post(f"{path}/exception-acceptances", json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "hours_unknown")
    done = manager.post(f"{path}/exception-corrections", json=body | {"void": fix["void"]})
    assert done.status_code == 201, done.text
    assert [each["reason"] for each in manager.get(f"{path}/exception-decisions").json()] == ["by mistake"]
    assert manager.get("/v1/time-exceptions", params={"code": "empty_span"}).json()["items"] == []


def test_a_correction_that_leaves_it_open_changes_nothing(manager: TestClient):
    (odd,) = manager.get("/v1/time-exceptions", params={"code": "empty_span"}).json()["items"]
    later = {"kind": "out", "at": (LAST_WEEK + timedelta(days=4)).isoformat() + "T08:00:00Z"}
    body = {"code": odd["code"], "at": odd["at"], "reason": "a try", "add": [later]}
    path = f"/v1/timesheets/{odd['timesheet_id']}/exception-corrections"
    answer = manager.post(path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "exception_still_open")
    assert len(manager.get("/v1/time-exceptions").json()["items"]) == 2


def test_the_page_shows_them_with_filters_that_are_kept(manager: TestClient, world: World):
    page = shown(manager.get("/exceptions", headers=HTML).text)
    assert "2 open" in page
    assert "never out. Add the missing time of leaving." in page
    one = manager.get(f"/exceptions?code=empty_span&location={world.here['location_id']}", headers=HTML)
    assert "1 open" in shown(one.text)
    assert '<option value="empty_span" selected>' in one.text
    none = manager.get("/exceptions?severity=note&older=&person=", headers=HTML)
    assert "Nothing is open that fits these filters." in shown(none.text)


def test_a_filter_that_means_nothing_is_named(manager: TestClient):
    answer = manager.get("/exceptions?older=yesterday", headers=HTML)
    assert answer.status_code == 422
    assert "older : means nothing here" in shown(answer.text)


def test_the_proposed_fix_is_done_from_the_page_with_a_reason(
    manager: TestClient, world: World, sqlite_database: Database
):
    page = manager.get("/exceptions?code=empty_span", headers=HTML).text
    form = re.search(r'<form method="post" action="([^"]+/correct)".*?</form>', page, re.DOTALL)
    assert form is not None
    data: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]):
        data.setdefault(name, []).append(unescape(value))
    without = manager.post(form[1], data=data, headers=HTML, follow_redirects=False)
    assert without.status_code == 422
    assert "a reason is missing" in shown(without.text)
    done = manager.post(form[1], data=data | {"reason": "by mistake"}, headers=HTML, follow_redirects=False)
    assert (done.status_code, done.headers["location"]) == (303, "/exceptions?code=empty_span&done=1")
    with sqlite_database.read(world.organisation_id) as session:
        assert session.scalars(select(ExceptionDecision.code)).all() == ["empty_span"]
    assert "1 open" in shown(manager.get("/exceptions", headers=HTML).text)


def test_the_timesheet_tells_why_a_remark_was_accepted(
    manager: TestClient, world: World, sqlite_database: Database
):
    with sqlite_database.write(world.organisation_id) as session:
        sheet = session.scalars(
            select(Timesheet).where(
                Timesheet.employee_id == world.here["employee_id"], Timesheet.starts_on == LAST_WEEK
            )
        ).one()
        at = datetime(LAST_WEEK.year, LAST_WEEK.month, LAST_WEEK.day, 8, tzinfo=UTC)
        late = TimeException(ExceptionCode.LATE_IN, LAST_WEEK, at, facts={"minutes": 20})
        sheet.exceptions = [late.to_json(), *sheet.exceptions]
        named = NamedException(sheet.id, late.code, at)
        accept_exception(session, named, reason="the bus did not come", actor="system")
        employee = session.get_one(Employee, sheet.employee_id)
        week = time_week(session, employee, "Europe/Warsaw", LAST_WEEK)
    assert [(each.text, each.tone) for each in week.days[0].odd] == [
        ("Came 20 min late, at 09:00. Accepted: the bus did not come", "soft")
    ]
    assert [each.tone for day in week.days[1:] for each in day.odd] == ["bad-text", "bad-text"]


def test_who_did_not_come_is_in_the_inbox_before_anybody_opens_a_timesheet(
    manager: TestClient, world: World, sqlite_database: Database
):
    with sqlite_database.write(world.organisation_id) as session:
        roster = session.get_one(Roster, world.here["roster_id"])
        version = session.get_one(RosterVersion, world.here["version_id"])
        start = utc_now() - timedelta(hours=30)
        shift = Shift(
            version_id=version.id, lineage_id=new_id(), department_id=world.here["department_id"],
            skill_id=world.here["skill_id"], employee_id=world.here["employee_id"], starts_at=start,
            ends_at=start + timedelta(hours=8), paid_minutes=480,
        )  # fmt: skip
        session.add(shift)
        session.flush()
        session.add(
            CalendarEntry(
                lineage_id=shift.lineage_id,
                roster_id=roster.id,
                shift_id=shift.id,
                summary="Picking",
                place="Warsaw",
                description="",
                cancelled=False,
                stamped_at=start,
                starts_at=start,
                ends_at=shift.ends_at,
                employee_id=world.here["employee_id"],
            )
        )
        version.state = VersionState.PUBLISHED
    (odd,) = manager.get("/v1/time-exceptions", params={"code": "no_show"}).json()["items"]
    assert (odd["employee_id"], odd["resolution"]) == (str(world.here["employee_id"]), "accept")
    page = shown(manager.get("/exceptions?code=no_show", headers=HTML).text)
    assert "did not come. For the manager. Accept it with a reason, or correct the punches." in page


def test_employees_do_not_open_the_inbox(app: FastAPI, client: TestClient, world: World):
    employee = world.people["employee"].client(app)
    assert employee.get("/exceptions", headers=HTML).status_code == 403
    assert len(employee.get("/v1/time-exceptions").json()["items"]) == 2
