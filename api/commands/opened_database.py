"""The installation's database, ready for one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from scheduler.db.session import Database


@contextmanager
def opened_database() -> Iterator[Database]:
    """The database of the settings while the block runs.

    Raises
    ------
    typer.Exit
        With status 1, after saying what is to be done, if it cannot be used.
    """
    from api.commands.serve import prepare_database
    from scheduler.db.session import Database
    from scheduler.kernel.settings import settings

    problem = prepare_database(settings().database_url)
    if problem is not None:
        typer.echo(problem, err=True)
        raise typer.Exit(1)
    database = Database(settings().database_url)
    try:
        yield database
    finally:
        database.dispose()
