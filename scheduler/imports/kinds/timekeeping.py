"""Punches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from scheduler.imports import forms
from scheduler.imports.columns import Column, Line
from scheduler.imports.directory import Directory, Place
from scheduler.imports.kind import Draft, Kind, Values, chunks
from scheduler.kernel.clock import is_repeated, is_skipped, local_instant
from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.timekeeping.arrival import STARTS_JOB, NewPunch
from scheduler.timekeeping.models import Punch, PunchKind
from scheduler.timekeeping.punch import record_punches

_PLACE_IN_LIST = re.compile(r"punches\[(\d+)\]")


class Punches(Kind):
    """What the time clock saw."""

    name = "punches"
    title = "Punches"
    about = (
        "A punch never changes once it is stored: a line that says something else under the same "
        "`external_id` is refused, and corrections are made in the timesheet. Where `day` is a weekday, "
        "the date is added to the `external_id`, so that the same file serves every week. A time that "
        "clocks jump over is refused; a time that comes twice is taken for the first of the two, with a "
        "warning, unless it has an offset."
    )
    EMPLOYEE = Column("employee", forms.CODE, "employee number")
    LOCATION = Column(
        "location", forms.CODE, "where the clock is; empty: the employee's location", required=False
    )
    DAY = Column("day", forms.DAY, "the date on the local clock")
    TIME = Column("time", forms.READING, "the time on the local clock")
    KIND = Column("kind", forms.choice(PunchKind), "what the punch says; `void` is not for files")
    EXTERNAL_ID = Column(
        "external_id", forms.text(109), "the clock's own name of the punch; the same one again is it"
    )
    JOB_ROLE = Column(
        "job_role",
        forms.CODE,
        "code of the job from now on, of `in` and `transfer`; empty: the employee's own",
        required=False,
    )
    columns = (EMPLOYEE, LOCATION, DAY, TIME, KIND, EXTERNAL_ID, JOB_ROLE)
    model = Punch
    key = ("external_id",)
    changeable = False

    def read(self, line: Line, book: Directory) -> Iterator[Values]:
        """One punch."""
        person, day = book.person(line, self.EMPLOYEE), line[self.DAY]
        at_home = person.place if person else None
        place = book.place(line, self.LOCATION) if line.text(self.LOCATION) else at_home
        if line[self.KIND] is PunchKind.VOID:
            line.refuse(self.KIND, "takes back another punch", "correct the timesheet instead")
        role = line.get(self.JOB_ROLE)
        job_role_id = book.job_role(line, self.JOB_ROLE, role) if role else None
        if role and line[self.KIND] not in STARTS_JOB:
            line.refuse(self.JOB_ROLE, "no job begins with this punch", "leave it empty here")
        if person is None or place is None or line.bad:
            return
        at = self._instant(line, day, line[self.TIME], place)
        dated = line.text(self.DAY)[0].isdigit()
        external_id = line[self.EXTERNAL_ID]
        yield {
            "employee_id": person.id,
            "location_id": place.id,
            "at": at,
            "kind": line[self.KIND],
            "external_id": external_id if dated else f"{external_id}@{day}",
            "job_role_id": job_role_id,
        }

    def _instant(self, line: Line, day: date, reading: forms.Reading, place: Place) -> datetime:
        minute, seconds = divmod(reading.second, 60)
        if reading.offset_minutes is not None:
            at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=reading.second)
            at -= timedelta(minutes=reading.offset_minutes)
            if at.astimezone(place.zone).utcoffset() != timedelta(minutes=reading.offset_minutes):
                shown = at.astimezone(place.zone).isoformat("T", "minutes")
                line.refuse(
                    self.TIME,
                    f"has an offset that {place.zone.key} does not have then",
                    f"write {shown[11:]}",
                )
            return at
        if is_skipped(day, minute, place.zone):
            line.refuse(
                self.TIME,
                f"does not exist on {day}: clocks in {place.zone.key} jump over it",
                "check the clock",
            )
        elif is_repeated(day, minute, place.zone):
            line.warn(
                self.TIME,
                f"comes twice on {day} and is taken for the first of the two",
                "add the offset if it is not",
            )
        return local_instant(day, minute, place.zone) + timedelta(seconds=seconds)

    def scope(self, drafts: Sequence[Draft]) -> Iterator[ColumnElement[bool]]:
        """Only punches of the same names."""
        for ids in chunks([draft.values["external_id"] for draft in drafts]):
            yield Punch.external_id.in_(ids)

    def create(self, session: Session, drafts: Sequence[Draft], actor: str) -> None:
        """Hand the punches to timekeeping, which derives the timesheets anew."""
        arrivals = [NewPunch(source="import", **draft.values) for draft in drafts]
        try:
            record_punches(session, arrivals, actor=actor)
        except InvalidInput as refusal:
            for error in refusal.errors:
                place = _PLACE_IN_LIST.match(error.field)
                draft = drafts[int(place[1]) if place else 0]
                draft.line.refuse(self.TIME, error.problem, error.hint)
        except SchedulerError as refusal:
            facts = ", ".join(f"{name} {value}" for name, value in refusal.facts.items())
            drafts[0].line.refuse(None, f"the punches were refused: {refusal.code}", facts)
