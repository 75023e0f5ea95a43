"""``makina demo``: a whole company, planned, published, paid, and served."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from scheduler.audit.record import SYSTEM

if TYPE_CHECKING:
    from rich.console import Console

    from scheduler.db.session import Database
    from scheduler.kernel.settings import Settings
    from scheduler.organisation.models import Location

WEEK = timedelta(days=7)


def demo(
    serve: Annotated[bool, typer.Option(help="Serve the pages when all is done.")] = True,
    seconds: Annotated[int, typer.Option(help="Search time of each location.", min=1, max=3600)] = 20,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
) -> None:
    """Set up the made-up company, plan and publish its coming week, pay two past ones, and serve it all.

    What is there already stays as it is: a second run plans nothing again and undoes nothing.
    """
    from rich.console import Console

    from api import logs
    from api.commands.serve import port_problem, prepare_database
    from api.commands.serve import serve as serve_pages
    from api.demo.logins import PASSWORD
    from scheduler.db.session import Database
    from scheduler.kernel.settings import settings

    logs.configure(as_json=settings().log_json)
    logging.getLogger().setLevel(logging.WARNING)
    console = Console(width=max(Console().width, 120), highlight=False)
    problem = port_problem(host, port) if serve else None  # now, not after minutes of planning
    problem = problem or prepare_database(settings().database_url)
    if problem is not None:
        typer.echo(problem, err=True)
        raise typer.Exit(1)
    database = Database(settings().database_url)
    try:
        _run(console, settings(), database, seconds)
    finally:
        database.dispose()
    console.print(f"\nEvery demo login has the password [bold]{PASSWORD}[/bold].")
    if serve:
        console.print(f"The pages are at [bold]http://{host}:{port}[/bold] (Ctrl-C stops).")
        serve_pages(host=host, port=port)
    else:
        console.print("Serve the pages with [bold]makina serve[/bold].")


def _run(console: Console, settings: Settings, database: Database, seconds: int) -> None:
    from api.demo.load import NAME, SLUG, last_full_week, load_company, load_demand, worked_weeks
    from api.demo.logins import ensure_logins
    from scheduler.db.tenant import tenant_of
    from scheduler.jobs.worker import worker_for
    from scheduler.kernel.clock import utc_now, week_start
    from scheduler.organisation.locations import list_locations

    coming = week_start(utc_now().date()) + WEEK
    past = last_full_week(coming)
    with database.write() as session:
        console.print(
            f"[bold]{NAME}[/bold]: people, demand of the week of {coming}, punches up to that of {past}"
        )
        loaded = load_company(session, week=coming, past_week=past, actor=SYSTEM)
        load_demand(session, week=coming + WEEK, actor=SYSTEM)
        for count in loaded.counts:
            console.print(f"  {count.kind:24} {count.created:6} new, {count.unchanged:6} as they were")
        organisation_id = tenant_of(session)
        logins = ensure_logins(session, domain=f"{SLUG}.example", actor=SYSTEM)
        locations = list(list_locations(session))
    worker = worker_for(settings)
    worker.start()
    try:
        for location in locations:
            _plan(console, database, organisation_id, location, coming, seconds)
    finally:
        worker.stop()
    latest, *earlier = worked_weeks(past)
    for week in reversed(earlier):
        for location in locations:
            _pay(console, settings, database, organisation_id, location, week)
    console.print(f"The week of {latest} waits for you: put right what is unclear, approve, close, export.")
    console.print("\n[bold]Logins[/bold]")
    for login in logins:
        console.print(f"  {login.email:32} {login.what}")


def _plan(
    console: Console,
    database: Database,
    organisation_id: UUID,
    location: Location,
    week: date,
    seconds: int,
) -> None:
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from api.demo.plan_week import plan_week
    from api.demo.print_week import print_week
    from scheduler.jobs.runs import RunProgress
    from scheduler.jobs.solver_process import COMPILING

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[best]}"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(f"Generating {location.name}", total=seconds, best="")

        def watch(run: RunProgress) -> None:
            at = run.progress or {}
            still_open = at.get("open_minutes")
            best = f"{still_open / 60:.0f} h open" if still_open is not None else run.state.value
            if at.get("level") == COMPILING:
                best = "compiling the search once for this machine"
            bar.update(task, completed=at.get("seconds", 0), best=best)

        planned = plan_week(
            database, organisation_id, location.id, week, seconds=seconds, actor=SYSTEM, watch=watch
        )
    console.print()
    if planned.roster_id is not None:
        with database.read(organisation_id) as session:
            print_week(console, session, planned.roster_id)
    if planned.was_there:
        console.print("Planned before: left as it is.")
    elif planned.refused:
        console.print(f"[red]{location.name}: not published. {planned.refused}[/red]")
    else:
        console.print("[green]Published.[/green]")


def _pay(
    console: Console,
    settings: Settings,
    database: Database,
    organisation_id: UUID,
    location: Location,
    week: date,
) -> None:
    from api.demo.pay_week import pay_week, write_payroll

    with database.write(organisation_id) as session:
        paid = pay_week(session, location, week, actor=SYSTEM)
    if paid.refused:
        told = f"[red]{location.name}, week of {week}: not paid out. {paid.refused}[/red]"
        console.print(told, soft_wrap=True)
        return
    path = write_payroll(settings.data_dir, location, week, paid.lines)
    mended = f", {paid.corrected} forgotten punches corrected" if paid.corrected else ""
    hours = f"{paid.minutes / 60:.2f} h in {len(paid.lines)} lines"
    told = f"Payroll of {location.name}, week of {week}: {hours}{mended} -> {path}"
    console.print(told, soft_wrap=True)
