"""Bring a database to the present schema."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from scheduler.db import row_security
from scheduler.db.engine import create_engine_for

MIGRATIONS = Path(__file__).parent / "migrations"


def config() -> Config:
    """Alembic's configuration, without an ini file."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    return settings


def upgrade(url: str) -> None:
    """Apply every migration not yet applied; on PostgreSQL also make the application role and its grants.

    Parameters
    ----------
    url
        Address of the database as its owner. Running it again changes nothing.
    """
    engine = create_engine_for(url)
    try:
        with engine.connect() as connection:
            settings = config()
            settings.attributes["connection"] = connection
            command.upgrade(settings, "head")
        if engine.dialect.name == "postgresql":
            with engine.begin() as connection:
                for statement in row_security.role_statements(engine.url.database or ""):
                    connection.exec_driver_sql(statement)
    finally:
        engine.dispose()


def is_current(engine: Engine) -> bool:
    """Whether the database has every migration."""
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    return present == ScriptDirectory.from_config(config()).get_current_head()
