"""``makina worker`` works until it is stopped, or says what is missing."""

from __future__ import annotations

import signal
from pathlib import Path

from scheduler.db.session import Database
from scheduler.jobs.models import WorkerHeartbeat
from tests.databases import DatabaseAddress
from tests.makina_processes import makina


def test_a_worker_makes_its_sqlite_database_and_stops_when_told(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'makina.db'}"
    own = {"MAKINA_DATABASE_URL": url, "MAKINA_WORKER_ID": "tester"}
    with makina(tmp_path / "log", "worker", settings=own) as worker:
        worker.wait_until_said("worker_started")
        records = Database(url)
        with records.read() as session:
            assert session.get(WorkerHeartbeat, "tester") is not None
        worker.process.send_signal(signal.SIGTERM)
        assert worker.process.wait(20) == 0
        with records.read() as session:
            assert session.get(WorkerHeartbeat, "tester") is None
        records.dispose()


def test_a_worker_on_postgresql_asks_for_the_migration_that_makina_migrate_does(
    postgres_address: DatabaseAddress, tmp_path: Path
) -> None:
    own = {"MAKINA_DATABASE_URL": postgres_address.url}
    owner = {**own, "MAKINA_MIGRATION_URL": postgres_address.owner_url}
    with makina(tmp_path / "too early", "worker", settings=own) as worker:
        assert worker.process.wait(60) == 1
        assert "makina migrate" in worker.said
        assert "Traceback" not in worker.said
    with makina(tmp_path / "migrate", "migrate", settings=owner) as migrate:
        assert migrate.process.wait(60) == 0, migrate.said
    with makina(tmp_path / "worker", "worker", settings=own) as worker:
        worker.wait_until_said("worker_started")
        worker.process.send_signal(signal.SIGTERM)
        assert worker.process.wait(20) == 0
