"""One writer at a time for the time of one employee."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.people.models import Employee

CHUNK = 500


def hold_employees(session: Session, employee_ids: Iterable[UUID]) -> dict[UUID, Employee]:
    """Those employees by id, held until the transaction ends; unknown ones are left out.

    Two punches of one person that arrive at once would otherwise each derive a timesheet without the other.
    Rows are taken in order of id, so that two holders never wait for each other; SQLite has one writer
    anyway.
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
