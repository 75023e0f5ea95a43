"""Making a roster known."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlalchemy import select

from api.pagination import PageCursor, page_of
from api.permissions import Access, allow
from api.schemas.base import Page
from api.schemas.publications import NewPublication, PublicationView
from api.transaction import ReadSession, WriteSession
from scheduler.organisation.permissions import Permission
from scheduler.rosters.models import Publication
from scheduler.rosters.publish import publish

router = APIRouter(prefix="/v1/rosters/{roster_id}/publications", tags=["publications"])


@router.post("", status_code=201, summary="Publish the draft")
def post_publication(
    access: Annotated[Access, Depends(allow(Permission.ROSTERS_PUBLISH))],
    session: WriteSession,
    roster_id: UUID,
    body: NewPublication,
) -> PublicationView:
    """From now on the version never changes, and people's calendars show it.

    A change of what people knew needs a `reason`; `published-changes/price` tells first what it costs.

    409 `roster_changed` if it is not at `expected_revision` any more, `already_published` if people know all
    of it, `breaks_hard_rules` with what is broken.
    """
    publication = publish(
        session,
        roster_id,
        expected_revision=body.expected_revision,
        actor=access.actor,
        why=body.why(),
    )
    return PublicationView.model_validate(publication)


@router.get("", summary="List publications")
def get_publications(
    access: Annotated[Access, Depends(allow(Permission.ROSTERS_READ))],
    session: ReadSession,
    cursor: PageCursor,
    roster_id: UUID,
) -> Page[PublicationView]:
    """What was made known when, and what changed, newest first."""
    of_roster = select(Publication).where(Publication.roster_id == roster_id)
    return page_of(
        session, of_roster, Publication.id, cursor, PublicationView.model_validate, newest_first=True
    )
