"""``makina migrate``: bring the database to the present schema."""

from __future__ import annotations

import typer


def migrate() -> None:
    """Apply every migration not yet applied; running it again changes nothing."""
    from scheduler.db.migrate import upgrade
    from scheduler.kernel.settings import settings

    upgrade(settings().migration_url or settings().database_url)
    typer.echo("The database is up to date.")
