"""Create an account: somebody can sign in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.db.tenant import across_tenants
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.organisation.credentials import hash_password
from scheduler.organisation.models import Account, Location, Role, RoleGrant
from scheduler.organisation.permissions import Grant

# One @, something on both sides, no blanks: whether it exists only a letter to it can tell.
_ADDRESS = re.compile(r"[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+")


def create_account(
    session: Session,
    *,
    email: str,
    name: str,
    password: str,
    grants: Iterable[Grant],
    employee_id: UUID | None = None,
    actor: str,
) -> Account:
    """A new account of the session's organisation.

    Parameters
    ----------
    email
        Names the account at sign-in; kept in lower case, unique over all organisations.
    grants
        The roles it holds, at least one; an admin is one for the whole organisation.
    employee_id
        The employee whose own records it may see. Whether the employee exists is for the caller to know.

    Raises
    ------
    InvalidInput
        If the address, the password or a grant cannot be accepted.
    SchedulerError
        ``email_taken`` if an account has the address.
    """
    address = email.strip().lower()
    if not _ADDRESS.fullmatch(address):
        hint = "an address such as ann@example.com"
        raise InvalidInput([FieldError("email", email, "is no e-mail address", hint)])
    checked = check_grants(session, grants)
    password_hash = hash_password(password)
    with across_tenants(session):
        taken = session.scalar(select(Account.id).where(Account.email == address))
    if taken is not None:
        raise SchedulerError("email_taken", email=address)
    account = Account(
        email=address, name=name, password_hash=password_hash, employee_id=employee_id, created_at=utc_now()
    )
    account.grants = [RoleGrant(role=grant.role, location_id=grant.location_id) for grant in checked]
    session.add(account)
    session.flush()
    record(
        session,
        actor,
        "account.create",
        "account",
        account.id,
        email=address,
        grants=[grant_fact(grant) for grant in checked],
    )
    return account


def check_grants(session: Session, grants: Iterable[Grant]) -> list[Grant]:
    """The grants without doubles, in a fixed order.

    Raises
    ------
    InvalidInput
        If there are none, a location does not exist, or an admin would be one for a single location.
    """
    checked = sorted(set(grants), key=lambda grant: (grant.role, str(grant.location_id)))
    errors = []
    if not checked:
        errors.append(FieldError("roles", "[]", "no role is given", f"one of {', '.join(Role)}"))
    for number, grant in enumerate(checked):
        field = f"roles[{number}].location_id"
        if grant.location_id is None:
            continue
        if grant.role in (Role.ADMIN, Role.EMPLOYEE):
            hint = "leave the location out"
            problem = f"the role {grant.role} is not held at a single location"
            errors.append(FieldError(field, str(grant.location_id), problem, hint))
        elif session.get(Location, grant.location_id) is None:
            hint = "the id of a location of this organisation"
            errors.append(FieldError(field, str(grant.location_id), "no such location", hint))
    if errors:
        raise InvalidInput(errors)
    return checked


def grant_fact(grant: Grant) -> dict[str, str | None]:
    """A grant as the audit record keeps it."""
    return {
        "role": grant.role.value,
        "location_id": None if grant.location_id is None else str(grant.location_id),
    }
