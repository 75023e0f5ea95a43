"""The law as a small book: which packs there are, where each holds, and every value with its article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.page import draw
from api.permissions import Access, allow
from api.schemas.base import Code
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.errors import SchedulerError
from scheduler.law.agreements import layers_in
from scheduler.law.library import layers_of, pack_called, packs
from scheduler.law.pack import DatedValue, Pack, Parameter, Status
from scheduler.law.pages import ENFORCED, in_force, rows
from scheduler.law.sectors import refuse_unknown_sector, sectors_of
from scheduler.organisation.locations import find_location
from scheduler.organisation.models import Location
from scheduler.organisation.permissions import Permission, reach
from scheduler.organisation.save_location import Hours, LocationFacts, change_location

router = APIRouter()

MayRead = Annotated[Access, Depends(allow(Permission.REFERENCE_READ))]
MayWrite = Annotated[Access, Depends(allow(Permission.REFERENCE_WRITE))]


@dataclass(frozen=True, slots=True)
class Row:
    """One value of a pack as the page shows it."""

    parameter: Parameter
    value: DatedValue
    in_force: str
    use: str


@router.get("/law")
def law_page(request: Request, access: MayRead, session: ReadSession) -> Response:
    """The law of each location, with its sector, and every pack."""
    return draw(
        request,
        "law.html",
        access.principal,
        locations=[
            (place, pack_called(place.jurisdiction), sectors_of(layers_in(session, place.jurisdiction)))
            for place in _locations(session)
        ],
        packs=[(pack, _recalled(pack)) for pack in sorted(packs().values(), key=lambda one: one.title)],
        can_change=reach(access.principal, Permission.REFERENCE_WRITE) is not None,
        said=request.query_params.get("said", ""),
    )


@router.post("/locations/{location_id}/sector")
def set_sector(
    access: MayWrite, session: WriteSession, location_id: UUID, sector: Annotated[str, Form()] = ""
) -> Response:
    """Say in which line of business a location is, where its law asks."""
    location = find_location(session, location_id)
    refuse_unknown_sector(layers_in(session, location.jurisdiction), sector or None)
    known = {name: getattr(location, name) for name in ("code", "name", "zone", "jurisdiction", "currency")}
    hours = [Hours(each.weekday, each.opens_minute, each.closes_minute) for each in location.hours]
    facts = LocationFacts(**known, hours=hours, sector=sector or None)
    change_location(session, location_id, facts, actor=access.actor)
    return RedirectResponse("/law?said=saved", 303)


@router.get("/law/{pack}")
def pack_page(
    request: Request,
    access: MayRead,
    session: ReadSession,
    pack: Code,
    find: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """A pack with every value, its dates, article and status, and where it is used."""
    found = pack_called(pack)
    if found is None:
        raise SchedulerError("not_found", what="rule pack", id=pack[:80])
    listed = [
        Row(parameter, value, in_force(value), _use(parameter)) for parameter, value in reversed(rows(found))
    ]
    return draw(
        request,
        "law_pack.html",
        access.principal,
        section="/law",
        pack=found,
        rows=[row for row in reversed(listed) if _matches(row, find)],
        find=find,
        recalled=_recalled(found),
        locations=[place for place in _locations(session) if found in layers_of(place.jurisdiction)],
    )


def _locations(session: Session) -> list[Location]:
    return list(session.scalars(select(Location).order_by(Location.name)))


def _recalled(pack: Pack) -> int:
    return sum(value.status == Status.RECALLED for _, value in rows(pack))


def _use(parameter: Parameter) -> str:
    return "not checked yet" if parameter.waits_for_a_check else ENFORCED[parameter.enforcement]


def _matches(row: Row, find: str) -> bool:
    parameter, value = row.parameter, row.value
    said = (parameter.id, parameter.label, parameter.code, str(value.value), value.citation)
    return find.lower() in " ".join(said).lower()
