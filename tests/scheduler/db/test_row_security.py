"""On PostgreSQL, the database itself filters what does not pass through the ORM."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from scheduler.db.models import tenant_tables, whole_metadata
from scheduler.db.session import make_session_factory
from scheduler.db.tenant import use_tenant
from tests.scheduler.db.trial import reached, trial

pytestmark = [pytest.mark.postgres, pytest.mark.parametrize("table", tenant_tables())]


def test_sees_the_own_rows_only(postgres_two_tenants, table):
    with postgres_two_tenants.database.read(postgres_two_tenants.own_id) as session:
        owners = session.scalars(text(f"SELECT organisation_id FROM {table}")).all()
        assert owners == [postgres_two_tenants.own_id]


def test_sees_nothing_without_a_tenant(postgres_two_tenants, table):
    with postgres_two_tenants.database.read() as session:
        assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 0


def test_sees_nothing_of_the_transaction_before_on_the_same_connection(postgres_two_tenants, table):
    with postgres_two_tenants.database.engine.connect() as connection:
        with make_session_factory(postgres_two_tenants.database.engine)(bind=connection) as session:
            use_tenant(session, postgres_two_tenants.own_id)
            assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 1
            session.rollback()
        assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0


def test_changes_no_foreign_row(postgres_two_tenants, table):
    foreign = postgres_two_tenants.foreign[table].id
    with trial(postgres_two_tenants) as session:
        for verb in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
            assert reached(session, text(f"{verb} WHERE id = :id"), {"id": foreign}) == 0


def test_adds_no_foreign_row(postgres_two_tenants, table):
    names = [column.name for column in whole_metadata().tables[table].columns if column.name != "id"]
    copied = ", ".join(":foreign" if name == "organisation_id" else name for name in names)
    statement = (
        f"INSERT INTO {table} (id, {', '.join(names)}) SELECT gen_random_uuid(), {copied} FROM {table}"
    )
    with trial(postgres_two_tenants) as session, pytest.raises(DBAPIError, match="row-level security"):
        session.execute(text(statement), {"foreign": postgres_two_tenants.foreign_id})
