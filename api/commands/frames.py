"""``makina frames``: tables for analysts."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from scheduler.reporting.analysis_tables import AnalysisTable

DAY_FORMAT = ["%Y-%m-%d"]


def frames(
    table: Annotated[AnalysisTable, typer.Argument(help="Which table; docs/frames.md has the columns.")],
    first_day: Annotated[datetime, typer.Option("--from", formats=DAY_FORMAT, help="First day.")],
    last_day: Annotated[datetime, typer.Option("--to", formats=DAY_FORMAT, help="Last day, included.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write: .parquet or .csv.")],
    organisation: Annotated[
        str | None, typer.Option(help="Short name of the organisation; needed if there are several.")
    ] = None,
) -> None:
    """Write time entries, pay lines, hours, leave or balances with their declared columns."""
    from api.commands.chosen_organisation import choose_organisation
    from api.commands.opened_database import opened_database
    from api.commands.refusal import refusals_explained
    from exports.frames import csv_of, frame, parquet_of
    from scheduler.kernel.clock import utc_now
    from scheduler.reporting.analysis_rows import Wanted, analysis_rows

    if output.suffix not in (".parquet", ".csv"):
        raise typer.BadParameter(f"{output.name}: name a file that ends in .parquet or .csv")
    if last_day < first_day:
        raise typer.BadParameter(f"--to {last_day:%Y-%m-%d} is before --from {first_day:%Y-%m-%d}")
    end = last_day.date() + timedelta(days=1)
    wanted = Wanted(first_day.date(), end, None, utc_now().date())
    with refusals_explained(), opened_database() as database, database.read() as session:
        choose_organisation(session, organisation)
        found = frame(table, analysis_rows(session, table, wanted))
    content = csv_of(found) if output.suffix == ".csv" else parquet_of(table, found)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(content)
    typer.echo(f"{output}: {len(found)} rows, {len(found.columns)} columns")
