"""What the law asks of the calendar of a location: settlement periods, school terms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from scheduler.imports import forms
from scheduler.imports.columns import Column, Line
from scheduler.imports.directory import Directory
from scheduler.imports.kind import Apart, Kind, Values
from scheduler.organisation.law_calendar import LAST_DAY_OF_MONTH
from scheduler.organisation.models import SchoolTerm, SettlementPeriods


class SettlementPeriodsKind(Kind):
    """How long the periods are over which working time is settled."""

    name = "settlement_periods"
    title = "Settlement periods"
    about = "Periods of another length begin on the day of their line. Without a line they are not known."
    LOCATION = Column("location", forms.CODE, "code of the location")
    STARTS_ON = Column("starts_on", forms.DATE, "first day of the first of them; day of the month 1 to 28")
    MONTHS = Column("months", forms.whole(1, 12, "months"), "length of each")
    columns = (LOCATION, STARTS_ON, MONTHS)
    model = SettlementPeriods
    key = ("location_id", "starts_on")

    def read(self, line: Line, book: Directory) -> Iterator[Values]:
        """Periods from a day on."""
        place, starts_on = book.place(line, self.LOCATION), line[self.STARTS_ON]
        if starts_on.day > LAST_DAY_OF_MONTH:
            line.refuse(self.STARTS_ON, "is not in every month", "a day of the month from 1 to 28")
        elif place:
            yield {"location_id": place.id, "starts_on": starts_on, "months": line[self.MONTHS]}


class SchoolTermsKind(Kind):
    """When the young people of a location have school."""

    name = "school_terms"
    title = "School terms"
    about = "School is from Monday to Friday, but for public holidays; between two terms there are holidays."
    LOCATION = Column("location", forms.CODE, "code of the location")
    FIRST_DAY = Column("first_day", forms.DATE, "first day of the term")
    LAST_DAY = Column("last_day", forms.DATE, "last day of the term")
    columns = (LOCATION, FIRST_DAY, LAST_DAY)
    model = SchoolTerm
    key = ("location_id", "starts_on")
    apart = Apart(("location_id",), "starts_on", "ends_on", FIRST_DAY, hint="one term for each day")

    def read(self, line: Line, book: Directory) -> Iterator[Values]:
        """One term."""
        place, first_day, last_day = (
            book.place(line, self.LOCATION),
            line[self.FIRST_DAY],
            line[self.LAST_DAY],
        )
        if last_day < first_day:
            line.refuse(self.LAST_DAY, f"is before the first day, {first_day}", "a day on or after it")
        elif place:
            ends_on = last_day + timedelta(days=1)
            yield {"location_id": place.id, "starts_on": first_day, "ends_on": ends_on}
