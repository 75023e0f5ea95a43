"""What payroll is handed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field
from sqlalchemy.orm import Session

from api.schemas.base import EXAMPLE_ID, Day, Input, LongNote, Output, example
from scheduler.pay.corrections import Difference, Pending, Settlement
from scheduler.pay.lock_period import lock_of
from scheduler.pay.models import PayPeriod, PayPeriodState
from scheduler.pay.period_differences import PeriodDifferences

_PERIOD: dict[str, Any] = {
    "id": EXAMPLE_ID,
    "location_id": EXAMPLE_ID,
    "pay_group_id": None,
    "starts_on": "2026-11-02",
    "ends_on": "2026-11-09",
    "state": "closed",
    "closed_at": "2026-11-10T09:00:00Z",
    "closed_by": f"user:{EXAMPLE_ID}",
    "locked_at": None,
    "locked_by": None,
}
_LINE: dict[str, Any] = {
    "period_first_day": "2026-11-02",
    "period_last_day": "2026-11-08",
    "location": "WAW",
    "employee_number": "W-017",
    "employee_name": "Ann Nowak",
    "day": "2026-11-02",
    "pay_code": "regular",
    "minutes": 449,
    "hours": "7.48",
    "hourly_rate": "31.40",
    "amount": "234.98",
    "currency": "PLN",
    "corrects_period_first_day": "2026-10-26",
    "corrects_line_id": EXAMPLE_ID,
    "reason": "null unless it is a correction",
    "line_id": EXAMPLE_ID,
    "multiplier": "null unless it is a premium",
    "rule": "null unless a law asks for it",
    "rule_pack": "null unless a law asks for it",
    "citation": "null unless a law asks for it",
    "worked_minutes": 449,
}
_DIFFERENCE: dict[str, Any] = {
    "employee_id": EXAMPLE_ID,
    "day": "2026-11-02",
    "pay_code": "regular",
    "before_minutes": 449,
    "after_minutes": 479,
    "before_cents": 23498,
    "after_cents": 25068,
    "minutes": 30,
    "amount_cents": 1570,
    "currency": "PLN",
}
_CHANGE: dict[str, Any] = {
    "what": "regular",
    "label": "regular",
    "currency": "PLN",
    "now_minutes": 9600,
    "before_minutes": 9000,
    "now_cents": 502400,
    "before_cents": 471000,
    "minutes": 600,
    "amount_cents": 31400,
}
_UNCLEAR: dict[str, Any] = {
    "timesheet_id": EXAMPLE_ID,
    "employee_id": EXAMPLE_ID,
    "why": "exceptions",
    "details": [],
}


class NewPayPeriod(Input):
    """Days to be paid together."""

    day: Day = Field(description="Any day of the period.")
    pay_group_id: UUID | None = Field(
        default=None, description="Left out, it is the group of the location on that day, or none."
    )

    model_config = ConfigDict(json_schema_extra=example(day="2026-11-02"))


class PeriodClosing(Input):
    """Who is left out of a close."""

    without: list[UUID] = Field(
        default=[],
        max_length=10_000,
        description="Employees whose timesheets are late: paid in the next open period once approved.",
    )

    model_config = ConfigDict(json_schema_extra=example(without=[EXAMPLE_ID]))


class UnlockReason(Input):
    """Why a locked period is unlocked."""

    reason: LongNote

    model_config = ConfigDict(json_schema_extra=example(reason="a manager has to add a punch"))


class SettlementReason(Input):
    """Why a closed period is corrected."""

    reason: LongNote

    model_config = ConfigDict(json_schema_extra=example(reason="punches of the gate arrived late"))


class PayPeriodView(Output):
    """The days [starts_on, ends_on) of one location and pay group that are paid together."""

    id: UUID
    location_id: UUID
    pay_group_id: UUID | None = Field(
        default=None, description="Null for people in none, who are paid by the week."
    )
    starts_on: date
    ends_on: date
    state: PayPeriodState
    closed_at: datetime | None
    closed_by: str | None
    locked_at: datetime | None = Field(
        default=None, description="Since when only payroll changes the time in it."
    )
    locked_by: str | None = None

    model_config = ConfigDict(json_schema_extra=example(**_PERIOD))

    @staticmethod
    def of(session: Session, period: PayPeriod) -> PayPeriodView:
        """A period, with what locks it while it is open."""
        lock = lock_of(session, period) if period.state is PayPeriodState.OPEN else None
        return PayPeriodView(
            id=period.id,
            location_id=period.location_id,
            pay_group_id=period.pay_group_id,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            state=period.state,
            closed_at=period.closed_at,
            closed_by=period.closed_by,
            locked_at=lock.locked_at if lock else None,
            locked_by=lock.locked_by if lock else None,
        )


class PeriodDifferenceView(Output):
    """A pay code or a person, in a period and in the one before."""

    what: str = Field(description="The pay code, or the id of the employee.")
    label: str = Field(description="The pay code, or the name of the employee.")
    currency: str
    now_minutes: int
    before_minutes: int
    now_cents: int
    before_cents: int
    minutes: int = Field(description="More than before.")
    amount_cents: int = Field(description="More than before, in minor units.")

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_CHANGE))


class PeriodDifferencesView(Output):
    """A closed period beside the one before, the biggest difference of money first."""

    before_id: UUID | None = Field(description="Null for the first period, beside which there is nothing.")
    by_code: list[PeriodDifferenceView]
    by_person: list[PeriodDifferenceView]

    model_config = ConfigDict(
        json_schema_extra=example(before_id=EXAMPLE_ID, by_code=[_CHANGE], by_person=[])
    )

    @staticmethod
    def of(found: PeriodDifferences) -> PeriodDifferencesView:
        """As the API shows them."""
        return PeriodDifferencesView(
            before_id=found.before.id if found.before else None,
            by_code=[PeriodDifferenceView.model_validate(each) for each in found.by_code],
            by_person=[PeriodDifferenceView.model_validate(each) for each in found.by_person],
        )


class PayLineView(Output):
    """Minutes of one pay code of one person on one day, and their worth; decimals are text."""

    period_first_day: date
    period_last_day: date = Field(description="Included.")
    location: str = Field(description="Code of the location.")
    employee_number: str
    employee_name: str
    day: date
    pay_code: str
    minutes: int = Field(description="Exact; negative in a correction that takes time back.")
    hours: str = Field(description="Rounded half up to two digits, for people: compute with the minutes.")
    hourly_rate: str
    amount: str
    currency: str
    corrects_period_first_day: date | None
    corrects_line_id: UUID | None
    reason: str | None
    line_id: UUID
    multiplier: str | None = Field(description="Of the hourly rate, where the line is a premium.")
    rule: str | None = Field(description="Parameter of law that asks for the line.")
    rule_pack: str | None = Field(description="Version of the rule pack it was worked out under.")
    citation: str | None = Field(description="Where it is written.")

    model_config = ConfigDict(json_schema_extra=example(**_LINE))


class PayLinesView(Output):
    """The lines of a closed period."""

    lines: list[PayLineView]

    model_config = ConfigDict(json_schema_extra=example(lines=[_LINE]))


class DifferenceView(Output):
    """What payroll was told of one line, and what is true."""

    employee_id: UUID
    day: date
    pay_code: str
    before_minutes: int
    after_minutes: int
    before_cents: int
    after_cents: int
    minutes: int = Field(description="Minutes to add; negative to take back.")
    amount_cents: int
    currency: str

    model_config = ConfigDict(json_schema_extra=example(**_DIFFERENCE))

    @staticmethod
    def of(difference: Difference) -> DifferenceView:
        """A difference as the API shows it."""
        return DifferenceView(
            employee_id=difference.key.employee_id,
            day=difference.key.day,
            pay_code=str(difference.key.pay_code),
            before_minutes=difference.before_minutes,
            after_minutes=difference.after_minutes,
            before_cents=difference.before_cents,
            after_cents=difference.after_cents,
            minutes=difference.minutes,
            amount_cents=difference.amount_cents,
            currency=difference.key.currency,
        )


class UnclearView(Output):
    """Somebody whose time cannot be settled yet."""

    timesheet_id: UUID
    employee_id: UUID
    why: str
    details: list[Any]

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_UNCLEAR))


class PendingView(Output):
    """What is to be corrected in a closed period, and what a person must clear up first."""

    differences: list[DifferenceView]
    unclear: list[UnclearView]

    model_config = ConfigDict(json_schema_extra=example(differences=[_DIFFERENCE], unclear=[_UNCLEAR]))

    @staticmethod
    def of(pending: Pending) -> PendingView:
        """What is pending as the API shows it."""
        return PendingView(
            differences=[DifferenceView.of(each) for each in pending.differences],
            unclear=[UnclearView.model_validate(each) for each in pending.unclear],
        )


class SettlementView(Output):
    """Corrections just added to the next open period."""

    period: PayPeriodView
    line_ids: list[UUID]
    minutes: int
    unclear: list[UnclearView]

    model_config = ConfigDict(
        json_schema_extra=example(period=_PERIOD, line_ids=[EXAMPLE_ID], minutes=30, unclear=[])
    )

    @staticmethod
    def of(session: Session, settlement: Settlement) -> SettlementView:
        """A settlement as the API shows it."""
        return SettlementView(
            period=PayPeriodView.of(session, settlement.period),
            line_ids=[line.id for line in settlement.lines],
            minutes=sum(line.minutes for line in settlement.lines if line.counts_time),
            unclear=[UnclearView.model_validate(each) for each in settlement.unclear],
        )
