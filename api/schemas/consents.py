"""Consents and opt-outs of people."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Count, Day, Input, LongNote, Name, Output, example
from scheduler.law.consent_records import as_law
from scheduler.law.give_consent import NewConsent
from scheduler.law.models import ConsentRecord


class ConsentGiven(Input):
    """That somebody agrees to be outside a rule of law."""

    ground: Name = Field(description="Name of the exception, as the rule pack of the place has it.")
    given_on: Day
    valid_from: Day
    valid_until: Day | None = Field(default=None, description="First day after; null without end.")
    notice_days: Count | None = Field(
        default=None, description="Days after which taking it back counts; null takes what the law says."
    )
    evidence: LongNote = Field(default="", description="Where the signed text is kept.")

    model_config = ConfigDict(
        json_schema_extra=example(
            ground="opt_out", given_on="2026-11-02", valid_from="2026-11-02", evidence="personnel file 17"
        )
    )

    def facts(self) -> NewConsent:
        """As the use case takes it."""
        return NewConsent(**self.model_dump())


class ConsentView(Output):
    """A consent and how long it holds."""

    id: UUID
    employee_id: UUID
    ground: str
    given_on: date
    valid_from: date
    valid_until: date | None
    notice_days: int
    evidence: str
    recorded_by: str
    recorded_at: datetime
    withdrawn_on: date | None
    ends_on: date | None = Field(description="First day on which it holds no longer, where that is known.")

    model_config = ConfigDict(
        json_schema_extra=example(
            id=EXAMPLE_ID,
            employee_id=EXAMPLE_ID,
            ground="opt_out",
            given_on="2026-01-05",
            valid_from="2026-01-05",
            valid_until="2027-01-05",
            notice_days=7,
            evidence="personnel file 17",
            recorded_by=f"user:{EXAMPLE_ID}",
            recorded_at="2026-01-05T09:00:00Z",
            withdrawn_on="2026-03-02",
            ends_on="2026-03-09",
        )
    )

    @staticmethod
    def of(record: ConsentRecord) -> ConsentView:
        """A record as the API shows it."""
        return ConsentView(
            id=record.id,
            employee_id=record.employee_id,
            ground=record.ground,
            given_on=record.given_on,
            valid_from=record.valid_from,
            valid_until=record.valid_until,
            notice_days=record.notice_days,
            evidence=record.evidence,
            recorded_by=record.recorded_by,
            recorded_at=record.recorded_at,
            withdrawn_on=record.withdrawn_on,
            ends_on=as_law(record).ends_on,
        )
