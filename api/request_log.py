"""One log line per request, an id that ties it to the answer, and an answer even to what nobody expected."""

from __future__ import annotations

import time

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import unexpected
from scheduler.kernel.ids import new_id

log = structlog.get_logger("makina.access")

NOT_FOUND = "(no route)"


class RequestLog:
    """Middleware: logs method, route, status and time of each request.

    The route is logged as its template, never the path as sent: a feed's address is a secret.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and log how it was answered."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["request_id"] = request_id = str(new_id())
        status = 0

        async def send_marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
            await send(message)

        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self.app(scope, receive, send_marked)
            except Exception:
                log.exception("unexpected_error", route=_route_of(scope))
                if status:
                    raise
                await unexpected(Request(scope))(scope, receive, send_marked)
            finally:
                log.info(
                    "request",
                    method=scope["method"],
                    route=_route_of(scope),
                    status=status,
                    milliseconds=round((time.perf_counter() - started) * 1000, 1),
                    actor=state.get("actor"),
                )


def _route_of(scope: Scope) -> str:
    route = scope.get("route")
    return str(getattr(route, "path", NOT_FOUND)) if route is not None else NOT_FOUND
