"""Take back the last hand edit of the draft."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.errors import SchedulerError
from scheduler.rosters.editing import Edited, find_shift, put_back
from scheduler.rosters.judge import judged, score_json
from scheduler.rosters.models import Shift
from scheduler.rosters.problem import problem_for
from scheduler.rosters.revision import advance
from scheduler.rosters.versions import shifts_of, working_draft
from solver.score import difference


def undo(session: Session, roster_id: UUID, *, expected_revision: int, actor: str) -> Edited:
    """Make the last edited shift what it was before; again and again back to where the draft began.

    Raises
    ------
    SchedulerError
        ``roster_not_found``, ``roster_changed``; ``nothing_to_undo`` if the draft has no edits left.
    """
    roster = advance(session, roster_id, expected_revision)
    draft = working_draft(session, roster_id)
    if draft is None or not draft.edits:
        raise SchedulerError("nothing_to_undo", roster=str(roster_id))
    *earlier, last = draft.edits
    planned = problem_for(session, roster_id)
    known = judged(planned, shifts_of(session, draft.id))
    before, after = last["before"], last["after"]
    shift = find_shift(session, draft, UUID((before or after)["lineage_id"]))
    if before is None:
        if shift is not None:
            session.delete(shift)
        shift = None
    else:
        if shift is None:
            shift = Shift(version_id=draft.id)
            session.add(shift)
        put_back(shift, before)
    session.flush()
    session.expire_all()
    result = known.with_shifts(shifts_of(session, draft.id)).evaluation
    draft.edits = earlier
    draft.score = score_json(result.score)
    session.flush()
    record(session, actor, "roster.undo", "roster", roster_id, version=draft.number, undone=last)
    return Edited(draft, shift, roster.revision, difference(result.score, known.evaluation.score))
