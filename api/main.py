"""The application, put together: settings, database, middleware, routes, background worker."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import FastAPI
from fastapi.routing import APIRoute

from api import errors, logs, openapi
from api.body_limit import BodyLimit
from api.cross_site import CrossSiteGuard
from api.pages.install import install as install_pages
from api.pin_limit import PinLimit
from api.request_log import RequestLog
from api.routes import ROUTERS, health
from api.security_headers import SecurityHeaders
from api.sign_in_limit import SignInLimit
from scheduler.db.migrate import is_current
from scheduler.db.session import Database
from scheduler.kernel.settings import Settings
from scheduler.kernel.settings import settings as process_settings

DESCRIPTION = """Plan who works when, prove that the plan keeps the law, record what was worked, hand
payroll its hours.

Instants carry an offset (`2026-11-02T08:00:00+01:00`), days are civil days of the location, spans are
half-open: the end is the first instant, or day, that does not belong. Every refusal is a problem document
(RFC 9457), and a refused request changes nothing. `x-permission` of each operation names the permission it
needs, which is also the scope an API key needs."""


def create_app(settings: Settings | None = None, database: Database | None = None) -> FastAPI:
    """The whole application.

    Parameters
    ----------
    settings
        Those of the process when absent.
    database
        A migrated database; the one of the settings when absent.
    """
    settings = settings or process_settings()
    logs.configure(as_json=settings.log_json)
    app = FastAPI(
        title="Makina",
        version="1",
        description=DESCRIPTION,
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        generate_unique_id_function=_operation_id,
    )
    app.state.settings = settings
    app.state.database = database or Database(settings.database_url)
    app.state.sign_in_limit = SignInLimit()
    app.state.pin_limit = PinLimit()
    # Streams end when the server wants to; whoever runs the server says when that is.
    app.state.is_stopping = lambda: False
    errors.install(app)
    # The last one added is the outermost.
    app.add_middleware(CrossSiteGuard, base_url=settings.base_url)
    app.add_middleware(BodyLimit, max_bytes=settings.max_body_bytes)
    app.add_middleware(RequestLog)
    app.add_middleware(SecurityHeaders, https=settings.secure_cookies)
    app.include_router(health.router)
    for router in ROUTERS:
        app.include_router(router)
    install_pages(app)
    openapi.install(app)
    return app


def _operation_id(route: APIRoute) -> str:
    return route.name


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Run background work as long as the application serves, if the settings say so."""
    settings: Settings = app.state.settings
    database: Database = app.state.database
    worker = None
    # Without its tables there is nothing to work on; `/readyz` says so and what to run.
    if settings.worker and await to_thread.run_sync(is_current, database.engine):
        # Here, not above: a process that only serves does not pay for the queue's engine.
        from scheduler.jobs.worker import worker_for

        worker = worker_for(settings)
        await to_thread.run_sync(worker.start)
    try:
        yield
    finally:
        if worker is not None:
            await to_thread.run_sync(worker.stop)
        await to_thread.run_sync(database.dispose)
