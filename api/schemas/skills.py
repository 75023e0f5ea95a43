"""What shifts can require."""

from __future__ import annotations

from uuid import UUID

from pydantic import ConfigDict

from api.schemas.base import EXAMPLE_ID, Code, Input, Name, Output, example
from scheduler.people.models import SkillKind


class SkillView(Output):
    """A skill or a certificate."""

    id: UUID
    code: str
    name: str
    kind: SkillKind

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {"id": EXAMPLE_ID, "code": "FORKLIFT", "name": "Forklift licence", "kind": "certificate"}
            ]
        },
    )


class NewSkill(Input):
    """Something that shifts shall be able to require."""

    code: Code
    name: Name
    kind: SkillKind = SkillKind.SKILL

    model_config = ConfigDict(
        json_schema_extra=example(code="FORKLIFT", name="Forklift licence", kind="certificate")
    )
