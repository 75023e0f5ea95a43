"""Kiosks and time clocks of a location, and PINs of its people."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.my_shifts import own_employee
from api.pages.page import draw
from api.permissions import Access, allow
from api.routes.kiosks import kiosk_address
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import local_day, utc_now, zone_named
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.organisation.clock_devices import create_device, list_devices, revoke_device
from scheduler.organisation.kiosks import create_kiosk, list_kiosks, revoke_kiosk
from scheduler.organisation.locations import find_location
from scheduler.organisation.permissions import Permission
from scheduler.people.employees import find_employee
from scheduler.people.models import Employee
from scheduler.timekeeping.kiosk_pin import has_pin, people_with_pin, reset_pin, set_pin

router = APIRouter()

MayWrite = Annotated[Access, Depends(allow(Permission.KIOSKS_WRITE))]
MayPunch = Annotated[Access, Depends(allow(Permission.PUNCHES_RECORD))]


@router.get("/locations/{location_id}/kiosks")
def kiosks_page(request: Request, access: MayWrite, session: ReadSession, location_id: UUID) -> Response:
    """The kiosks that work, and who has a PIN for them."""
    return _page(request, access, session, location_id)


@router.post("/locations/{location_id}/kiosks")
def post_kiosk(
    request: Request,
    access: MayWrite,
    session: WriteSession,
    location_id: UUID,
    name: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """A new kiosk; its address is shown this once."""
    try:
        token = create_kiosk(session, location_id, name=name, now=utc_now(), actor=access.actor)
    except InvalidInput as error:
        return _page(request, access, session, location_id, errors=error.errors)
    return _page(request, access, session, location_id, address=kiosk_address(request, token))


@router.post("/kiosks/{kiosk_id}/revoke")
def post_revoke(access: MayWrite, session: WriteSession, kiosk_id: UUID) -> Response:
    """The address of the kiosk stops working at once."""
    kiosk = revoke_kiosk(session, kiosk_id, now=utc_now(), actor=access.actor)
    return RedirectResponse(f"/locations/{kiosk.location_id}/kiosks", 303)


@router.post("/locations/{location_id}/clock-devices")
def post_device(
    request: Request,
    access: MayWrite,
    session: WriteSession,
    location_id: UUID,
    name: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """A new time clock; its key is shown this once."""
    try:
        _, key = create_device(session, location_id, name=name, now=utc_now(), actor=access.actor)
    except InvalidInput as error:
        return _page(request, access, session, location_id, errors=error.errors)
    return _page(request, access, session, location_id, key=key)


@router.post("/clock-devices/{device_id}/revoke")
def post_revoke_device(access: MayWrite, session: WriteSession, device_id: UUID) -> Response:
    """The key of the time clock stops working at once."""
    device = revoke_device(session, device_id, now=utc_now(), actor=access.actor)
    return RedirectResponse(f"/locations/{device.location_id}/kiosks", 303)


@router.post("/employees/{employee_id}/kiosk-pin")
def post_pin(request: Request, access: MayWrite, session: WriteSession, employee_id: UUID) -> Response:
    """A new PIN drawn by lot, shown this once; the one before opens nothing any more."""
    employee = find_employee(session, employee_id)
    pin = reset_pin(session, employee_id, actor=access.actor)
    return _page(request, access, session, employee.location_id, given=(employee, pin))


@router.get("/my/kiosk-pin")
def my_pin_page(request: Request, access: MayPunch, session: ReadSession, done: str = "") -> Response:
    """Whether one has a PIN, and the form to choose one."""
    known = has_pin(session, own_employee(access))
    return _own(request, access, session, known=known, done=done == "set")


@router.post("/my/kiosk-pin")
def post_my_pin(
    request: Request,
    access: MayPunch,
    session: WriteSession,
    pin: Annotated[str, Form(max_length=40)] = "",
    again: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """From now on one punches at kiosks with this PIN."""
    employee_id = own_employee(access)
    try:
        if pin != again:
            hint = "the same digits in both fields"
            raise InvalidInput([FieldError("pin", "(hidden)", "was typed differently the second time", hint)])
        set_pin(session, employee_id, pin, actor=access.actor)
    except InvalidInput as error:
        known = has_pin(session, employee_id)
        return _own(request, access, session, known=known, errors=error.errors)
    return RedirectResponse("/my/kiosk-pin?done=set", 303)


def _own(
    request: Request,
    access: Access,
    session: Session,
    *,
    known: bool,
    done: bool = False,
    errors: tuple[FieldError, ...] = (),
) -> Response:
    return draw(
        request,
        "my_kiosk_pin.html",
        access.principal,
        status=422 if errors else 200,
        section="/my/time",
        employee=find_employee(session, own_employee(access)),
        known=known,
        done=done,
        errors=errors,
    )


def _page(
    request: Request,
    access: Access,
    session: Session,
    location_id: UUID,
    *,
    address: str = "",
    key: str = "",
    given: tuple[Employee, str] | None = None,
    errors: tuple[FieldError, ...] = (),
) -> Response:
    location = find_location(session, location_id)
    today = local_day(utc_now(), zone_named(location.zone))
    employed = (Employee.left_on.is_(None)) | (Employee.left_on > today)
    people = select(Employee).where(Employee.location_id == location_id, employed)
    return draw(
        request,
        "kiosks.html",
        access.principal,
        status=422 if errors else 200,
        section="/rosters",
        location=location,
        kiosks=list_kiosks(session, location_id),
        people=session.scalars(people.order_by(Employee.last_name, Employee.first_name, Employee.id)).all(),
        with_pin=people_with_pin(session, location_id),
        address=address,
        key=key,
        devices=list_devices(session, location_id),
        given=given,
        errors=errors,
    )
