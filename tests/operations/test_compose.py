"""What ``compose.yaml`` describes, as processes without containers: it works and outlives a killed worker."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import time
from contextlib import ExitStack, closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from scheduler.kernel.clock import utc_now, week_start
from tests.makina_processes import MAKINA, MakinaProcess, makina, served
from tests.operations.compose import SECRETS, compose, settings_of
from tests.operations.small_shop import PEOPLE, write_files, write_punches

ADMIN, MANAGER, EMPLOYEE = "admin@shop.example", "manager@shop.example", "employee@shop.example"
PASSWORD = "made-up-words-to-sign-in"

WORKERS = ("one", "two")
PATIENCE_SECONDS = 90.0
"""A dead worker is noticed after 20 seconds; the rest is for a busy machine."""


def run_makina(*arguments: str, settings: dict[str, str]) -> str:
    """A command that has to succeed, and what it said."""
    environment = {**os.environ, **settings}
    done = subprocess.run(
        [*MAKINA, *arguments], env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def fill(folder: Path, settings: dict[str, str], *, coming: date, past: date) -> str:
    """What an operator does first: an account for the admin, and the company's files."""
    account = [ADMIN, "--name", "Ada", "--organisation", "shop", "--new-organisation", "Shop"]
    told = run_makina(
        "account", "create", *account, settings={**settings, "MAKINA_ACCOUNT_PASSWORD": PASSWORD}
    )
    told += run_makina("import", *write_files(folder), "--week", coming.isoformat(), settings=settings)
    return told + run_makina("import", write_punches(folder), "--week", past.isoformat(), settings=settings)


def answered(response: httpx2.Response) -> Any:
    """The document of an answer that is no refusal."""
    assert response.is_success, f"{response.request.url}: {response.text}"
    return response.json()


def signed_in(url: str, email: str) -> httpx2.Client:
    client = httpx2.Client(base_url=url, timeout=60)
    answered(client.post("/v1/session", json={"email": email, "password": PASSWORD}))
    return client


def make_accounts(url: str) -> str:
    """The admin lets the shop's manager and one of its people sign in; gives the shop's id."""
    with closing(signed_in(url, ADMIN)) as admin:
        (shop,) = answered(admin.get("/v1/locations"))["items"]
        person = answered(admin.get("/v1/employees"))["items"][0]
        at = {"location_id": shop["id"]}
        for account in (
            {"email": MANAGER, "roles": [{"role": "manager", **at}, {"role": "payroll", **at}]},
            {"email": EMPLOYEE, "roles": [{"role": "employee"}], "employee_id": person["id"]},
        ):
            answered(admin.post("/v1/accounts", json={"name": "Mia", "password": PASSWORD, **account}))
    return str(shop["id"])


def calendar_address(url: str) -> str:
    """Where the employee's calendar finds the feed."""
    with closing(signed_in(url, EMPLOYEE)) as employee:
        me = answered(employee.get("/v1/me"))
        made = answered(employee.post(f"/v1/employees/{me['employee_id']}/calendar-feed"))
        return str(made["address"])


def ask_for_a_run(manager: httpx2.Client, shop: str, week: date) -> tuple[str, str]:
    """Ids of the week's roster and of a run for it."""
    roster = answered(manager.post(f"/v1/locations/{shop}/rosters", json={"starts_on": week.isoformat()}))
    run = answered(manager.post(f"/v1/rosters/{roster['id']}/runs", json={"seconds": 5, "seed": 1}))
    return roster["id"], run["id"]


def holder_of(run_id: str, workers: dict[str, MakinaProcess]) -> str:
    """Name of the worker that has begun to work on a run."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        for name, worker in workers.items():
            worker.check(deadline, "take the run")
            if any("run_started" in line and run_id in line for line in worker.said.splitlines()):
                return name
        time.sleep(0.05)


def paid_hours(manager: httpx2.Client, shop: str, week: date) -> float:
    """All hours of a past week, approved, closed and downloaded; the file comes out the same twice."""
    body = {"starts_on": week.isoformat()}
    answered(manager.post(f"/v1/locations/{shop}/timesheets", json=body))
    answered(manager.post(f"/v1/locations/{shop}/timesheet-approvals", json=body))
    period = answered(manager.post(f"/v1/locations/{shop}/pay-periods", json={"day": week.isoformat()}))
    answered(manager.post(f"/v1/pay-periods/{period['id']}/close"))
    lines = f"/v1/pay-periods/{period['id']}/lines?format=csv"
    content = manager.get(lines).content
    assert content == manager.get(lines).content
    return sum(float(line["hours"]) for line in csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def ended(manager: httpx2.Client, run_id: str) -> Any:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        run = answered(manager.get(f"/v1/runs/{run_id}"))
        if run["ended_at"] is not None:
            return run
        assert time.monotonic() < deadline, run
        time.sleep(0.2)


def test_every_service_uses_the_role_it_should():
    for service, role in (("api", "makina_app"), ("worker", "makina_app"), ("migrate", "makina_app")):
        assert f"//{role}:" in settings_of(service, "folder")["MAKINA_DATABASE_URL"]
    assert "//makina_owner:" in settings_of("migrate", "folder")["MAKINA_MIGRATION_URL"]
    assert "MAKINA_MIGRATION_URL" not in settings_of("api", "folder")


@pytest.mark.slow
@pytest.mark.postgres
def test_a_company_is_set_up_planned_and_paid_and_a_killed_worker_loses_nothing(
    socket_folder: str, tmp_path: Path
):
    api, worker, migrate = (settings_of(name, socket_folder) for name in ("api", "worker", "migrate"))
    this_week = week_start(utc_now().date())
    coming, past = this_week + timedelta(weeks=2), this_week - timedelta(weeks=2)
    services = compose()["services"]
    told = run_makina(*services["migrate"]["command"].split()[1:], settings=migrate)
    with ExitStack() as stack:
        (command,) = services["worker"]["command"].split()[1:]
        workers = {
            name: stack.enter_context(makina(tmp_path / f"{name}.log", command, settings=worker))
            for name in WORKERS
        }
        told += fill(tmp_path, api, coming=coming, past=past)
        server, url = stack.enter_context(served(tmp_path / "serve.log", settings=api))
        shop = make_accounts(url)
        manager = signed_in(url, MANAGER)
        stack.callback(manager.close)
        roster_id, run_id = ask_for_a_run(manager, shop, coming)
        victim = holder_of(run_id, workers)
        workers[victim].process.kill()

        # While the other one waits to be sure that it is dead, life goes on.
        assert paid_hours(manager, shop, past) == len(PEOPLE) * 5 * 8
        address = calendar_address(url)
        assert "BEGIN:VEVENT" not in httpx2.get(address).text

        run = ended(manager, run_id)
        assert (run["state"], run["error"]) == ("succeeded", None)
        (survivor,) = [workers[name] for name in WORKERS if name != victim]
        assert "run_taken_over" in survivor.said
        assert len(answered(manager.get(f"/v1/rosters/{roster_id}/versions"))["items"]) == 1

        revision = answered(manager.get(f"/v1/rosters/{roster_id}"))["roster"]["revision"]
        answered(manager.post(f"/v1/rosters/{roster_id}/publications", json={"expected_revision": revision}))
        calendar = httpx2.get(address)
        assert "BEGIN:VEVENT" in calendar.text
        known = {"If-None-Match": calendar.headers["etag"]}
        assert httpx2.get(address, headers=known).status_code == 304
        for running in (server, survivor):
            running.process.terminate()
            running.process.wait(20)

    logs = told + server.said + "".join(each.said for each in workers.values())
    token = address.rpartition("/")[2].removesuffix(".ics")
    for secret in (*SECRETS.values(), PASSWORD, token):
        assert secret not in logs
    assert "Traceback" not in logs
    assert '"event": "worker_stopped"' in survivor.said
