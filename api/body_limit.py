"""A request body beyond the limit is refused before it is read, and while it is read."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import explain, problem_response
from scheduler.kernel.errors import SchedulerError


class BodyLimit:
    """Middleware: at most ``max_bytes`` of a body reach the application.

    A ``Content-Length`` above the limit is answered at once; a body of unknown length is counted as it comes
    and stopped at the first chunk too many.
    """

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self.app = app
        self.max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with its body counted."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        declared = request.headers.get("content-length", "0")
        if not declared.isdecimal() or int(declared[:20]) > self.max_bytes:
            explained = explain(SchedulerError("body_too_large", max_bytes=self.max_bytes))
            await problem_response(request, explained, {"Connection": "close"})(scope, receive, send)
            return
        received = 0

        async def receive_counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.max_bytes:
                raise HTTPException(413)
            return message

        await self.app(scope, receive_counted, send)
