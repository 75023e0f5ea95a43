"""Saying how working time is settled at a location, and when there is school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from pydantic import StringConstraints
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.page import draw
from api.permissions import Access, allow
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.organisation.law_calendar import LawCalendar, Periods, Term, law_calendar, set_law_calendar
from scheduler.organisation.locations import find_location
from scheduler.organisation.permissions import Permission

router = APIRouter()

MayWrite = Annotated[Access, Depends(allow(Permission.REFERENCE_WRITE))]
DAY = timedelta(days=1)
EMPTY_ROWS = 2
"""Rows for more, below those that are known."""
Text = Annotated[str, StringConstraints(max_length=20, strip_whitespace=True)]
Rows = list[tuple[str, str]]


@router.get("/locations/{location_id}/law-calendar")
def law_calendar_page(
    request: Request, access: MayWrite, session: ReadSession, location_id: UUID
) -> Response:
    """What is known, and rows for more."""
    known = law_calendar(session, location_id)
    return _page(
        request,
        access,
        session,
        location_id,
        [(each.starts_on.isoformat(), str(each.months)) for each in known.settlement],
        [(term.starts_on.isoformat(), (term.ends_on - DAY).isoformat()) for term in known.school],
    )


@router.post("/locations/{location_id}/law-calendar")
def save_law_calendar(
    request: Request,
    access: MayWrite,
    session: WriteSession,
    location_id: UUID,
    settles_from: Annotated[Sequence[Text], Form()] = (),
    months: Annotated[Sequence[Text], Form()] = (),
    first_day: Annotated[Sequence[Text], Form()] = (),
    last_day: Annotated[Sequence[Text], Form()] = (),
) -> Response:
    """Keep the rows that are filled in; clearing a row removes what it said."""
    periods = [row for row in zip(settles_from, months, strict=False) if any(row)]
    terms = [row for row in zip(first_day, last_day, strict=False) if any(row)]
    try:
        calendar = LawCalendar(
            tuple(Periods(_day(day, "from"), _whole(count)) for day, count in periods),
            tuple(Term(_day(first, "first day"), _day(last, "last day") + DAY) for first, last in terms),
        )
        set_law_calendar(session, location_id, calendar, actor=access.actor)
    except InvalidInput as error:
        return _page(request, access, session, location_id, periods, terms, errors=error.errors)
    return RedirectResponse(f"/locations/{location_id}/law-calendar?said=saved", 303)


def _page(
    request: Request,
    access: Access,
    session: Session,
    location_id: UUID,
    periods: Rows,
    terms: Rows,
    *,
    errors: Sequence[FieldError] = (),
) -> Response:
    more: Rows = [("", "")] * EMPTY_ROWS
    return draw(
        request,
        "law_calendar.html",
        access.principal,
        status=422 if errors else 200,
        section="/law",
        location=find_location(session, location_id),
        periods=[*periods, *more],
        terms=[*terms, *more],
        errors=errors,
        said=request.query_params.get("said", ""),
    )


def _day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        problem = FieldError(field, text, "is no day" if text else "is missing", "a date such as 2026-09-01")
        raise InvalidInput([problem]) from None


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise InvalidInput([FieldError("months", text, "is no number of months", "1 to 12")])
    return int(text)
