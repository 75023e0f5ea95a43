"""A dispute and a lent right to approve, for the world of the API tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.kernel.clock import utc_now
from scheduler.organisation.models import Account, ApprovalDelegation, Role, RoleGrant
from scheduler.timekeeping.models import Dispute, DisputeAct, DisputeEvent, TimesheetState

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def store_dispute(session: Session, timesheet_id: UUID) -> UUID:
    """An open dispute that nobody answered."""
    dispute = Dispute(timesheet_id=timesheet_id, state_then=TimesheetState.OPEN)
    session.add(dispute)
    session.flush()
    raised = DisputeEvent(
        dispute_id=dispute.id, number=1, act=DisputeAct.RAISED, words="no", at=EPOCH, by="system"
    )
    session.add(raised)
    session.flush()
    return dispute.id


def store_delegation(session: Session, slug: str, ids: Mapping[str, UUID]) -> UUID:
    """Somebody lends somebody else the right to approve at a place."""
    place = ids["location_id"]
    giver, receiver = (
        Account(email=f"{name}{place}@{slug}", name=name, password_hash="-", created_at=EPOCH)
        for name in ("giver", "receiver")
    )
    giver.grants = [RoleGrant(role=Role.MANAGER, location_id=place)]
    session.add_all([giver, receiver])
    session.flush()
    lent = ApprovalDelegation(
        giver_id=giver.id,
        receiver_id=receiver.id,
        location_id=place,
        starts_on=date(2026, 1, 1),
        ends_on=utc_now().date() + timedelta(days=280),
        reason="on leave",
        given_at=EPOCH,
    )
    session.add(lent)
    session.flush()
    return lent.id
