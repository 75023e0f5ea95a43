"""Alembic's entry: runs migrations on the connection that `scheduler.db.migrate` hands over."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from scheduler.db.models import whole_metadata


def run(connection: Connection) -> None:
    """Migrate inside one transaction; on SQLite with foreign keys off, since batch mode rebuilds tables."""
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    context.configure(
        connection=connection,
        target_metadata=whole_metadata(),
        render_as_batch=sqlite,
        compare_type=True,
        user_module_prefix="column_types.",
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
    if sqlite:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        connection.exec_driver_sql("BEGIN")


run(context.config.attributes["connection"])
