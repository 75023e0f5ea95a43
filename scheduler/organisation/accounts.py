"""Accounts, looked up."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.models import Account


def list_accounts() -> Select[Account]:
    """Every account of the organisation, in the order they were made."""
    return select(Account).order_by(Account.id)


def find_account(session: Session, account_id: UUID) -> Account:
    """One account.

    Raises
    ------
    SchedulerError
        ``not_found`` if the organisation has none with this id.
    """
    account = session.get(Account, account_id)
    if account is None:
        raise SchedulerError("not_found", what="account", id=str(account_id))
    return account


def is_employee(session: Session, actor: str, employee_id: UUID) -> bool:
    """Whether an actor is the account of this employee: nobody approves what is his own."""
    kind, _, key = actor.partition(":")
    account = session.get(Account, UUID(key)) if kind == "user" else None
    return account is not None and account.employee_id == employee_id
