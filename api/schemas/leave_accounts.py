"""Leave policies, leave accounts and entries into them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Count, Day, Input, LongNote, Output, example
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.timeoff.amounts import number, steps_of
from scheduler.timeoff.balances import Balance, Outlook
from scheduler.timeoff.leave_account import LeaveLine, LineKind
from scheduler.timeoff.leave_policies import LawSays, PolicyTerms
from scheduler.timeoff.models import (
    LeaveEntry,
    LeaveEntryKind,
    LeaveGranting,
    LeaveKind,
    LeavePolicy,
    LeaveRounding,
    LeaveUnit,
    PartYear,
)

Amount = Annotated[Decimal, Field(max_digits=8, decimal_places=2)]
"""A number of days, with at most two decimals, or of whole minutes."""
_IN_UNIT = "In days or minutes, as `unit` says."

_AMOUNTS = ("yearly_amount", "long_service_amount", "carry_over_limit")

_POLICY = {
    "kind": "annual",
    "starts_on": "2027-01-01",
    "unit": "minutes",
    "granting": "yearly",
    "yearly_amount": 9600,
    "long_service_years": 10,
    "long_service_amount": 12480,
    "share_basis_points": 0,
    "part_year": "started_months",
    "rounding": "up",
    "day_minutes": 480,
    "full_time_weekly_minutes": 2400,
    "waiting_months": 0,
    "counted_weekdays": [0, 1, 2, 3, 4],
    "counts_holidays": False,
    "carry_over_limit": None,
    "carry_over_months": None,
    "source": "Kodeks pracy, art. 154",
}


class NewLeavePolicy(Input):
    """How much leave of a kind a location gives from a day on, and how it is counted."""

    kind: LeaveKind
    starts_on: Day = Field(description="The first of a month; leave years begin on it every year.")
    unit: LeaveUnit = Field(description="Days, or minutes where leave is counted in hours.")
    granting: LeaveGranting
    yearly_amount: Amount = Field(default=Decimal(0), ge=0, description=f"For full time. {_IN_UNIT}")
    long_service_years: Count | None = None
    long_service_amount: Amount | None = Field(
        default=None, ge=0, description=f"For whoever reaches so many years in the leave year. {_IN_UNIT}"
    )
    share_basis_points: Count = Field(
        default=0, description="Of the time worked, in hundredths of a per cent; of `hours` only."
    )
    part_year: PartYear = PartYear.DAYS
    rounding: LeaveRounding = LeaveRounding.EXACT
    day_minutes: Count = Field(default=480, description="How long a whole day is, for rounding.")
    full_time_weekly_minutes: Count | None = Field(
        default=None, description="Shorter contracts get less; null where everybody gets the same."
    )
    waiting_months: Count = 0
    counted_weekdays: list[Annotated[int, Field(ge=0, le=6)]] = Field(
        default=[0, 1, 2, 3, 4], max_length=7, description="On which leave takes something; 0 is Monday."
    )
    counts_holidays: bool = False
    carry_over_limit: Amount | None = Field(
        default=None, ge=0, description=f"Most that stays at the year's end; null for all. {_IN_UNIT}"
    )
    carry_over_months: Count | None = Field(
        default=None, description="Months in which what was carried over has to be taken; null for no end."
    )
    source: Annotated[LongNote, Field(max_length=200)] | None = None

    model_config = ConfigDict(json_schema_extra=example(**_POLICY))

    def terms(self) -> PolicyTerms:
        """As the use case takes it.

        Raises
        ------
        InvalidInput
            If an amount says parts of a minute.
        """
        told = self.model_dump()
        for name in _AMOUNTS:
            if told[name] is not None:
                told[name] = in_steps(name, told[name], self.unit)
        told["counted_weekdays"] = tuple(told["counted_weekdays"])
        return PolicyTerms(**told)


def in_steps(field: str, told: Decimal, unit: LeaveUnit) -> int:
    """The steps of a number that a caller sent.

    Raises
    ------
    InvalidInput
        If it says parts of a step.
    """
    steps = steps_of(told, unit)
    if steps is None:
        raise InvalidInput([FieldError(field, str(told), "has parts of a minute", "whole minutes")])
    return steps


class LeavePolicyView(Output):
    """How much leave of a kind a location gives from a day on."""

    id: UUID
    location_id: UUID
    kind: LeaveKind
    starts_on: date
    unit: LeaveUnit
    granting: LeaveGranting
    yearly_amount: float
    long_service_years: int | None = None
    long_service_amount: float | None = None
    share_basis_points: int
    part_year: PartYear
    rounding: LeaveRounding
    day_minutes: int
    full_time_weekly_minutes: int | None = None
    waiting_months: int
    counted_weekdays: list[int]
    counts_holidays: bool
    carry_over_limit: float | None = None
    carry_over_months: int | None = None
    source: str | None = None
    below_law: str | None = Field(
        default=None, description="What the law gives, where that is more; null where it is not."
    )

    model_config = ConfigDict(
        json_schema_extra=example(id=EXAMPLE_ID, location_id=EXAMPLE_ID, **_POLICY, below_law=None)
    )

    @staticmethod
    def of(policy: LeavePolicy, below_law: str | None) -> LeavePolicyView:
        """A policy as the API shows it."""
        told = {one.name: getattr(policy, one.name) for one in fields(PolicyTerms)}
        for name in _AMOUNTS:
            told[name] = None if told[name] is None else number(told[name], policy.unit)
        return LeavePolicyView(id=policy.id, location_id=policy.location_id, **told, below_law=below_law)


_LAW = {"days": 20, "long_days": 26, "share_basis_points": None, "citation": "Kodeks pracy, art. 154 par. 1"}


class LawOnLeaveView(Output):
    """What the rule packs of a place say about paid leave; a policy is made of it by a person only."""

    days: float = Field(description="Working days of a five-day week in a year.")
    long_days: float | None = Field(default=None, description="After long service.")
    share_basis_points: int | None = Field(
        default=None, description="Of the time worked, with irregular hours."
    )
    citation: str

    model_config = ConfigDict(json_schema_extra=example(**_LAW))

    @staticmethod
    def of(says: LawSays) -> LawOnLeaveView:
        """What the law says."""
        long = None if says.long_days is None else number(says.long_days, LeaveUnit.DAYS)
        return LawOnLeaveView(
            days=number(says.days, LeaveUnit.DAYS),
            long_days=long,
            share_basis_points=says.share_basis_points,
            citation=says.citation,
        )


class LeavePoliciesView(Output):
    """The leave policies of a location, and what its law says."""

    policies: list[LeavePolicyView]
    law: LawOnLeaveView | None = Field(
        default=None, description="Null where the rule packs say nothing of paid leave."
    )

    model_config = ConfigDict(
        json_schema_extra=example(
            policies=[{"id": EXAMPLE_ID, "location_id": EXAMPLE_ID, **_POLICY, "below_law": None}], law=_LAW
        )
    )


_LINE = {
    "day": "2027-01-01",
    "kind": "grant",
    "amount": 9600,
    "why": "160 h a year",
    "balance": 9600,
    "time_off_id": None,
}


class LeaveLineView(Output):
    """Something that came into a leave account, or left it."""

    day: date
    kind: LineKind
    amount: float = Field(description=f"Negative for what leaves the account. {_IN_UNIT}")
    why: str
    balance: float = Field(description="After it.")
    time_off_id: UUID | None = None

    model_config = ConfigDict(json_schema_extra=example(**_LINE))

    @staticmethod
    def of(line: LeaveLine, unit: LeaveUnit) -> LeaveLineView:
        """A line as the API shows it."""
        return LeaveLineView(
            day=line.day,
            kind=line.kind,
            amount=number(line.amount, unit),
            why=line.why,
            balance=number(line.balance, unit),
            time_off_id=line.time_off_id,
        )


class LeaveBalanceView(Output):
    """Somebody's account of a kind of leave as of a day, with how it comes about."""

    employee_id: UUID
    kind: LeaveKind
    unit: LeaveUnit
    day: date
    year_starts_on: date
    year_ends_on: date = Field(description="First day of the next leave year.")
    balance: float
    planned: float = Field(description="What approved leave after the day takes in this leave year.")
    available: float = Field(description="The balance less what is planned.")
    lines: list[LeaveLineView]
    notes: list[str] = Field(description="What is not known.")

    model_config = ConfigDict(
        json_schema_extra=example(
            employee_id=EXAMPLE_ID, kind="annual", unit="minutes", day="2027-03-01",
            year_starts_on="2027-01-01", year_ends_on="2028-01-01", balance=9600, planned=2400,
            available=7200, lines=[_LINE], notes=[],
        )
    )  # fmt: skip

    @staticmethod
    def of(balance: Balance) -> LeaveBalanceView:
        """An account as the API shows it."""
        return LeaveBalanceView(
            employee_id=balance.employee.id,
            kind=balance.kind,
            unit=balance.unit,
            day=balance.day,
            year_starts_on=balance.year[0],
            year_ends_on=balance.year[1],
            balance=number(balance.amount, balance.unit),
            planned=number(balance.planned, balance.unit),
            available=number(balance.available, balance.unit),
            lines=[LeaveLineView.of(line, balance.unit) for line in balance.lines],
            notes=list(balance.notes),
        )


class LeaveBalancesView(Output):
    """Every leave account of a person; a kind without a policy at the person's location has none."""

    accounts: list[LeaveBalanceView]

    model_config = ConfigDict(json_schema_extra=example(accounts=[]))

    @staticmethod
    def of(accounts: Sequence[Balance]) -> LeaveBalancesView:
        """Accounts as the API shows them."""
        return LeaveBalancesView(accounts=[LeaveBalanceView.of(one) for one in accounts])


class LeaveOutlookView(Output):
    """What a leave would take of the account, and whether that covers it."""

    has_account: bool = Field(description="False where the kind has no policy: nothing limits it.")
    unit: LeaveUnit | None = None
    available: float | None = None
    asked: float | None = None
    left: float | None = Field(default=None, description="Negative for what is too much.")
    waits_until: date | None = Field(
        default=None, description="First day on which the person may take such leave."
    )
    is_covered: bool = Field(description="Whether it needs no special decision.")
    sentence: str

    model_config = ConfigDict(
        json_schema_extra=example(
            has_account=True, unit="days", available=12.5, asked=5, left=7.5, waits_until=None,
            is_covered=True, sentence="12.5 days available; this asks for 5 days; 7.5 days left.",
        )
    )  # fmt: skip

    @staticmethod
    def of(ahead: Outlook | None) -> LeaveOutlookView:
        """An outlook as the API shows it."""
        if ahead is None:
            return LeaveOutlookView(
                has_account=False, unit=None, available=None, asked=None, left=None, waits_until=None,
                is_covered=True, sentence="There is no account of this kind of leave.",
            )  # fmt: skip
        unit = ahead.balance.unit
        return LeaveOutlookView(
            has_account=True,
            unit=unit,
            available=number(ahead.available, unit),
            asked=number(ahead.asked, unit),
            left=number(ahead.left, unit),
            waits_until=ahead.waits_until,
            is_covered=ahead.is_covered,
            sentence=ahead.sentence,
        )


class NewLeaveEntry(Input):
    """Something that comes into a leave account, or leaves it, and that no rule gives."""

    leave_kind: LeaveKind
    entry: LeaveEntryKind = Field(description="`accrual` is worked out, never entered.")
    day: Day = Field(description="At whose beginning it counts.")
    amount: Amount = Field(description="In days or minutes as the account is counted; below 0 takes away.")
    reason: LongNote

    model_config = ConfigDict(
        json_schema_extra=example(
            leave_kind="annual", entry="opening", day="2027-01-01", amount=12.5, reason="from the old system"
        )
    )


class LeaveEntryView(Output):
    """An entry of the ledger of leave; it never changes."""

    id: UUID
    employee_id: UUID
    leave_kind: LeaveKind
    entry: LeaveEntryKind
    day: date
    unit: LeaveUnit
    amount: float
    reason: str
    recorded_at: datetime
    recorded_by: str

    model_config = ConfigDict(
        json_schema_extra=example(
            id=EXAMPLE_ID, employee_id=EXAMPLE_ID, leave_kind="annual", entry="opening", day="2027-01-01",
            unit="days", amount=12.5, reason="from the old system", recorded_at="2027-01-04T09:00:00Z",
            recorded_by=f"user:{EXAMPLE_ID}",
        )
    )  # fmt: skip

    @staticmethod
    def of(kept: LeaveEntry) -> LeaveEntryView:
        """An entry as the API shows it."""
        return LeaveEntryView(
            id=kept.id,
            employee_id=kept.employee_id,
            leave_kind=kept.leave_kind,
            entry=kept.entry,
            day=kept.day,
            unit=kept.unit,
            amount=number(kept.amount, kept.unit),
            reason=kept.reason,
            recorded_at=kept.recorded_at,
            recorded_by=kept.recorded_by,
        )
