"""Coverage requirements and demand of the past."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, and_

from scheduler.demand.models import CoverageRequirement, DemandObservation
from scheduler.imports import forms
from scheduler.imports.columns import Column, Line
from scheduler.imports.directory import Directory
from scheduler.imports.kind import Apart, Draft, Kind, Values
from scheduler.kernel.clock import DAY_MINUTES, is_repeated, is_skipped, local_instant, local_span
from scheduler.organisation.opening_hours import hours_in_words, is_open


class Coverage(Kind):
    """How many people are needed when."""

    name = "coverage"
    title = "Coverage requirements"
    about = (
        "Times are those of the location's clock. On the day clocks go forward, a line for the hour that is "
        "jumped over asks for nobody; on the day they go back, the line that ends the repeated hour also "
        "holds during the repetition. A stored requirement that overlaps one of the file, for the same "
        "department and skill, gives way to it."
    )
    LOCATION = Column("location", forms.CODE, "code of the location")
    DEPARTMENT = Column("department", forms.CODE, "code of the department")
    SKILL = Column("skill", forms.CODE, "code of the skill")
    DAY = Column("day", forms.DAYS, "the date, or dates, on which the time begins")
    START = Column("start", forms.CLOCK, "when the need begins")
    END = Column("end", forms.CLOCK, "when it ends; not later than `start` means on the next day")
    MINIMUM = Column("minimum", forms.PEOPLE, "fewest people that will do")
    TARGET = Column("target", forms.PEOPLE, "people wanted; empty: the minimum", required=False)
    MAXIMUM = Column("maximum", forms.PEOPLE, "most people of use; empty: no limit", required=False)
    columns = (LOCATION, DEPARTMENT, SKILL, DAY, START, END, MINIMUM, TARGET, MAXIMUM)
    model = CoverageRequirement
    key = ("department_id", "skill_id", "starts_at")
    apart = Apart(("department_id", "skill_id"), "starts_at", "ends_at", START, replaces=True)

    def read(self, line: Line, book: Directory) -> Iterator[Values]:
        """A requirement on each date named."""
        place, skill_id = book.place(line, self.LOCATION), book.skill(line, self.SKILL)
        department_id = book.department(line, self.DEPARTMENT, place) if place else None
        people, start, end = self._people(line), line[self.START], line[self.END]
        if start >= DAY_MINUTES:
            line.refuse(self.START, "is the end of the day", "00:00 of the next day")
        if place is None or skill_id is None or department_id is None or line.bad:
            return
        end = end if end > start else end + DAY_MINUTES
        for day in line[self.DAY]:
            if not is_open(place.hours, day.weekday(), start, end):
                open_then = hours_in_words(place.hours, day.weekday())
                line.refuse(self.START, f"is outside opening hours: {place.code} is {open_then}", _OPEN)
                return
            span = local_span(day, start, end, place.zone)
            if span is None:
                line.warn(self.START, f"clocks jump over this time on {day}", "nobody is asked for then")
                continue
            yield {
                "location_id": place.id,
                "department_id": department_id,
                "skill_id": skill_id,
                "starts_at": span[0],
                "ends_at": span[1],
                **people,
            }

    def scope(self, drafts: Sequence[Draft]) -> Iterator[ColumnElement[bool]]:
        """Only requirements that touch the time the file speaks of."""
        yield and_(
            CoverageRequirement.location_id.in_({draft.values["location_id"] for draft in drafts}),
            CoverageRequirement.starts_at < max(draft.values["ends_at"] for draft in drafts),
            CoverageRequirement.ends_at > min(draft.values["starts_at"] for draft in drafts),
        )

    def _people(self, line: Line) -> Values:
        minimum, target, maximum = line[self.MINIMUM], line.get(self.TARGET), line.get(self.MAXIMUM)
        target = minimum if target is None else target
        if target < minimum:
            line.refuse(self.TARGET, f"is less than the minimum, {minimum}", "minimum <= target <= maximum")
        if maximum is not None and maximum < target:
            line.refuse(self.MAXIMUM, f"is less than the target, {target}", "minimum <= target <= maximum")
        return {"minimum": minimum, "target": target, "maximum": maximum}


_OPEN = "a time within them, or import other opening hours"


class Demand(Kind):
    """What was asked for in the past."""

    name = "demand"
    title = "Demand of the past"
    about = (
        "Times are those of the location's clock. A line for an hour that clocks jumped over is left out, "
        "with a warning; a line for an hour that came twice is taken for the first of the two. Two public "
        "files of hourly counts are read as they are when a location is given with `--location`: columns "
        "`Date, hour, calls`, and columns `Date, Hour, Arrivals` among others."
    )
    LOCATION = Column("location", forms.CODE, "code of the location")
    SERIES = Column("series", forms.text(60), "what was counted, such as `calls`")
    DAY = Column("day", forms.DAY, "the date")
    START = Column("start", forms.CLOCK, "when the counted time began")
    MINUTES = Column("minutes", forms.STEP, "how long it lasted; empty: 60", required=False)
    QUANTITY = Column("quantity", forms.QUANTITY, "how many came in that time")
    columns = (LOCATION, SERIES, DAY, START, MINUTES, QUANTITY)
    model = DemandObservation
    key = ("location_id", "series", "starts_at")

    def read(self, line: Line, book: Directory) -> Iterator[Values]:
        """One observation."""
        place, day, start = book.place(line, self.LOCATION), line[self.DAY], line[self.START]
        if start >= DAY_MINUTES:
            line.refuse(self.START, "is the end of the day", "00:00 of the next day")
        if place is None or line.bad:
            return
        if is_skipped(day, start, place.zone):
            line.warn(self.START, f"clocks in {place.zone.key} jumped over it on {day}", "left out")
            return
        if is_repeated(day, start, place.zone):
            line.warn(
                self.START, f"came twice in {place.zone.key} on {day}", "taken for the first of the two"
            )
        yield {
            "location_id": place.id,
            "series": line[self.SERIES],
            "starts_at": local_instant(day, start, place.zone),
            "minutes": line.get(self.MINUTES) or 60,
            "quantity": line[self.QUANTITY],
        }

    def scope(self, drafts: Sequence[Draft]) -> Iterator[ColumnElement[bool]]:
        """Only observations of the same time."""
        yield and_(
            DemandObservation.location_id.in_({draft.values["location_id"] for draft in drafts}),
            DemandObservation.starts_at >= min(draft.values["starts_at"] for draft in drafts),
            DemandObservation.starts_at <= max(draft.values["starts_at"] for draft in drafts),
        )
