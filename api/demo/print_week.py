"""A week's roster on a terminal: who works when, what is open and why, what the law says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from sqlalchemy.orm import Session

from scheduler.kernel.clock import local_day
from scheduler.rosters.compliance import report
from scheduler.rosters.models import Shift
from scheduler.rosters.week import Week, WeekRow, week_of
from scheduler.rosters.why_open import why_open

EXPLAINED = 6
"""So many open shifts are explained; the page explains every one."""


def print_week(console: Console, session: Session, roster_id: UUID) -> None:
    """Print the week as a manager would want to read it."""
    week = week_of(session, roster_id)
    console.print(_grid(week))
    for line in _open_shifts(session, week):
        console.print(line)
    if week.version is not None:
        for line in _law(session, week.version.id):
            console.print(line)


def _grid(week: Week) -> Table:
    version = week.version
    state = f"version {version.number}, {version.state.value}" if version else "not planned"
    title = f"{week.location.name}, week of {week.roster.starts_on} ({state}; times in {week.location.zone})"
    table = Table(title=title, title_justify="left", title_style="bold", pad_edge=False, padding=(0, 1))
    table.add_column("", no_wrap=True, max_width=22)
    for day in week.days:
        table.add_column(f"{day:%a %d}", no_wrap=True)
    table.add_column("hours", justify="right")
    for row in week.rows:
        table.add_row(row.employee.name, *_cells(week, row), _hours(row.planned_minutes))
    return table


def _cells(week: Week, row: WeekRow) -> Iterator[str]:
    for day, shifts in zip(week.days, row.cells, strict=True):
        yield " ".join(_times(shift, week.location.zone) for shift in shifts) or (
            "leave" if day in row.leave else ""
        )


def _times(shift: Shift, zone: str) -> str:
    start, end = (at.astimezone(ZoneInfo(zone)) for at in (shift.starts_at, shift.ends_at))
    return f"{_clock(start.hour, start.minute)}-{_clock(end.hour, end.minute)}"


def _clock(hour: int, minute: int) -> str:
    return f"{hour}:{minute:02}" if minute else str(hour)


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


def _open_shifts(session: Session, week: Week) -> Iterator[str]:
    if not week.open_shifts:
        yield "Nothing is open."
        return
    yield f"[bold]{len(week.open_shifts)} open shifts:[/bold]"
    for shift in week.open_shifts[:EXPLAINED]:
        day: date = local_day(shift.starts_at, ZoneInfo(week.location.zone))
        why = why_open(session, week.roster.id, shift.lineage_id)
        yield f"  {day:%a %d} {_times(shift, week.location.zone)} {shift.skill.name}: {why.summary}"
    if len(week.open_shifts) > EXPLAINED:
        yield f"  and {len(week.open_shifts) - EXPLAINED} more, each explained on its page."


def _law(session: Session, version_id: UUID) -> Iterator[str]:
    found = report(session, version_id)
    if found.findings:
        yield f"[bold red]Law: {len(found.findings)} breaches[/bold red]"
        yield from (
            f"  {finding.employee_name}: {finding.sentence}" for finding in found.findings[:EXPLAINED]
        )
    elif found.checked:
        yield f"[green]Law: checked against {', '.join(found.packs)}, no breach.[/green]"
    else:
        yield f"[yellow]Law: not checked. {' '.join(found.notes)}[/yellow]"
