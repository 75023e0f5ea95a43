"""Pay periods: what stands in the way of closing, closing, and the files payroll is handed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.page import draw
from api.pages.pay_period_list import period_rows
from api.pages.pay_period_view import period_address, period_facts
from api.pages.pay_words import FACT_KINDS
from api.pages.problem import draw_after
from api.pages.refusal import refusal_of
from api.pages.time_words import KINDS, SOURCES
from api.permissions import Access, allow
from api.schemas.base import Day
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.locations import find_location, list_locations
from scheduler.organisation.permissions import Permission
from scheduler.pay.close_period import close_period
from scheduler.pay.corrections import settle
from scheduler.pay.line_grounds import grounds_of
from scheduler.pay.lines import lines_of
from scheduler.pay.lock_period import lock_period, unlock_period
from scheduler.pay.models import PayPeriod
from scheduler.pay.periods import find_period, period_for
from scheduler.people.pay_group_members import group_of_location
from scheduler.people.pay_groups import list_pay_groups

router = APIRouter()

MayRead = Annotated[Access, Depends(allow(Permission.PAY_READ))]
MayClose = Annotated[Access, Depends(allow(Permission.PAY_CLOSE))]
Group = Annotated[UUID | Literal["none", ""], Query(description="A pay group, or `none`.")]
Reason = Annotated[str, Form()]
Key = tuple[UUID, date, UUID | None]
"""Location, a day, and pay group of a period."""


@router.get("/pay-periods")
def pay_periods_page(request: Request, access: MayRead, session: ReadSession, group: Group = "") -> Response:
    """The latest periods of each location and pay group."""
    within = [each for each in list_locations(session) if access.reach.covers(each.id)]
    if not within:
        return draw(request, "no_locations.html", access.principal)
    return draw(
        request,
        "pay_periods.html",
        access.principal,
        rows=[row for location in within for row in period_rows(session, location, group)],
        groups=list_pay_groups(session),
        chosen=str(group),
    )


@router.get("/locations/{location_id}/pay-periods/{monday}")
def pay_period_page(
    request: Request,
    access: MayRead,
    session: ReadSession,
    location_id: UUID,
    monday: Day,
    group: Group = "",
    said: str = "",
) -> Response:
    """The period that holds a day: what stands in the way while it is open, its lines once it is closed."""
    chosen = _group(session, location_id, monday, group)
    return _page(request, access, session, location_id, monday, chosen, said=said)


def _key(session: WriteSession, location_id: UUID, monday: Day, group: Group = "") -> Key:
    """The period that an address means."""
    return location_id, monday, _group(session, location_id, monday, group)


Meant = Annotated[Key, Depends(_key)]


@router.post("/locations/{location_id}/pay-periods/{monday}/close")
def close_pay_period(
    request: Request,
    access: MayClose,
    session: WriteSession,
    key: Meant,
    without: Annotated[Sequence[UUID], Form(max_length=10_000)] = (),
) -> Response:
    """Close the period; what stands in the way is listed on its page, and whose sheets can be left out."""

    def change() -> None:
        close_period(session, period_for(session, *key).id, without=without, actor=access.actor)

    return _change(request, access, session, key, "closed", change)


@router.post("/locations/{location_id}/pay-periods/{monday}/lock")
def lock_pay_period(request: Request, access: MayClose, session: WriteSession, key: Meant) -> Response:
    """From now on only payroll changes the time in it."""

    def change() -> None:
        lock_period(session, period_for(session, *key).id, actor=access.actor)

    return _change(request, access, session, key, "locked", change)


@router.post("/locations/{location_id}/pay-periods/{monday}/unlock")
def unlock_pay_period(
    request: Request, access: MayClose, session: WriteSession, key: Meant, reason: Reason = ""
) -> Response:
    """Everybody may change the time in it again that their role lets them change."""

    def change() -> None:
        unlock_period(session, period_for(session, *key).id, reason=reason, actor=access.actor)

    return _change(request, access, session, key, "unlocked", change)


@router.post("/pay-periods/{pay_period_id}/corrections")
def settle_pay_period(
    request: Request, access: MayClose, session: WriteSession, pay_period_id: UUID, reason: Reason = ""
) -> Response:
    """Add what became known later to the next open period."""

    def change() -> None:
        settle(session, pay_period_id, reason=reason, actor=access.actor)

    key = _key_of(find_period(session, pay_period_id))
    return _change(request, access, session, key, "settled", change)


@router.get("/pay-lines/{pay_line_id}")
def pay_line_page(request: Request, access: MayRead, session: ReadSession, pay_line_id: UUID) -> Response:
    """One amount, back to its rule, its contract and its punches."""
    found = grounds_of(session, pay_line_id)
    return draw(
        request,
        "pay_line.html",
        access.principal,
        section="/pay-periods",
        found=found,
        fact_words=FACT_KINDS,
        line=found.line,
        period=period_address(*_key_of(found.period)),
        timesheet=f"/timesheets/{found.line.employee_id}/{found.line.day}",
        punches=[
            (punch, KINDS[punch.kind], SOURCES.get(punch.source, punch.source)) for punch in found.punches
        ],
    )


@router.get("/pay-periods/{pay_period_id}/payroll.csv")
def payroll_csv(access: MayRead, session: ReadSession, pay_period_id: UUID) -> Response:
    """The file for payroll; the same bytes for ever."""
    from exports.payroll import to_csv

    return _file(session, pay_period_id, to_csv(lines_of(session, pay_period_id)), "csv", "text/csv")


@router.get("/pay-periods/{pay_period_id}/payroll.json")
def payroll_json(access: MayRead, session: ReadSession, pay_period_id: UUID) -> Response:
    """The same as JSON."""
    from exports.payroll import to_json

    return _file(
        session, pay_period_id, to_json(lines_of(session, pay_period_id)), "json", "application/json"
    )


def _file(session: Session, pay_period_id: UUID, content: bytes, ending: str, media_type: str) -> Response:
    period = find_period(session, pay_period_id)
    code = find_location(session, period.location_id).code
    name = f"payroll-{''.join(c for c in code if c.isascii() and c.isalnum())}-{period.starts_on}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)


def _key_of(period: PayPeriod) -> Key:
    return period.location_id, period.starts_on, period.pay_group_id


def _group(session: Session, location_id: UUID, day: date, asked: UUID | str) -> UUID | None:
    """The pay group that an address means: that of the location where it names none."""
    if isinstance(asked, UUID):
        return asked
    return None if asked == "none" else group_of_location(session, location_id, day)


def _change(
    request: Request, access: Access, session: Session, key: Key, said: str, change: Callable[[], None]
) -> Response:
    """Do it and show the page; what is refused is told on the page."""
    if refused := refusal_of(session, change):
        return _page(request, access, session, *key, refused=refused)
    return RedirectResponse(period_address(*key, said=said), 303)


def _page(
    request: Request,
    access: Access,
    session: Session,
    location_id: UUID,
    day: date,
    pay_group_id: UUID | None,
    *,
    refused: SchedulerError | None = None,
    said: str = "",
) -> Response:
    facts = period_facts(session, access, find_location(session, location_id), day, pay_group_id, refused)
    return draw_after(
        request,
        "pay_period.html",
        access.principal,
        refused,
        section="/pay-periods",
        said=said,
        **facts,
    )
