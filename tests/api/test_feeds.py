"""Calendar addresses: secret, revocable, cheap to ask again."""

from __future__ import annotations

import logging

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from icalendar import Calendar

from api.routes.feeds import matches
from scheduler.db.session import Database
from scheduler.timeoff.models import TimeOff, TimeOffState
from tests.api.world import World, build_world


@pytest.fixture
def world(database: Database) -> World:
    return build_world(database, "kometa", "Kometa")


@pytest.fixture
def ann(both_app: FastAPI, both_client: TestClient, world: World) -> TestClient:
    return world.people["employee"].client(both_app)


def path_of(address: str) -> str:
    return address.removeprefix("http://testserver")


def make(ann: TestClient, world: World) -> str:
    answer = ann.post(f"/v1/employees/{world.here['employee_id']}/calendar-feed")
    assert answer.status_code == 201
    return path_of(answer.json()["address"])


def test_an_address_opens_the_calendar_without_sign_in(
    both_client: TestClient, ann: TestClient, world: World
):
    answer = both_client.get(make(ann, world))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert Calendar.from_ical(answer.content)["X-WR-CALNAME"] == "Shifts: Ann Kometa"


def test_an_unchanged_calendar_is_not_sent_again(
    both_client: TestClient, ann: TestClient, world: World, database: Database
):
    path = make(ann, world)
    first = both_client.get(path)
    tag = first.headers["etag"]
    for known in (tag, f"W/{tag}", f'"old", {tag}', "*"):
        again = both_client.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    with database.write(world.organisation_id) as session:
        session.get_one(TimeOff, world.here["time_off_id"]).state = TimeOffState.APPROVED
    changed = both_client.get(path, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag
    assert "Time off" in changed.text


def test_head_tells_the_same_without_the_calendar(both_client: TestClient, ann: TestClient, world: World):
    path = make(ann, world)
    got, head = both_client.get(path), both_client.head(path)
    assert head.status_code == 200
    for name in ("etag", "content-type", "content-length", "cache-control"):
        assert head.headers[name] == got.headers[name]
    assert both_client.head(path, headers={"If-None-Match": got.headers["etag"]}).status_code == 304


def test_every_address_that_opens_nothing_is_not_found(
    both_client: TestClient, ann: TestClient, world: World
):
    old = make(ann, world)
    new = make(ann, world)
    assert ann.delete(f"/v1/employees/{world.here['employee_id']}/calendar-feed").status_code == 204
    bodies = set()
    for path in (
        old,
        new,
        "/feeds/nonsense.ics",
        f"/feeds/{'x' * 5000}.ics",
        "/feeds/%00%ff.ics",
        "/feeds/.ics",
    ):
        answer = both_client.get(path)
        assert answer.status_code == 404, path
        body = answer.json()
        if body["code"] == "feed_not_found":
            bodies.add((body["title"], body["detail"]))
    assert len(bodies) == 1
    gone = ann.delete(f"/v1/employees/{world.here['employee_id']}/calendar-feed")
    assert (gone.status_code, gone.json()["code"]) == (404, "no_feed")


def test_the_address_is_in_no_log(
    both_client: TestClient, ann: TestClient, world: World, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    path = make(ann, world)
    token = path.removeprefix("/feeds/").removesuffix(".ics")
    both_client.get(path)
    both_client.get(path + "x")
    ours = [
        record.getMessage() for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))
    ]
    assert any("/feeds/{token}.ics" in line for line in ours)
    assert not [line for line in ours if token in line]


@pytest.mark.parametrize(
    ("known", "same"), [('"a"', True), ('"b", W/"a"', True), ('"ab"', False), ("", False)]
)
def test_entity_tags_are_compared_as_a_whole(known: str, same: bool):
    assert matches(known, '"a"') is same
