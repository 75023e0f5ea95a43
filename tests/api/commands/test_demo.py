"""The demo, as a newcomer runs it: a whole company planned, published and paid by one command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.db.session import Database
from scheduler.db.tenant import use_tenant
from scheduler.organisation.organisations import organisation_called
from scheduler.rosters.models import RosterVersion, Shift


def run_demo(folder: Path) -> str:
    """What it prints; a short search, so that the test takes no longer than it must."""
    environment = {
        **os.environ,
        "MAKINA_DATABASE_URL": f"sqlite:///{folder / 'makina.db'}",
        "MAKINA_DATA_DIR": str(folder),
    }
    command = [
        sys.executable,
        "-c",
        "from api.cli import main; main()",
        "demo",
        "--no-serve",
        "--seconds",
        "6",
    ]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo")
    return folder, run_demo(folder)


def test_every_location_is_planned_published_and_paid(first_run: tuple[Path, str]):
    folder, told = first_run

    for place in ("Manila customer care", "San Francisco store", "Warsaw warehouse"):
        assert f"{place}, week of" in told
        assert told.count(f"Payroll of {place}") == 2
    assert told.count("\nPublished.") == 3
    assert [told.count(f"Law: checked against {law}, no breach") for law in ("pl", "ph", "us-ca")] == [
        1,
        1,
        1,
    ]
    assert "No rule pack" not in told
    assert len(list(folder.glob("payroll-*.csv"))) == 6
    assert "waits for you" in told
    assert "try-makina-today" in told


def test_a_second_run_keeps_what_a_person_changed(first_run: tuple[Path, str]):
    folder, _ = first_run
    database = Database(f"sqlite:///{folder / 'makina.db'}")
    files = {path.name: path.read_bytes() for path in folder.glob("payroll-*.csv")}
    with database.write() as session:
        organisation = organisation_called(session, "kometa")
        assert organisation is not None
        use_tenant(session, organisation.id)
        versions = session.query(RosterVersion).count()
        shifts = session.query(Shift).count()
        organisation.name = "Renamed by its owner"

    told = run_demo(folder)

    assert told.count("Planned before: left as it is.") == 3
    with database.read() as session:
        organisation = organisation_called(session, "kometa")
        assert organisation is not None
        assert organisation.name == "Renamed by its owner"
        use_tenant(session, organisation.id)
        assert session.query(RosterVersion).count() == versions
        assert session.query(Shift).count() == shifts
    assert {path.name: path.read_bytes() for path in folder.glob("payroll-*.csv")} == files
    database.dispose()
