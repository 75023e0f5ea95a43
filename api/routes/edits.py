"""Changing the draft of a roster by hand."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Depends
from sqlalchemy.orm import Session

from api.permissions import Access, allow
from api.schemas.edits import Add, AnyEdit, Assign, EditedView, Move, Pin, Remove, Unassign
from api.transaction import WriteSession
from scheduler.organisation.locations import find_location
from scheduler.organisation.permissions import Permission
from scheduler.rosters import edit
from scheduler.rosters.add_shift import NewShift, add
from scheduler.rosters.editing import Edited
from scheduler.rosters.remarks import remarks_of
from scheduler.rosters.rosters import find_roster
from scheduler.rosters.undo import undo

router = APIRouter(prefix="/v1/rosters/{roster_id}/edits", tags=["edits"])


@router.post("", status_code=201, summary="Edit the draft of a roster")
def post_edit(
    access: Annotated[Access, Depends(allow(Permission.ROSTERS_WRITE))],
    session: WriteSession,
    roster_id: UUID,
    body: Annotated[AnyEdit, Body()],
) -> EditedView:
    """Assigns, unassigns, moves, adds, removes, pins or unpins one shift, or takes the last edit back.

    409 `roster_changed` if the roster is not at `expected_revision` any more: look again, decide anew. 409
    `breaks_hard_rules` with the broken rules, unless `accept_reason` says why that is wanted. `remarks` says
    whether the shift as it is now lies on leave or outside of opening hours.
    """
    edited = _apply(session, roster_id, body, access.actor)
    location = find_location(session, find_roster(session, roster_id).location_id)
    shifts = [edited.shift] if edited.shift else []
    remarks = remarks_of(session, shifts, location)
    return EditedView.of(edited, [remark for found in remarks.values() for remark in found])


def _apply(session: Session, roster_id: UUID, body: AnyEdit, actor: str) -> Edited:
    """Hand an edit to its use case."""
    who: dict[str, Any] = {"expected_revision": body.expected_revision, "actor": actor}
    match body:
        case Assign():
            return edit.assign(
                session, roster_id, body.lineage_id, body.employee_id, **who, accept=body.acceptance()
            )
        case Unassign():
            return edit.unassign(session, roster_id, body.lineage_id, **who, accept=body.acceptance())
        case Move():
            times = (body.starts_at, body.ends_at)
            return edit.move(session, roster_id, body.lineage_id, *times, **who, accept=body.acceptance())
        case Add():
            new = NewShift(**body.model_dump(exclude={"action", "expected_revision", "accept_reason"}))
            return add(session, roster_id, new, **who, accept=body.acceptance())
        case Remove():
            return edit.remove(session, roster_id, body.lineage_id, **who, accept=body.acceptance())
        case Pin(action="pin"):
            return edit.pin(session, roster_id, body.lineage_id, **who)
        case Pin():
            return edit.unpin(session, roster_id, body.lineage_id, **who)
        case _:
            return undo(session, roster_id, **who)
