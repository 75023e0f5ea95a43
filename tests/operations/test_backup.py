"""Backup and restore as docs/operations.md tells them: nothing is lost, on either database."""

from __future__ import annotations

import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import ProgrammingError
from typer.testing import CliRunner

from api.cli import app
from scheduler.db.engine import create_engine_for
from scheduler.db.migrate import is_current, upgrade
from scheduler.db.models import whole_metadata
from scheduler.db.session import Database
from scheduler.jobs import run_queue
from scheduler.kernel.settings import settings
from scheduler.organisation.models import Organisation
from scheduler.rosters.models import RunState
from tests.conftest import store_organisation
from tests.databases import DatabaseAddress
from tests.operations.compose import settings_of
from tests.scheduler.jobs.test_worker import ended, working
from tests.scheduler.jobs.waiting_runs import store_run
from tests.scheduler.rosters.company import store_company


def backup(url: str, copy: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What ``makina backup`` says; "done" if it succeeds."""
    monkeypatch.setenv("MAKINA_DATABASE_URL", url)
    settings.cache_clear()
    result = CliRunner().invoke(app, ["backup", str(copy)])
    settings.cache_clear()
    assert result.exit_code in (0, 1), result.exception
    return result.output if result.exit_code else "done"


@contextmanager
def organisations_arriving(database: Database) -> Iterator[None]:
    """Somebody stores two organisations in each transaction, again and again, while the block runs."""
    enough = threading.Event()
    begun = threading.Event()

    def write() -> None:
        number = 0
        while not enough.is_set():
            with database.write() as session:
                for half in ("a", "b"):
                    made = Organisation(slug=f"{number}-{half}", name="new", created_at=func.now())
                    session.add(made)
                    session.flush()
            number += 1
            begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert begun.wait(20)
        yield
    finally:
        enough.set()
        writer.join()


def test_a_sqlite_copy_made_while_others_write_is_whole_and_a_waiting_run_goes_on_in_it(
    sqlite_address: DatabaseAddress,
    sqlite_database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    company = store_company(sqlite_database)
    run_id = store_run(sqlite_database, company)
    copy = tmp_path / "copy.db"
    with organisations_arriving(sqlite_database):
        assert backup(sqlite_address.url, copy, monkeypatch) == "done"
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    restored = Database(f"sqlite:///{copy}")
    with restored.read() as session:
        slugs = set(session.scalars(select(Organisation.slug)))
    numbers = {slug.removesuffix("-a") for slug in slugs if slug.endswith("-a")}
    assert numbers
    assert slugs == {"test-company", *(f"{number}-{half}" for number in numbers for half in ("a", "b"))}
    # The queue's own file was not copied.
    with working(restored.url):
        assert ended(restored, company, run_id).state is RunState.SUCCEEDED
    restored.dispose()


def test_a_backup_replaces_no_file_and_says_what_is_wrong(
    sqlite_address: DatabaseAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "there.db"
    there.write_text("last month's")
    assert "is there already" in backup(sqlite_address.url, there, monkeypatch)
    assert there.read_text() == "last month's"
    copy = tmp_path / "copy.db"
    assert "There is no database at" in backup(f"sqlite:///{tmp_path}/none.db", copy, monkeypatch)
    assert "could not be copied" in backup(f"sqlite:///{there}", copy, monkeypatch)
    assert "pg_dump" in backup("postgresql://a@localhost/b", copy, monkeypatch)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("copy.db")]


def contents(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in whole_metadata().sorted_tables
        }


@pytest.mark.postgres
def test_a_postgresql_dump_of_the_superuser_restores_everything_and_the_owner_s_is_refused(
    postgres_environment: dict[str, str], socket_folder: str, tmp_path: Path
) -> None:
    addresses = settings_of("migrate", socket_folder)
    upgrade(addresses["MAKINA_MIGRATION_URL"])
    run_queue.upgrade(addresses["MAKINA_MIGRATION_URL"])
    database = Database(addresses["MAKINA_DATABASE_URL"])
    company = store_company(database)
    store_run(database, company)
    store_organisation(database, "another")
    database.dispose()

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, env=postgres_environment, capture_output=True, text=True, check=False)

    dump = str(tmp_path / "makina.dump")
    refused = run("pg_dump", "--username=makina_owner", "--format=custom", f"--file={dump}", "makina")
    assert "row-level security" in refused.stderr
    for command in (
        ("pg_dump", "--username=postgres", "--format=custom", f"--file={dump}", "makina"),
        ("createdb", "--username=postgres", "--owner=makina_owner", "restored"),
        ("pg_restore", "--username=postgres", "--exit-on-error", "--dbname=restored", dump),
    ):
        done = run(*command)
        assert done.returncode == 0, done.stderr

    whole, restored = (
        create_engine_for(f"postgresql://postgres@/{name}?host={socket_folder}")
        for name in ("makina", "restored")
    )
    assert contents(restored) == contents(whole)
    assert len(contents(restored)["organisations"]) == 2
    for engine in (whole, restored):
        engine.dispose()

    application = Database(addresses["MAKINA_DATABASE_URL"].replace("@/makina?", "@/restored?"))
    assert is_current(application.engine)
    with application.write() as session, pytest.raises(ProgrammingError, match="must be owner"):
        session.connection().exec_driver_sql("DROP TABLE organisations")
    run_queue.upgrade(addresses["MAKINA_MIGRATION_URL"].replace("@/makina?", "@/restored?"))
    with application.read(company.organisation_id) as session:
        seen = session.connection().exec_driver_sql("SELECT DISTINCT organisation_id FROM employees").all()
    assert [row[0] for row in seen] == [company.organisation_id]
    application.dispose()
