"""The routes of the API, one file per noun; `ROUTERS` is all of them but for `health`."""

from __future__ import annotations

from api.routes import session

ROUTERS = (session.router,)
