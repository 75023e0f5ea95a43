"""``makina migrate``: bring the database to the present schema."""

from __future__ import annotations

import typer


def migrate() -> None:
    """Apply every migration not yet applied; running it again changes nothing."""
    from scheduler.db.migrate import upgrade
    from scheduler.jobs import run_queue
    from scheduler.kernel.settings import settings

    owner_url = settings().migration_url or settings().database_url
    upgrade(owner_url)
    run_queue.upgrade(owner_url)
    typer.echo("The database is up to date.")
