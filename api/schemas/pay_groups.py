"""Pay groups, their calendars, and who is in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Code, Count, Day, Input, Output, ShortName, example
from scheduler.people.models import PayGroup, PayGroupCalendar
from scheduler.people.pay_calendar import PayCalendar, PayCalendarKind
from scheduler.people.pay_group_days import PeriodDays
from scheduler.people.pay_groups import PayGroupTerms

_CALENDAR: dict[str, Any] = {
    "kind": "semi_monthly", "anchor_on": None, "first_day": 1, "second_day": 16,
}  # fmt: skip
_TERMS: dict[str, Any] = {"name": "Warehouse", "sheets_due_days": 2, "pay_day_days": 5}
_GROUP: dict[str, Any] = {
    "id": EXAMPLE_ID, "code": "warehouse", **_TERMS,
    "calendars": [{"valid_from": "2026-11-01", **_CALENDAR}],
}  # fmt: skip
_MEMBER: dict[str, Any] = {"valid_from": "2027-01-01", "pay_group_id": EXAMPLE_ID}

Days = Annotated[
    Count | None, Field(description="Days after the last day of a period, 0 to 60; null where nobody said.")
]


class PayCalendarSent(Input):
    """How days are cut into pay periods."""

    kind: PayCalendarKind
    anchor_on: Day | None = Field(
        default=None, description="First day of one period, for `weekly`, `fortnightly` and `four_weekly`."
    )
    first_day: Count | None = Field(
        default=None,
        description="Day of the month, 1 to 28, on which a period begins, for `semi_monthly` and `monthly`.",
    )
    second_day: Count | None = Field(
        default=None, description="The other day of the month, for `semi_monthly`."
    )

    model_config = ConfigDict(json_schema_extra=example(**_CALENDAR))

    def calendar(self) -> PayCalendar:
        """As use cases take it."""
        return PayCalendar(self.kind, self.anchor_on, self.first_day, self.second_day)


class PayGroupTermsSent(Input):
    """What a pay group is called, and when it is due."""

    name: ShortName
    sheets_due_days: Days = None
    pay_day_days: Days = None

    model_config = ConfigDict(json_schema_extra=example(**_TERMS))

    def terms(self) -> PayGroupTerms:
        """As use cases take them."""
        return PayGroupTerms(self.name, self.sheets_due_days, self.pay_day_days)


class NewPayGroup(PayGroupTermsSent):
    """A pay group with its calendar, which holds for every day."""

    code: Code
    calendar: PayCalendarSent

    model_config = ConfigDict(json_schema_extra=example(code="warehouse", **_TERMS, calendar=_CALENDAR))


class NewPayCalendar(Input):
    """Another calendar from a day on."""

    valid_from: Day = Field(description="A day on which a period of the new calendar begins.")
    calendar: PayCalendarSent

    model_config = ConfigDict(json_schema_extra=example(valid_from="2027-01-01", calendar=_CALENDAR))


class PayCalendarView(Output):
    """A calendar from a day on, until another begins; the first of a group holds before it too."""

    valid_from: date
    kind: PayCalendarKind
    anchor_on: date | None = None
    first_day: int | None
    second_day: int | None

    model_config = ConfigDict(
        from_attributes=True, json_schema_extra=example(valid_from="2026-11-01", **_CALENDAR)
    )


class PayGroupView(Output):
    """People who are paid for the same periods."""

    id: UUID
    code: str
    name: str
    sheets_due_days: int | None
    pay_day_days: int | None
    calendars: list[PayCalendarView]

    model_config = ConfigDict(json_schema_extra=example(**_GROUP))

    @staticmethod
    def of(group: PayGroup) -> PayGroupView:
        """A group, its calendars by their first days."""
        calendars: Sequence[PayGroupCalendar] = sorted(group.calendars, key=lambda each: each.valid_from)
        return PayGroupView(
            id=group.id,
            code=group.code,
            name=group.name,
            sheets_due_days=group.sheets_due_days,
            pay_day_days=group.pay_day_days,
            calendars=[PayCalendarView.model_validate(each) for each in calendars],
        )


class PeriodDaysView(Output):
    """The days [starts_on, ends_on) of a pay period, and what follows them."""

    starts_on: date
    ends_on: date
    sheets_due_on: date | None
    paid_on: date | None

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(
            starts_on="2026-11-16", ends_on="2026-12-01", sheets_due_on="2026-12-02", paid_on="2026-12-05"
        ),
    )

    @staticmethod
    def of(days: PeriodDays) -> PeriodDaysView:
        """A period."""
        return PeriodDaysView.model_validate(days)


class PayGroupMemberView(Output):
    """From a day on in a pay group, until the next one begins."""

    valid_from: date
    pay_group_id: UUID | None = Field(
        description="Null is weeks from Monday for a location, and the group of the location for a person."
    )

    model_config = ConfigDict(json_schema_extra=example(**_MEMBER))


class NewPayGroupMember(Input):
    """In a pay group from a day on."""

    valid_from: Day
    pay_group_id: UUID | None = Field(
        description="Null is weeks from Monday for a location, and the group of the location for a person."
    )

    model_config = ConfigDict(json_schema_extra=example(**_MEMBER))
