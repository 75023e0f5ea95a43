"""Terms of employment."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from api.schemas.base import EXAMPLE_ID, Count, Day, Input, Name, Output, example
from scheduler.people.contracts import ContractTerms
from scheduler.people.models import ContractKind, NightWork, PartOfMonth

Minutes = Annotated[int, Field(ge=0, le=1440)]
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
    "salary_by": "calendar_days",
    "daily_rate_cents": None,
    "guaranteed_weekly_minutes": None,
    "night_work": "normal_course",
    "agreed_week": None,
    "exempt_by": None,
    "daily_allowance_cents": None,
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
    salary_by: PartOfMonth | None = Field(
        default=None,
        description="How a part of a month is paid; nothing where payroll pays the salary by itself.",
    )
    daily_rate_cents: Count | None = Field(
        default=None,
        description="Minor units for a day of 8 h; then `hourly_rate_cents` is an eighth of it, rounded.",
    )
    guaranteed_weekly_minutes: Count | None = Field(
        default=None, description="Paid in a week of less work, to who is paid by the hour."
    )
    night_work: NightWork | None = Field(
        default=None, description="Whether the person is a night worker as the law means it, or nights only."
    )
    agreed_week: Annotated[list[Minutes], Field(min_length=7, max_length=7)] | None = Field(
        default=None, description="Minutes from Monday to Sunday of an alternative workweek agreed on."
    )
    exempt_by: Annotated[Name, Field(max_length=120)] | None = Field(
        default=None,
        description="The article by which no overtime and no premiums for breaks are due.",
    )
    daily_allowance_cents: Count | None = Field(
        default=None, description="Cost-of-living allowance of a day, minor units."
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
    salary_by: PartOfMonth | None
    daily_rate_cents: int | None = None
    guaranteed_weekly_minutes: int | None = None
    night_work: NightWork | None
    agreed_week: list[int] | None = None
    exempt_by: str | None = None
    daily_allowance_cents: int | None = None

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(id=EXAMPLE_ID, valid_from="2026-12-01", valid_until="2027-12-01", **_TERMS),
    )
