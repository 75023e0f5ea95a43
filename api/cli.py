"""The ``makina`` command."""

from __future__ import annotations

import typer

from api.commands import account
from api.commands.demo import demo
from api.commands.import_files import import_files
from api.commands.law import law
from api.commands.migrate import migrate
from api.commands.payroll import payroll
from api.commands.serve import serve
from api.commands.solve import solve
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


app.command()(demo)
app.command()(serve)
app.command()(migrate)
app.add_typer(account.app, name="account")
app.command("import")(import_files)
app.command()(solve)
app.command()(worker)
app.add_typer(law, name="law")
app.command()(payroll)


def main() -> None:
    """Run the command line."""
    app()
