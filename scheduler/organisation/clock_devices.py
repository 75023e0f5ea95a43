"""Time clocks of a location that send punches themselves; only the hash of a key is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.organisation.credentials import SHOWN_CHARACTERS, new_device_key, token_hash
from scheduler.organisation.kiosks import LONGEST_NAME
from scheduler.organisation.locations import find_location
from scheduler.organisation.models import ClockDevice


def create_device(
    session: Session, location_id: UUID, *, name: str, now: datetime, actor: str
) -> tuple[ClockDevice, str]:
    """A new time clock with its key, which is told this once.

    Raises
    ------
    InvalidInput
        If the name is blank or longer than `LONGEST_NAME` characters.
    SchedulerError
        ``location_not_found``.
    """
    find_location(session, location_id)
    name = name.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        hint = f"1 to {LONGEST_NAME} characters that say which one it is, such as Terminal hall 2"
        raise InvalidInput([FieldError("name", name[:LONGEST_NAME], "this cannot be a name", hint)])
    secret = new_device_key()
    device = ClockDevice(
        location_id=location_id,
        name=name,
        prefix=secret[:SHOWN_CHARACTERS],
        key_hash=token_hash(secret),
        created_at=now,
    )
    session.add(device)
    session.flush()
    record(
        session, actor, "clock_device.create", "clock_device", device.id, name=name, location=str(location_id)
    )
    return device, secret


def revoke_device(session: Session, device_id: UUID, *, now: datetime, actor: str) -> ClockDevice:
    """The time clock, whose key opens nothing any more; one revoked before keeps its first instant.

    Raises
    ------
    SchedulerError
        ``not_found``.
    """
    device = session.get(ClockDevice, device_id)
    if device is None:
        raise SchedulerError("not_found", what="time clock", id=str(device_id))
    if device.revoked_at is None:
        device.revoked_at = now
        record(session, actor, "clock_device.revoke", "clock_device", device.id)
    return device


def list_devices(session: Session, location_id: UUID) -> Sequence[ClockDevice]:
    """The time clocks of a location that are not revoked, in the order they were made."""
    of_location = select(ClockDevice).where(
        ClockDevice.location_id == location_id, ClockDevice.revoked_at.is_(None)
    )
    return session.scalars(of_location.order_by(ClockDevice.id)).all()


def note_seen(
    session: Session, device_id: UUID, *, now: datetime, clock_offset_seconds: int | None
) -> ClockDevice | None:
    """The time clock has just sent something; how far its clock is off is kept where it told its time."""
    device = session.get(ClockDevice, device_id)
    if device is not None:
        device.last_seen_at = now
        if clock_offset_seconds is not None:
            device.clock_offset_seconds = clock_offset_seconds
    return device
