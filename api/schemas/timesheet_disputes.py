"""Disputes of timesheets, and what was done with each."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Day, Input, LongNote, Output, example
from scheduler.timekeeping.models import Dispute, DisputeAct, TimesheetState

_CHANGE: dict[str, Any] = {
    "day": "2026-11-04",
    "before": {"minutes": 0, "spans": []},
    "after": {"minutes": 480, "spans": [["2026-11-04T07:00:00Z", "2026-11-04T15:00:00Z"]]},
}
_EVENT: dict[str, Any] = {
    "number": 1,
    "act": "raised",
    "words": "I worked on Wednesday too",
    "changes": [],
    "at": "2026-11-09T08:00:00Z",
    "by": f"user:{EXAMPLE_ID}",
}


class NewDispute(Input):
    """What of a timesheet is wrong: a day, an entry of it, or, without either, the whole."""

    day: Day | None = None
    entry_id: UUID | None = Field(default=None, description="Of an entry of the timesheet; `day` is its own.")
    words: LongNote = Field(description="What is wrong with it.")

    model_config = ConfigDict(json_schema_extra=example(day="2026-11-04", words="I worked on Wednesday too"))


class DisputeWords(Input):
    """An answer, or the reason of a decision."""

    words: LongNote

    model_config = ConfigDict(json_schema_extra=example(words="You did; your punches are added"))


class DisputeRemark(Input):
    """What somebody says on settling a dispute; may be empty."""

    words: LongNote = ""

    model_config = ConfigDict(json_schema_extra=example(words="Thank you"))


class SpansOfDay(Output):
    """The work of a day."""

    minutes: int
    spans: list[tuple[datetime, datetime]] = Field(description="Half-open; breaks show in the minutes.")

    model_config = ConfigDict(json_schema_extra=example(**_CHANGE["after"]))


class DayChange(Output):
    """A day that became other."""

    day: date
    before: SpansOfDay
    after: SpansOfDay

    model_config = ConfigDict(json_schema_extra=example(**_CHANGE))


class DisputeEventView(Output):
    """A step of a dispute."""

    number: int
    act: DisputeAct
    words: str
    changes: list[DayChange] = Field(
        description="Of an answer: the days that became other since it was raised."
    )
    at: datetime
    by: str

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_EVENT))


class DisputeView(Output):
    """A dispute with all its steps, oldest first."""

    id: UUID
    timesheet_id: UUID
    day: date | None = Field(description="The day it is about; null for the whole timesheet.")
    starts_at: datetime | None = Field(
        default=None, description="With `ends_at`: the span of work it is about."
    )
    ends_at: datetime | None = None
    state_then: TimesheetState = Field(description="State of the timesheet when it was raised.")
    state: DisputeAct = Field(description="The latest step; it is open while that is `raised` or `answered`.")
    events: list[DisputeEventView]

    model_config = ConfigDict(
        json_schema_extra=example(
            id=EXAMPLE_ID,
            timesheet_id=EXAMPLE_ID,
            day="2026-11-04",
            starts_at=None,
            ends_at=None,
            state_then="open",
            state="raised",
            events=[_EVENT],
        )
    )

    @classmethod
    def of(cls, dispute: Dispute) -> DisputeView:
        """The dispute as it stands."""
        return cls(
            id=dispute.id,
            timesheet_id=dispute.timesheet_id,
            day=dispute.day,
            starts_at=dispute.starts_at,
            ends_at=dispute.ends_at,
            state_then=dispute.state_then,
            state=dispute.events[-1].act,
            events=[DisputeEventView.model_validate(each) for each in dispute.events],
        )


class SheetEventView(Output):
    """Something that was done with a timesheet."""

    what: str = Field(
        description="Such as `timesheet.approve`; `timesheet.lapse` where punches took it back."
    )
    at: datetime
    by: str = Field(description="Name of the person or system.")
    for_whom: str | None = Field(description="Who lent the right to approve, where that was lent.")
    reason: str | None = None
    days: list[DayChange]
    worked_minutes: int | None

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(
            what="timesheet.approve",
            at="2026-11-09T09:00:00Z",
            by="Tom Lis",
            for_whom="Ewa Kot",
            reason=None,
            days=[],
            worked_minutes=2400,
        ),
    )
