"""The company whose rosters are planned, stored for the tests of several rooms."""

from __future__ import annotations

import pytest

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
