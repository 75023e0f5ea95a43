"""Secret calendar addresses, and the feeds behind them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from api.permissions import Access, allow, public
from api.schemas.feeds import FeedMade
from api.transaction import WriteSession, database_of
from scheduler.db.session import Database
from scheduler.db.tenant import use_tenant
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import SchedulerError
from scheduler.kernel.settings import Settings
from scheduler.organisation.permissions import Permission
from scheduler.rosters.feeds import (
    create_feed,
    feed_contents,
    feed_for_token,
    feed_version,
    revoke_feed,
    window_start,
)

router = APIRouter(tags=["feeds"])

MayWrite = Annotated[Access, Depends(allow(Permission.FEEDS_WRITE))]

# Each client keeps its own copy and asks whether it is still right.
CACHING = "private, no-cache"


@router.post("/v1/employees/{employee_id}/calendar-feed", status_code=201, summary="Make a calendar address")
def post_calendar_feed(
    access: MayWrite, session: WriteSession, request: Request, employee_id: UUID
) -> FeedMade:
    """The secret address of a person's shifts, told this once; the one given before stops working."""
    token = create_feed(session, employee_id, actor=access.actor)
    return FeedMade(address=feed_address(request.app.state.settings, token))


def feed_address(settings: Settings, token: str) -> str:
    """Where calendars find the feed of a token."""
    return f"{settings.base_url.rstrip('/')}/feeds/{token}.ics"


@router.delete(
    "/v1/employees/{employee_id}/calendar-feed", status_code=204, summary="Revoke a calendar address"
)
def delete_calendar_feed(access: MayWrite, session: WriteSession, employee_id: UUID) -> None:
    """The address stops working at once."""
    revoke_feed(session, employee_id, actor=access.actor)


_CALENDAR: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "An iCalendar stream.",
        "content": {"text/calendar": {"schema": {"type": "string"}}},
    },
    304: {"description": "Nothing changed since the `ETag` that was sent."},
}


@router.get(
    "/feeds/{token}.ics",
    summary="Read a calendar",
    dependencies=[Depends(public)],
    responses=_CALENDAR,
    response_class=Response,
)
def get_feed(request: Request, token: str) -> Response:
    """The shifts and the leave of the person whose secret address this is; 404 for every other address."""
    return answer_feed(database_of(request), token, request.headers.get("if-none-match"))


@router.head(
    "/feeds/{token}.ics",
    summary="Look whether a calendar changed",
    dependencies=[Depends(public)],
    responses=_CALENDAR,
    response_class=Response,
)
def head_feed(request: Request, token: str) -> Response:
    """The headers of the calendar, without it."""
    return answer_feed(database_of(request), token, request.headers.get("if-none-match"))


def answer_feed(database: Database, token: str, known: str | None) -> Response:
    """The calendar, or 304 before anything is rendered if the client knows it already.

    Raises
    ------
    SchedulerError
        ``feed_not_found`` for every token that opens nothing: unknown, revoked or malformed.
    """
    with database.read() as session:
        feed = feed_for_token(session, token)
        if feed is None:
            raise SchedulerError("feed_not_found")
        use_tenant(session, feed.organisation_id)
        since = window_start(utc_now().date())
        tag = f'"{feed_version(session, feed, since)}"'
        headers = {"ETag": tag, "Cache-Control": CACHING}
        if known is not None and matches(known, tag):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        contents = feed_contents(session, feed, since)
        # Here, not above: an unchanged feed, the usual case, does not pay for the library.
        from exports.icalendar_feed import MEDIA_TYPE, render

        return Response(render(contents), media_type=MEDIA_TYPE, headers=headers)


def matches(known: str, tag: str) -> bool:
    """Whether ``If-None-Match`` names the tag, by weak comparison (RFC 9110, 13.1.2).

    Examples
    --------
    >>> matches('W/"a", "b"', '"a"'), matches("*", '"a"'), matches('"c"', '"a"')
    (True, True, False)
    """
    named = [each.strip().removeprefix("W/") for each in known.split(",")]
    return "*" in named or tag in named
