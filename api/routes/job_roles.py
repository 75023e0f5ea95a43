"""What people are hired as."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy import select

from api.pagination import PageCursor, page_of
from api.permissions import Access, allow
from api.schemas.base import Page
from api.schemas.job_roles import JobRoleView, NewJobRole
from api.transaction import ReadSession, WriteSession
from scheduler.organisation.permissions import Permission
from scheduler.people.create_skill import create_job_role
from scheduler.people.models import JobRole

router = APIRouter(prefix="/v1/job-roles", tags=["job roles"])


@router.post("", status_code=201, summary="Create a job role")
def post_job_role(
    access: Annotated[Access, Depends(allow(Permission.REFERENCE_WRITE))],
    session: WriteSession,
    body: NewJobRole,
) -> JobRoleView:
    """Something people are hired as. 409 `code_taken` if a job role has the code."""
    made = create_job_role(session, code=body.code, name=body.name, actor=access.actor)
    return JobRoleView.model_validate(made)


@router.get("", summary="List job roles")
def get_job_roles(
    access: Annotated[Access, Depends(allow(Permission.REFERENCE_READ))],
    session: ReadSession,
    cursor: PageCursor,
) -> Page[JobRoleView]:
    """Everything people are hired as, oldest first."""
    return page_of(session, select(JobRole), JobRole.id, cursor, JobRoleView.model_validate)
