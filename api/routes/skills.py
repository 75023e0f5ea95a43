"""What shifts can require."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy import select

from api.pagination import PageCursor, page_of
from api.permissions import Access, allow
from api.schemas.base import Page
from api.schemas.skills import NewSkill, SkillView
from api.transaction import ReadSession, WriteSession
from scheduler.organisation.permissions import Permission
from scheduler.people.create_skill import create_skill
from scheduler.people.models import Skill

router = APIRouter(prefix="/v1/skills", tags=["skills"])


@router.post("", status_code=201, summary="Create a skill")
def post_skill(
    access: Annotated[Access, Depends(allow(Permission.REFERENCE_WRITE))],
    session: WriteSession,
    body: NewSkill,
) -> SkillView:
    """A new skill or certificate. 409 `code_taken` if a skill has the code."""
    return SkillView.model_validate(create_skill(session, **body.model_dump(), actor=access.actor))


@router.get("", summary="List skills")
def get_skills(
    access: Annotated[Access, Depends(allow(Permission.REFERENCE_READ))],
    session: ReadSession,
    cursor: PageCursor,
) -> Page[SkillView]:
    """Every skill and certificate that shifts can require, oldest first."""
    return page_of(session, select(Skill), Skill.id, cursor, SkillView.model_validate)
