"""One transaction per unit of work, and no update lost when many write at once."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from scheduler.db.session import Database
from scheduler.organisation.models import Organisation
from tests.conftest import store_organisation

WRITERS, TURNS = 6, 20


def test_a_block_that_raises_stores_nothing(database: Database):
    organisation_id = store_organisation(database)

    def change_and_fail() -> None:
        with database.write() as session:
            session.get_one(Organisation, organisation_id).name = "changed"
            session.flush()
            raise RuntimeError("failed")

    with pytest.raises(RuntimeError, match="failed"):
        change_and_fail()
    with database.read() as session:
        assert session.get_one(Organisation, organisation_id).name == "test-company"


def test_a_reading_session_keeps_nothing(database: Database):
    organisation_id = store_organisation(database)
    with database.read() as session:
        session.get_one(Organisation, organisation_id).name = "changed"
    with database.read() as session:
        assert session.get_one(Organisation, organisation_id).name == "test-company"


def test_a_reading_session_on_sqlite_refuses_to_write(sqlite_database: Database):
    organisation_id = store_organisation(sqlite_database)
    with sqlite_database.read() as session:
        session.get_one(Organisation, organisation_id).name = "changed"
        with pytest.raises(DBAPIError, match="readonly"):
            session.flush()
    with sqlite_database.write() as session:
        session.get_one(Organisation, organisation_id).name = "changed"
    with sqlite_database.read() as session:
        assert session.get_one(Organisation, organisation_id).name == "changed"


def count_up(database: Database, organisation_id: UUID, *, lock: bool) -> None:
    with database.write() as session:
        query = select(Organisation).where(Organisation.id == organisation_id)
        organisation = session.scalars(query.with_for_update() if lock else query).one()
        organisation.name = str(int(organisation.name) + 1)


@pytest.mark.slow
def test_concurrent_read_modify_writes_lose_no_update(database: Database):
    """On SQLite any write transaction excludes the others; on PostgreSQL the row is locked to read it."""
    organisation_id = store_organisation(database)
    with database.write() as session:
        session.get_one(Organisation, organisation_id).name = "0"
    start = threading.Barrier(WRITERS)
    lock = database.engine.dialect.name == "postgresql"

    def write(_writer: int) -> None:
        start.wait()
        for _ in range(TURNS):
            count_up(database, organisation_id, lock=lock)

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    with database.read() as session:
        assert session.get_one(Organisation, organisation_id).name == str(WRITERS * TURNS)


def test_a_reader_does_not_wait_for_a_writer_on_sqlite(sqlite_database: Database):
    organisation_id = store_organisation(sqlite_database)
    with sqlite_database.write() as writer:
        writer.get_one(Organisation, organisation_id).name = "changed"
        writer.flush()
        with sqlite_database.read() as reader:
            assert reader.get_one(Organisation, organisation_id).name == "test-company"


def test_one_room_s_records_can_be_stored_in_a_process_that_loaded_no_other(sqlite_database: Database):
    program = (
        "from datetime import UTC, datetime; import sys;"
        "from scheduler.db.session import Database;"
        "from scheduler.organisation.models import Account, Organisation;"
        "from scheduler.db.tenant import use_tenant;"
        "now = datetime(2026, 1, 1, tzinfo=UTC);"
        "session = Database(sys.argv[1]).write().__enter__();"
        "company = Organisation(slug='a', name='A', created_at=now); session.add(company); session.flush();"
        "use_tenant(session, company.id);"
        "session.add(Account(email='a@example.com', name='A', password_hash='-', created_at=now));"
        "session.flush()"
    )
    command = [sys.executable, "-c", program, sqlite_database.url]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
