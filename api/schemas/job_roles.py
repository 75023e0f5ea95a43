"""What people are hired as."""

from __future__ import annotations

from uuid import UUID

from pydantic import ConfigDict

from api.schemas.base import EXAMPLE_ID, Output


class JobRoleView(Output):
    """What somebody is hired as."""

    id: UUID
    code: str
    name: str

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={"examples": [{"id": EXAMPLE_ID, "code": "LEAD", "name": "Team lead"}]},
    )
