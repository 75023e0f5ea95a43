"""Finding what was made known when."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.rosters.models import Publication


def publication_of(session: Session, version_id: UUID) -> Publication | None:
    """How a version was made known, with its notes; None for a draft."""
    return session.scalar(select(Publication).where(Publication.version_id == version_id))
