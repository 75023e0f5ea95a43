"""Where the people of a location punch on their own phones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.page import draw
from api.permissions import Access, allow
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.organisation.locations import find_location
from scheduler.organisation.models import PlaceMode
from scheduler.organisation.permissions import Permission
from scheduler.organisation.punch_places import PlaceRule, rule_of, save_place

router = APIRouter()

MayWrite = Annotated[Access, Depends(allow(Permission.KIOSKS_WRITE))]
Typed = Annotated[str, Form(max_length=4000)]

MODES = {
    PlaceMode.OFF: (
        "Ask nobody",
        "Punches count wherever they are made, and nothing is kept about the place.",
    ),
    PlaceMode.TELL: ("Keep it and tell", "All punches count; those from elsewhere are told to the manager."),
    PlaceMode.REFUSE: ("Refuse from elsewhere", "Who is elsewhere uses a kiosk, or scans its code."),
}


@router.get("/locations/{location_id}/punch-place")
def punch_place_page(
    request: Request, access: MayWrite, session: ReadSession, location_id: UUID, done: str = ""
) -> Response:
    """What holds now, in a form that changes it."""
    rule = rule_of(session, location_id)
    typed = {
        "mode": rule.mode.value,
        "latitude": "" if rule.latitude is None else str(rule.latitude),
        "longitude": "" if rule.longitude is None else str(rule.longitude),
        "radius_metres": "" if rule.radius_metres is None else str(rule.radius_metres),
        "networks": "\n".join(rule.networks),
    }
    return _page(request, access, session, location_id, typed, done=done == "saved")


@router.post("/locations/{location_id}/punch-place")
def post_punch_place(
    request: Request,
    access: MayWrite,
    session: WriteSession,
    location_id: UUID,
    mode: Typed = "",
    latitude: Typed = "",
    longitude: Typed = "",
    radius_metres: Typed = "",
    networks: Typed = "",
) -> Response:
    """It holds from now on; what cannot be is told beside its field, as it was typed."""
    typed = {
        "mode": mode,
        "latitude": latitude.strip(),
        "longitude": longitude.strip(),
        "radius_metres": radius_metres.strip(),
        "networks": networks,
    }
    try:
        save_place(session, location_id, _rule(typed), actor=access.actor)
    except InvalidInput as error:
        return _page(request, access, session, location_id, typed, errors=error.errors)
    return RedirectResponse(f"/locations/{location_id}/punch-place?done=saved", 303)


def _rule(typed: Mapping[str, str]) -> PlaceRule:
    errors: list[FieldError] = []
    numbers: dict[str, float | None] = {}
    for name, like in (("latitude", "52.2297"), ("longitude", "21.0122"), ("radius_metres", "150")):
        text = typed[name].replace(",", ".")
        try:
            numbers[name] = float(text) if text else None
        except ValueError:
            errors.append(FieldError(name, typed[name], "is no number", f"a number such as {like}"))
    radius = numbers.get("radius_metres")
    if radius is not None and not radius.is_integer():
        hint = "a whole number of metres"
        errors.append(FieldError("radius_metres", typed["radius_metres"], "is no whole number", hint))
    if typed["mode"] not in list(PlaceMode):
        errors.append(FieldError("mode", typed["mode"], "is not chosen", "choose one of the three"))
    if errors:
        raise InvalidInput(errors)
    return PlaceRule(
        PlaceMode(typed["mode"]),
        numbers["latitude"],
        numbers["longitude"],
        None if radius is None else int(radius),
        tuple(typed["networks"].replace(",", " ").split()),
    )


def _page(
    request: Request,
    access: Access,
    session: Session,
    location_id: UUID,
    typed: Mapping[str, str],
    *,
    done: bool = False,
    errors: tuple[FieldError, ...] = (),
) -> Response:
    beside: dict[str, list[FieldError]] = {}
    for error in errors:
        beside.setdefault(error.field.partition("[")[0], []).append(error)
    return draw(
        request,
        "punch_place.html",
        access.principal,
        status=422 if errors else 200,
        section="/rosters",
        location=find_location(session, location_id),
        modes=[(mode.value, *words) for mode, words in MODES.items()],
        typed=typed,
        done=done,
        errors=beside,
    )
