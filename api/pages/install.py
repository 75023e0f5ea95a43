"""Put the pages and their static files into the application."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from api.pages import home, problem, publishing, runs, session, shifts, weeks

STATIC = Path(__file__).parent.parent / "static"
ROUTERS = tuple(noun.router for noun in (session, home, weeks, runs, shifts, publishing))


def install(app: FastAPI) -> None:
    """Serve the pages; a refusal that a browser asked for becomes a page too."""
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.state.problem_page = problem.problem_page
    for router in ROUTERS:
        app.include_router(router, include_in_schema=False)
