"""``makina payroll``: the file payroll is handed for a closed week."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class PayrollFormat(StrEnum):
    """Forms of the payroll file."""

    CSV = "csv"
    JSON = "json"


def payroll(
    location: Annotated[str, typer.Option(help="Code of the location.")],
    week: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Any day of the week.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write.", dir_okay=False)],
    form: Annotated[
        PayrollFormat, typer.Option("--format", help="What to write; see docs/payroll-file.md.")
    ] = PayrollFormat.CSV,
    organisation: Annotated[
        str | None, typer.Option(help="Short name of the organisation; needed if there are several.")
    ] = None,
) -> None:
    """Write hours and money of a closed week: the same bytes whenever it is asked for."""
    from api.commands.chosen_organisation import choose_organisation
    from api.commands.opened_database import opened_database
    from api.commands.refusal import refusals_explained
    from exports.payroll import to_csv, to_json
    from scheduler.organisation.locations import location_coded
    from scheduler.pay.lines import lines_of_week

    with refusals_explained(), opened_database() as database, database.read() as session:
        choose_organisation(session, organisation)
        lines = lines_of_week(session, location_coded(session, location).id, week.date())
    content = (to_csv if form is PayrollFormat.CSV else to_json)(lines)
    try:
        output.write_bytes(content)
    except OSError as error:
        typer.echo(f"Cannot write {output}: {error.strerror}", err=True)
        raise typer.Exit(1) from error
    people = len({line.employee_number for line in lines})
    minutes = sum(line.minutes for line in lines)
    typer.echo(f"{output}: {len(lines)} lines, {people} people, {minutes // 60} h {minutes % 60:02} min")
