"""Kiosks: secret addresses at which the people of a location punch; only the hash of a token is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.db.tenant import across_tenants
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.organisation.credentials import new_token, token_hash
from scheduler.organisation.locations import find_location
from scheduler.organisation.models import Kiosk

LONGEST_NAME = 80


def create_kiosk(session: Session, location_id: UUID, *, name: str, now: datetime, actor: str) -> str:
    """The secret token of a new kiosk, told this once.

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
        hint = f"1 to {LONGEST_NAME} characters that say where it stands, such as Main gate"
        raise InvalidInput([FieldError("name", name[:LONGEST_NAME], "this cannot be a name", hint)])
    token = new_token()
    kiosk = Kiosk(location_id=location_id, name=name, token_hash=token_hash(token), created_at=now)
    session.add(kiosk)
    session.flush()
    record(session, actor, "kiosk.create", "kiosk", kiosk.id, name=name, location=str(location_id))
    return token


def revoke_kiosk(session: Session, kiosk_id: UUID, *, now: datetime, actor: str) -> Kiosk:
    """The kiosk, whose address opens nothing any more; one revoked before keeps its first instant.

    Raises
    ------
    SchedulerError
        ``not_found``.
    """
    kiosk = session.get(Kiosk, kiosk_id)
    if kiosk is None:
        raise SchedulerError("not_found", what="kiosk", id=str(kiosk_id))
    if kiosk.revoked_at is None:
        kiosk.revoked_at = now
        record(session, actor, "kiosk.revoke", "kiosk", kiosk.id)
    return kiosk


def list_kiosks(session: Session, location_id: UUID) -> Sequence[Kiosk]:
    """The kiosks of a location that are not revoked, in the order they were made."""
    of_location = select(Kiosk).where(Kiosk.location_id == location_id, Kiosk.revoked_at.is_(None))
    return session.scalars(of_location.order_by(Kiosk.id)).all()


def kiosk_for_token(session: Session, token: str) -> Kiosk:
    """The kiosk a token opens, of whichever organisation; the caller goes on as ``kiosk.organisation_id``.

    Raises
    ------
    SchedulerError
        ``kiosk_not_found`` for every token that opens none: unknown, revoked or malformed.
    """
    with across_tenants(session):
        kiosk = session.scalar(
            select(Kiosk).where(Kiosk.token_hash == token_hash(token), Kiosk.revoked_at.is_(None))
        )
    if kiosk is None:
        raise SchedulerError("kiosk_not_found")
    return kiosk
