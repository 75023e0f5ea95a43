"""Whether rounding at a location is neutral, person by person, and as a file."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.pages.page import draw
from api.permissions import Access, allow
from api.transaction import ReadSession
from exports.rounding_csv import MEDIA_TYPE, rounding_csv
from scheduler.kernel.clock import local_day, utc_now, week_start, zone_named
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.organisation.locations import find_location
from scheduler.organisation.permissions import Permission
from scheduler.timekeeping.neutrality import TEST, Neutrality, Verdict, neutrality

router = APIRouter()

MayRead = Annotated[Access, Depends(allow(Permission.TIMESHEETS_APPROVE))]
Text = Annotated[str, Query(max_length=20)]

DAY = timedelta(days=1)
QUARTER = timedelta(weeks=13)
"""The days that are shown where none are asked for: so many before this week."""
ON_A_PAGE = 50
VERDICTS = {
    Verdict.NOTHING_ROUNDED: ("nothing was rounded", ""),
    Verdict.TOO_FEW: ("too few to say", ""),
    Verdict.NEUTRAL: ("neutral", "good"),
    Verdict.AGAINST_WORKERS: ("against the workers", "bad"),
}
"""Words and colour of each."""


@router.get("/locations/{location_id}/rounding")
def rounding_page(
    request: Request,
    access: MayRead,
    session: ReadSession,
    location_id: UUID,
    first: Text = "",
    last: Text = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """What rounding gave and took on some days, who lost most first."""
    location = find_location(session, location_id)
    errors: tuple[FieldError, ...] = ()
    try:
        days = _days(first, last, location.zone)
        first, last = days[0].isoformat(), (days[1] - DAY).isoformat()
        found = neutrality(session, location_id, *days)
    except InvalidInput as error:
        errors, found = error.errors, Neutrality(date.min, date.max, ())
    pages = max(1, -(-len(found.people) // ON_A_PAGE))
    page = min(page, pages)
    return draw(
        request,
        "rounding.html",
        access.principal,
        status=422 if errors else 200,
        section="/exceptions",
        location=location,
        first=first,
        last=last,
        errors=errors,
        total=found.total,
        losing=sum(each.loses for each in found.people),
        count=len(found.people),
        people=found.people[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        page=page,
        pages=pages,
        verdicts=VERDICTS,
        test=TEST,
    )


@router.get("/locations/{location_id}/rounding.csv")
def rounding_file(
    access: MayRead, session: ReadSession, location_id: UUID, first: Text = "", last: Text = ""
) -> Response:
    """The same of everybody as CSV."""
    name, body = _file(session, location_id, first, last)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=MEDIA_TYPE, headers=headers)


def _file(session: Session, location_id: UUID, first: str, last: str) -> tuple[str, bytes]:
    days = _days(first, last, find_location(session, location_id).zone)
    return f"rounding-{days[0]}-{days[1] - DAY}.csv", rounding_csv(neutrality(session, location_id, *days))


def _days(first: str, last: str, zone: str) -> tuple[date, date]:
    monday = week_start(local_day(utc_now(), zone_named(zone)))
    end = _day("last", last) + DAY if last else monday
    return (_day("first", first) if first else end - QUARTER), end


def _day(field: str, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not 1900 <= day.year <= 2199:
        raise InvalidInput([FieldError(field, text, "is no day", "a day such as 2026-11-02")])
    return day
