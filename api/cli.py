"""The ``makina`` command."""

from __future__ import annotations

import typer

from api.commands.worker import worker

app = typer.Typer(
    name="makina",
    help="Rosters people can trust: plan, publish, clock, pay.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@app.callback()
def makina() -> None:
    """Rosters people can trust: plan, publish, clock, pay."""


app.command()(worker)


def main() -> None:
    """Run the command line."""
    app()
