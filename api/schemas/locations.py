"""Places of work."""

from __future__ import annotations

from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Code, Count, Input, Name, Output, example
from scheduler.organisation.save_location import Hours, LocationFacts


class OpeningHoursView(Output):
    """When a location is open on a weekday; a weekday without hours is closed."""

    weekday: int = Field(description="0 = Monday.")
    opens_minute: int = Field(description="Minutes on the wall clock after midnight.")
    closes_minute: int = Field(description="Exclusive; above 1440 when it closes after midnight.")

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={"examples": [{"weekday": 0, "opens_minute": 360, "closes_minute": 1320}]},
    )


class DepartmentView(Output):
    """A part of a location with its own demand."""

    id: UUID
    location_id: UUID
    code: str
    name: str

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [{"id": EXAMPLE_ID, "location_id": EXAMPLE_ID, "code": "PICK", "name": "Picking"}]
        },
    )


class LocationView(Output):
    """A place of work."""

    id: UUID
    code: str
    name: str
    zone: str = Field(description="IANA name of the time zone its days are counted in.")
    jurisdiction: str = Field(description="Whose labour law holds there.")
    sector: str | None = Field(description="Line of business whose rules hold there, such as `fast_food`.")
    currency: str = Field(description="ISO 4217.")
    hours: list[OpeningHoursView]

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "id": EXAMPLE_ID,
                    "code": "WAW",
                    "name": "Warehouse Warsaw",
                    "zone": "Europe/Warsaw",
                    "jurisdiction": "pl",
                    "sector": "retail",
                    "currency": "PLN",
                    "hours": [{"weekday": 0, "opens_minute": 360, "closes_minute": 1320}],
                }
            ]
        },
    )


class NewOpeningHours(Input):
    """When a location is open on a weekday."""

    weekday: Count = Field(description="0 = Monday.")
    opens_minute: Count = Field(description="Minutes on the wall clock after midnight.")
    closes_minute: Count = Field(description="Exclusive; above 1440 when it closes after midnight.")

    model_config = ConfigDict(json_schema_extra=example(weekday=0, opens_minute=360, closes_minute=1320))


class LocationSaved(Input):
    """Everything that is known of a location."""

    code: Code
    name: Name
    zone: Code = Field(description="IANA name of the time zone its days are counted in.")
    jurisdiction: Code = Field(description="Whose labour law holds there, such as `pl`.")
    sector: Code | None = Field(
        default=None,
        description="Line of business, where the law of the place tells them apart, such as `fast_food`.",
    )
    currency: Code = Field(description="ISO 4217.")
    hours: list[NewOpeningHours] = Field(default=[], max_length=7)

    model_config = ConfigDict(
        json_schema_extra=example(
            code="WAW",
            name="Warehouse Warsaw",
            zone="Europe/Warsaw",
            jurisdiction="pl",
            currency="PLN",
            hours=[{"weekday": 0, "opens_minute": 360, "closes_minute": 1320}],
        )
    )

    def facts(self) -> LocationFacts:
        """As the use cases take them."""
        hours = [Hours(**day.model_dump()) for day in self.hours]
        return LocationFacts(
            self.code, self.name, self.zone, self.jurisdiction, self.currency, hours, self.sector
        )


class NewDepartment(Input):
    """A part of a location."""

    code: Code
    name: Name

    model_config = ConfigDict(json_schema_extra=example(code="PICK", name="Picking"))
