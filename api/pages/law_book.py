"""The law as a small book: which packs there are, where each holds, and every value with its article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
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
from scheduler.kernel.effective import holds_on
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.law.agreements import layers_in, own_packs
from scheduler.law.library import layers_of, pack_called, packs
from scheduler.law.pack import DatedValue, Enforcement, Pack, Parameter, Status
from scheduler.law.pages import ENFORCED, in_force, rows, used_in
from scheduler.law.sectors import refuse_unknown_sector, sectors_of
from scheduler.law.words import plain
from scheduler.organisation.locations import find_location
from scheduler.organisation.models import Location
from scheduler.organisation.permissions import Permission, reach
from scheduler.organisation.save_location import Hours, LocationFacts, change_location

router = APIRouter()

MayRead = Annotated[Access, Depends(allow(Permission.REFERENCE_READ))]
MayWrite = Annotated[Access, Depends(allow(Permission.REFERENCE_WRITE))]


@dataclass(frozen=True, slots=True)
class BookRow:
    """One value of a pack as the page shows it."""

    parameter: Parameter
    value: DatedValue

    @property
    def in_force(self) -> str:
        """Its dates in words."""
        return in_force(self.value)

    @property
    def used(self) -> str:
        """Where it is used, or why nowhere."""
        if self.parameter.waits_for_a_check:
            return "not checked yet"
        return ", ".join(used_in(self.parameter)) or ENFORCED[self.parameter.enforcement]


@dataclass(frozen=True, slots=True)
class BookFilters:
    """Which values of a pack are to be shown; what is empty lets all through."""

    find: str
    use: str
    status: str
    on: date | None

    def lets(self, parameter: Parameter, value: DatedValue) -> bool:
        """Whether a value is among them."""
        said = (parameter.id, parameter.label, parameter.code, plain(value.value), value.citation, value.note)
        return (
            self.find.lower() in " ".join(said).lower()
            and self.use in ("", parameter.enforcement.value)
            and self.status in ("", value.status.value)
            and (self.on is None or holds_on(value, self.on))
        )


def book_filters(
    find: Annotated[str, Query(max_length=100)] = "",
    use: Annotated[str, Query(max_length=20)] = "",
    status: Annotated[str, Query(max_length=20)] = "",
    on: Annotated[str, Query(max_length=20)] = "",
) -> BookFilters:
    """The filters of the address.

    Raises
    ------
    InvalidInput
        If one of them is none of those there are.
    """
    errors = [
        FieldError(field, given, "is none of them", f"one of {', '.join(known)}, or nothing")
        for field, given, known in (("use", use, list(Enforcement)), ("status", status, list(Status)))
        if given and given not in known
    ]
    try:
        day = date.fromisoformat(on) if on else None
    except ValueError:
        day = None
        errors.append(FieldError("on", on, "is no day", "a day such as 2026-11-02, or nothing"))
    if errors:
        raise InvalidInput(errors)
    return BookFilters(find, use, status, day)


Filtered = Annotated[BookFilters, Depends(book_filters)]


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
        packs=[
            (pack, _recalled(pack))
            for pack in sorted((*packs().values(), *own_packs(session)), key=lambda one: one.title)
        ],
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
    request: Request, access: MayRead, session: ReadSession, pack: Code, filters: Filtered
) -> Response:
    """A pack with every value, its dates, article and status, and where it is used."""
    own = own_packs(session)
    found = _find(pack, own)
    return draw(
        request,
        "law_pack.html",
        access.principal,
        section="/law",
        pack=found,
        rows=[BookRow(*row) for row in rows(found) if filters.lets(*row)],
        count=len(rows(found)),
        filters=filters,
        query=request.url.query,
        uses=[(each.value, words) for each, words in ENFORCED.items()],
        statuses=[each.value for each in Status],
        recalled=_recalled(found),
        locations=[
            place
            for place in _locations(session)
            if found.id in {layer.id for layer in layers_of(place.jurisdiction, own)}
        ],
        above=[each for each in (*packs().values(), *own) if found.id in each.parents],
    )


@router.get("/law/{pack}/values.xlsx")
def pack_workbook(access: MayRead, session: ReadSession, pack: Code, filters: Filtered) -> Response:
    """The same values, with the same filters, as a workbook."""
    # Here, not above: a page that only shows a pack does not pay for it.
    from exports.law_workbook import MEDIA_TYPE, to_workbook

    found = _find(pack, own_packs(session))
    content = to_workbook(found, [row for row in rows(found) if filters.lets(*row)])
    headers = {"Content-Disposition": f'attachment; filename="law-{found.id}-{found.version}.xlsx"'}
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


def _find(pack: str, own: Sequence[Pack]) -> Pack:
    """The pack of that name, one of the organisation's own too."""
    found = pack_called(pack) or next((each for each in own if each.id == pack), None)
    if found is None:
        raise SchedulerError("not_found", what="rule pack", id=pack[:80])
    return found


def _locations(session: Session) -> list[Location]:
    return list(session.scalars(select(Location).order_by(Location.name)))


def _recalled(pack: Pack) -> int:
    return sum(value.status == Status.RECALLED for _, value in rows(pack))
