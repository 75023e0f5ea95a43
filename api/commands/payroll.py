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
    week: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Any day of the pay period.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="File to write; with --target a folder will do.")
    ],
    target: Annotated[
        str | None, typer.Option(help="Code of a payroll target: make its file, or write it again.")
    ] = None,
    form: Annotated[
        PayrollFormat, typer.Option("--format", help="What to write; see docs/payroll-file.md.")
    ] = PayrollFormat.CSV,
    organisation: Annotated[
        str | None, typer.Option(help="Short name of the organisation; needed if there are several.")
    ] = None,
) -> None:
    """Write hours and money of a closed week: the same bytes whenever it is asked for.

    With --target the file is a batch in the form of that payroll system. What stands in the way of it is
    listed, and nothing is written.
    """
    from api.commands.chosen_organisation import choose_organisation
    from api.commands.opened_database import opened_database
    from api.commands.refusal import refusals_explained
    from exports.payroll import to_csv, to_json
    from scheduler.organisation.locations import location_coded
    from scheduler.pay.lines import lines_of_week

    if target is not None:
        _hand_over(target, location, week, output, organisation)
        return
    with refusals_explained(), opened_database() as database, database.read() as session:
        choose_organisation(session, organisation)
        lines = lines_of_week(session, location_coded(session, location).id, week.date())
    content = (to_csv if form is PayrollFormat.CSV else to_json)(lines)
    _write(output, content)
    people = len({line.employee_number for line in lines})
    minutes = sum(line.minutes for line in lines)
    typer.echo(f"{output}: {len(lines)} lines, {people} people, {minutes // 60} h {minutes % 60:02} min")


def _hand_over(target: str, location: str, week: datetime, output: Path, organisation: str | None) -> None:
    """Write the batch of a target for a week, made now if there is none that counts."""
    from api.commands.chosen_organisation import choose_organisation
    from api.commands.opened_database import opened_database
    from api.commands.refusal import refusals_explained
    from exports.payroll_files import WRITER
    from scheduler.kernel.errors import SchedulerError
    from scheduler.organisation.locations import location_coded
    from scheduler.pay.periods import present_period
    from scheduler.payroll.batch_file import batch_content
    from scheduler.payroll.batch_states import latest_states, live_batch
    from scheduler.payroll.create_batch import create_batch
    from scheduler.payroll.targets import target_coded
    from scheduler.people.pay_group_members import group_of_location

    with refusals_explained(), opened_database() as database, database.write() as session:
        choose_organisation(session, organisation)
        chosen, place = target_coded(session, target), location_coded(session, location)
        group_id = group_of_location(session, place.id, week.date())
        period = present_period(session, place.id, week.date(), group_id)
        if period is None:
            raise SchedulerError("period_not_closed", location=location, day=week.date().isoformat())
        batch = live_batch(session, chosen.id, [period.id])
        try:
            batch = batch or create_batch(session, chosen.id, [period.id], WRITER, actor="system")
        except SchedulerError as error:
            for problem in error.facts.get("problems", []):
                typer.echo(f"  {problem['text']} {problem['hint'].capitalize()}.", err=True)
            raise
        content, state = batch_content(session, batch.id), latest_states(session, [batch.id])[batch.id]
    path = output / batch.file_name if output.is_dir() else output
    _write(path, content)
    typer.echo(
        f"{path}: batch {batch.number} ({state.value}), {batch.line_count} lines, sha256 {batch.sha256}"
    )


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        typer.echo(f"Cannot write {path}: {error.strerror}", err=True)
        raise typer.Exit(1) from error
