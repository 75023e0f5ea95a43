"""The ``makina`` command."""

from __future__ import annotations

import re

import typer

from api.commands import account
from api.commands.backup import backup
from api.commands.bench import bench
from api.commands.demo import demo
from api.commands.explain import explain
from api.commands.frames import frames
from api.commands.import_files import import_files
from api.commands.law import law
from api.commands.law_what_if import what_if
from api.commands.migrate import migrate
from api.commands.payroll import payroll
from api.commands.replan import replan
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
app.command()(backup)
app.add_typer(account.app, name="account")
app.command("import")(import_files)
app.command()(solve)
app.command()(replan)
app.command()(explain)
app.command()(bench)
app.command()(worker)
law.command("what-if")(what_if)
app.add_typer(law, name="law")
app.command()(payroll)
app.command()(frames)


def main() -> None:
    """Run the command line; a setting that makes no sense ends it with a sentence, not with a traceback."""
    from pydantic import ValidationError

    from scheduler.kernel.settings import settings

    try:
        settings()
    except ValidationError as error:
        for fault in error.errors():
            name = f"MAKINA_{'_'.join(map(str, fault['loc']))}".upper()
            # A password inside an address is not for the screen, which often is a log.
            given = re.sub(r"(//[^:/@]*:).*@", r"\1***@", repr(fault["input"]))
            typer.echo(f"{name} = {given}: {fault['msg']}; docs/operations.md lists the settings", err=True)
        raise SystemExit(2) from error
    app()
