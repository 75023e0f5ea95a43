"""Companies stored for the tests of this room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from scheduler.db.session import Database
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
def lite(sqlite_database: Database, lite_company: Company) -> Iterator[Session]:
    """A session of that company whose work is thrown away."""
    with sqlite_database.write(lite_company.organisation_id) as session:
        yield session
        session.rollback()
