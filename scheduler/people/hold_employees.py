"""One writer at a time for what is stated of one person: time, contracts, availability, leave."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.errors import SchedulerError
from scheduler.people.models import Employee

CHUNK = 500


def hold_employees(session: Session, employee_ids: Iterable[UUID]) -> dict[UUID, Employee]:
    """Those employees by id, held until the transaction ends; unknown ones are left out.

    Two punches of one person that arrive at once would otherwise each derive a timesheet without the other,
    and two requests for the same leave both be stored. Rows are taken in order of id, so that two holders
    never wait for each other; SQLite has one writer anyway.
    """
    ids = sorted(set(employee_ids))
    held: dict[UUID, Employee] = {}
    for start in range(0, len(ids), CHUNK):
        query = (
            select(Employee)
            .where(Employee.id.in_(ids[start : start + CHUNK]))
            .order_by(Employee.id)
            .with_for_update(key_share=True)
        )
        held.update((employee.id, employee) for employee in session.scalars(query))
    return held


def hold_employee(session: Session, employee_id: UUID) -> Employee:
    """The employee, held until the transaction ends (see `hold_employees`).

    Raises
    ------
    SchedulerError
        ``employee_not_found``.
    """
    employee = hold_employees(session, [employee_id]).get(employee_id)
    if employee is None:
        raise SchedulerError("employee_not_found", employee_id=str(employee_id))
    return employee
