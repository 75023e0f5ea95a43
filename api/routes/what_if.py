"""A roster under another law."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from api.permissions import Access, allow
from api.schemas.what_if import LawAsked, WhatIfView
from api.transaction import ReadSession
from scheduler.organisation.permissions import Permission
from scheduler.rosters.rosters import find_roster
from scheduler.rosters.versions import find_version
from scheduler.rosters.what_if import what_if

router = APIRouter(prefix="/v1", tags=["compliance"])


@router.post("/roster-versions/{version_id}/what-if", summary="Check a roster version under another law")
def post_what_if(
    access: Annotated[Access, Depends(allow(Permission.ROSTERS_READ))],
    session: ReadSession,
    version_id: UUID,
    body: LawAsked,
) -> WhatIfView:
    """Both reports, and what only one of them finds. Nothing is kept; the roster stays under its own law.

    422 `invalid_input` names each parameter and value that will not do.
    """
    location = find_roster(session, find_version(session, version_id).roster_id).location
    return WhatIfView.of(what_if(session, version_id, body.other(location.jurisdiction)))
