"""Who sends a request: the cookie of a signed-in person, or the API key of another system."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request, Response

from scheduler.db.session import Database
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import SchedulerError
from scheduler.kernel.settings import Settings
from scheduler.organisation.authenticate import principal_of_key, principal_of_token
from scheduler.organisation.permissions import Principal

COOKIE = "makina_session"


def current_principal(request: Request) -> Principal:
    """Who sends the request; looked up once per request.

    An ``Authorization`` header decides alone, the cookie counts only where there is none.

    Raises
    ------
    SchedulerError
        ``key_refused`` for a key that is unknown, revoked or expired; ``sign_in_needed`` without a valid
        session. Pages need not care: a browser that asks for HTML is led to the sign-in page instead
        (`api.errors`).
    """
    principal = _by_header(request) if "authorization" in request.headers else _by_cookie(request)
    request.state.actor = principal.actor
    return principal


CurrentPrincipal = Annotated[Principal, Depends(current_principal)]


def optional_principal(request: Request) -> Principal | None:
    """Who sends the request, or None: for pages that are open to everybody and differ for those signed in."""
    try:
        return current_principal(request)
    except SchedulerError:
        return None


OptionalPrincipal = Annotated[Principal | None, Depends(optional_principal)]


def _by_header(request: Request) -> Principal:
    scheme, _, secret = request.headers["authorization"].partition(" ")
    if scheme.lower() == "bearer" and secret:
        database: Database = request.app.state.database
        with database.read() as session:
            principal = principal_of_key(session, secret.strip(), now=utc_now())
        if principal is not None:
            return principal
    raise SchedulerError("key_refused")


def _by_cookie(request: Request) -> Principal:
    token = request.cookies.get(COOKIE)
    if token:
        database: Database = request.app.state.database
        with database.read() as session:
            principal = principal_of_token(session, token, now=utc_now())
        if principal is not None:
            return principal
    raise SchedulerError("sign_in_needed")


def set_cookie(response: Response, token: str, expires_at: datetime, settings: Settings) -> None:
    """Hand a browser the token of its session."""
    response.set_cookie(
        COOKIE,
        token,
        expires=expires_at,
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookies,
    )


def clear_cookie(response: Response, settings: Settings) -> None:
    """Make a browser forget its token."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax", secure=settings.secure_cookies)
