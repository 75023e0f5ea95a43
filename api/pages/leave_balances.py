"""Leave balances of people, how they come about, and what is entered into them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.leave_words import ENTRIES, KINDS, LINES
from api.pages.page import draw
from api.pages.problem import draw_after
from api.pages.refusal import refusal_of
from api.permissions import Access, allow
from api.schemas.base import Day
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import local_day, utc_now, zone_named
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.organisation.locations import find_location, list_locations
from scheduler.organisation.models import Location
from scheduler.organisation.permissions import Permission, reach
from scheduler.people.employees import find_employee
from scheduler.people.models import Employee
from scheduler.timeoff.amounts import amount_of
from scheduler.timeoff.balances import Balance, balances
from scheduler.timeoff.leave_policies import policies_of, policy_needed
from scheduler.timeoff.models import LeaveEntryKind, LeaveKind
from scheduler.timeoff.record_leave_entry import record_leave_entry

router = APIRouter()

MayEnter = Annotated[Access, Depends(allow(Permission.LEAVE_ACCOUNTS_WRITE))]


@router.get("/leave-balances")
def leave_balances_page(
    request: Request, access: MayEnter, session: ReadSession, location: UUID | None = None
) -> Response:
    """What the people of a location have, by name; of the first location within reach unless one is named."""
    places = [one for one in list_locations(session) if access.reach.covers(one.id)]
    if location is not None:
        access.require_location(session, location)
    place = next((one for one in places if location in (None, one.id)), None)
    return draw(
        request,
        "leave_balances.html",
        access.principal,
        places=places,
        place=place,
        accounts=_accounts_at(session, place) if place is not None else [],
        has_policies=place is not None and bool(policies_of(session, place.id)),
        may_set_policies=_may_set_policies(access, place),
        kinds=KINDS,
    )


def _accounts_at(session: Session, place: Location) -> list[Balance]:
    """The accounts of who is employed at a location, by name."""
    today = _today(place)
    employed = (Employee.left_on.is_(None)) | (Employee.left_on > today)
    query = select(Employee).where(Employee.location_id == place.id, employed)
    by_name = query.order_by(Employee.last_name, Employee.first_name, Employee.id)
    return balances(session, session.scalars(by_name).all(), today)


@router.get("/employees/{employee_id}/leave")
def employee_leave_page(
    request: Request, access: MayEnter, session: ReadSession, employee_id: UUID, done: str = ""
) -> Response:
    """Every line of a person's accounts, and the form to enter something."""
    return _person(request, access, session, employee_id, done=done)


@router.post("/employees/{employee_id}/leave")
def enter(
    request: Request,
    access: MayEnter,
    session: WriteSession,
    employee_id: UUID,
    kind: Annotated[LeaveKind, Form()],
    entry: Annotated[LeaveEntryKind, Form()],
    day: Annotated[Day, Form()],
    amount: Annotated[str, Form(max_length=20)] = "",
    reason: Annotated[str, Form(max_length=600)] = "",
) -> Response:
    """Enter something into an account; what is refused is told on the page, with the form as it was sent."""

    def change() -> None:
        employee = find_employee(session, employee_id)
        unit = policy_needed(session, employee.location_id, kind)[0].unit
        try:
            steps = amount_of(amount, unit)
        except ValueError as error:
            hint = "a number with at most two decimals, such as 2.5 or -1"
            raise InvalidInput(
                [FieldError("amount", amount, str(error).removeprefix(f"{amount!r} "), hint)]
            ) from None
        record_leave_entry(
            session,
            employee_id,
            leave_kind=kind,
            entry=entry,
            day=day,
            amount=steps,
            reason=reason,
            actor=access.actor,
        )

    if refused := refusal_of(session, change):
        sent = {"kind": kind.value, "entry": entry.value, "day": str(day), "amount": amount, "reason": reason}
        return _person(request, access, session, employee_id, sent=sent, refused=refused)
    return RedirectResponse(f"/employees/{employee_id}/leave?done=entered", 303)


def _person(
    request: Request,
    access: Access,
    session: Session,
    employee_id: UUID,
    *,
    done: str = "",
    sent: dict[str, str] | None = None,
    refused: SchedulerError | None = None,
) -> Response:
    employee = find_employee(session, employee_id)
    place = find_location(session, employee.location_id)
    today = _today(place)
    return draw_after(
        request,
        "employee_leave.html",
        access.principal,
        refused,
        section="/leave-balances",
        employee=employee,
        place=place,
        accounts=balances(session, [employee], today),
        account_kinds={one.kind: KINDS[one.kind] for one in policies_of(session, place.id)},
        is_own=employee.id == access.principal.employee_id,
        may_set_policies=_may_set_policies(access, place),
        kinds=KINDS,
        lines=LINES,
        entries=ENTRIES,
        today=today,
        sent=sent or {},
        done=done,
    )


def _today(place: Location) -> Day:
    return local_day(utc_now(), zone_named(place.zone))


def _may_set_policies(access: Access, place: Location | None) -> bool:
    held = reach(access.principal, Permission.LEAVE_POLICIES_WRITE)
    return held is not None and place is not None and held.covers(place.id)
