"""Who can sign in."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from api.pagination import PageCursor, page_of
from api.permissions import Access, allow
from api.schemas.accounts import AccountChange, AccountView, NewAccount
from api.schemas.base import Page
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import utc_now
from scheduler.organisation.accounts import find_account, list_accounts
from scheduler.organisation.change_account import change_account
from scheduler.organisation.create_account import create_account
from scheduler.organisation.models import Account
from scheduler.organisation.permissions import Permission

router = APIRouter(prefix="/v1/accounts", tags=["accounts"])

MayAdminister = Annotated[Access, Depends(allow(Permission.ACCOUNTS_WRITE))]


@router.get("", summary="List accounts")
def get_accounts(access: MayAdminister, session: ReadSession, cursor: PageCursor) -> Page[AccountView]:
    """Every account of the organisation, oldest first."""
    return page_of(session, list_accounts(), Account.id, cursor, AccountView.model_validate)


@router.post("", status_code=201, summary="Create an account")
def post_account(access: MayAdminister, session: WriteSession, body: NewAccount) -> AccountView:
    """Somebody can sign in. 409 `email_taken` if an account has the address."""
    if body.employee_id is not None:
        access.require_employee(session, body.employee_id)
    account = create_account(
        session,
        email=body.email,
        name=body.name,
        password=body.password,
        grants=[role.grant() for role in body.roles],
        employee_id=body.employee_id,
        actor=access.actor,
    )
    return AccountView.model_validate(account)


@router.get("/{account_id}", summary="Show an account")
def get_account(access: MayAdminister, session: ReadSession, account_id: UUID) -> AccountView:
    """One account with its roles."""
    return AccountView.model_validate(find_account(session, account_id))


@router.patch("/{account_id}", summary="Change an account")
def patch_account(
    access: MayAdminister, session: WriteSession, account_id: UUID, body: AccountChange
) -> AccountView:
    """Its name, its roles, whether it can sign in. 409 `last_admin` if no active admin would be left."""
    grants = None if body.roles is None else [role.grant() for role in body.roles]
    account = change_account(
        session,
        account_id,
        name=body.name,
        active=body.active,
        grants=grants,
        now=utc_now(),
        actor=access.actor,
    )
    return AccountView.model_validate(account)
