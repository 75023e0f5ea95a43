"""The ``makina`` command."""

from __future__ import annotations

import typer

app = typer.Typer(
    name="makina",
    help="Rosters people can trust: plan, publish, clock, pay.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@app.callback()
def makina() -> None:
    """Rosters people can trust: plan, publish, clock, pay."""


def main() -> None:
    """Run the command line."""
    app()
