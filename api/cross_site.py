"""A page of another site cannot act with the cookie of a signed-in person."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import explain, problem_response
from scheduler.kernel.errors import SchedulerError

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class CrossSiteGuard:
    """Middleware: requests that change something come from our own pages or from no browser at all.

    A browser tells by ``Sec-Fetch-Site`` or, an old one, by ``Origin`` where a request comes from; another
    system sends neither. A request with an ``Authorization`` header carries no cookie's power and passes.

    Parameters
    ----------
    base_url
        Address of our pages, as browsers know it.
    """

    def __init__(self, app: ASGIApp, base_url: str) -> None:
        self.app = app
        own = urlsplit(base_url)
        self.own_origin = f"{own.scheme}://{own.netloc}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on unless another site sent it."""
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            headers = Headers(scope=scope)
            if "authorization" not in headers and not self._is_ours(headers):
                request = Request(scope)
                refusal = problem_response(request, explain(SchedulerError("cross_site_request")))
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _is_ours(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        if origin == self.own_origin:
            return True
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in ("same-origin", "none")
        return origin is None or urlsplit(origin).netloc == headers.get("host")
