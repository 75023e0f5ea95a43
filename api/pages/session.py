"""Signing in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from api.auth import COOKIE, OptionalPrincipal, clear_cookie, set_cookie
from api.errors import explain
from api.pages.page import draw
from api.permissions import Access, allow, public
from api.routes.session import sign_in
from api.transaction import WriteSession
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.permissions import Permission
from scheduler.organisation.sign_out import sign_out

router = APIRouter()


@router.get("/sign-in", dependencies=[Depends(public)])
def sign_in_page(request: Request, principal: OptionalPrincipal, next: str = "/") -> Response:  # noqa: A002 - the query's name
    """The form; somebody already signed in goes straight on."""
    if principal is not None:
        return RedirectResponse(own_address(next), 303)
    return draw(request, "sign_in.html", None, next=own_address(next), email="", problem=None)


@router.post("/sign-in", dependencies=[Depends(public)])
def post_sign_in(
    request: Request,
    email: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",  # noqa: A002 - the form's name
) -> Response:
    """Open a session and go where the person wanted; on a refusal the form again, with what was typed."""
    try:
        _, opened = sign_in(request, email=email, password=password)
    except SchedulerError as error:
        problem = explain(error)
        return draw(
            request,
            "sign_in.html",
            None,
            status=problem.status,
            next=own_address(next),
            email=email,
            problem=problem,
        )
    response = RedirectResponse(own_address(next), 303)
    set_cookie(response, opened.token, opened.expires_at, request.app.state.settings)
    return response


@router.post("/sign-out")
def post_sign_out(
    request: Request, access: Annotated[Access, Depends(allow(Permission.SELF))], session: WriteSession
) -> Response:
    """End the session and show the form."""
    sign_out(session, request.cookies.get(COOKIE, ""), now=utc_now(), actor=access.actor)
    response = RedirectResponse("/sign-in", 303)
    clear_cookie(response, request.app.state.settings)
    return response


def own_address(address: str) -> str:
    """``address`` if it is a path of this site, else the home page: nobody is led elsewhere by a link.

    Examples
    --------
    >>> own_address("/rosters"), own_address("//elsewhere.example"), own_address("https://elsewhere.example")
    ('/rosters', '/', '/')
    """
    safe = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if safe else "/"
