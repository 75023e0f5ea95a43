"""Changes of published rosters: their price before they are made, and their log after."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlalchemy import or_, select

from api.pagination import PageCursor, page_of
from api.permissions import Access, allow
from api.schemas.base import Page
from api.schemas.roster_changes import (
    LoggedChangeView,
    LoggedRestView,
    PricedChangeView,
    PricedRestView,
    PriceView,
)
from api.transaction import ReadSession
from scheduler.organisation.permissions import Permission
from scheduler.rosters.models import RosterChange, ShortRest
from scheduler.rosters.premiums import totals
from scheduler.rosters.publish import preview

router = APIRouter(prefix="/v1/rosters/{roster_id}/published-changes", tags=["publications"])

MayRead = Annotated[Access, Depends(allow(Permission.ROSTERS_READ))]
MayPublish = Annotated[Access, Depends(allow(Permission.ROSTERS_PUBLISH))]


@router.get("", summary="List changes of a published roster")
def get_published_changes(
    access: MayRead, session: ReadSession, cursor: PageCursor, roster_id: UUID
) -> Page[LoggedChangeView]:
    """Who was told of which change, when, why, with what notice and consent, and what it cost."""
    of_roster = select(RosterChange).where(RosterChange.roster_id == roster_id)
    return page_of(session, of_roster, RosterChange.id, cursor, LoggedChangeView.of_row, newest_first=True)


@router.get("/short-rests", summary="List short rests of a published roster")
def get_short_rests(
    access: MayRead, session: ReadSession, cursor: PageCursor, roster_id: UUID
) -> Page[LoggedRestView]:
    """Who was told of a rest so short that it costs a premium, and when it was there no more."""
    around = or_(ShortRest.before_roster_id == roster_id, ShortRest.roster_id == roster_id)
    query = select(ShortRest).where(around)
    return page_of(session, query, ShortRest.id, cursor, LoggedRestView.of_row, newest_first=True)


@router.get("/price", summary="Price the changes of the draft")
def get_price_of_changes(access: MayPublish, session: ReadSession, roster_id: UUID) -> PriceView:
    """What publishing the draft now would cost if every change were for the employer's own need.

    Short rests cost something in a first publication too; those that people were told of are left out.
    """
    found = preview(session, roster_id)
    return PriceView(
        revision=found.revision,
        changes=[PricedChangeView.of(each) for each in found.priced],
        short_rests=[PricedRestView.of(each) for each in found.rests.new],
        totals=dict(totals(found.premiums)),
    )
