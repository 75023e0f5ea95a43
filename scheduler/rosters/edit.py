"""Hand edits of a draft, each checked by the rules the solver keeps.

Every edit names the revision its maker saw and is refused if the roster has changed since. If the last
version is published, the first edit starts a new draft from it. Shifts are named by their lineage, which
stays the same from version to version.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.kernel.clock import minutes_between
from scheduler.people.employees import find_employee
from scheduler.rosters.editing import Acceptance, Before, Draft, Edited, edit_draft, state_of
from scheduler.rosters.models import Shift, ShiftTemplate
from scheduler.rosters.pin_clash import refuse_clashing_pins
from scheduler.rosters.shift_breaks import made_lawful, shifted_break, template_breaks
from scheduler.rosters.shift_times import checked_times, paid_minutes
from scheduler.rosters.versions import shifts_of


def assign(
    session: Session,
    roster_id: UUID,
    lineage_id: UUID,
    employee_id: UUID,
    *,
    expected_revision: int,
    actor: str,
    accept: Acceptance | None = None,
) -> Edited:
    """Give a shift to somebody, whoever had it before.

    Raises
    ------
    SchedulerError
        As `edit_draft`; ``shift_not_found``, ``employee_not_found``.
    """
    employee = find_employee(session, employee_id)

    def change(draft: Draft) -> tuple[Before, Shift]:
        shift = draft.shift(lineage_id)
        before = state_of(shift)
        shift.employee = employee
        return before, shift

    return edit_draft(
        session,
        roster_id,
        change,
        action="assign",
        expected_revision=expected_revision,
        actor=actor,
        accept=accept,
    )


def unassign(
    session: Session,
    roster_id: UUID,
    lineage_id: UUID,
    *,
    expected_revision: int,
    actor: str,
    accept: Acceptance | None = None,
) -> Edited:
    """Take a shift from whoever has it; it stays as an open shift.

    Raises
    ------
    SchedulerError
        As `edit_draft`; ``shift_not_found``.
    """

    def change(draft: Draft) -> tuple[Before, Shift]:
        shift = draft.shift(lineage_id)
        before = state_of(shift)
        shift.employee = None
        return before, shift

    return edit_draft(
        session,
        roster_id,
        change,
        action="unassign",
        expected_revision=expected_revision,
        actor=actor,
        accept=accept,
    )


def move(
    session: Session,
    roster_id: UUID,
    lineage_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    *,
    expected_revision: int,
    actor: str,
    accept: Acceptance | None = None,
) -> Edited:
    """Give a shift other times, and the breaks that its template and the law ask for at its new length.

    Raises
    ------
    InvalidInput
        If the times are naive, not in order, longer than a day, or start outside the roster's days.
    SchedulerError
        As `edit_draft`; ``shift_not_found``.
    """

    def change(draft: Draft) -> tuple[Before, Shift]:
        start, end = checked_times(starts_at, ends_at, draft.planned.frame)
        shift = draft.shift(lineage_id)
        before = state_of(shift)
        length = minutes_between(start, end)
        if length != minutes_between(shift.starts_at, shift.ends_at):
            template = session.get(ShiftTemplate, shift.template_id) if shift.template_id else None
            law = draft.breaks_by_law(start, shift.employee)
            kept = [{**pause, "starts_at": None} for pause in shift.breaks]
            shift.breaks = (
                template_breaks(template, length, law) if template else made_lawful(kept, length, law)
            )
        else:
            shift.breaks = [shifted_break(pause, start - shift.starts_at) for pause in shift.breaks]
        shift.starts_at, shift.ends_at = start, end
        shift.paid_minutes = paid_minutes(start, end, shift.breaks)
        return before, shift

    return edit_draft(
        session,
        roster_id,
        change,
        action="move",
        expected_revision=expected_revision,
        actor=actor,
        accept=accept,
    )


def remove(
    session: Session,
    roster_id: UUID,
    lineage_id: UUID,
    *,
    expected_revision: int,
    actor: str,
    accept: Acceptance | None = None,
) -> Edited:
    """Take a shift out of the draft.

    Raises
    ------
    SchedulerError
        As `edit_draft`; ``shift_not_found``.
    """

    def change(draft: Draft) -> tuple[Before, None]:
        shift = draft.shift(lineage_id)
        before = state_of(shift)
        session.delete(shift)
        return before, None

    return edit_draft(
        session,
        roster_id,
        change,
        action="remove",
        expected_revision=expected_revision,
        actor=actor,
        accept=accept,
    )


def pin(session: Session, roster_id: UUID, lineage_id: UUID, *, expected_revision: int, actor: str) -> Edited:
    """Runs keep the shift as it is from now on; an open one they have to fill.

    Raises
    ------
    SchedulerError
        As `edit_draft`; ``shift_not_found``; ``contradictory_pins`` if the pinned shifts break a hard rule.
    """

    def change(draft: Draft) -> tuple[Before, Shift]:
        shift = draft.shift(lineage_id)
        before = state_of(shift)
        shift.pinned = True
        session.flush()
        refuse_clashing_pins(draft.planned, shifts_of(session, draft.version.id))
        return before, shift

    return edit_draft(
        session,
        roster_id,
        change,
        action="pin",
        expected_revision=expected_revision,
        actor=actor,
        accept=None,
    )


def unpin(
    session: Session, roster_id: UUID, lineage_id: UUID, *, expected_revision: int, actor: str
) -> Edited:
    """Runs may change the shift again.

    Raises
    ------
    SchedulerError
        As `edit_draft`; ``shift_not_found``.
    """

    def change(draft: Draft) -> tuple[Before, Shift]:
        shift = draft.shift(lineage_id)
        before = state_of(shift)
        shift.pinned = False
        return before, shift

    return edit_draft(
        session,
        roster_id,
        change,
        action="unpin",
        expected_revision=expected_revision,
        actor=actor,
        accept=None,
    )
