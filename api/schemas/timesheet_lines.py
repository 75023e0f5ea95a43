"""Many timesheets in a list: what is to be done with them, and doing it with many at once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Count, Input, LongNote, Output, example
from scheduler.timekeeping.approve_many import MOST, Left
from scheduler.timekeeping.models import Duty, TimesheetState
from scheduler.timekeeping.remind import NotReminded
from scheduler.timekeeping.sheet_list import SheetLine

_LINE: dict[str, Any] = {
    "timesheet_id": EXAMPLE_ID,
    "revision": 3,
    "employee_id": EXAMPLE_ID,
    "employee_name": "Ann Nowak",
    "employee_number": "1001",
    "department_id": EXAMPLE_ID,
    "location_id": EXAMPLE_ID,
    "starts_on": "2026-11-02",
    "ends_on": "2026-11-09",
    "state": "submitted",
    "worked_minutes": 2400,
    "planned_minutes": 2370,
    "difference_minutes": 30,
    "exceptions": ["late_in"],
    "hours_unknown": False,
    "open_disputes": 0,
    "duties": {"approve": "2026-11-10"},
    "overdue": [],
    "reminded_at": {},
}


class TimesheetLine(Output):
    """A timesheet in the list."""

    timesheet_id: UUID
    revision: int = Field(description="Send it as `expected_revision` when approving.")
    employee_id: UUID
    employee_name: str
    employee_number: str
    department_id: UUID
    location_id: UUID
    starts_on: date
    ends_on: date
    state: TimesheetState
    worked_minutes: int
    planned_minutes: int = Field(description="Paid minutes of the published shifts of its days.")
    difference_minutes: int = Field(description="Worked less planned.")
    exceptions: list[str] = Field(description="Codes of what nobody has decided on.")
    hours_unknown: bool
    open_disputes: int
    duties: dict[Duty, date] = Field(description="What is still to be done, with the last day for it.")
    overdue: list[Duty]
    reminded_at: dict[Duty, datetime] = Field(description="When somebody was last reminded.")

    model_config = ConfigDict(json_schema_extra=example(**_LINE))

    @classmethod
    def of(cls, line: SheetLine) -> TimesheetLine:
        """The line as the API shows it."""
        sheet = line.sheet
        return cls(
            timesheet_id=sheet.id,
            revision=sheet.revision,
            employee_id=line.employee.id,
            employee_name=line.employee.name,
            employee_number=line.employee.number,
            department_id=line.employee.department_id,
            location_id=sheet.location_id,
            starts_on=sheet.starts_on,
            ends_on=sheet.ends_on,
            state=sheet.state,
            worked_minutes=line.worked_minutes,
            planned_minutes=line.planned_minutes,
            difference_minutes=line.difference_minutes,
            exceptions=[each.code.value for each in line.odd],
            hours_unknown=bool(line.unclear),
            open_disputes=line.disputes,
            duties=dict(line.duties),
            overdue=sorted(line.overdue),
            reminded_at=dict(line.reminded_at),
        )


class TimesheetLines(BaseModel):
    """A part of the list, those with unknown hours first."""

    items: list[TimesheetLine]
    total: int = Field(description="How many timesheets fit the filters.")
    overdue: int = Field(description="How many of them should have been confirmed or approved before today.")
    next: UUID | None = Field(
        default=None, description="Send it as `after` for the following ones; null at the end."
    )

    model_config = ConfigDict(json_schema_extra=example(items=[_LINE], total=1, overdue=0, next=None))


class SeenSheet(Input):
    """A timesheet as it was seen."""

    timesheet_id: UUID
    expected_revision: Count

    model_config = ConfigDict(json_schema_extra=example(timesheet_id=EXAMPLE_ID, expected_revision=3))


_SEEN = {"timesheet_id": EXAMPLE_ID, "expected_revision": 3}
ManySeen = Annotated[list[SeenSheet], Field(min_length=1, max_length=MOST)]


class ManyToApprove(Input):
    """Timesheets to approve."""

    timesheets: ManySeen
    preview: bool = Field(default=False, description="Only say what would be approved; nothing is changed.")

    model_config = ConfigDict(json_schema_extra=example(timesheets=[_SEEN], preview=True))


class ManyToReopen(Input):
    """Timesheets whose approval is taken back, with one reason."""

    timesheets: ManySeen
    reason: LongNote

    model_config = ConfigDict(json_schema_extra=example(timesheets=[_SEEN], reason="approved too early"))


class LeftSheet(Output):
    """A timesheet that was left as it is, and why."""

    timesheet_id: UUID
    why: Left

    model_config = ConfigDict(json_schema_extra=example(timesheet_id=EXAMPLE_ID, why="hours_unknown"))


class ManyDone(Output):
    """Which timesheets it was, or would be, done with, and which were left."""

    done: list[SeenSheet] = Field(description="With their revision now.")
    left: list[LeftSheet]

    model_config = ConfigDict(json_schema_extra=example(done=[_SEEN], left=[]))


class ManyToRemind(Input):
    """Timesheets of which people are reminded."""

    timesheet_ids: Annotated[list[UUID], Field(min_length=1, max_length=MOST)]
    duty: Duty = Field(description="`confirm` reminds the employees, `approve` those who may approve.")

    model_config = ConfigDict(json_schema_extra=example(timesheet_ids=[EXAMPLE_ID], duty="confirm"))


class NotRemindedSheet(Output):
    """A timesheet of which nobody was reminded, and why."""

    timesheet_id: UUID
    why: NotReminded

    model_config = ConfigDict(json_schema_extra=example(timesheet_id=EXAMPLE_ID, why="reminded_today"))


class ManyReminded(Output):
    """Of which timesheets people were reminded."""

    reminded: list[UUID]
    left: list[NotRemindedSheet]

    model_config = ConfigDict(json_schema_extra=example(reminded=[EXAMPLE_ID], left=[]))


class DeadlinesDocument(Input):
    """How many days after a period its timesheets are due; 1 is the day after its last one."""

    confirm_days: Annotated[int, Field(ge=1, le=60)]
    approve_days: Annotated[int, Field(ge=1, le=60)] = Field(description="`confirm_days` or more.")

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(confirm_days=1, approve_days=2))
