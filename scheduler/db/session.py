"""Sessions, and the one place where a transaction is committed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from scheduler.db import tenant
from scheduler.db.engine import create_engine_for
from scheduler.db.models import whole_metadata


class TenantSession(Session):
    """A session that carries the tenant filter."""


tenant.install(TenantSession)


def make_session_factory(engine: Engine) -> sessionmaker[Session]:
    """A factory of sessions that keep loaded values after commit and carry the tenant filter."""
    return sessionmaker(bind=engine, class_=TenantSession, expire_on_commit=False)


class Database:
    """Units of work on one database.

    Parameters
    ----------
    url
        As for `create_engine_for`.
    """

    def __init__(self, url: str) -> None:
        # Records name tables of other rooms, which this process may not have loaded.
        whole_metadata()
        self.url = url
        self.engine = create_engine_for(url)
        self._write = make_session_factory(self.engine)
        self._read = make_session_factory(self.engine.execution_options(read_only=True))

    @contextmanager
    def write(self, organisation_id: UUID | None = None) -> Iterator[Session]:
        """One transaction: committed when the block ends well, rolled back when it raises."""
        with self._write.begin() as session:
            if organisation_id is not None:
                tenant.use_tenant(session, organisation_id)
            yield session

    @contextmanager
    def read(self, organisation_id: UUID | None = None) -> Iterator[Session]:
        """A session for looking only; takes no write lock on SQLite and is always rolled back."""
        with self._read() as session:
            if organisation_id is not None:
                tenant.use_tenant(session, organisation_id)
            try:
                yield session
            finally:
                session.rollback()

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()
