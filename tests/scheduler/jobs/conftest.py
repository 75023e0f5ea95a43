"""A company on PostgreSQL alone, for what only that allows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scheduler.db.session import Database
from tests.databases import DatabaseAddress
from tests.scheduler.rosters.company import Company, store_company


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
