"""Who did what."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Output


class AuditEntryView(Output):
    """Somebody did something."""

    id: UUID
    at: datetime
    actor: str = Field(description="`user:<id>`, `key:<id>` or `system`.")
    action: str = Field(description="Room and verb.")
    subject: str
    subject_id: UUID | None
    facts: dict[str, Any]

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "id": EXAMPLE_ID,
                    "at": "2026-11-02T08:00:00Z",
                    "actor": f"user:{EXAMPLE_ID}",
                    "action": "roster.publish",
                    "subject": "roster",
                    "subject_id": EXAMPLE_ID,
                    "facts": {"version": 2},
                }
            ]
        },
    )
