"""Terms of employment."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from api.schemas.base import EXAMPLE_ID, Count, Day, Input, Output, example
from scheduler.people.contracts import ContractTerms
from scheduler.people.models import ContractKind

Currency = Annotated[str, StringConstraints(min_length=3, max_length=3)]

_TERMS: dict[str, Any] = {
    "kind": "part_time",
    "weekly_minutes": 1200,
    "min_weekly_minutes": 960,
    "max_weekly_minutes": 1440,
    "max_daily_minutes": 600,
    "hourly_rate_cents": 3140,
    "currency": "PLN",
    "monthly_salary_cents": 544_000,
}


class ContractSaved(Input):
    """Terms that hold from a day on."""

    valid_from: Day
    kind: ContractKind
    weekly_minutes: Count = Field(description="Agreed working time of a week.")
    min_weekly_minutes: Count
    max_weekly_minutes: Count
    max_daily_minutes: Count
    hourly_rate_cents: Count = Field(description="Minor units of the currency per hour.")
    currency: Currency
    monthly_salary_cents: Count | None = Field(
        default=None,
        description="Minor units a month, for the agreed hours; nothing for who is paid by the hour.",
    )

    model_config = ConfigDict(json_schema_extra=example(valid_from="2026-12-01", **_TERMS))

    def terms(self) -> ContractTerms:
        """As the use case takes them."""
        return ContractTerms(**self.model_dump(exclude={"valid_from"}))


class ContractView(Output):
    """Terms in force on the days [valid_from, valid_until)."""

    id: UUID
    valid_from: date
    valid_until: date | None
    kind: ContractKind
    weekly_minutes: int
    min_weekly_minutes: int
    max_weekly_minutes: int
    max_daily_minutes: int
    hourly_rate_cents: int
    currency: str
    monthly_salary_cents: int | None

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(id=EXAMPLE_ID, valid_from="2026-12-01", valid_until="2027-12-01", **_TERMS),
    )
