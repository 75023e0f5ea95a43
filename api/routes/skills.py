"""What shifts can require."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy import select

from api.pagination import PageCursor, page_of
from api.permissions import Access, allow
from api.schemas.base import Page
from api.schemas.skills import SkillView
from api.transaction import ReadSession
from scheduler.organisation.permissions import Permission
from scheduler.people.models import Skill

router = APIRouter(prefix="/v1/skills", tags=["skills"])


@router.get("", summary="List skills")
def get_skills(
    access: Annotated[Access, Depends(allow(Permission.REFERENCE_READ))],
    session: ReadSession,
    cursor: PageCursor,
) -> Page[SkillView]:
    """Every skill and certificate that shifts can require, oldest first."""
    return page_of(session, select(Skill), Skill.id, cursor, SkillView.model_validate)
