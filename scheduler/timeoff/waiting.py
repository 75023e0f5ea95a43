"""Leave as whoever decides on it sees it: what waits, who else is away then, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from scheduler.people.models import Employee
from scheduler.timeoff.models import TimeOff, TimeOffState

DECIDED = (TimeOffState.APPROVED, TimeOffState.REJECTED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that waits for a decision.

    Parameters
    ----------
    away
        Colleagues of the same location whose approved leave shares a day with it, by name.
    """

    leave: TimeOff
    employee: Employee
    away: tuple[Employee, ...]


def waiting_requests(session: Session, of: ColumnElement[bool]) -> list[Waiting]:
    """Every request of some employees that waits for a decision, the one that starts first in front.

    Parameters
    ----------
    of
        Criterion over `Employee`.
    """
    open_ones = (
        select(TimeOff, Employee)
        .join(Employee, Employee.id == TimeOff.employee_id)
        .where(of, TimeOff.state == TimeOffState.REQUESTED)
        .order_by(TimeOff.starts_on, TimeOff.requested_at, TimeOff.id)
    )
    return [
        Waiting(leave, employee, _away(session, leave, employee))
        for leave, employee in session.execute(open_ones)
    ]


def decided_requests(
    session: Session, of: ColumnElement[bool], first_day: date
) -> Sequence[tuple[TimeOff, Employee]]:
    """What was decided about leave of some employees with a day from ``first_day`` on, by start.

    Parameters
    ----------
    of
        Criterion over `Employee`.
    """
    rows = session.execute(
        select(TimeOff, Employee)
        .join(Employee, Employee.id == TimeOff.employee_id)
        .where(of, TimeOff.state.in_(DECIDED), TimeOff.ends_on > first_day)
        .order_by(TimeOff.starts_on, TimeOff.id)
    )
    return [(leave, employee) for leave, employee in rows]


def _away(session: Session, leave: TimeOff, employee: Employee) -> tuple[Employee, ...]:
    then = (
        Employee.location_id == employee.location_id,
        Employee.id != employee.id,
        TimeOff.state == TimeOffState.APPROVED,
        TimeOff.starts_on < leave.ends_on,
        TimeOff.ends_on > leave.starts_on,
    )
    colleagues = select(Employee).where(
        Employee.id.in_(select(Employee.id).join(TimeOff, TimeOff.employee_id == Employee.id).where(*then))
    )
    return tuple(session.scalars(colleagues.order_by(Employee.last_name, Employee.first_name)))
