"""The demo company's logins: one for each role, with a password that is no secret."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.organisation.create_account import create_account
from scheduler.organisation.locations import list_locations
from scheduler.organisation.models import Account, Role
from scheduler.organisation.permissions import Grant
from scheduler.people.models import Employee

PASSWORD = "try-makina-today"  # noqa: S105 - printed on the screen, for made-up people on one's own machine


@dataclass(frozen=True, slots=True)
class Login:
    """An account somebody trying the demo can use."""

    email: str
    what: str


def ensure_logins(session: Session, *, domain: str, actor: str) -> list[Login]:
    """Make the accounts that are missing; whoever changed a password keeps it.

    Parameters
    ----------
    domain
        The part of the addresses after the @.
    """
    logins = [
        _ensure(session, Login(f"admin@{domain}", "administrator, every location"), Role.ADMIN, actor),
        _ensure(session, Login(f"payroll@{domain}", "payroll, every location"), Role.PAYROLL, actor),
    ]
    for location in list_locations(session):
        code = location.code.lower()
        manager = Login(f"manager.{code}@{domain}", f"manager of {location.name}")
        logins.append(_ensure(session, manager, Role.MANAGER, actor, location_id=location.id))
        first = select(Employee).where(Employee.location_id == location.id, Employee.left_on.is_(None))
        employee = session.scalars(first.order_by(Employee.number).limit(1)).one_or_none()
        if employee is not None:
            own = Login(f"employee.{code}@{domain}", f"{employee.name}, employee at {location.name}")
            logins.append(_ensure(session, own, Role.EMPLOYEE, actor, employee=employee))
    return logins


def _ensure(
    session: Session,
    login: Login,
    role: Role,
    actor: str,
    *,
    location_id: UUID | None = None,
    employee: Employee | None = None,
) -> Login:
    if session.scalar(select(Account.id).where(Account.email == login.email)) is None:
        create_account(
            session,
            email=login.email,
            name=employee.name if employee else _as_name(login.what),
            password=PASSWORD,
            grants=[Grant(role, location_id)],
            employee_id=employee.id if employee else None,
            actor=actor,
        )
    return login


def _as_name(what: str) -> str:
    first = what.split(",")[0]
    return first[0].upper() + first[1:]
