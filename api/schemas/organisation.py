"""The organisation."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import ConfigDict

from api.schemas.base import EXAMPLE_ID, Output


class OrganisationView(Output):
    """The organisation one belongs to."""

    id: UUID
    slug: str
    name: str
    created_at: datetime

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "id": EXAMPLE_ID,
                    "slug": "kometa",
                    "name": "Kometa",
                    "created_at": "2026-11-02T08:00:00Z",
                }
            ]
        },
    )
