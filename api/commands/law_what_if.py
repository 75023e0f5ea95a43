"""``makina law what-if``: the roster of a week under another law beside its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from scheduler.law.comparison import ComparedFinding


def what_if(
    location: Annotated[str, typer.Option(help="Code of the location.")],
    week: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Any day of the week.")],
    under: Annotated[
        str, typer.Option(help="Rule pack id, such as de; that of the location without it.")
    ] = "",
    as_on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The law as on this day, for the whole week."),
    ] = None,
    change: Annotated[
        list[str] | None,
        typer.Option("--set", help='Another value, such as "pl.daily_rest.min=12 h"; as often as you like.'),
    ] = None,
    organisation: Annotated[
        str | None, typer.Option(help="Short name of the organisation; needed if there are several.")
    ] = None,
) -> None:
    """Check the roster of a week under another law, and print what only one finds; nothing is kept."""
    from sqlalchemy import select

    from api.commands.chosen_organisation import choose_organisation
    from api.commands.opened_database import opened_database
    from api.commands.refusal import refusals_explained
    from scheduler.kernel.clock import week_start
    from scheduler.law.what_if import OtherLaw
    from scheduler.organisation.locations import location_coded
    from scheduler.rosters.models import Roster
    from scheduler.rosters.versions import current_version
    from scheduler.rosters.what_if import what_if as checked_twice

    values = tuple(_change(text) for text in change or ())
    with refusals_explained(), opened_database() as database, database.read() as session:
        choose_organisation(session, organisation)
        place = location_coded(session, location)
        monday = week_start(week.date())
        of_week = select(Roster.id).where(Roster.location_id == place.id, Roster.starts_on == monday)
        roster_id = session.scalar(of_week)
        version = current_version(session, roster_id) if roster_id else None
        if version is None:
            typer.echo(f"{place.name} has no roster of the week of {monday}.", err=True)
            raise typer.Exit(1)
        other = OtherLaw(under or place.jurisdiction, as_on.date() if as_on else None, values)
        found = checked_twice(session, version.id, other)
    for note in found.notes:
        typer.echo(note)
    for difference in found.differences:
        typer.echo(f"Law: {difference}")
    _show("Only under the other law", found.only_then)
    _show("Under both", found.both)
    _show("No longer", found.only_now)


def _change(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip() or not value.strip():
        raise typer.BadParameter(f'{text!r} sets nothing; write "pl.daily_rest.min=12 h"', param_hint="--set")
    return name.strip(), value.strip()


def _show(title: str, pairs: Sequence[ComparedFinding]) -> None:
    from scheduler.law.words import amount

    typer.echo(f"{title}: {len(pairs)}")
    for pair in pairs:
        one = pair.then or pair.now
        if one is None:
            continue
        sides = [
            f"{amount(each.short_by, each.unit)} ({each.code})" if each else "kept"
            for each in (pair.now, pair.then)
        ]
        typer.echo(f"  {one.sentence} By {' now, '.join(sides)} then.")
