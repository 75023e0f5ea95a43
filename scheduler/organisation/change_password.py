"""Change a password."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.accounts import find_account
from scheduler.organisation.credentials import hash_password, password_matches
from scheduler.organisation.sign_out import end_sessions


def change_password(
    session: Session,
    account_id: UUID,
    *,
    present: str,
    new: str,
    keep_token: str | None,
    now: datetime,
    actor: str,
) -> None:
    """From now on ``new`` opens the account, and its sessions end but for the one of ``keep_token``.

    Raises
    ------
    SchedulerError
        ``password_wrong`` if ``present`` is not the present password.
    InvalidInput
        If the new password is too short or too long.
    """
    account = find_account(session, account_id)
    if not password_matches(present, account.password_hash):
        raise SchedulerError("password_wrong")
    account.password_hash = hash_password(new, "new_password")
    end_sessions(session, account.id, now=now, except_token=keep_token)
    record(session, actor, "account.change_password", "account", account.id)
