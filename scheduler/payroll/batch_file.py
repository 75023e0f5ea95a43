"""The bytes of a batch, the same for ever."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.payroll.models import PayrollBatchPiece


def piece_count(session: Session, batch_id: UUID) -> int:
    """How many pieces the file of a batch has."""
    query = select(func.count(PayrollBatchPiece.id)).where(PayrollBatchPiece.batch_id == batch_id)
    return session.scalar(query) or 0


def batch_piece(session: Session, batch_id: UUID, number: int) -> bytes:
    """One piece of the file of a batch, counted from 0."""
    query = select(PayrollBatchPiece.content).where(PayrollBatchPiece.batch_id == batch_id)
    return session.scalars(query.where(PayrollBatchPiece.number == number)).one()


def batch_content(session: Session, batch_id: UUID) -> bytes:
    """The whole file of a batch."""
    return b"".join(
        batch_piece(session, batch_id, number) for number in range(piece_count(session, batch_id))
    )
