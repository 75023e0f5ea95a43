"""Secret calendar addresses."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from api.schemas.base import Output, example


class FeedMade(Output):
    """A calendar address just made."""

    address: str = Field(
        description="Shown this once; whoever has it sees the shifts. Subscribe to it in any calendar."
    )

    model_config = ConfigDict(json_schema_extra=example(address="https://makina.example/feeds/Qx8sK3fL.ics"))
