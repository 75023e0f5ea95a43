"""Rule packs, to be read."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from api.permissions import Access, allow
from api.schemas.base import Code
from api.schemas.law import PackSummary, PackView
from api.transaction import ReadSession
from scheduler.kernel.errors import SchedulerError
from scheduler.law.agreements import own_packs
from scheduler.law.library import pack_called, packs
from scheduler.organisation.permissions import Permission

router = APIRouter(prefix="/v1/law/packs", tags=["law"])

MayRead = Annotated[Access, Depends(allow(Permission.REFERENCE_READ))]


@router.get("", summary="List rule packs")
def get_packs(access: MayRead) -> list[PackSummary]:
    """The packs that ship, by id."""
    return [PackSummary.of(pack) for _, pack in sorted(packs().items())]


@router.get("/{pack}", summary="Show a rule pack")
def get_pack(access: MayRead, session: ReadSession, pack: Code) -> PackView:
    """Every value with its dates, article, status and use; one of the organisation's own agreements too."""
    found = pack_called(pack) or next((each for each in own_packs(session) if each.id == pack), None)
    if found is None:
        raise SchedulerError("not_found", what="rule pack", id=pack[:80])
    return PackView.whole(found)
