"""``makina worker`` works until it is stopped, or says what is missing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from scheduler.db.session import Database
from scheduler.jobs.models import WorkerHeartbeat
from tests.databases import DatabaseAddress

ROOT = Path(__file__).parents[3]


def makina(url: str, *arguments: str, **more: str) -> subprocess.Popen[str]:
    """The command as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", "from api.cli import main; main()", *arguments],
        cwd=ROOT,
        env={**os.environ, "MAKINA_DATABASE_URL": url, "MAKINA_WORKER_ID": "tester", **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_worker_makes_its_sqlite_database_and_stops_when_told(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'makina.db'}"
    with makina(url, "worker") as process:
        assert process.stderr is not None
        assert any("worker_started" in line for line in process.stderr)
        records = Database(url)
        with records.read() as session:
            assert session.get(WorkerHeartbeat, "tester") is not None
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        with records.read() as session:
            assert session.get(WorkerHeartbeat, "tester") is None
        records.dispose()


def test_a_worker_on_postgresql_asks_for_the_migration_that_makina_migrate_does(
    postgres_address: DatabaseAddress,
) -> None:
    with makina(postgres_address.url, "worker") as process:
        _, said = process.communicate(timeout=30)
        assert process.returncode == 1
        assert "makina migrate" in said
        assert "Traceback" not in said
    with makina(postgres_address.url, "migrate", MAKINA_MIGRATION_URL=postgres_address.owner_url) as process:
        _, said = process.communicate(timeout=60)
        assert process.returncode == 0, said
    with makina(postgres_address.url, "worker") as process:
        assert process.stderr is not None
        assert any("worker_started" in line for line in process.stderr)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
