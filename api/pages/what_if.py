"""What if the law were another: a roster under two laws, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.pages.compliance import checked_version
from api.pages.page import draw
from api.permissions import Access, allow
from api.transaction import ReadSession
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.law.agreements import own_packs
from scheduler.law.library import layers_of, pack_called, packs
from scheduler.law.what_if import OtherLaw, changeable
from scheduler.organisation.permissions import Permission
from scheduler.rosters.rosters import find_roster
from scheduler.rosters.what_if import what_if

router = APIRouter()

ROWS = 3
"""So many values can be changed at once on the page; programs may change more."""
Texts = Annotated[list[str], Query(max_length=ROWS)]


@router.get("/rosters/{roster_id}/what-if")
def what_if_page(
    request: Request,
    access: Annotated[Access, Depends(allow(Permission.ROSTERS_READ))],
    session: ReadSession,
    roster_id: UUID,
    jurisdiction: Annotated[str, Query(max_length=40)] = "",
    as_on: Annotated[str, Query(max_length=20)] = "",
    parameter: Texts = [],  # noqa: B006 - FastAPI copies it
    value: Texts = [],  # noqa: B006 - the same
) -> Response:
    """The latest version under the law of its place and under the one that was asked for; nothing is kept."""
    roster = find_roster(session, roster_id)
    version = checked_version(session, roster_id)
    place = roster.location.jurisdiction
    pack = pack_called(jurisdiction or place)
    chosen = pack.id if pack else jurisdiction or place
    rows = [(name.strip(), text.strip()) for name, text in zip_longest(parameter, value, fillvalue="")]
    found, errors = None, unfinished(rows)
    try:
        asked = OtherLaw(chosen, read_day(as_on), tuple(row for row in rows if all(row)))
        if not errors and (pack != pack_called(place) or asked.as_on or asked.values):
            found = what_if(session, version.id, asked)
    except InvalidInput as error:
        errors += error.errors
    layers = layers_of(chosen, own_packs(session, at=version.published_at))
    return draw(
        request,
        "what_if.html",
        access.principal,
        status=422 if errors else 200,
        section="/rosters",
        roster=roster,
        location=roster.location,
        version=version,
        found=found,
        errors=errors,
        jurisdiction=chosen,
        as_on=as_on,
        rows=[*rows, *[("", "")] * ROWS][:ROWS],
        packs=sorted(packs().values(), key=lambda one: one.title),
        parameters=[(pack, list(changeable([pack]))) for pack in layers],
        known={one.id for one in changeable(layers)},
    )


def read_day(text: str) -> date | None:
    """The day of a form; None where it is empty.

    Raises
    ------
    InvalidInput
        If it is no day.
    """
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        error = FieldError("as_on", text, "is no day", "a day such as 2026-11-02, or nothing")
        raise InvalidInput([error]) from None


def unfinished(rows: Sequence[tuple[str, str]]) -> list[FieldError]:
    """What is wrong with rows of which one half is empty."""
    errors = []
    for name, text in rows:
        if name and not text:
            errors.append(FieldError(name, "", "has no value", "give one, or take the parameter out"))
        elif text and not name:
            errors.append(
                FieldError("parameter", "", f"is missing for {text!r}", "choose one, or clear the value")
            )
    return errors
