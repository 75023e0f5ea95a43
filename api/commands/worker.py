"""``makina worker``: work on runs until stopped."""

from __future__ import annotations

import signal
import threading

import typer


def worker() -> None:
    """Work on waiting runs until stopped (SIGTERM or Ctrl-C); the run in hand goes back into the queue."""
    from api import logs
    from api.commands.serve import prepare_database
    from scheduler.jobs.run_queue import QueueNotReady
    from scheduler.jobs.worker import worker_for
    from scheduler.kernel.settings import settings

    logs.configure(as_json=settings().log_json)
    problem = prepare_database(settings().database_url)
    if problem is not None:
        typer.echo(problem, err=True)
        raise typer.Exit(1)
    at_work = worker_for(settings())
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    try:
        at_work.start()
    except QueueNotReady as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    stop.wait()
    at_work.stop()
