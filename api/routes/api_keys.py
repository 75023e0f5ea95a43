"""Keys for other systems."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from api.pagination import PageCursor, page_of
from api.permissions import Access, allow
from api.schemas.api_keys import ApiKeyMade, ApiKeyView, NewApiKey
from api.schemas.base import Page
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import utc_now
from scheduler.organisation.api_keys import list_api_keys
from scheduler.organisation.create_api_key import create_api_key
from scheduler.organisation.models import ApiKey
from scheduler.organisation.permissions import Permission
from scheduler.organisation.revoke_api_key import revoke_api_key

router = APIRouter(prefix="/v1/api-keys", tags=["API keys"])

MayHandleKeys = Annotated[Access, Depends(allow(Permission.KEYS_WRITE))]


@router.get("", summary="List API keys")
def get_api_keys(access: MayHandleKeys, session: ReadSession, cursor: PageCursor) -> Page[ApiKeyView]:
    """Every key, those revoked included, oldest first; never a secret."""
    return page_of(session, list_api_keys(), ApiKey.id, cursor, ApiKeyView.model_validate)


@router.post("", status_code=201, summary="Create an API key")
def post_api_key(access: MayHandleKeys, session: WriteSession, body: NewApiKey) -> ApiKeyMade:
    """Another system can call the API within the scopes. The secret is shown this once."""
    made = create_api_key(
        session,
        name=body.name,
        scopes=body.scopes,
        expires_at=body.expires_at,
        now=utc_now(),
        created_by=access.principal.account_id,
        actor=access.actor,
    )
    return ApiKeyMade(key=ApiKeyView.model_validate(made.key), secret=made.secret)


@router.delete("/{key_id}", summary="Revoke an API key")
def delete_api_key(access: MayHandleKeys, session: WriteSession, key_id: UUID) -> ApiKeyView:
    """The key opens nothing any more, from the next request on; its row stays for the record."""
    return ApiKeyView.model_validate(revoke_api_key(session, key_id, now=utc_now(), actor=access.actor))
