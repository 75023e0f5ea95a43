"""Add a shift to the draft by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.kernel.clock import minutes_between
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.kernel.ids import new_id
from scheduler.organisation.models import Department
from scheduler.people.employees import find_employee
from scheduler.people.models import Skill
from scheduler.rosters.editing import Acceptance, Before, Draft, Edited, edit_draft
from scheduler.rosters.models import Shift, ShiftTemplate
from scheduler.rosters.shift_breaks import made_lawful, template_breaks
from scheduler.rosters.shift_times import checked_times, paid_minutes


@dataclass(frozen=True, slots=True)
class NewShift:
    """A shift to be added by hand.

    Parameters
    ----------
    department_id, skill_id
        Where, and what is done there.
    starts_at, ends_at
        Aware instants; the start lies in the roster's days.
    employee_id
        None leaves it open.
    template_id
        Gives it the template's break. With or without one, the law's breaks are added where they are longer.
    break_minutes
        Unpaid break, where there is no template.
    pinned
        Whether runs keep it.
    """

    department_id: UUID
    skill_id: UUID
    starts_at: datetime
    ends_at: datetime
    employee_id: UUID | None = None
    template_id: UUID | None = None
    break_minutes: int = 0
    pinned: bool = False
    note: str | None = None


def add(
    session: Session,
    roster_id: UUID,
    new: NewShift,
    *,
    expected_revision: int,
    actor: str,
    accept: Acceptance | None = None,
) -> Edited:
    """Add a shift.

    Raises
    ------
    InvalidInput
        As `edit.move`; also for a department, skill or template that the location does not have, and for a
        break as long as the shift.
    SchedulerError
        As `edit_draft`; ``employee_not_found``.
    """
    employee = find_employee(session, new.employee_id) if new.employee_id else None

    def change(draft: Draft) -> tuple[Before, Shift]:
        start, end = checked_times(new.starts_at, new.ends_at, draft.planned.frame)
        template = _checked_records(draft, new)
        length = minutes_between(start, end)
        unpaid = (
            [{"starts_at": None, "minutes": new.break_minutes, "paid": False}] if new.break_minutes else []
        )
        law = draft.breaks_by_law(start, employee)
        breaks = template_breaks(template, length, law) if template else made_lawful(unpaid, length, law)
        if new.break_minutes < 0 or paid_minutes(start, end, breaks) <= 0:
            hint = f"0 to {length - 1} minutes"
            raise InvalidInput(
                [FieldError("break_minutes", str(new.break_minutes), "does not fit into the shift", hint)]
            )
        shift = Shift(
            version=draft.version,
            lineage_id=new_id(),
            department_id=new.department_id,
            skill_id=new.skill_id,
            template_id=new.template_id,
            employee=employee,
            starts_at=start,
            ends_at=end,
            breaks=breaks,
            paid_minutes=paid_minutes(start, end, breaks),
            pinned=new.pinned,
            note=new.note,
        )
        session.add(shift)
        return None, shift

    return edit_draft(
        session,
        roster_id,
        change,
        action="add",
        expected_revision=expected_revision,
        actor=actor,
        accept=accept,
    )


def _checked_records(draft: Draft, new: NewShift) -> ShiftTemplate | None:
    """The template, if one is named; the department, the skill and it belong to the location."""
    session, here = draft.session, draft.roster.location_id
    department = session.get(Department, new.department_id)
    template = session.get(ShiftTemplate, new.template_id) if new.template_id else None
    errors = []
    if department is None or department.location_id != here:
        hint = "the id of a department of this location"
        errors.append(FieldError("department_id", str(new.department_id), "there is no such record", hint))
    if session.get(Skill, new.skill_id) is None:
        hint = "the id of a skill of this organisation"
        errors.append(FieldError("skill_id", str(new.skill_id), "there is no such record", hint))
    if new.template_id and (template is None or template.location_id != here):
        hint = "the id of a shift template of this location"
        errors.append(FieldError("template_id", str(new.template_id), "there is no such record", hint))
    if errors:
        raise InvalidInput(errors)
    return template
