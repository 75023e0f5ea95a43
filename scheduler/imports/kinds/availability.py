"""Weekly availability and its dated exceptions."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.imports import forms
from scheduler.imports.columns import Column, Line
from scheduler.imports.directory import Directory
from scheduler.imports.kind import Apart, Kind, Values
from scheduler.kernel.clock import DAY_MINUTES
from scheduler.people.models import AvailabilityException, AvailabilityKind, WeeklyAvailability

START = Column("start", forms.CLOCK, "when it begins; empty: 00:00", required=False)
END = Column(
    "end",
    forms.CLOCK,
    "when it ends; not later than `start` means on the next day; empty: 24:00",
    required=False,
)
MEANING = "what the employee says of that time"


def window(line: Line) -> tuple[int, int]:
    """Start and end in minutes after midnight, the end exclusive and past 1440 when it is on the next day."""
    start, end = line.get(START) or 0, line.get(END)
    if start >= DAY_MINUTES:
        line.refuse(START, "is the end of the day", "00:00 of the next day")
    end = DAY_MINUTES if end is None else end
    return start, end if end > start else end + DAY_MINUTES


def minutes_after(day: int, values: Values) -> tuple[int, int]:
    """The span of a window in minutes, counted from the midnight of day 0."""
    return day * DAY_MINUTES + values["start_minute"], day * DAY_MINUTES + values["end_minute"]


class Availability(Kind):
    """What repeats every week."""

    name = "availability"
    title = "Weekly availability and preferences"
    about = (
        "Who has no `available` line can work at any time. `unavailable` wins over everything else; "
        "`preferred` and `unpreferred` are wishes. A stored window that overlaps one of the file gives way "
        "to it."
    )
    EMPLOYEE = Column("employee", forms.CODE, "employee number")
    WEEKDAYS = Column("weekdays", forms.WEEKDAYS, "the weekdays on which the time begins")
    KIND = Column("kind", forms.choice(AvailabilityKind), MEANING)
    columns = (EMPLOYEE, WEEKDAYS, START, END, KIND)
    model = WeeklyAvailability
    key = ("employee_id", "weekday", "start_minute")
    apart = Apart(
        ("employee_id",),
        "start_minute",
        "end_minute",
        START,
        replaces=True,
        minutes_of=lambda values: minutes_after(values["weekday"], values),
        period=7 * DAY_MINUTES,
    )

    def read(self, line: Line, book: Directory) -> Iterator[Values]:
        """A window on each weekday named."""
        person, (start, end) = book.person(line, self.EMPLOYEE), window(line)
        for weekday in line[self.WEEKDAYS] if person else ():
            yield {
                "employee_id": person.id if person else None,
                "weekday": weekday,
                "start_minute": start,
                "end_minute": end,
                "kind": line[self.KIND],
            }


class AvailabilityExceptions(Kind):
    """What holds on single dates."""

    name = "availability_exceptions"
    title = "Availability on single dates"
    about = (
        "Lines that say when somebody can work stand on that date instead of the weekly availability; a date "
        "with only `unavailable` lines takes time away from it."
    )
    EMPLOYEE = Column("employee", forms.CODE, "employee number")
    DAY = Column("day", forms.DAYS, "the date, or dates, on which the time begins")
    KIND = Column("kind", forms.choice(AvailabilityKind), MEANING)
    NOTE = Column("note", forms.text(200), "remark", required=False)
    columns = (EMPLOYEE, DAY, START, END, KIND, NOTE)
    model = AvailabilityException
    key = ("employee_id", "day", "start_minute")
    apart = Apart(
        ("employee_id",),
        "start_minute",
        "end_minute",
        START,
        replaces=True,
        minutes_of=lambda values: minutes_after(values["day"].toordinal(), values),
    )

    def read(self, line: Line, book: Directory) -> Iterator[Values]:
        """A window on each date named."""
        person, (start, end) = book.person(line, self.EMPLOYEE), window(line)
        for day in line[self.DAY] if person else ():
            yield {
                "employee_id": person.id if person else None,
                "day": day,
                "start_minute": start,
                "end_minute": end,
                "kind": line[self.KIND],
                "note": line.get(self.NOTE),
            }
