"""What a pay period cost at each place and in each job."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Output, example

_COST: dict[str, Any] = {
    "location_id": EXAMPLE_ID,
    "job_role_id": EXAMPLE_ID,
    "currency": "PLN",
    "worked_minutes": 9600,
    "amount_cents": 640000,
}


class PlaceCostView(Output):
    """Worked minutes and pay of one place and job."""

    location_id: UUID = Field(description="Where it was worked.")
    job_role_id: UUID | None = Field(description="In which job; null is people's own jobs.")
    currency: str
    worked_minutes: int
    amount_cents: int = Field(description="Minor units of the currency.")

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_COST))
