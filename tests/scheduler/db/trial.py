"""Writes that are undone, and how far they reached."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import CursorResult, Executable
from sqlalchemy.orm import Session

from scheduler.db.session import make_session_factory
from scheduler.db.tenant import use_tenant
from tests.scheduler.db.conftest import TwoTenants


@contextmanager
def trial(tenants: TwoTenants) -> Iterator[Session]:
    """A session of the own tenant, whose writes are undone."""
    with make_session_factory(tenants.database.engine)() as session:
        use_tenant(session, tenants.own_id)
        yield session
        session.rollback()


def reached(session: Session, statement: Executable, values: dict[str, Any] | None = None) -> int:
    """How many rows a statement changed or removed."""
    result = session.execute(statement, values)
    assert isinstance(result, CursorResult)
    return result.rowcount
