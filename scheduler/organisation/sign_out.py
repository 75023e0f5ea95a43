"""Sign out: open sessions end."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.organisation.credentials import token_hash
from scheduler.organisation.models import SignIn


def sign_out(session: Session, token: str, *, now: datetime, actor: str) -> None:
    """End the session of one token; one that has ended already stays ended."""
    session.execute(
        update(SignIn)
        .where(SignIn.token_hash == token_hash(token), SignIn.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    record(session, actor, "account.sign_out", "account")


def end_sessions(
    session: Session, account_id: UUID, *, now: datetime, except_token: str | None = None
) -> None:
    """End every open session of an account, but for the one of ``except_token``."""
    ending = update(SignIn).where(SignIn.account_id == account_id, SignIn.revoked_at.is_(None))
    if except_token is not None:
        ending = ending.where(SignIn.token_hash != token_hash(except_token))
    session.execute(ending.values(revoked_at=now))
