"""Leave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from scheduler.imports import forms
from scheduler.imports.columns import Column, Line
from scheduler.imports.directory import Directory
from scheduler.imports.kind import Apart, Kind, Values
from scheduler.kernel.clock import utc_now
from scheduler.timeoff.models import LeaveKind, TimeOff, TimeOffState
from scheduler.timeoff.requests import LONGEST, STANDING


class TimeOffKind(Kind):
    """Leave that was asked for or granted."""

    name = "time_off"
    title = "Time off"
    about = (
        "Only approved leave keeps somebody off the roster. A file that says `requested` does not undo a "
        "decision made since."
    )
    EMPLOYEE = Column("employee", forms.CODE, "employee number")
    FIRST_DAY = Column("first_day", forms.DAY, "first day away")
    LAST_DAY = Column("last_day", forms.DAY, "last day away; empty: that one day", required=False)
    KIND = Column("kind", forms.choice(LeaveKind), "kind of leave")
    STATE = Column("state", forms.choice(TimeOffState), "empty: `approved`", required=False)
    NOTE = Column("note", forms.text(500), "remark", required=False)
    columns = (EMPLOYEE, FIRST_DAY, LAST_DAY, KIND, STATE, NOTE)
    model = TimeOff
    key = ("employee_id", "starts_on")
    apart = Apart(
        ("employee_id",),
        "starts_on",
        "ends_on",
        FIRST_DAY,
        hint="one leave for each day: shorten or cancel the other one",
    )

    def read(self, line: Line, book: Directory) -> Iterator[Values]:
        """One leave."""
        person, first_day = book.person(line, self.EMPLOYEE), line[self.FIRST_DAY]
        last_day = line.get(self.LAST_DAY) or first_day
        if last_day < first_day:
            line.refuse(self.LAST_DAY, f"is before the first day, {first_day}", "a day on or after it")
        elif last_day - first_day >= LONGEST:
            hint = f"at most {first_day + LONGEST - timedelta(days=1)}"
            line.refuse(self.LAST_DAY, "makes the leave longer than three years", hint)
        elif person and first_day < person.hired_on:
            line.refuse(self.FIRST_DAY, "is before the first day of work", f"{person.hired_on} or later")
        elif person:
            yield {
                "employee_id": person.id,
                "starts_on": first_day,
                "ends_on": last_day + timedelta(days=1),
                "kind": line[self.KIND],
                "state": line.get(self.STATE) or TimeOffState.APPROVED,
                "note": line.get(self.NOTE),
                "decision_reason": None,
            }

    def first_values(self) -> Values:
        """When it was asked for: now."""
        return {"requested_at": utc_now()}

    def differs(self, values: Values, stored: Values) -> bool:
        """As for every kind, but a request never undoes a decision, and a refusal keeps its reason."""
        if values["state"] is TimeOffState.REQUESTED:
            values["state"] = stored["state"]
        if values["state"] is stored["state"]:
            values["decision_reason"] = stored["decision_reason"]
        return super().differs(values, stored)

    def takes_up_time(self, values: Values) -> bool:
        """Rejected and cancelled leave does not."""
        return values["state"] in STANDING
