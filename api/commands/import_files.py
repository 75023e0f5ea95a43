"""``makina import``: people, rules and demand from files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from scheduler.imports.report import ImportReport


def import_files(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="CSV files or .xlsx workbooks, in any order.", exists=True, dir_okay=False),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look: store nothing.")] = False,
    week: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The Monday that weekday names are counted from."),
    ] = None,
    location: Annotated[
        str | None,
        typer.Option(help="Code of the location that public files of hourly counts are about."),
    ] = None,
    organisation: Annotated[
        str | None,
        typer.Option(help="Short name (slug) of the organisation; not needed while there is only one."),
    ] = None,
    create: Annotated[
        bool, typer.Option("--create", help="Make the organisation if there is none of that name.")
    ] = False,
    formats: Annotated[
        bool, typer.Option("--formats", help="Print the columns of every kind of file, and exit.")
    ] = False,
) -> None:
    """Import files: every bad line is listed, and with even one of them nothing is stored."""
    from api.commands.refusal import refusals_explained
    from api.commands.serve import prepare_database
    from scheduler.audit.record import SYSTEM
    from scheduler.db.session import Database
    from scheduler.imports import run_import
    from scheduler.imports.formats import formats_markdown
    from scheduler.kernel.settings import settings

    if formats:
        typer.echo(formats_markdown())
        return
    if not files:
        raise typer.BadParameter("name at least one file")
    problem = prepare_database(settings().database_url)
    if problem is not None:
        typer.echo(problem, err=True)
        raise typer.Exit(1)
    given = [run_import.ImportFile(path.name, path.read_bytes()) for path in files]
    database = Database(settings().database_url)
    try:
        with refusals_explained(), database.write() as session:
            _choose_or_create(session, organisation, create=create)
            monday = week.date() if week else None
            report = run_import.import_files(
                session, given, actor=SYSTEM, dry_run=dry_run, week=monday, location=location
            )
            if not report.stored:
                session.rollback()
    finally:
        database.dispose()
    _show(report)
    if report.errors:
        raise typer.Exit(1)


def _choose_or_create(session: Session, slug: str | None, *, create: bool) -> None:
    """Make the organisation of that name, or the only one, the session's tenant."""
    from api.commands.chosen_organisation import choose_organisation
    from scheduler.audit.record import SYSTEM
    from scheduler.organisation.organisations import create_organisation, organisation_called

    if create and slug and organisation_called(session, slug) is None:
        create_organisation(session, slug=slug, name=slug, actor=SYSTEM)
    else:
        made = f"`--organisation {slug or 'NAME'} --create` makes it"
        choose_organisation(session, slug, otherwise=made)


def _show(report: ImportReport) -> None:
    """Print what became of each kind, and every line that is wrong or should be looked at."""
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    console = Console()
    numbers = [Column(name, justify="right") for name in ("lines", "new", "changed", "same", "replaced")]
    table = Table("kind", *numbers)
    for count in report.counts:
        outcome = (count.created, count.updated, count.unchanged, count.replaced)
        shown = ["" for _ in outcome] if report.errors else [str(number) for number in outcome]
        table.add_row(count.kind, str(count.lines), *shown)
    if report.counts:
        console.print(table)
    for title, problems in (("Look at these", report.warnings), ("These are wrong", report.errors)):
        if problems:
            console.print(f"{title}:")
        for each in problems:
            # Text, and no markup: a cell of a file may look like [bold].
            console.print(Text(f"  {each}"), soft_wrap=True)
    if report.errors:
        count_of = "1 error" if len(report.errors) == 1 else f"{len(report.errors)} errors"
        console.print(f"{count_of}: nothing was stored.")
    elif report.dry_run:
        console.print("Nothing is wrong. This was a dry run: nothing was stored.")
    else:
        console.print("Stored.")
