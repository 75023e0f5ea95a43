"""The tenant filter: a session sees the records of one organisation and of no other.

Every ORM statement gets the criterion ``organisation_id = <tenant>`` on each `TenantOwned` record in it:
subqueries, joins, eager and lazy loads included. A session without a tenant refuses such statements, and
every session refuses the bare tables. On PostgreSQL the same tenant is handed to the row-level policies
with each transaction, so that textual SQL sees no more; on SQLite textual SQL is not filtered, and only
set-up and tests use it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Executable, Table, event, text
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, UOWTransaction, with_loader_criteria
from sqlalchemy.sql import ClauseElement, visitors

from scheduler.db.base import TenantOwned

EVERY_TENANT = "*"
_KEY = "tenant"


class NoTenant(RuntimeError):
    """A tenant's records were asked for in a session that has no tenant."""


class ForeignTenant(RuntimeError):
    """A record of another organisation was about to be written."""


def use_tenant(session: Session, organisation_id: UUID) -> None:
    """From now on ``session`` sees and writes the records of this organisation only.

    Records of another organisation that it holds are written and let go, lest ``session.get`` find them.
    """
    held = [record for record in session.identity_map.values() if isinstance(record, TenantOwned)]
    foreign = [record for record in held if record.__dict__.get("organisation_id") != organisation_id]
    if foreign:
        session.flush()
    _switch(session, str(organisation_id), organisation_id)
    for record in foreign:
        session.expunge(record)


@contextmanager
def across_tenants(session: Session) -> Iterator[Session]:
    """Inside the block the session sees every organisation: to look up a credential or a queue, to set up."""
    # What is pending belongs to the tenant there was: inside the block it would get none.
    session.flush()
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
    tenant = state.session.info.get(_KEY)
    if tenant == EVERY_TENANT:
        return
    if tenant is None or not state.is_orm_statement:
        _refuse_owned_tables(state.statement, tenant)
    elif state.is_insert:
        _check_inserted(state, tenant)
    elif state.is_select or state.is_update or state.is_delete:
        # On every statement, whatever it returns: an owned record may stand in a subquery or a join only.
        state.statement = state.statement.options(
            with_loader_criteria(
                TenantOwned, lambda record: record.organisation_id == tenant, include_aliases=True
            )
        )


def _refuse_owned_tables(statement: Executable, tenant: UUID | None) -> None:
    """Refuse a statement that the criterion cannot bind: one without a tenant, or one on bare tables."""
    if not isinstance(statement, ClauseElement):
        return
    for element in visitors.iterate(statement):
        if isinstance(element, Table) and "organisation_id" in element.columns:
            if tenant is None:
                hint = "choose one with use_tenant"
                raise NoTenant(f"the records in {element.name} belong to an organisation: {hint}")
            raise NoTenant(
                f"only a select of a record is filtered, not one of the table {element.name}: "
                "write select(Record), and select(exists(select(Record.id)))"
            )


def _check_inserted(state: ORMExecuteState, tenant: UUID) -> None:
    """Refuse ``insert(Record)`` unless each row names the tenant; rows must be parameters, to be seen."""
    given = state.parameters or ()
    rows: list[Mapping[str, Any]] = [given] if isinstance(given, Mapping) else list(given)
    if not rows or any(row.get("organisation_id") != tenant for row in rows):
        raise ForeignTenant("every row of an insert names the tenant: session.execute(insert(Record), rows)")


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
