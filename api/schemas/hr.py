"""Documents about people that a system for human resources pulls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Generic, Literal, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Output, example
from scheduler.people.models import SkillKind
from scheduler.reporting.models import HrRecord
from scheduler.timeoff.models import LeaveKind, LeaveUnit

_WHO = {"employee_number": "W-017", "employee_name": "Ann Nowak"}


class PersonFacts(Output):
    """Whom the facts of a record are about."""

    employee_number: str
    employee_name: str

    model_config = ConfigDict(json_schema_extra=example(**_WHO))


class WorkedHoursFacts(PersonFacts):
    """What somebody worked on one day at one place, by a timesheet that was approved."""

    worked_minutes: int
    break_minutes: int = Field(description="Unpaid, and not among the worked minutes.")
    timesheet_id: UUID
    is_closed: bool = Field(description="Whether the pay period of the timesheet is closed.")
    changed_after_close: bool = Field(
        description="Later punches make other hours, which are not yet settled as a correction."
    )

    model_config = ConfigDict(
        json_schema_extra=example(
            **_WHO, worked_minutes=450, break_minutes=30, timesheet_id=EXAMPLE_ID, is_closed=True,
            changed_after_close=False,
        )
    )  # fmt: skip


class LeaveFacts(PersonFacts):
    """Leave that was approved, taken or to come."""

    time_off_id: UUID
    kind: LeaveKind
    calendar_days: int = Field(description="Days from the first to the last, Sundays and holidays too.")

    model_config = ConfigDict(
        json_schema_extra=example(**_WHO, time_off_id=EXAMPLE_ID, kind="annual", calendar_days=7)
    )


class OvertimeFacts(PersonFacts):
    """Overtime of one pay code that closed pay periods paid for the days of one month."""

    pay_code: str
    paid_minutes: int = Field(description="Corrections of later periods included.")

    model_config = ConfigDict(
        json_schema_extra=example(**_WHO, pay_code="ot_supplement_50", paid_minutes=150)
    )


class LeaveBalanceFacts(PersonFacts):
    """An account of a kind of leave in one leave year: a past one as it ended, this one as of today."""

    kind: LeaveKind
    unit: LeaveUnit = Field(description="Of every amount.")
    carried_over: float = Field(description="At the beginning of the leave year, less what lapsed then.")
    granted: float = Field(description="By rules and by hand, earned by the month or by the hour.")
    adjusted: float
    lapsed: float = Field(description="0 or less.")
    paid_out: float
    taken: float
    balance: float
    planned: float = Field(description="Approved leave that is still to come in the leave year.")
    available: float = Field(description="The balance less what is planned.")
    notes: list[str] = Field(description="What is not known.")

    model_config = ConfigDict(
        json_schema_extra=example(
            **_WHO, kind="annual", unit="days", carried_over=2.5, granted=26, adjusted=0, lapsed=0,
            paid_out=0, taken=11, balance=17.5, planned=5, available=12.5, notes=[],
        )
    )  # fmt: skip


class OvertimeAccountFacts(PersonFacts):
    """Overtime of one month, and time off given for it; what is left at its end, or today."""

    overtime_paid_minutes: int = Field(description="By closed pay periods, corrections included.")
    time_off_given_minutes: int = Field(description="Instead of pay, adjustments and lapses included.")
    time_off_taken_minutes: int
    time_off_paid_out_minutes: int
    balance_minutes: int | None = Field(
        description="Time off still owed; null where the location has no policy for time off for overtime."
    )

    model_config = ConfigDict(
        json_schema_extra=example(
            **_WHO, overtime_paid_minutes=150, time_off_given_minutes=120, time_off_taken_minutes=0,
            time_off_paid_out_minutes=0, balance_minutes=120,
        )
    )  # fmt: skip


class ContractDateFacts(PersonFacts):
    """Something about somebody's employment that is due on a day."""

    event: Literal["anniversary", "contract_start", "contract_end", "employment_end"] = Field(
        description="`anniversary` counts from the day of hire; an end is the last day of it."
    )
    years: int | None = Field(default=None, description="Whole years of employment; of an anniversary only.")
    contract_id: UUID | None = Field(default=None, description="Of the start and end of a contract only.")
    is_followed: bool | None = Field(
        default=None,
        description="Whether another contract starts on the day after; of the end of a contract only.",
    )

    model_config = ConfigDict(
        json_schema_extra=example(**_WHO, event="anniversary", years=5, contract_id=None, is_followed=None)
    )


class ExpiringSkillFacts(PersonFacts):
    """A skill or certificate on the last day on which it is valid."""

    skill_code: str
    skill_name: str
    kind: SkillKind
    is_renewed: bool = Field(description="Whether the person has it anew without a gap.")

    model_config = ConfigDict(
        json_schema_extra=example(
            **_WHO, skill_code="FORKLIFT", skill_name="Forklift", kind="certificate", is_renewed=False
        )
    )


FactsT = TypeVar("FactsT", bound=PersonFacts)


_WITHDRAWN = {
    "id": EXAMPLE_ID,
    "employee_id": EXAMPLE_ID,
    "location_id": EXAMPLE_ID,
    "starts_on": "2026-11-23",
    "ends_on": "2026-11-24",
    "changed_at": "2026-11-24T08:00:00Z",
    "is_withdrawn": True,
    "facts": None,
}


class HrRecordView(BaseModel, Generic[FactsT]):
    """What is, or is no longer, true of somebody over some days at a place."""

    id: UUID = Field(description="Stays the same when the facts change.", examples=[EXAMPLE_ID])
    employee_id: UUID
    location_id: UUID
    starts_on: date
    ends_on: date = Field(description="First day after it.")
    changed_at: datetime = Field(description="When the change was noticed.")
    is_withdrawn: bool = Field(description="Whether it is true no more: forget what was told of it.")
    facts: FactsT | None = Field(default=None, description="Null where the record is withdrawn.")

    model_config = ConfigDict(json_schema_extra=example(**_WITHDRAWN))


class HrPageView(BaseModel, Generic[FactsT]):
    """Records in the order in which they changed, the last change of each."""

    items: list[HrRecordView[FactsT]]
    next: str = Field(
        description="Send it as `cursor`, now if `has_more`, else whenever you like: only what changed since "
        "comes then."
    )
    has_more: bool
    not_known: list[str] = Field(description="What one might expect here, but is recorded nowhere.")

    model_config = ConfigDict(
        json_schema_extra=example(items=[_WITHDRAWN], next="v1.42", has_more=False, not_known=[])
    )


def record_view(record: HrRecord, facts: type[FactsT]) -> HrRecordView[FactsT]:
    """A record as the API shows it."""
    return HrRecordView[facts](  # type: ignore[valid-type]  # a model made at run time
        id=record.id,
        employee_id=record.employee_id,
        location_id=record.location_id,
        starts_on=record.starts_on,
        ends_on=record.ends_on,
        changed_at=record.changed_at,
        is_withdrawn=record.is_withdrawn,
        facts=None if record.is_withdrawn else facts.model_validate(record.facts),
    )


def page_view(
    records: Sequence[HrRecord], facts: type[FactsT], cursor: str, *, has_more: bool, not_known: Sequence[str]
) -> HrPageView[FactsT]:
    """Records as the API shows them, and where the next pull begins."""
    return HrPageView[facts](  # type: ignore[valid-type]  # a model made at run time
        items=[record_view(record, facts) for record in records],
        next=cursor,
        has_more=has_more,
        not_known=list(not_known),
    )
