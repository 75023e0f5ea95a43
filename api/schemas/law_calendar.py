"""Settlement periods and school terms of a location."""

from __future__ import annotations

from datetime import date

from pydantic import ConfigDict, Field

from api.schemas.base import Count, Input, Output, example
from scheduler.organisation.law_calendar import LawCalendar, Periods, Term

_PERIODS = {"starts_on": "2026-01-01", "months": 3}
_TERM = {"starts_on": "2026-09-01", "ends_on": "2026-12-23"}


class SettlementPeriodsView(Output):
    """Settlement periods of some months from a day on, until others begin."""

    starts_on: date = Field(description="First day of the first of them.")
    months: int

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_PERIODS))


class SchoolTermView(Output):
    """Days between two holidays of schools."""

    starts_on: date
    ends_on: date = Field(description="First day of the holidays.")

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_TERM))


class LawCalendarView(Output):
    """What is known of the calendar of a location that its law asks about; what is empty is not known."""

    settlement_periods: list[SettlementPeriodsView]
    school_terms: list[SchoolTermView]

    model_config = ConfigDict(json_schema_extra=example(settlement_periods=[_PERIODS], school_terms=[_TERM]))

    @staticmethod
    def of(calendar: LawCalendar) -> LawCalendarView:
        """A calendar."""
        return LawCalendarView(
            settlement_periods=[SettlementPeriodsView.model_validate(each) for each in calendar.settlement],
            school_terms=[SchoolTermView.model_validate(term) for term in calendar.school],
        )


class NewSettlementPeriods(Input):
    """Settlement periods of some months from a day on, until others begin."""

    starts_on: date = Field(description="First day of the first of them; day of the month 1 to 28.")
    months: Count = Field(description="1 to 12, within what the law of the place allows.")

    model_config = ConfigDict(json_schema_extra=example(**_PERIODS))


class NewSchoolTerm(Input):
    """Days between two holidays of schools; on its weekdays the young people of the location have school."""

    starts_on: date
    ends_on: date = Field(description="First day of the holidays.")

    model_config = ConfigDict(json_schema_extra=example(**_TERM))


class LawCalendarSaved(Input):
    """The whole calendar of a location."""

    settlement_periods: list[NewSettlementPeriods] = Field(default=[], max_length=50)
    school_terms: list[NewSchoolTerm] = Field(default=[], max_length=200)

    model_config = ConfigDict(json_schema_extra=example(settlement_periods=[_PERIODS], school_terms=[_TERM]))

    def calendar(self) -> LawCalendar:
        """As the use case takes it."""
        return LawCalendar(
            tuple(Periods(each.starts_on, each.months) for each in self.settlement_periods),
            tuple(Term(term.starts_on, term.ends_on) for term in self.school_terms),
        )
