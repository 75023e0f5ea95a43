"""Locations, their opening hours, departments."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from scheduler.imports import forms
from scheduler.imports.columns import Column, Line
from scheduler.imports.directory import Directory, Place
from scheduler.imports.kind import Draft, Kind, Values
from scheduler.kernel.clock import DAY_MINUTES
from scheduler.organisation.models import Department, Location, OpeningHours


class Locations(Kind):
    """Places of work."""

    name = "locations"
    title = "Locations"
    CODE = Column("code", forms.CODE, "what other files call the location")
    NAME = Column("name", forms.NAME, "what people call it")
    ZONE = Column("zone", forms.ZONE, "the zone its days are counted in")
    JURISDICTION = Column("jurisdiction", forms.JURISDICTION, "the law that holds there")
    CURRENCY = Column("currency", forms.CURRENCY, "what people there are paid in")
    columns = (CODE, NAME, ZONE, JURISDICTION, CURRENCY)
    claims = (CODE,)
    model = Location
    key = ("code",)

    def read(self, line: Line, book: Directory) -> Iterator[Values]:
        """One location."""
        stored = book.places.get(line[self.CODE])
        if stored and stored.zone.key != line[self.ZONE]:
            line.warn(
                self.ZONE,
                f"moves the location from {stored.zone.key} to another zone",
                "what is stored as instants (coverage, shifts, punches) does not move along",
            )
        yield {
            "code": line[self.CODE],
            "name": line[self.NAME],
            "zone": line[self.ZONE],
            "jurisdiction": line[self.JURISDICTION],
            "currency": line[self.CURRENCY],
        }

    def learn(self, draft: Draft, book: Directory) -> None:
        """Make the location known."""
        values = draft.values
        before = book.places.get(values["code"])
        book.places[values["code"]] = Place(
            draft.id,
            values["code"],
            ZoneInfo(values["zone"]),
            values["currency"],
            before.hours if before else {},
        )


class OpeningHoursKind(Kind):
    """When a location is open."""

    name = "opening_hours"
    title = "Opening hours"
    about = "A weekday without a line is closed. Coverage outside opening hours is refused."
    LOCATION = Column("location", forms.CODE, "code of the location")
    WEEKDAYS = Column("weekdays", forms.WEEKDAYS, "the weekdays on which these hours begin")
    OPENS = Column("opens", forms.CLOCK, "when it opens")
    CLOSES = Column("closes", forms.CLOCK, "when it closes; not later than `opens` means on the next day")
    columns = (LOCATION, WEEKDAYS, OPENS, CLOSES)
    model = OpeningHours
    key = ("location_id", "weekday")

    def read(self, line: Line, book: Directory) -> Iterator[Values]:
        """The hours of each weekday named."""
        place = book.place(line, self.LOCATION)
        opens, closes = line[self.OPENS], line[self.CLOSES]
        if opens >= DAY_MINUTES:
            line.refuse(self.OPENS, "is the end of the day", "00:00 of the next weekday")
        if place is None or line.bad:
            return
        for weekday in line[self.WEEKDAYS]:
            yield {
                "location_id": place.id,
                "weekday": weekday,
                "opens_minute": opens,
                "closes_minute": closes if closes > opens else closes + DAY_MINUTES,
            }

    def learn(self, draft: Draft, book: Directory) -> None:
        """Make the hours known."""
        values = draft.values
        place = next(each for each in book.places.values() if each.id == values["location_id"])
        place.hours[values["weekday"]] = (values["opens_minute"], values["closes_minute"])


class Departments(Kind):
    """Parts of a location."""

    name = "departments"
    title = "Departments"
    LOCATION = Column("location", forms.CODE, "code of the location")
    CODE = Column("code", forms.CODE, "what other files call the department, unique in its location")
    NAME = Column("name", forms.NAME, "what people call it")
    columns = (LOCATION, CODE, NAME)
    claims = (LOCATION, CODE)
    model = Department
    key = ("location_id", "code")

    def read(self, line: Line, book: Directory) -> Iterator[Values]:
        """One department."""
        if place := book.place(line, self.LOCATION):
            yield {"location_id": place.id, "code": line[self.CODE], "name": line[self.NAME]}

    def learn(self, draft: Draft, book: Directory) -> None:
        """Make the department known."""
        book.departments[draft.line[self.LOCATION], draft.values["code"]] = draft.id
