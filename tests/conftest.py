"""Fixtures for every test: a fresh, migrated database on each of the two engines."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import settings
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from scheduler.db.session import Database, make_session_factory
from scheduler.db.tenant import use_tenant
from scheduler.organisation.models import Organisation
from tests.databases import DatabaseAddress, PostgresTemplates, SqliteTemplates, postgres_server

# The tests' own settings stay; those of an installation on this machine must not reach them.
for _name in [name for name in os.environ if name.startswith("MAKINA_")]:
    if _name not in ("MAKINA_CHROMIUM", "MAKINA_TEST_POSTGRES_URL"):
        del os.environ[_name]

# Examples may take as long as a busy machine needs; a failure prints how to repeat it.
settings.register_profile("makina", deadline=None, print_blob=True)
settings.load_profile("makina")

ENGINES = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgres", id="postgres", marks=pytest.mark.postgres),
]


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplates:
    """The migrated SQLite file that tests copy."""
    return SqliteTemplates(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_templates() -> Iterator[PostgresTemplates]:
    """The PostgreSQL server of this process and its migrated template."""
    with postgres_server() as server:
        templates = PostgresTemplates(server)
        yield templates
        templates.close()


@pytest.fixture
def sqlite_address(sqlite_templates: SqliteTemplates, tmp_path: Path) -> DatabaseAddress:
    """A fresh SQLite database."""
    return sqlite_templates.new(tmp_path)


@pytest.fixture
def postgres_address(postgres_templates: PostgresTemplates) -> Iterator[DatabaseAddress]:
    """A fresh PostgreSQL database."""
    with postgres_templates.new() as address:
        yield address


@pytest.fixture(params=ENGINES)
def database_address(request: pytest.FixtureRequest) -> DatabaseAddress:
    """A fresh database, once on each engine."""
    address: DatabaseAddress = request.getfixturevalue(f"{request.param}_address")
    return address


@pytest.fixture
def database_url(database_address: DatabaseAddress) -> str:
    """Address of a fresh database for the application, once on each engine."""
    return database_address.url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh database, once on each engine."""
    database = Database(database_url)
    yield database
    database.dispose()


@pytest.fixture
def engine(database: Database) -> Engine:
    """The engine of a fresh database, once for each kind."""
    return database.engine


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session that has no tenant yet, once on each engine."""
    with make_session_factory(engine)() as session:
        yield session


@pytest.fixture
def organisation_id(database: Database) -> UUID:
    """An organisation that is already stored, once on each engine."""
    return store_organisation(database)


@pytest.fixture
def tenant_session(session: Session, organisation_id: UUID) -> Session:
    """A session that works for a stored organisation, once on each engine."""
    use_tenant(session, organisation_id)
    return session


@pytest.fixture
def sqlite_database(sqlite_address: DatabaseAddress) -> Iterator[Database]:
    """A fresh SQLite database, for tests to which the engine does not matter."""
    database = Database(sqlite_address.url)
    yield database
    database.dispose()


@pytest.fixture
def sqlite_engine(sqlite_database: Database) -> Engine:
    """The engine of a fresh SQLite database."""
    return sqlite_database.engine


@pytest.fixture
def sqlite_session(sqlite_engine: Engine) -> Iterator[Session]:
    """A SQLite session that has no tenant yet."""
    with make_session_factory(sqlite_engine)() as session:
        yield session


@pytest.fixture
def sqlite_tenant_session(sqlite_database: Database, sqlite_session: Session) -> Session:
    """A SQLite session that works for a stored organisation."""
    use_tenant(sqlite_session, store_organisation(sqlite_database))
    return sqlite_session


def store_organisation(database: Database, slug: str = "test-company") -> UUID:
    """Store an organisation in a transaction of its own; gives its id."""
    with database.write() as session:
        organisation = Organisation(slug=slug, name=slug, created_at=datetime(2026, 1, 1, tzinfo=UTC))
        session.add(organisation)
        session.flush()
        return organisation.id
