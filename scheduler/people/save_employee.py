"""Make an employee, or change what is known of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.organisation.models import Department, Location
from scheduler.people.employees import find_employee
from scheduler.people.hold_employees import hold_employee
from scheduler.people.models import Employee, EmployeeSkill, JobRole, Skill


@dataclass(frozen=True, slots=True)
class EmployeeFacts:
    """What is said of a person; the fields mean what they mean in `Employee`."""

    number: str
    first_name: str
    last_name: str
    hired_on: date
    location_id: UUID
    department_id: UUID
    job_role_id: UUID | None = None
    email: str | None = None
    born_on: date | None = None
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class SkillSpan:
    """A skill somebody has on the days ``[valid_from, valid_until)``; None is without end."""

    skill_id: UUID
    valid_from: date
    valid_until: date | None = None


def create_employee(session: Session, facts: EmployeeFacts, *, actor: str) -> Employee:
    """A new employee, still without skills and contract.

    Raises
    ------
    InvalidInput
        With every date that cannot be, and every record that does not exist.
    SchedulerError
        ``number_taken`` if an employee has the number.
    """
    _check(session, facts, None)
    employee = Employee(**asdict(facts))
    session.add(employee)
    session.flush()
    record(session, actor, "employee.create", "employee", employee.id, number=facts.number)
    return employee


def change_employee(session: Session, employee_id: UUID, facts: EmployeeFacts, *, actor: str) -> Employee:
    """The employee, with everything as said.

    Raises
    ------
    InvalidInput
        With every date that cannot be, and every record that does not exist.
    SchedulerError
        ``employee_not_found``; ``number_taken`` if another employee has the number.
    """
    employee = find_employee(session, employee_id)
    _check(session, facts, employee_id)
    changed = [name for name, value in asdict(facts).items() if getattr(employee, name) != value]
    for name in changed:
        setattr(employee, name, getattr(facts, name))
    session.flush()
    record(session, actor, "employee.change", "employee", employee.id, number=facts.number, fields=changed)
    return employee


def set_skills(session: Session, employee_id: UUID, spans: Sequence[SkillSpan], *, actor: str) -> Employee:
    """The employee has these skills and no others.

    Raises
    ------
    InvalidInput
        With every skill that does not exist, every empty span, and every skill held twice on one day.
    SchedulerError
        ``employee_not_found``.
    """
    employee = hold_employee(session, employee_id)
    known = set(session.scalars(select(Skill.id)))
    errors = [error for place, span in enumerate(spans) for error in _span_errors(place, span, spans, known)]
    if errors:
        raise InvalidInput(errors)
    employee.skills = []
    session.flush()
    employee.skills = [EmployeeSkill(**asdict(span)) for span in spans]
    session.flush()
    record(session, actor, "employee.set_skills", "employee", employee_id, skills=len(spans))
    return employee


def _check(session: Session, facts: EmployeeFacts, employee_id: UUID | None) -> None:
    errors = []
    if facts.left_on is not None and facts.left_on <= facts.hired_on:
        hint = f"a day after {facts.hired_on}: it is the first day no longer employed"
        errors.append(FieldError("left_on", str(facts.left_on), "is not after the day of hiring", hint))
    if facts.born_on is not None and facts.born_on >= facts.hired_on:
        hint = "check both dates"
        errors.append(FieldError("born_on", str(facts.born_on), "is not before the day of hiring", hint))
    if session.get(Location, facts.location_id) is None:
        hint = "the id of a location"
        errors.append(FieldError("location_id", str(facts.location_id), "no such location", hint))
    department = session.get(Department, facts.department_id)
    if department is None or department.location_id != facts.location_id:
        hint = "the id of a department of the location"
        errors.append(FieldError("department_id", str(facts.department_id), "no such department", hint))
    if facts.job_role_id is not None and session.get(JobRole, facts.job_role_id) is None:
        hint = "the id of a job role, or null"
        errors.append(FieldError("job_role_id", str(facts.job_role_id), "no such job role", hint))
    if errors:
        raise InvalidInput(errors)
    holder = session.scalar(select(Employee.id).where(Employee.number == facts.number))
    if holder is not None and holder != employee_id:
        raise SchedulerError("number_taken", number=facts.number)


def _span_errors(
    place: int, span: SkillSpan, spans: Sequence[SkillSpan], known: set[UUID]
) -> list[FieldError]:
    path = f"skills[{place}]"
    found = []
    if span.skill_id not in known:
        found.append(FieldError(f"{path}.skill_id", str(span.skill_id), "no such skill", "the id of a skill"))
    if span.valid_until is not None and span.valid_until <= span.valid_from:
        hint = f"a day after {span.valid_from}, or null for no end"
        found.append(FieldError(f"{path}.valid_until", str(span.valid_until), "ends before it starts", hint))
    for other in spans[:place]:
        if other.skill_id == span.skill_id and _meet(other, span):
            hint = "one span for each time"
            found.append(
                FieldError(f"{path}.valid_from", str(span.valid_from), "the skill is held already then", hint)
            )
    return found


def _meet(one: SkillSpan, other: SkillSpan) -> bool:
    """Whether two spans have a day in common."""
    return (one.valid_until is None or other.valid_from < one.valid_until) and (
        other.valid_until is None or one.valid_from < other.valid_until
    )
