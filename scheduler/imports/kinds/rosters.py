"""Shift templates."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.imports import forms
from scheduler.imports.columns import Column, Line
from scheduler.imports.directory import Directory
from scheduler.imports.kind import Kind, Values
from scheduler.kernel.clock import DAY_MINUTES
from scheduler.rosters.models import ShiftTemplate


class ShiftTemplates(Kind):
    """Kinds of shifts that may be created."""

    name = "shift_templates"
    title = "Shift templates"
    LOCATION = Column("location", forms.CODE, "code of the location")
    CODE = Column("code", forms.CODE, "what the template is called, unique in its location")
    NAME = Column("name", forms.NAME, "what people call it")
    DEPARTMENT = Column("department", forms.CODE, "code of the department it works for")
    SKILL = Column("skill", forms.CODE, "code of the skill it needs")
    WEEKDAYS = Column(
        "weekdays", forms.WEEKDAYS, "the weekdays on which it may start; empty: daily", required=False
    )
    EARLIEST = Column("earliest_start", forms.CLOCK, "earliest start")
    LATEST = Column("latest_start", forms.CLOCK, "latest start; empty: the earliest", required=False)
    START_STEP = Column(
        "start_step_minutes", forms.STEP, "minutes between possible starts; empty: 15", required=False
    )
    SHORTEST = Column("shortest_hours", forms.HOURS, "shortest length from start to end, breaks included")
    LONGEST = Column("longest_hours", forms.HOURS, "longest length; empty: the shortest", required=False)
    LENGTH_STEP = Column(
        "length_step_minutes", forms.STEP, "minutes between possible lengths; empty: 60", required=False
    )
    BREAK_FROM = Column(
        "break_from_hours",
        forms.HOURS,
        "shifts at least this long contain the break; empty: 6",
        required=False,
    )
    BREAK = Column(
        "break_minutes", forms.whole(0, 480, "minutes"), "length of the break; empty: none", required=False
    )
    BREAK_PAID = Column(
        "break_paid", forms.YES_NO, "whether the break is working time; empty: no", required=False
    )
    columns = (
        LOCATION,
        CODE,
        NAME,
        DEPARTMENT,
        SKILL,
        WEEKDAYS,
        EARLIEST,
        LATEST,
        START_STEP,
        SHORTEST,
        LONGEST,
        LENGTH_STEP,
        BREAK_FROM,
        BREAK,
        BREAK_PAID,
    )
    model = ShiftTemplate
    key = ("location_id", "code")

    def read(self, line: Line, book: Directory) -> Iterator[Values]:
        """One template."""
        place, skill_id = book.place(line, self.LOCATION), book.skill(line, self.SKILL)
        department_id = book.department(line, self.DEPARTMENT, place) if place else None
        starts, lengths = self._starts(line), self._lengths(line)
        if place is None or skill_id is None or department_id is None or line.bad:
            return
        weekdays, break_from = line.get(self.WEEKDAYS), line.get(self.BREAK_FROM)
        yield {
            "location_id": place.id,
            "code": line[self.CODE],
            "name": line[self.NAME],
            "department_id": department_id,
            "skill_id": skill_id,
            "weekdays": list(range(7) if weekdays is None else weekdays),
            **starts,
            **lengths,
            "break_from_minutes": 360 if break_from is None else break_from,
            "break_minutes": line.get(self.BREAK) or 0,
            "break_paid": line.get(self.BREAK_PAID) or False,
        }

    def _starts(self, line: Line) -> Values:
        earliest, latest = line[self.EARLIEST], line.get(self.LATEST)
        latest = earliest if latest is None else latest
        if latest < earliest:
            line.refuse(self.LATEST, "is before the earliest start", "the same time or a later one")
        if max(earliest, latest) >= DAY_MINUTES:
            column = self.LATEST if latest >= DAY_MINUTES > earliest else self.EARLIEST
            line.refuse(column, "is the end of the day", "23:59 or earlier, or 00:00 of the next weekday")
        step = line.get(self.START_STEP) or 15
        return {
            "earliest_start_minute": earliest,
            "latest_start_minute": latest,
            "start_step_minutes": step,
        }

    def _lengths(self, line: Line) -> Values:
        shortest, longest = line[self.SHORTEST], line.get(self.LONGEST)
        longest = shortest if longest is None else longest
        if not 0 < shortest <= DAY_MINUTES:
            line.refuse(self.SHORTEST, "is no length of a shift", "more than 0 and at most 24")
        if longest < shortest:
            line.refuse(self.LONGEST, "is shorter than the shortest", "the same length or a longer one")
        elif longest > DAY_MINUTES >= shortest:
            line.refuse(self.LONGEST, "is no length of a shift", "at most 24")
        pause = line.get(self.BREAK) or 0
        if pause >= shortest > 0:
            line.refuse(self.BREAK, "is as long as the shift", "fewer minutes than the shortest length has")
        step = line.get(self.LENGTH_STEP) or 60
        return {"shortest_minutes": shortest, "longest_minutes": longest, "length_step_minutes": step}
