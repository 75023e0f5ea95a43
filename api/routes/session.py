"""Signing in and out, and who one is."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from api.auth import COOKIE, clear_cookie, set_cookie
from api.openapi import problems
from api.permissions import Access, allow, public
from api.schemas.session import Me, PasswordChange, SignedIn, SignInRequest
from api.sign_in_limit import SignInLimit
from api.transaction import WriteSession, database_of
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import SchedulerError
from scheduler.kernel.settings import Settings
from scheduler.organisation.change_password import change_password
from scheduler.organisation.permissions import Permission, Principal
from scheduler.organisation.sign_in import OpenedSession, check_password, open_session
from scheduler.organisation.sign_out import sign_out

router = APIRouter(prefix="/v1", tags=["session"])


@router.post(
    "/session",
    status_code=201,
    summary="Sign in",
    dependencies=[Depends(public)],
    responses=problems(HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS),
)
def create_session(request: Request, response: Response, body: SignInRequest) -> SignedIn:
    """Opens a session and sets its cookie. Too many wrong passwords are answered 429 with `Retry-After`."""
    principal, opened = sign_in(request, email=body.email, password=body.password)
    set_cookie(response, opened.token, opened.expires_at, request.app.state.settings)
    return SignedIn(expires_at=opened.expires_at, me=Me.of(principal))


def sign_in(request: Request, *, email: str, password: str) -> tuple[Principal, OpenedSession]:
    """Check a password, within the limit of attempts, and open a session; the caller sets the cookie.

    Raises
    ------
    SchedulerError
        ``sign_in_failed`` or ``too_many_attempts``.
    """
    limit: SignInLimit = request.app.state.sign_in_limit
    settings: Settings = request.app.state.settings
    address = request.client.host if request.client else ""
    account_name = email.strip().lower()
    limit.count(account_name, address)
    database = database_of(request)
    with database.read() as session:
        principal = check_password(session, email=email, password=password)
    limit.forget(account_name, address)
    lasts = timedelta(hours=settings.session_hours)
    with database.write(principal.organisation_id) as session:
        return principal, open_session(session, account_of(principal), now=utc_now(), lasts=lasts)


def account_of(principal: Principal) -> UUID:
    """The account of a person."""
    if principal.account_id is None:
        raise SchedulerError("permission_missing", permission=Permission.SELF.value)
    return principal.account_id


@router.delete("/session", status_code=204, summary="Sign out")
def end_session(
    access: Annotated[Access, Depends(allow(Permission.SELF))],
    session: WriteSession,
    request: Request,
    response: Response,
) -> None:
    """Ends the session of the cookie at once; the token opens nothing any more."""
    sign_out(session, request.cookies.get(COOKIE, ""), now=utc_now(), actor=access.actor)
    clear_cookie(response, request.app.state.settings)


@router.get("/me", summary="Who sends this request")
def me(access: Annotated[Access, Depends(allow(Permission.SELF))]) -> Me:
    """The account, its roles, and every permission it has somewhere."""
    return Me.of(access.principal)


@router.put(
    "/me/password",
    status_code=204,
    summary="Change one's own password",
    responses=problems(HTTPStatus.TOO_MANY_REQUESTS),
)
def put_password(
    access: Annotated[Access, Depends(allow(Permission.SELF))],
    session: WriteSession,
    request: Request,
    body: PasswordChange,
) -> None:
    """Every other session of the account ends."""
    limit: SignInLimit = request.app.state.sign_in_limit
    address = request.client.host if request.client else ""
    limit.count(access.actor, address)
    change_password(
        session,
        account_of(access.principal),
        present=body.present_password,
        new=body.new_password,
        keep_token=request.cookies.get(COOKIE),
        now=utc_now(),
        actor=access.actor,
    )
    limit.forget(access.actor, address)
