"""What people are hired as."""

from __future__ import annotations

from uuid import UUID

from pydantic import ConfigDict

from api.schemas.base import EXAMPLE_ID, Code, Input, Name, Output, example


class JobRoleView(Output):
    """What somebody is hired as."""

    id: UUID
    code: str
    name: str

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={"examples": [{"id": EXAMPLE_ID, "code": "LEAD", "name": "Team lead"}]},
    )


class NewJobRole(Input):
    """Something people are hired as."""

    code: Code
    name: Name

    model_config = ConfigDict(json_schema_extra=example(code="LEAD", name="Team lead"))
