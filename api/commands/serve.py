"""``makina serve``: the API and the pages over HTTP, with the background worker unless it is switched off."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from scheduler.kernel.settings import Settings

EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104 - what an operator may ask for, compared and not listened on

STOP_SECONDS = 5
"""How long open requests may go on after a stop was asked for; streams of progress end by themselves."""


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for every network.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
) -> None:
    """Serve the API and the pages until stopped (SIGTERM or Ctrl-C)."""
    import uvicorn

    from api.main import create_app
    from scheduler.kernel.settings import settings

    problem = port_problem(host, port) or prepare_database(settings().database_url)
    if problem is not None:
        typer.echo(problem, err=True)
        raise typer.Exit(1)
    app = create_app(_reached_at(settings(), host, port))
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
    )
    app.state.is_stopping = lambda: server.should_exit
    server.run()
    if not server.started:
        raise typer.Exit(3)


def _reached_at(settings: Settings, host: str, port: int) -> Settings:
    """The settings with the address that is served, where the operator named no other."""
    if "base_url" in settings.model_fields_set:
        return settings
    shown = "127.0.0.1" if host in EVERY_ADDRESS else f"[{host}]" if ":" in host else host
    return settings.model_copy(update={"base_url": f"http://{shown}:{port}"})


def port_problem(host: str, port: int) -> str | None:
    """What keeps this process from listening there, with what would do.

    Returns
    -------
    None if nothing does.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            # As the server does: a port whose last server has just ended is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return f"Cannot listen at {host}, port {port}: {error.strerror}. Choose another with --port."
    return None


def prepare_database(url: str) -> str | None:
    """Bring the embedded database up to date; say what is to be done where that is the operator's to do.

    Returns
    -------
    None if the database can be used.
    """
    from sqlalchemy.exc import DatabaseError, SQLAlchemyError

    from scheduler.db.engine import create_engine_for
    from scheduler.db.migrate import is_current, upgrade

    if url.startswith("sqlite"):
        try:
            upgrade(url)
        except (OSError, DatabaseError) as error:
            return f"The database of MAKINA_DATABASE_URL cannot be used: {getattr(error, 'orig', error)}"
        return None
    engine = create_engine_for(url)
    try:
        current = is_current(engine)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip()
        return f"The database of MAKINA_DATABASE_URL does not answer: {reason}"
    finally:
        engine.dispose()
    if current:
        return None
    return "The database lacks migrations: run `makina migrate` with MAKINA_MIGRATION_URL set to its owner."
