"""Finding employees."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from scheduler.kernel.errors import SchedulerError
from scheduler.people.models import Employee, EmployeeSkill


def find_employee(session: Session, employee_id: UUID) -> Employee:
    """The employee with this id.

    Raises
    ------
    SchedulerError
        ``employee_not_found``.
    """
    employee = session.get(Employee, employee_id)
    if employee is None:
        raise SchedulerError("employee_not_found", employee_id=str(employee_id))
    return employee


def employees_at(session: Session, location_id: UUID, first_day: date, end_day: date) -> Sequence[Employee]:
    """Everybody employed at a location on some day of ``[first_day, end_day)``, by name.

    Skills (with what they are) and contracts are loaded along: reading them asks the database nothing more.
    """
    employed = (
        Employee.location_id == location_id,
        Employee.hired_on < end_day,
        or_(Employee.left_on.is_(None), Employee.left_on > first_day),
    )
    with_records = (
        selectinload(Employee.skills).options(joinedload(EmployeeSkill.skill)),
        selectinload(Employee.contracts),
    )
    by_name = (Employee.last_name, Employee.first_name, Employee.number)
    return session.scalars(select(Employee).where(*employed).options(*with_records).order_by(*by_name)).all()


def employees_with(session: Session, employee_ids: Collection[UUID]) -> dict[UUID, Employee]:
    """The people with some ids, by id; ids of nobody are left out."""
    query = select(Employee).where(Employee.id.in_(employee_ids))
    return {person.id: person for person in session.scalars(query)}
