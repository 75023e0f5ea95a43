"""The compliance report of the time worked at a location, filtered, and as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.compliance_filters import Filters, filters
from api.pages.compliance_report import FileKind, covers, download, printed, shown_facts
from api.pages.page import draw
from api.permissions import Access, allow
from api.transaction import ReadSession
from scheduler.kernel.clock import local_day, utc_now, week_start, zone_named
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.law.compliance import ComplianceReport
from scheduler.organisation.locations import find_location
from scheduler.organisation.models import Location
from scheduler.organisation.permissions import Permission
from scheduler.timekeeping.compliance import worked_report

router = APIRouter()

DAY = timedelta(days=1)
MayRead = Annotated[Access, Depends(allow(Permission.TIMESHEETS_READ))]
Filtered = Annotated[Filters, Depends(filters)]


@dataclass(frozen=True, slots=True)
class Asked:
    """First and last day as a form sends them; empty for those of the week before this one."""

    first: str
    last: str

    def days(self, location: Location) -> tuple[date, date]:
        """The days ``[first, end)``.

        Raises
        ------
        InvalidInput
            If one of them is no day.
        """
        today = local_day(utc_now(), zone_named(location.zone))
        first = _day("first", self.first) or week_start(today) - 7 * DAY
        last = _day("last", self.last) or first + 6 * DAY
        return first, last + DAY


def asked(
    first: Annotated[str, Query(max_length=20)] = "", last: Annotated[str, Query(max_length=20)] = ""
) -> Asked:
    """The days of the address."""
    return Asked(first, last)


Days = Annotated[Asked, Depends(asked)]


@router.get("/locations/{location_id}/compliance")
def worked_compliance_page(
    request: Request,
    access: MayRead,
    session: ReadSession,
    location_id: UUID,
    days: Days,
    filtered: Filtered,
) -> Response:
    """The time worked on some days, as timesheets have it now, judged by the law of the place."""
    location = find_location(session, location_id)
    errors: tuple[FieldError, ...] = ()
    facts = {"first": days.first, "last": days.last}
    try:
        first, end = days.days(location)
        facts = {"first": first.isoformat(), "last": (end - DAY).isoformat()}
        found = worked_report(session, location_id, first, end)
    except InvalidInput as error:
        errors, found = error.errors, NOTHING
    return draw(
        request,
        "worked_compliance.html",
        access.principal,
        status=422 if errors else 200,
        section="/timesheets",
        location=location,
        errors=errors,
        query=request.url.query,
        sees_limits=covers(access, Permission.CONSENTS_READ, location_id),
        sees_list=covers(access, Permission.TIMESHEETS_APPROVE, location_id),
        **facts,
        **shown_facts(found, filtered),
    )


@router.get("/locations/{location_id}/compliance.xlsx")
def worked_compliance_workbook(
    access: MayRead, session: ReadSession, location_id: UUID, days: Days, filtered: Filtered
) -> Response:
    """The same, with the same filters, as a workbook."""
    return _download(access, session, location_id, days, filtered, FileKind.XLSX)


@router.get("/locations/{location_id}/compliance.pdf")
def worked_compliance_pdf(
    access: MayRead, session: ReadSession, location_id: UUID, days: Days, filtered: Filtered
) -> Response:
    """The same, with the same filters, as PDF."""
    return _download(access, session, location_id, days, filtered, FileKind.PDF)


NOTHING = ComplianceReport(checked=True, findings=(), packs={}, notes=())
"""What is shown where the days will not do."""


def _download(
    access: Access, session: Session, location_id: UUID, days: Asked, filtered: Filters, kind: FileKind
) -> Response:
    location = find_location(session, location_id)
    first, end = days.days(location)
    paper = printed(
        worked_report(session, location_id, first, end),
        filtered,
        title=f"{location.name}, time worked from {first} to {end - DAY}",
        by=access.principal.name,
        at=utc_now(),
        zone=location.zone,
    )
    return download(paper, kind, f"worked-compliance-{location.code}-{first}-{end - DAY}")


def _day(field: str, text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        day = date.min
    if day is not None and not 1900 <= day.year <= 2199:
        raise InvalidInput([FieldError(field, text, "is no day", "a day such as 2026-11-02")])
    return day
