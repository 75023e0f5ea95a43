"""One request is one transaction, committed here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from api.auth import CurrentPrincipal
from scheduler.db.session import Database


def database_of(request: Request) -> Database:
    """The database the application was composed with."""
    database: Database = request.app.state.database
    return database


def write_session(request: Request, principal: CurrentPrincipal) -> Iterator[Session]:
    """A session of the principal's organisation, committed when the endpoint has returned.

    The commit comes before the response is sent: one that fails is answered with an error.
    """
    with database_of(request).write(principal.organisation_id) as session:
        yield session


def read_session(request: Request, principal: CurrentPrincipal) -> Iterator[Session]:
    """A session of the principal's organisation for looking only; it takes no write lock."""
    with database_of(request).read(principal.organisation_id) as session:
        yield session


# Scope "function" ends the dependency, and so commits, before the response goes out.
WriteSession = Annotated[Session, Depends(write_session, scope="function")]
ReadSession = Annotated[Session, Depends(read_session, scope="function")]
