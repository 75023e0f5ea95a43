"""A company with a time clock, on a fixed afternoon."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from sqlalchemy.orm import Session

from tests.scheduler.timekeeping.clock_company import NOW, ClockCompany, store_clock_company


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def clocked(tenant_session: Session, now: time_machine.Traveller) -> ClockCompany:
    """Stored once on each engine."""
    return store_clock_company(tenant_session)


@pytest.fixture
def clocked_sqlite(sqlite_tenant_session: Session, now: time_machine.Traveller) -> ClockCompany:
    """Stored on SQLite, for tests to which the engine does not matter."""
    return store_clock_company(sqlite_tenant_session)
