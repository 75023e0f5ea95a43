"""Make a shift template, or change one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import DAY_MINUTES
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.organisation.locations import find_location
from scheduler.organisation.models import Department
from scheduler.people.models import Skill
from scheduler.rosters.models import ShiftTemplate


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """What is said of a template; the fields mean what they mean in `ShiftTemplate`.

    Without a weekday it is retired: no run makes shifts of it, and those that are there stay.
    """

    department_id: UUID
    skill_id: UUID
    code: str
    name: str
    weekdays: Sequence[int]
    earliest_start_minute: int
    latest_start_minute: int
    start_step_minutes: int
    shortest_minutes: int
    longest_minutes: int
    length_step_minutes: int
    break_from_minutes: int
    break_minutes: int
    break_paid: bool

    def errors(self) -> list[FieldError]:
        """Everything that cannot be, whatever else is stored."""
        last = DAY_MINUTES - 1
        earliest = min(self.earliest_start_minute, last)
        shortest = min(max(self.shortest_minutes, 1), DAY_MINUTES)
        ranges = {
            "earliest_start_minute": (0, last),
            "latest_start_minute": (earliest, last),
            "start_step_minutes": (1, DAY_MINUTES),
            "shortest_minutes": (1, DAY_MINUTES),
            "longest_minutes": (shortest, DAY_MINUTES),
            "length_step_minutes": (1, DAY_MINUTES),
            "break_from_minutes": (0, DAY_MINUTES),
            "break_minutes": (0, shortest - 1),
        }
        found = [
            FieldError(name, str(getattr(self, name)), "is out of range", f"{least} to {most} minutes")
            for name, (least, most) in ranges.items()
            if not least <= getattr(self, name) <= most
        ]
        if not set(self.weekdays) <= set(range(7)) or len(set(self.weekdays)) < len(self.weekdays):
            hint = "0 = Monday to 6 = Sunday, each at most once"
            found.append(FieldError("weekdays", str(list(self.weekdays)), "are no weekdays", hint))
        return found


def create_template(
    session: Session, location_id: UUID, facts: TemplateFacts, *, actor: str
) -> ShiftTemplate:
    """A new template of a location.

    Raises
    ------
    InvalidInput
        With everything that cannot be, a department of another location for one.
    SchedulerError
        ``location_not_found``; ``code_taken`` if a template of the location has the code.
    """
    find_location(session, location_id)
    template = ShiftTemplate(location_id=location_id)
    return _save(session, template, facts, "shift_template.create", actor)


def change_template(
    session: Session, template_id: UUID, facts: TemplateFacts, *, actor: str
) -> ShiftTemplate:
    """The template, with everything as said; shifts made from it stay as they are.

    Raises
    ------
    InvalidInput
        With everything that cannot be.
    SchedulerError
        ``template_not_found``; ``code_taken`` if another template of the location has the code.
    """
    template = session.get(ShiftTemplate, template_id)
    if template is None:
        raise SchedulerError("template_not_found", template_id=str(template_id))
    return _save(session, template, facts, "shift_template.change", actor)


def _save(
    session: Session, template: ShiftTemplate, facts: TemplateFacts, action: str, actor: str
) -> ShiftTemplate:
    if errors := [*facts.errors(), *_reference_errors(session, template.location_id, facts)]:
        raise InvalidInput(errors)
    same_code = (ShiftTemplate.location_id == template.location_id, ShiftTemplate.code == facts.code)
    taken = session.scalar(select(ShiftTemplate.id).where(*same_code))
    if taken is not None and taken != template.id:
        raise SchedulerError("code_taken", what="shift template of this location", taken=facts.code)
    said = {**asdict(facts), "weekdays": sorted(facts.weekdays)}
    for name, value in said.items():
        setattr(template, name, value)
    session.add(template)
    session.flush()
    ids = {"department_id": str(facts.department_id), "skill_id": str(facts.skill_id)}
    record(session, actor, action, "shift_template", template.id, **{**said, **ids})
    return template


def _reference_errors(session: Session, location_id: UUID, facts: TemplateFacts) -> list[FieldError]:
    department = session.get(Department, facts.department_id)
    found = []
    if department is None or department.location_id != location_id:
        hint = "the id of a department of this location"
        value = str(facts.department_id)
        found.append(FieldError("department_id", value, "there is no such record", hint))
    if session.get(Skill, facts.skill_id) is None:
        hint = "the id of a skill of this organisation"
        found.append(FieldError("skill_id", str(facts.skill_id), "there is no such record", hint))
    return found
