"""Pages refuse in plain words, keep organisations apart, and let browsers keep files that never change."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.auth import COOKIE
from api.errors import explain
from api.main import create_app
from api.pages.page import asset_version
from api.pages.problem import in_words
from scheduler.db.session import Database
from scheduler.jobs.solver_process import COMPILING
from scheduler.kernel.errors import SchedulerError
from scheduler.rosters.models import Run, RunState
from tests.api.conftest import settings_for
from tests.api.world import World, build_world, monday

HTML = {"Accept": "text/html"}


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


@pytest.mark.parametrize(
    "path",
    [
        "/locations/{location_id}/weeks/{monday}",
        "/locations/{location_id}/timesheets/{monday}",
        "/locations/{location_id}/pay-periods/{monday}",
        "/pay-groups/{pay_group_id}",
        "/timesheets/{employee_id}/{monday}",
        "/rosters/{roster_id}/publish",
        "/rosters/{roster_id}/compliance",
        "/rosters/{roster_id}/compliance.xlsx",
        "/employees/{employee_id}/limits",
        "/rosters/{roster_id}/new-shift",
        "/rosters/{roster_id}/one-more-person",
        "/runs/{run_id}/progress",
        "/pay-periods/{pay_period_id}/payroll.csv",
    ],
)
def test_pages_of_another_organisation_are_not_there(
    app: FastAPI, sqlite_database: Database, world: World, path: str
):
    rival = build_world(sqlite_database, "rival", "Rival")
    address = path.format(**world.here.ids, monday=monday())
    answer = rival.people["admin"].client(app).get(address, headers=HTML)
    assert answer.status_code == 404
    assert "Kometa" not in answer.text
    assert world.people["admin"].client(app).get(address, headers=HTML).status_code in (200, 409)


@pytest.mark.parametrize("path", ["/rosters", "/sign-in", "/nowhere"])
def test_while_the_database_is_out_of_reach_a_page_says_so(tmp_path: Path, path: str):
    database = Database("postgresql://nobody@127.0.0.1:1/nothing")
    app = create_app(settings_for(database, tmp_path), database)
    browser = TestClient(app, cookies={COOKIE: "whatever"}, follow_redirects=False)
    answer = browser.get(path, headers=HTML)
    told = "There is no page" if path == "/nowhere" else "The database cannot answer"
    assert (answer.status_code, told in answer.text) == (404 if path == "/nowhere" else 503, True)
    assert "Go to the start page" in answer.text


def test_what_is_only_for_programs_is_not_told_to_people():
    causes = ("Ann rests 9 h instead of 11 h.", "Bob has a shift twice.", "Cyd is not available.")
    broken = SchedulerError("breaks_hard_rules", violations=[{"text": cause} for cause in causes])
    told = in_words(explain(broken))
    assert (told.explained.detail, told.causes) == ("", causes)
    changed = SchedulerError(
        "roster_changed",
        expected_revision=3,
        revision=5,
        changed_by="Ewa",
        changed_at="2026-11-21T21:00:00.123456+00:00",
    )
    assert in_words(explain(changed)).explained.detail == "Ewa changed it at 21.11.2026 21:00 UTC."


def test_a_page_that_is_refused_leads_back_to_the_page_before_it_and_never_elsewhere(
    app: FastAPI, world: World
):
    manager = world.people["manager"].client(app)
    ours = {**HTML, "Referer": "http://testserver/rosters"}
    assert 'href="/rosters">Go back' in manager.get("/nowhere", headers=ours).text
    theirs = {**HTML, "Referer": "http://elsewhere.example/rosters"}
    assert "Go back" not in manager.get("/nowhere", headers=theirs).text


def test_files_named_with_their_version_are_kept_and_others_asked_for_again(client: TestClient):
    kept = client.get(f"/static/css/makina.css?v={asset_version()}")
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    asked = client.get("/static/js/coverage.js")
    assert asked.headers["cache-control"] == "public, no-cache"
    again = client.get("/static/js/coverage.js", headers={"If-None-Match": asked.headers["etag"]})
    assert again.status_code == 304


def test_every_script_carries_the_nonce_of_its_own_answer(app: FastAPI, world: World):
    manager = world.people["manager"].client(app)
    week = f"/locations/{world.here['location_id']}/weeks/{monday()}"
    first, second = manager.get(week, headers=HTML), manager.get(week, headers=HTML)
    for answer in (first, second):
        policy = answer.headers["content-security-policy"]
        nonce = policy.partition("'nonce-")[2].partition("'")[0]
        assert answer.text.count("<script") == answer.text.count(f'nonce="{nonce}"') > 0
        assert " style=" not in answer.text
        assert " onclick=" not in answer.text
    assert first.headers["content-security-policy"] != second.headers["content-security-policy"]


def test_the_progress_of_a_run_is_a_part_of_a_page_for_scripts(app: FastAPI, world: World):
    manager = world.people["manager"].client(app)
    answer = manager.get(f"/runs/{world.here['run_id']}/progress", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.text


def test_a_run_that_compiles_the_search_first_says_so(app: FastAPI, world: World, sqlite_database: Database):
    with sqlite_database.write(world.organisation_id) as session:
        run = session.get_one(Run, world.here["run_id"])
        run.state, run.progress = RunState.RUNNING, {"seconds": 0.0, "level": COMPILING, "gap": None}
    manager = world.people["manager"].client(app)
    page = manager.get(f"/runs/{run.id}/progress", headers=HTML)
    assert "Compiling the search once for this machine" in page.text
    assert "Looking for a better roster" not in page.text


def test_a_shift_that_nobody_can_take_says_what_would_do(app: FastAPI, world: World):
    manager = world.people["manager"].client(app)
    roster = f"/rosters/{world.here['roster_id']}"
    lineage = manager.get(f"/v1{roster}").json()["open_shifts"][0]["lineage_id"]
    answer = manager.get(f"/v1{roster}/shifts/{lineage}/candidates").json()
    ways = manager.get(f"/v1{roster}/shifts/{lineage}/relaxations").json()

    page = manager.get(f"{roster}/shifts/{lineage}", headers=HTML)

    assert page.status_code == 200
    nobody = not any(person["able"] for person in answer["people"])
    assert ("What would do" in page.text) is nobody
    assert all(sentence in page.text for sentence in ways["sentences"]) is nobody
    assert (
        "What stands against each of the" in page.text or "against the only person" in page.text
    ) is nobody


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_at_the_ends_of_the_calendar_are_refused(
    app: FastAPI, sqlite_database: Database, world: World, day: str
):
    here, people = world.here.ids, world.people
    manager, payroll = people["manager"].client(app), people["payroll"].client(app)
    shift = f"/rosters/{here['roster_id']}/shifts/{here['lineage_id']}"
    times = {"revision": "0", "starts": f"{day}T23:00", "ends": "07:00"}
    work = {"department_id": str(here["department_id"]), "skill_id": str(here["skill_id"])}
    leave = {"first_day": day, "last_day": day, "kind": "annual"}
    week = f"/timesheets/{here['employee_id']}/{monday()}"
    answers = [
        manager.get(f"/locations/{here['location_id']}/weeks/{day}", headers=HTML),
        manager.get(f"/locations/{here['location_id']}/timesheets/{day}", headers=HTML),
        manager.get(f"/timesheets/{here['employee_id']}/{day}", headers=HTML),
        payroll.get(f"/locations/{here['location_id']}/pay-periods/{day}", headers=HTML),
        manager.post(f"{shift}/move", data=times, headers=HTML),
        manager.post(f"/rosters/{here['roster_id']}/new-shift", data=times | work, headers=HTML),
        manager.post(
            f"{week}/punches", data={"kind": "out", "at": f"{day}T23:00", "reason": "x"}, headers=HTML
        ),
        people["employee"].client(app).post("/my/time-off", data=leave, headers=HTML),
    ]
    assert [answer.status_code for answer in answers] == [422] * len(answers)
    assert all("from 1900 to 2199" in answer.text for answer in answers)


@pytest.mark.parametrize("action", ["publish", "undo", "new-shift", "shifts/{lineage_id}/pin"])
def test_a_revision_no_database_can_hold_is_refused(
    app: FastAPI, sqlite_database: Database, world: World, action: str
):
    address = f"/rosters/{world.here['roster_id']}/{action}".format(**world.here.ids)
    sent = {"revision": str(10**20), "starts": f"{monday()}T08:00", "ends": "16:00"}
    answer = world.people["manager"].client(app).post(address, data=sent, headers=HTML)
    assert answer.status_code == 422
    assert "revision" in answer.text
