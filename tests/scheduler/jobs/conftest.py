"""A company with a roster to plan, on each engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scheduler.db.session import Database
from tests.databases import DatabaseAddress
from tests.scheduler.rosters.company import Company, store_company


@pytest.fixture
def company(database: Database) -> Company:
    """The company on each engine."""
    return store_company(database)


@pytest.fixture
def lite_company(sqlite_database: Database) -> Company:
    """The company on SQLite, for tests to which the engine does not matter."""
    return store_company(sqlite_database)


@pytest.fixture
def postgres_database(postgres_address: DatabaseAddress) -> Iterator[Database]:
    """A fresh PostgreSQL database, for tests of what only it allows."""
    database = Database(postgres_address.url)
    yield database
    database.dispose()


@pytest.fixture
def postgres_company(postgres_database: Database) -> Company:
    """The company on PostgreSQL."""
    return store_company(postgres_database)
