"""The migrations make what the models say."""

from __future__ import annotations

import re
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Connection, text

from scheduler.db.engine import create_engine_for
from scheduler.db.migrate import config, is_current, upgrade
from scheduler.db.models import tenant_tables, whole_metadata
from tests.databases import DatabaseAddress


def test_migrations_make_what_the_models_say(database_address: DatabaseAddress):
    engine = create_engine_for(database_address.owner_url)
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, whole_metadata()) == []
        assert _checks(connection) == {
            str(constraint.name)
            for table in whole_metadata().tables.values()
            for constraint in table.constraints
            if isinstance(constraint, CheckConstraint)
        }
    engine.dispose()


def test_migrating_again_changes_nothing(database_address: DatabaseAddress):
    engine = create_engine_for(database_address.owner_url)
    with engine.connect() as connection:
        before = _schema(connection)
    upgrade(database_address.owner_url)
    with engine.connect() as connection:
        assert _schema(connection) == before
    assert is_current(engine)
    engine.dispose()


def test_an_empty_database_is_not_current(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'new' / 'makina.db'}"
    engine = create_engine_for(url)
    assert not is_current(engine)
    upgrade(url)
    assert is_current(engine)
    engine.dispose()


def test_there_is_one_line_of_migrations():
    assert len(ScriptDirectory.from_config(config()).get_heads()) == 1


def test_every_table_of_a_tenant_has_forced_row_security(postgres_address: DatabaseAddress):
    engine = create_engine_for(postgres_address.url)
    with engine.connect() as connection:
        secured = connection.scalars(
            text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        )
        assert sorted(secured) == tenant_tables()
    engine.dispose()


def _schema(connection: Connection) -> list[tuple[str, ...]]:
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2"))
    else:
        rows = connection.execute(
            text(
                "SELECT table_name, column_name, data_type FROM information_schema.columns "
                "WHERE table_schema = 'public' UNION ALL SELECT 'trigger', tgname, '' FROM pg_trigger "
                "UNION ALL SELECT 'policy', tablename, policyname FROM pg_policies ORDER BY 1, 2"
            )
        )
    return [tuple(row) for row in rows]


def _checks(connection: Connection) -> set[str]:
    if connection.dialect.name == "postgresql":
        query = "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conname LIKE 'ck_%'"
        return set(connection.scalars(text(query)))
    tables = connection.scalars(text("SELECT sql FROM sqlite_master WHERE type = 'table'"))
    return {name for sql in tables for name in re.findall(r'CONSTRAINT "?(ck_\w+)', sql)}
