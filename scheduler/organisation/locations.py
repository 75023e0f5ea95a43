"""Locations and their departments."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.models import Department, Location


def list_locations(session: Session) -> Sequence[Location]:
    """Every location, by code."""
    return session.scalars(select(Location).order_by(Location.code)).all()


def find_location(session: Session, location_id: UUID) -> Location:
    """The location with this id.

    Raises
    ------
    SchedulerError
        ``location_not_found``.
    """
    location = session.get(Location, location_id)
    if location is None:
        raise SchedulerError("location_not_found", location_id=str(location_id))
    return location


def location_coded(session: Session, code: str) -> Location:
    """The location with this code.

    Raises
    ------
    SchedulerError
        ``location_not_found``, with the codes there are.
    """
    location = session.scalars(select(Location).where(Location.code == code)).one_or_none()
    if location is None:
        known = [each.code for each in list_locations(session)]
        raise SchedulerError("location_not_found", location=code, known=known)
    return location


def list_departments(session: Session, location_id: UUID) -> Sequence[Department]:
    """The departments of a location, by code."""
    of_location = select(Department).where(Department.location_id == location_id)
    return session.scalars(of_location.order_by(Department.code)).all()
