"""Changes of published rosters: their price before they are made, and their log after."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlalchemy import select

from api.pagination import PageCursor, page_of
from api.permissions import Access, allow
from api.schemas.base import Page
from api.schemas.roster_changes import LoggedChangeView, PricedChangeView, PriceView
from api.transaction import ReadSession
from scheduler.organisation.permissions import Permission
from scheduler.rosters.change_prices import totals
from scheduler.rosters.models import RosterChange
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


@router.get("/price", summary="Price the changes of the draft")
def get_price_of_changes(access: MayPublish, session: ReadSession, roster_id: UUID) -> PriceView:
    """What publishing the draft now would cost if every change were for the employer's own need."""
    found = preview(session, roster_id)
    return PriceView(
        revision=found.revision,
        changes=[PricedChangeView.of(each) for each in found.priced],
        totals=dict(totals(found.priced)),
    )
