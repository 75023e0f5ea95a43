"""A search over HTTP: asked for once, followed as it goes, cancelled."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from scheduler.db.session import Database
from scheduler.rosters.models import Run, RunState
from tests.api.world import World, build_world


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


@pytest.fixture
def manager(app: FastAPI, client: TestClient, world: World) -> TestClient:
    return world.people["manager"].client(app)


def events(client: TestClient, path: str) -> Iterator[dict[str, Any]]:
    with client.stream("GET", path) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        for line in answer.iter_lines():
            if line.startswith("data: "):
                yield json.loads(line.removeprefix("data: "))


def test_a_run_is_accepted_with_where_to_follow_it(manager: TestClient, world: World):
    path = f"/v1/rosters/{world.here['roster_id']}/runs"
    assert manager.post(f"/v1/runs/{world.here['run_id']}/cancellation").json()["state"] == "cancelled"
    answer = manager.post(path, json={"seconds": 3, "seed": 7})
    assert answer.status_code == 202, answer.text
    run = answer.json()
    assert answer.headers["location"] == f"/v1/runs/{run['id']}"
    assert manager.get(answer.headers["location"]).json() == run
    assert (run["state"], run["seconds"], run["seed"]) == ("queued", 3, 7)
    second = manager.post(path, json={})
    assert (second.status_code, second.json()["code"]) == (409, "run_in_progress")
    assert next(each["id"] for each in manager.get(path).json()["items"]) == run["id"]


def test_a_week_that_cannot_be_planned_is_refused_with_what_is_missing(
    app: FastAPI, manager: TestClient, world: World
):
    from tests.api.world import monday

    body = {"starts_on": str(monday().replace(year=2030, month=1, day=7))}
    roster = manager.post(f"/v1/locations/{world.here['location_id']}/rosters", json=body).json()
    answer = manager.post(f"/v1/rosters/{roster['id']}/runs", json={})
    assert (answer.status_code, answer.json()["code"]) == (409, "no_coverage")
    assert "HERE" in answer.json()["detail"]


@pytest.mark.parametrize("body", [{"seconds": 0}, {"seconds": 3601}, {"seed": -1}, {"seconds": "soon"}])
def test_bounds_of_a_run_are_named(manager: TestClient, world: World, body: dict[str, Any]):
    answer = manager.post(f"/v1/rosters/{world.here['roster_id']}/runs", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == next(iter(body))


def test_a_stream_tells_each_change_and_ends_with_the_run(
    manager: TestClient, world: World, sqlite_database: Database
):
    run_id = world.here["run_id"]

    def work() -> None:
        for state, progress in (
            (RunState.RUNNING, {"seconds": 1.0, "objective": 9}),
            (RunState.SUCCEEDED, {"seconds": 2.0, "objective": 4}),
        ):
            time.sleep(1.2)
            with sqlite_database.write(world.organisation_id) as session:
                run = session.get_one(Run, run_id)
                run.state, run.progress = state, progress

    worker = threading.Thread(target=work)
    worker.start()
    told = list(events(manager, f"/v1/runs/{run_id}/events"))
    worker.join()
    assert [each["state"] for each in told] == ["queued", "running", "succeeded"]
    assert told[-1]["progress"]["objective"] == 4
    assert told[-1]["finished"] is True


def test_the_stream_of_a_finished_run_ends_at_once(manager: TestClient, world: World):
    manager.post(f"/v1/runs/{world.here['run_id']}/cancellation")
    told = list(events(manager, f"/v1/runs/{world.here['run_id']}/events"))
    assert [each["state"] for each in told] == ["cancelled"]
    again = manager.post(f"/v1/runs/{world.here['run_id']}/cancellation")
    assert (again.status_code, again.json()["code"]) == (409, "run_finished")


def test_a_stream_does_not_keep_a_server_from_stopping(app: FastAPI, manager: TestClient, world: World):
    asked: list[bool] = []

    def is_stopping() -> bool:
        asked.append(len(asked) == 2)
        return asked[-1]

    app.state.is_stopping = is_stopping
    told = list(events(manager, f"/v1/runs/{world.here['run_id']}/events"))
    assert [each["state"] for each in told] == ["queued"]
    assert asked == [False, False, True]


def test_nobody_waits_for_a_stream_he_may_not_see(app: FastAPI, manager: TestClient, world: World):
    path = f"/v1/runs/{world.here['run_id']}/events"
    assert world.people["other manager"].client(app).get(path).status_code == 403
    assert world.people["employee"].client(app).get(path).status_code == 403
