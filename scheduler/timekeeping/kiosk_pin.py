"""PINs of people at kiosks; only their hashes are kept."""

from __future__ import annotations

import secrets
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.credentials import hash_pin, password_matches
from scheduler.people.hold_employees import hold_employee
from scheduler.people.models import Employee
from scheduler.timekeeping.models import KioskPin

GIVEN_DIGITS = 6
"""Length of a PIN that is drawn by lot."""


def set_pin(session: Session, employee_id: UUID, pin: str, *, actor: str) -> None:
    """From now on somebody punches at kiosks with ``pin``.

    Raises
    ------
    InvalidInput
        If it is not 4 to 8 digits, or is one digit repeated.
    SchedulerError
        ``employee_not_found``.
    """
    pin_hash = hash_pin(pin)
    hold_employee(session, employee_id)
    kept = session.scalar(select(KioskPin).where(KioskPin.employee_id == employee_id))
    if kept is None:
        session.add(KioskPin(employee_id=employee_id, pin_hash=pin_hash, set_at=utc_now()))
    else:
        kept.pin_hash, kept.set_at = pin_hash, utc_now()
    session.flush()
    record(session, actor, "kiosk_pin.set", "employee", employee_id)


def reset_pin(session: Session, employee_id: UUID, *, actor: str) -> str:
    """A PIN drawn by lot for somebody who has none or forgot it, told this once.

    Raises
    ------
    SchedulerError
        ``employee_not_found``.
    """
    pin = "".join(secrets.choice("0123456789") for _ in range(GIVEN_DIGITS))
    while len(set(pin)) == 1:
        pin = "".join(secrets.choice("0123456789") for _ in range(GIVEN_DIGITS))
    set_pin(session, employee_id, pin, actor=actor)
    return pin


def check_pin(session: Session, *, number: str, pin: str) -> Employee:
    """Who an employee number is, if the PIN is the right one.

    Takes as long for a number that nobody has. Meant for a reading session: the work of hashing must not
    hold the write lock of SQLite.

    Raises
    ------
    SchedulerError
        ``pin_refused`` for an unknown number, a person without a PIN and a wrong PIN alike.
    """
    employee = session.scalar(select(Employee).where(Employee.number == number))
    kept = (
        None
        if employee is None
        else session.scalar(select(KioskPin.pin_hash).where(KioskPin.employee_id == employee.id))
    )
    if not password_matches(pin, kept) or employee is None:
        raise SchedulerError("pin_refused")
    return employee


def people_with_pin(session: Session, location_id: UUID) -> set[UUID]:
    """Ids of the employees of a location who have a PIN."""
    query = (
        select(KioskPin.employee_id)
        .join(Employee, Employee.id == KioskPin.employee_id)
        .where(Employee.location_id == location_id)
    )
    return set(session.scalars(query))


def has_pin(session: Session, employee_id: UUID) -> bool:
    """Whether somebody has a PIN."""
    return session.scalar(select(KioskPin.id).where(KioskPin.employee_id == employee_id)) is not None
