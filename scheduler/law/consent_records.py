"""Finding the consents of people."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.errors import SchedulerError
from scheduler.law.consents import Consent
from scheduler.law.grounds import consent_grounds
from scheduler.law.models import ConsentRecord
from scheduler.law.pack import Pack


def find_consent(session: Session, consent_id: UUID) -> ConsentRecord:
    """The consent with this id.

    Raises
    ------
    SchedulerError
        ``consent_not_found``.
    """
    found = session.get(ConsentRecord, consent_id)
    if found is None:
        raise SchedulerError("consent_not_found", consent_id=str(consent_id))
    return found


def consents_of(session: Session, employee_id: UUID) -> Sequence[ConsentRecord]:
    """Every consent of somebody, withdrawn ones too, the latest first."""
    query = select(ConsentRecord).where(ConsentRecord.employee_id == employee_id)
    return session.scalars(query.order_by(ConsentRecord.valid_from.desc(), ConsentRecord.id.desc())).all()


def consents_for_law(
    session: Session, employee_ids: Collection[UUID], layers: Sequence[Pack]
) -> dict[UUID, tuple[Consent, ...]]:
    """The consents of people as the law takes them; those that no layer of the place knows are left out."""
    known = consent_grounds(layers)
    query = select(ConsentRecord).where(ConsentRecord.employee_id.in_(employee_ids))
    found: dict[UUID, list[Consent]] = {}
    for record in session.scalars(query.order_by(ConsentRecord.valid_from, ConsentRecord.id)):
        if record.ground in known:
            found.setdefault(record.employee_id, []).append(as_law(record))
    return {who: tuple(held) for who, held in found.items()}


def as_law(record: ConsentRecord) -> Consent:
    """A record as the law takes it."""
    return Consent(
        ground=record.ground,
        given_on=record.given_on,
        valid_from=record.valid_from,
        valid_until=record.valid_until,
        withdrawn_on=record.withdrawn_on,
        notice_days=record.notice_days,
        evidence=record.evidence,
    )
