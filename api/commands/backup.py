"""``makina backup``: the embedded database as one file, whole and consistent, while it is in use."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

ON_POSTGRESQL = "PostgreSQL is backed up with pg_dump as a superuser; see docs/operations.md."


def backup(
    copy: Annotated[Path, typer.Argument(help="File to write; it must not exist yet.", dir_okay=False)],
) -> None:
    """Copy the SQLite database into one file, while Makina goes on using it."""
    from sqlalchemy import make_url

    from scheduler.kernel.settings import settings

    address = make_url(settings().database_url)
    if address.get_backend_name() != "sqlite":
        raise _refused(ON_POSTGRESQL)
    source = Path(address.database or "")
    if not source.is_file():
        raise _refused(f"There is no database at {source}: MAKINA_DATABASE_URL says where it is.")
    if copy.exists():
        raise _refused(f"{copy} is there already: a backup never replaces a file.")
    try:
        _copy(source, copy)
    except (OSError, sqlite3.Error) as error:
        raise _refused(f"{source} could not be copied: {error}") from error
    typer.echo(f"{copy}: {copy.stat().st_size} bytes.")


def _refused(reason: str) -> typer.Exit:
    typer.echo(reason, err=True)
    return typer.Exit(1)


def _copy(source: Path, copy: Path) -> None:
    """Write ``copy`` under another name first: whatever bears its name is whole and on the disk."""
    unfinished = copy.with_name(f"{copy.name}.unfinished")
    # For whoever may read the original only: it holds what people earn.
    os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, source.stat().st_mode & 0o777))
    try:
        with closing(sqlite3.connect(source, timeout=60)) as database:
            # Reads as of one instant and keeps no writer waiting.
            database.execute("VACUUM INTO ?", (str(unfinished),))
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.rename(copy)
    finally:
        unfinished.unlink(missing_ok=True)
