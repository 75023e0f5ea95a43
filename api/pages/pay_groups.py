"""Pay groups on pages: their calendars with the next periods, and who is in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.pay_group_words import KINDS, calendar_words
from api.pages.payroll import may_set_up
from api.pages.problem import draw_after
from api.pages.refusal import refusal_of
from api.permissions import Access, allow
from api.schemas.base import FIRST_YEAR, LAST_YEAR
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.organisation.locations import list_locations
from scheduler.organisation.models import Location
from scheduler.organisation.permissions import Permission
from scheduler.pay.change_pay_days import change_calendar, put_employee_in_group, put_location_in_group
from scheduler.people.models import Employee, PayGroup, PayGroupMember
from scheduler.people.pay_calendar import PayCalendar, PayCalendarKind
from scheduler.people.pay_group_days import PeriodDays, next_periods, periods_if
from scheduler.people.pay_groups import (
    PayGroupTerms,
    calendar_of,
    calendars_of,
    change_pay_group,
    create_pay_group,
    find_pay_group,
    list_pay_groups,
)

router = APIRouter()

MayRead = Annotated[Access, Depends(allow(Permission.PAY_READ))]
MaySetUp = Annotated[Access, Depends(allow(Permission.PAYROLL_SETUP))]

PREVIEWED = 6
"""How many periods are shown ahead."""


@dataclass(frozen=True, slots=True)
class Member:
    """A location or a person that is, or will be, in a group."""

    name: str
    valid_from: date
    until: date | None
    """First day in another one; None without end."""


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form as they were sent; a page shows them again when it is refused."""
    sent = await request.form(max_fields=30)
    return {name: value.strip()[:200] for name, value in sent.items() if isinstance(value, str)}


Sent = Annotated[dict[str, str], Depends(form_of)]


@router.get("/pay-groups")
def pay_groups_page(request: Request, access: MayRead, session: ReadSession) -> Response:
    """Every group, and a place to make one."""
    return _list(request, access, session)


@router.post("/pay-groups")
def make_pay_group(request: Request, access: MaySetUp, session: WriteSession, sent: Sent) -> Response:
    """A new group."""
    access.require(None)
    made: list[PayGroup] = []

    def change() -> None:
        terms, calendar = _terms(sent), _calendar(sent)
        made.append(create_pay_group(session, sent.get("code", ""), terms, calendar, actor=access.actor))

    if error := refusal_of(session, change):
        return _list(request, access, session, sent=sent, refused=error)
    return RedirectResponse(f"/pay-groups/{made[0].id}?said=made", 303)


@router.get("/pay-groups/{pay_group_id}")
def pay_group_page(request: Request, access: MayRead, session: ReadSession, pay_group_id: UUID) -> Response:
    """What it is, its next periods, who is in it, and places to change all that."""
    return _page(request, access, session, pay_group_id)


@router.post("/pay-groups/{pay_group_id}")
def change_pay_group_terms(
    request: Request, access: MaySetUp, session: WriteSession, pay_group_id: UUID, sent: Sent
) -> Response:
    """What it is called and when it is due."""
    access.require(None)
    error = refusal_of(
        session, lambda: change_pay_group(session, pay_group_id, _terms(sent), actor=access.actor)
    )
    return _after(request, access, session, pay_group_id, sent, error)


@router.post("/pay-groups/{pay_group_id}/calendars")
def change_pay_group_calendar(
    request: Request, access: MaySetUp, session: WriteSession, pay_group_id: UUID, sent: Sent
) -> Response:
    """Another calendar from a day on; first its periods are shown, then it is kept."""
    access.require(None)
    shown: list[PeriodDays] = []

    def change() -> None:
        calendar, valid_from = _calendar(sent), _day(sent, "valid_from")
        change_calendar(session, pay_group_id, calendar, valid_from=valid_from, actor=access.actor)

    def preview() -> None:
        calendar, valid_from = _calendar(sent), _day(sent, "valid_from")
        if errors := calendar.errors():
            raise InvalidInput(errors)
        group = find_pay_group(session, pay_group_id)
        shown.extend(periods_if(group, calendar, valid_from, valid_from, PREVIEWED))

    if "keep" in sent:
        return _after(request, access, session, pay_group_id, sent, refusal_of(session, change))
    error = refusal_of(session, preview)
    return _page(request, access, session, pay_group_id, sent=sent, refused=error, shown=shown)


@router.post("/pay-groups/{pay_group_id}/members")
def add_to_pay_group(
    request: Request, access: MaySetUp, session: WriteSession, pay_group_id: UUID, sent: Sent
) -> Response:
    """A location or a person is in the group from a day on."""
    access.require(None)

    def change() -> None:
        valid_from = _day(sent, "member_from")
        place = session.scalar(select(Location.id).where(Location.code == sent.get("location", "")))
        if place is not None:
            put_location_in_group(session, place, pay_group_id, valid_from=valid_from, actor=access.actor)
            return
        number = sent.get("number", "")
        person = session.scalar(select(Employee.id).where(Employee.number == number))
        if person is None:
            hint = "a location, or the number of an employee"
            raise InvalidInput([FieldError("number", number, "is nobody's number", hint)])
        put_employee_in_group(session, person, pay_group_id, valid_from=valid_from, actor=access.actor)

    return _after(request, access, session, pay_group_id, sent, refusal_of(session, change))


def _after(
    request: Request,
    access: Access,
    session: Session,
    pay_group_id: UUID,
    sent: Mapping[str, str],
    refused: SchedulerError | None,
) -> Response:
    if refused:
        return _page(request, access, session, pay_group_id, sent=sent, refused=refused)
    return RedirectResponse(f"/pay-groups/{pay_group_id}?said=saved", 303)


def _list(
    request: Request,
    access: Access,
    session: Session,
    *,
    sent: Mapping[str, str] | None = None,
    refused: SchedulerError | None = None,
) -> Response:
    today = utc_now().date()
    return draw_after(
        request,
        "pay_groups.html",
        access.principal,
        refused,
        section="/pay-periods",
        groups=[
            (group, calendar_words(calendars_of(group).in_force(today)), next_periods(group, today, 1)[0])
            for group in list_pay_groups(session)
        ],
        kinds=KINDS,
        sent=sent or {},
        can_set_up=may_set_up(access),
    )


def _page(
    request: Request,
    access: Access,
    session: Session,
    pay_group_id: UUID,
    *,
    sent: Mapping[str, str] | None = None,
    refused: SchedulerError | None = None,
    shown: Sequence[PeriodDays] = (),
) -> Response:
    group, today = find_pay_group(session, pay_group_id), utc_now().date()
    by_day = sorted(group.calendars, key=lambda each: each.valid_from)
    return draw_after(
        request,
        "pay_group.html",
        access.principal,
        refused,
        section="/pay-periods",
        group=group,
        calendars=[(each.valid_from, calendar_words(calendar_of(each))) for each in by_day],
        periods=next_periods(group, today, PREVIEWED),
        shown=shown,
        members=_members(session, pay_group_id),
        locations=list_locations(session),
        kinds=KINDS,
        sent=sent or {},
        said=request.query_params.get("said", ""),
        can_set_up=may_set_up(access),
    )


def _members(session: Session, pay_group_id: UUID) -> list[Member]:
    """Locations and people that are in a group now or later, in the order of their days."""
    today = utc_now().date()
    query = (
        select(PayGroupMember, Location.name, Employee)
        .outerjoin(Location, Location.id == PayGroupMember.location_id)
        .outerjoin(Employee, Employee.id == PayGroupMember.employee_id)
        .order_by(PayGroupMember.valid_from.desc(), PayGroupMember.id)
    )
    found: list[Member] = []
    following: dict[tuple[UUID | None, UUID | None], date] = {}
    for row, place, person in session.execute(query):
        until = following.get((row.location_id, row.employee_id))
        following[row.location_id, row.employee_id] = row.valid_from
        if row.pay_group_id == pay_group_id and (until is None or until > today):
            name = place or f"{person.name} ({person.number})"
            found.append(Member(name, row.valid_from, until))
    return sorted(found, key=lambda each: (each.valid_from, each.name))


def _terms(sent: Mapping[str, str]) -> PayGroupTerms:
    return PayGroupTerms(sent.get("name", ""), _whole(sent, "sheets_due_days"), _whole(sent, "pay_day_days"))


def _calendar(sent: Mapping[str, str]) -> PayCalendar:
    """The calendar of a form; fields that its kind does not have are left out."""
    try:
        kind = PayCalendarKind(sent.get("kind", ""))
    except ValueError:
        hint = ", ".join(KINDS.values())
        raise InvalidInput([FieldError("kind", sent.get("kind", ""), "is no calendar", hint)]) from None
    if kind is PayCalendarKind.MONTHLY:
        return PayCalendar(kind, first_day=_whole(sent, "first_day"))
    if kind is PayCalendarKind.SEMI_MONTHLY:
        return PayCalendar(kind, None, _whole(sent, "first_day"), _whole(sent, "second_day"))
    return PayCalendar(kind, _day(sent, "anchor_on"))


def _day(sent: Mapping[str, str], field: str) -> date:
    text = sent.get(field, "")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        problem = "is no day" if text else "is missing"
        raise InvalidInput([FieldError(field, text, problem, "a date such as 2026-11-02")]) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        hint = f"a year from {FIRST_YEAR} to {LAST_YEAR}"
        raise InvalidInput([FieldError(field, text, "is out of range", hint)])
    return day


def _whole(sent: Mapping[str, str], field: str) -> int | None:
    text = sent.get(field, "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 4):
        raise InvalidInput([FieldError(field, text, "is no whole number", "such as 16, or nothing")])
    return int(text)
