"""Kiosks and time clocks of a location, PINs, and where people punch on their own phones."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request

from api.permissions import Access, allow
from api.schemas.kiosks import (
    DeviceMade,
    DeviceView,
    KioskMade,
    KioskView,
    NewDevice,
    PinMade,
    PunchPlaceSaved,
    PunchPlaceView,
)
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import utc_now
from scheduler.organisation.clock_devices import create_device, list_devices, revoke_device
from scheduler.organisation.kiosks import create_kiosk, kiosk_for_token, list_kiosks, revoke_kiosk
from scheduler.organisation.permissions import Permission
from scheduler.organisation.punch_places import rule_of, save_place
from scheduler.timekeeping.kiosk_pin import reset_pin

router = APIRouter(prefix="/v1", tags=["kiosks and time clocks"])

MayWrite = Annotated[Access, Depends(allow(Permission.KIOSKS_WRITE))]


def kiosk_address(request: Request, token: str) -> str:
    """The address at which a kiosk is open."""
    return f"{request.app.state.settings.base_url.rstrip('/')}/kiosk/{token}"


@router.get("/locations/{location_id}/kiosks", summary="List kiosks")
def get_kiosks(access: MayWrite, session: ReadSession, location_id: UUID) -> list[KioskView]:
    """Those of a location that are not revoked, oldest first."""
    return [KioskView.model_validate(each) for each in list_kiosks(session, location_id)]


@router.post("/locations/{location_id}/kiosks", status_code=201, summary="Create a kiosk")
def post_kiosk(
    request: Request, access: MayWrite, session: WriteSession, location_id: UUID, body: NewDevice
) -> KioskMade:
    """A secret address at which people punch with employee number and PIN. It is shown this once."""
    token = create_kiosk(session, location_id, name=body.name, now=utc_now(), actor=access.actor)
    kiosk = KioskView.model_validate(kiosk_for_token(session, token))
    return KioskMade(kiosk=kiosk, address=kiosk_address(request, token))


@router.delete("/kiosks/{kiosk_id}", summary="Revoke a kiosk")
def delete_kiosk(access: MayWrite, session: WriteSession, kiosk_id: UUID) -> KioskView:
    """Its address, and the codes it showed, open nothing any more."""
    return KioskView.model_validate(revoke_kiosk(session, kiosk_id, now=utc_now(), actor=access.actor))


@router.get("/locations/{location_id}/clock-devices", summary="List time clocks")
def get_clock_devices(access: MayWrite, session: ReadSession, location_id: UUID) -> list[DeviceView]:
    """Those of a location that are not revoked, oldest first, with when they were last seen."""
    return [DeviceView.model_validate(each) for each in list_devices(session, location_id)]


@router.post("/locations/{location_id}/clock-devices", status_code=201, summary="Create a time clock")
def post_clock_device(
    access: MayWrite, session: WriteSession, location_id: UUID, body: NewDevice
) -> DeviceMade:
    """A key that sends punches of this location and does nothing else. It is shown this once."""
    device, key = create_device(session, location_id, name=body.name, now=utc_now(), actor=access.actor)
    return DeviceMade(device=DeviceView.model_validate(device), key=key)


@router.delete("/clock-devices/{device_id}", summary="Revoke a time clock")
def delete_clock_device(access: MayWrite, session: WriteSession, device_id: UUID) -> DeviceView:
    """Its key opens nothing any more, from the next request on; punches it sent stay."""
    return DeviceView.model_validate(revoke_device(session, device_id, now=utc_now(), actor=access.actor))


@router.post("/employees/{employee_id}/kiosk-pin", status_code=201, summary="Draw a new PIN")
def post_kiosk_pin(access: MayWrite, session: WriteSession, employee_id: UUID) -> PinMade:
    """A PIN drawn by lot for somebody who has none or forgot it; the one before opens nothing any more."""
    return PinMade(pin=reset_pin(session, employee_id, actor=access.actor))


@router.get("/locations/{location_id}/punch-place", summary="Show where people punch")
def get_punch_place(access: MayWrite, session: ReadSession, location_id: UUID) -> PunchPlaceView:
    """Geofence, networks and what they do; mode `off` where nobody said anything."""
    return PunchPlaceView.model_validate(rule_of(session, location_id))


@router.put("/locations/{location_id}/punch-place", summary="Say where people punch")
def put_punch_place(
    access: MayWrite, session: WriteSession, location_id: UUID, body: PunchPlaceSaved
) -> PunchPlaceView:
    """It holds for punches from now on; earlier ones keep what was decided."""
    return PunchPlaceView.model_validate(save_place(session, location_id, body.rule(), actor=access.actor))
