"""Keys for other systems."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Input, Instant, Name, Output, example
from scheduler.organisation.permissions import Permission

_KEY: dict[str, Any] = {
    "id": EXAMPLE_ID,
    "name": "time clock at the gate",
    "prefix": "mk_Qx8sK3fL",
    "scopes": ["punches:record"],
    "created_by": EXAMPLE_ID,
    "created_at": "2026-11-02T08:00:00Z",
    "expires_at": "2027-11-02T08:00:00Z",
    "revoked_at": "2026-12-01T08:00:00Z",
}


class NewApiKey(Input):
    """A key to make."""

    name: Name = Field(description="Which system it is for.")
    scopes: Annotated[list[Permission], Field(max_length=len(Permission))]
    expires_at: Instant | None = Field(default=None, description="When it stops working; null for never.")

    model_config = ConfigDict(
        json_schema_extra=example(
            name="time clock at the gate", scopes=["punches:record"], expires_at="2027-11-02T08:00:00Z"
        )
    )


class ApiKeyView(Output):
    """A key, without its secret."""

    id: UUID
    name: str
    prefix: str = Field(description="How the secret starts, to tell keys apart.")
    scopes: list[str]
    created_by: UUID | None
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_KEY))


class ApiKeyMade(Output):
    """A key just made."""

    key: ApiKeyView
    secret: str = Field(description="Shown this once; send it as `Authorization: Bearer ...`.")

    model_config = ConfigDict(json_schema_extra={"examples": [{"key": _KEY, "secret": "mk_Qx8sK3fL..."}]})
