"""Change an account: its name, its roles, whether it can sign in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.accounts import find_account
from scheduler.organisation.create_account import check_grants, grant_fact
from scheduler.organisation.models import Account, Role, RoleGrant
from scheduler.organisation.permissions import Grant
from scheduler.organisation.sign_out import end_sessions


def change_account(
    session: Session,
    account_id: UUID,
    *,
    name: str | None = None,
    active: bool | None = None,
    grants: Iterable[Grant] | None = None,
    now: datetime,
    actor: str,
) -> Account:
    """The account with what is given changed; switching it off ends its sessions at once.

    Raises
    ------
    SchedulerError
        ``not_found``; ``last_admin`` if nobody could administer the organisation any more.
    InvalidInput
        If a grant cannot be accepted.
    """
    account = find_account(session, account_id)
    facts: dict[str, Any] = {}
    if name is not None:
        account.name = facts["name"] = name
    if grants is not None:
        checked = check_grants(session, grants)
        kept = [grant for grant in account.grants if Grant(grant.role, grant.location_id) in checked]
        present = {Grant(grant.role, grant.location_id) for grant in kept}
        added = [RoleGrant(role=g.role, location_id=g.location_id) for g in checked if g not in present]
        account.grants = [*kept, *added]
        facts["grants"] = [grant_fact(grant) for grant in checked]
    if active is not None:
        account.active = facts["active"] = active
        if not active:
            end_sessions(session, account.id, now=now)
    session.flush()
    if not _has_admin(session):
        raise SchedulerError("last_admin", account=account.email)
    record(session, actor, "account.change", "account", account.id, **facts)
    return account


def _has_admin(session: Session) -> bool:
    admins = (
        select(Account.id)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(RoleGrant.role == Role.ADMIN, Account.active)
        .limit(1)
        # Two admins who switch each other off at the same moment wait for each other here.
        .with_for_update(of=Account)
    )
    return session.scalar(admins) is not None
