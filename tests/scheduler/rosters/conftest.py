"""The day on which the tests of this room happen, and a session of the company."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy.orm import Session

from scheduler.db.session import Database
from tests.scheduler.rosters.company import Company

TODAY = datetime(2026, 11, 10, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """It is the tenth of November 2026, about two weeks before the week the tests plan."""
    with time_machine.travel(TODAY, tick=True):
        yield


@pytest.fixture
def lite(sqlite_database: Database, lite_company: Company) -> Iterator[Session]:
    """A session of that company whose work is thrown away."""
    with sqlite_database.write(lite_company.organisation_id) as session:
        yield session
        session.rollback()
