"""The tenant filter: a session sees the records of one organisation and of no other.

Every ORM statement on a `TenantOwned` record gets the criterion ``organisation_id = <tenant>``, eager and lazy loads
included. A session without a tenant refuses such statements. On PostgreSQL the same tenant is handed to the row-level
policies with each transaction, so raw SQL sees no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, event, text
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, UOWTransaction, with_loader_criteria

from scheduler.db.base import TenantOwned

EVERY_TENANT = "*"
_KEY = "tenant"


class NoTenant(RuntimeError):
    """A tenant's records were asked for in a session that has no tenant."""


class ForeignTenant(RuntimeError):
    """A record of another organisation was about to be written."""


def use_tenant(session: Session, organisation_id: UUID) -> None:
    """From now on ``session`` sees and writes the records of this organisation only."""
    _switch(session, str(organisation_id), organisation_id)


@contextmanager
def across_tenants(session: Session) -> Iterator[Session]:
    """Inside the block the session sees every organisation: for looking up a credential, a worker's queue, set-up."""
    before = session.info.get(_KEY)
    _switch(session, EVERY_TENANT, EVERY_TENANT)
    try:
        yield session
    finally:
        session.flush()
        _switch(session, "" if before is None else str(before), before)


def tenant_of(session: Session) -> UUID:
    """The organisation whose records ``session`` sees.

    Raises
    ------
    NoTenant
        If none was chosen.
    """
    tenant = session.info.get(_KEY)
    if not isinstance(tenant, UUID):
        raise NoTenant("choose an organisation with use_tenant(session, organisation_id)")
    return tenant


def _switch(session: Session, setting: str, tenant: UUID | str | None) -> None:
    session.info[_KEY] = tenant
    if session.in_transaction() and session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT set_config('app.tenant', :tenant, true)"), {"tenant": setting})


def _tell_postgresql(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    tenant = session.info.get(_KEY)
    if connection.dialect.name == "postgresql" and tenant is not None:
        connection.execute(text("SELECT set_config('app.tenant', :tenant, true)"), {"tenant": str(tenant)})


def _filter_statement(state: ORMExecuteState) -> None:
    owned = [mapper for mapper in state.all_mappers if issubclass(mapper.class_, TenantOwned)]
    if not owned:
        return
    tenant = state.session.info.get(_KEY)
    if tenant is None:
        raise NoTenant(f"{owned[0].class_.__name__} belongs to an organisation: choose one with use_tenant")
    if tenant == EVERY_TENANT or not (state.is_select or state.is_update or state.is_delete):
        return
    state.statement = state.statement.options(  # type: ignore[attr-defined]
        with_loader_criteria(TenantOwned, lambda record: record.organisation_id == tenant, include_aliases=True)
    )


def _own_new_records(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    tenant = session.info.get(_KEY)
    for record in (*session.new, *session.dirty, *session.deleted):
        if not isinstance(record, TenantOwned) or tenant == EVERY_TENANT:
            continue
        if tenant is None:
            raise NoTenant(f"{type(record).__name__} belongs to an organisation: choose one with use_tenant")
        if record.organisation_id is None:
            record.organisation_id = tenant
        elif record.organisation_id != tenant:
            raise ForeignTenant(f"{type(record).__name__} belongs to another organisation")


def install(session_class: type[Session]) -> None:
    """Attach the filter to every session of a class."""
    event.listen(session_class, "do_orm_execute", _filter_statement)
    event.listen(session_class, "before_flush", _own_new_records)
    event.listen(session_class, "after_begin", _tell_postgresql)
