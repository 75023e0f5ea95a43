"""``makina law``: the law that rosters are held to, with dates, articles and status."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from scheduler.law.pack import Pack

law = typer.Typer(no_args_is_help=True, help="The law that rosters are held to.")


@law.command()
def show(
    pack: Annotated[str, typer.Argument(help="Rule pack id, such as pl.")],
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what is in force on this day.")
    ] = None,
) -> None:
    """Print the values of a rule pack: what, how much, since when, where it is written, how sure it is."""
    from rich.console import Console
    from rich.table import Table

    from scheduler.kernel.effective import holds_on
    from scheduler.law.pages import in_force, rows

    chosen = _pack(pack)
    day: date | None = on.date() if on else None
    heading = f"{chosen.title}, version {chosen.version}" + (f", on {day}" if day else "")
    table = Table("rule", "value", "in force", "for", "article", "status", title=heading)
    for parameter, value in rows(chosen):
        if day is None or holds_on(value, day):
            table.add_row(
                parameter.id, str(value.value), in_force(value), str(parameter.population),
                value.citation, str(value.status),
            )  # fmt: skip
    console = Console()
    console.print(table)
    if day is not None:
        for parameter in chosen.parameters.values():
            if day < parameter.values[0].valid_from:
                since = parameter.values[0].valid_from
                console.print(f"{parameter.id} is in force from {since} only", markup=False)
    for sentence in chosen.not_covered:
        console.print(f"Not covered: {sentence}", markup=False)


@law.command()
def docs(
    to: Annotated[Path, typer.Option(file_okay=False, help="Directory of the pages.")] = Path("docs/law"),
) -> None:
    """Write the page of every rule pack."""
    from scheduler.law.library import packs
    from scheduler.law.pages import page

    to.mkdir(parents=True, exist_ok=True)
    for pack in packs().values():
        (to / f"{pack.id}.md").write_text(page(pack), encoding="utf-8")
        typer.echo(f"{to / pack.id}.md")


def _pack(name: str) -> Pack:
    """The pack called so; an unknown one ends the command with status 2."""
    from scheduler.law.library import packs

    found = packs().get(name.lower())
    if found is None:
        typer.echo(f"No rule pack {name!r}; there are {', '.join(sorted(packs()))}.", err=True)
        raise typer.Exit(2)
    return found
