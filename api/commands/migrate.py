"""``makina migrate``: bring the database to the present schema."""

from __future__ import annotations

import typer


def migrate() -> None:
    """Apply every migration not yet applied; running it again changes nothing."""
    from psycopg.errors import InsufficientPrivilege
    from sqlalchemy.exc import DBAPIError, OperationalError

    from scheduler.db.migrate import upgrade
    from scheduler.jobs import run_queue
    from scheduler.kernel.settings import settings

    owner_url = settings().migration_url or settings().database_url
    try:
        upgrade(owner_url)
    except DBAPIError as error:
        if not isinstance(error, OperationalError) and not isinstance(error.orig, InsufficientPrivilege):
            raise
        typer.echo(f"The database cannot be migrated: {str(error.orig).strip()}", err=True)
        typer.echo("MAKINA_MIGRATION_URL is the address of the role that owns the tables.", err=True)
        raise typer.Exit(1) from error
    run_queue.upgrade(owner_url)
    typer.echo("The database is up to date.")
