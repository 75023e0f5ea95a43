"""A refused command says why in words and ends with status 1."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from scheduler.kernel.errors import SchedulerError


@contextmanager
def refusals_explained() -> Iterator[None]:
    """Turn a refusal inside the block into its sentence and its bad fields on standard error."""
    try:
        yield
    except SchedulerError as error:
        from api.errors import explain

        explained = explain(error)
        detail = "Nothing was changed:" if explained.errors else explained.detail
        typer.echo(f"{explained.title}. {detail}".rstrip(), err=True)
        for bad in explained.errors:
            line = f" (line {bad.line})" if bad.line else ""
            typer.echo(f"  {bad.field}{line}: {bad.value!r} {bad.problem}; {bad.hint}", err=True)
        raise typer.Exit(1) from error
