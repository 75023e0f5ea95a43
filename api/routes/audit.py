"""Who did what."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from api.pagination import PageCursor, page_of
from api.permissions import Access, allow
from api.schemas.audit import AuditEntryView
from api.schemas.base import Code, Name, Page
from api.transaction import ReadSession
from scheduler.audit.entries import audit_entries
from scheduler.audit.models import AuditEntry
from scheduler.organisation.permissions import Permission

router = APIRouter(prefix="/v1/audit", tags=["audit"])


@router.get("", summary="Read the audit record")
def get_audit_entries(
    access: Annotated[Access, Depends(allow(Permission.AUDIT_READ))],
    session: ReadSession,
    cursor: PageCursor,
    actor: Annotated[Name | None, Query(description="`user:<id>`, `key:<id>` or `system`.")] = None,
    subject: Annotated[Code | None, Query(description="Kind of record, such as `roster`.")] = None,
    subject_id: Annotated[UUID | None, Query(description="The record itself.")] = None,
) -> Page[AuditEntryView]:
    """What was done, newest first. The record can only grow."""
    entries = audit_entries(actor=actor, subject=subject, subject_id=subject_id)
    return page_of(session, entries, AuditEntry.id, cursor, AuditEntryView.model_validate, newest_first=True)
