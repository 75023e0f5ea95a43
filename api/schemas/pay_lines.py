"""What stands behind pay, and what a roster costs before it is worked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Output, example
from scheduler.pay.interpret import Earned
from scheduler.pay.line_grounds import LineGrounds
from scheduler.pay.roster_cost import CurrencyCost, RosterCost
from scheduler.pay.sheet_pay import SheetPay
from scheduler.timekeeping.models import PunchKind

_PRICED: dict[str, Any] = {
    "day": "2026-11-02",
    "pay_code": "ot",
    "minutes": 60,
    "is_worked": True,
    "hourly_rate_cents": 2000,
    "rate": "null unless finer than hourly_rate_cents",
    "multiplier": "1.5",
    "amount_cents": 3000,
    "currency": "USD",
    "rule": "us-ca.overtime.rate",
    "rule_pack": "us-ca 2026.2+0123456789ab",
    "citation": "Cal. Lab. Code 510(a)",
    "contract_version": "from 2026-01-01, 20.00 USD an hour, 40 h a week",
}
_CORRECTED: dict[str, Any] = {
    "day": "2026-11-02",
    "pay_code": "ot",
    "currency": "USD",
    "before_cents": 3000,
    "after_cents": 3600,
    "reasons": ["a punch came late"],
    "causes": ["punch added: out 02.11.2026 18:30 (forgot to clock out)"],
}
_PUNCH: dict[str, Any] = {"id": EXAMPLE_ID, "at": "2026-11-02T16:00:00Z", "kind": "in", "source": "web"}
_COST: dict[str, Any] = {
    "currency": "USD",
    "worked_minutes": 2700,
    "base_cents": 90000,
    "overtime_cents": 5000,
    "premium_cents": 0,
    "total_cents": 95000,
    "by_code": {"regular": 80000, "ot": 15000},
    "by_day": {"2026-11-02": 19000},
}


class PricedLineView(Output):
    """Minutes of one pay code on one day and their worth."""

    day: date
    pay_code: str
    minutes: int
    is_worked: bool = Field(description="Whether its minutes are worked time; those of a premium are not.")
    hourly_rate_cents: int
    rate: str | None = Field(description="In units of the currency, where it is finer than a minor unit.")
    multiplier: str | None
    amount_cents: int
    currency: str
    rule: str | None = Field(description="Parameter of law or agreement that asks for it.")
    rule_pack: str | None
    citation: str | None
    contract_version: str | None

    model_config = ConfigDict(json_schema_extra=example(**_PRICED))

    @staticmethod
    def of(line: Earned) -> PricedLineView:
        """A line as the API shows it."""
        rule = line.rule
        return PricedLineView(
            day=line.key.day, pay_code=str(line.key.pay_code), minutes=line.minutes,
            is_worked=line.is_worked, hourly_rate_cents=line.key.hourly_rate_cents,
            rate=line.key.rate or None, multiplier=(rule.multiplier or None) if rule else None,
            amount_cents=line.amount_cents, currency=line.key.currency,
            rule=rule.rule if rule else None, rule_pack=rule.pack if rule else None,
            citation=rule.citation if rule else None, contract_version=line.contract_version or None,
        )  # fmt: skip


class CorrectedView(Output):
    """What later periods corrected of one pay code on one day."""

    day: date
    pay_code: str
    currency: str
    before_cents: int
    after_cents: int
    reasons: list[str]
    causes: list[str] = Field(description="Which punch, contract, rule or record is another one now.")

    model_config = ConfigDict(json_schema_extra=example(**_CORRECTED))


class SheetPayView(Output):
    """What a timesheet is worth."""

    is_final: bool = Field(description="Whether payroll was handed it so; else what it would be now.")
    lines: list[PricedLineView]
    corrected: list[CorrectedView]

    model_config = ConfigDict(
        json_schema_extra=example(is_final=True, lines=[_PRICED], corrected=[_CORRECTED])
    )

    @staticmethod
    def of(pay: SheetPay) -> SheetPayView:
        """The worth as the API shows it."""
        return SheetPayView(
            is_final=pay.is_final,
            lines=[PricedLineView.of(line) for line in pay.lines],
            corrected=[CorrectedView.model_validate(each) for each in pay.corrected],
        )


class BehindPunchView(Output):
    """A punch behind a pay line."""

    id: UUID
    at: datetime
    kind: PunchKind
    source: str

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_PUNCH))


class LineGroundsView(Output):
    """Everything that stands behind a pay line."""

    line_id: UUID
    pay_period_id: UUID
    employee_id: UUID
    employee_number: str
    employee_name: str
    sum: str = Field(description="How the amount comes about, in figures.")
    rule_words: str = Field(description="What the rule is about; empty for what the contract pays.")
    line: PricedLineView
    punches: list[BehindPunchView]
    records: list[str] = Field(
        description="What else is behind it: `pay_fact:<id>` and `allowance:<id>`.",
    )
    corrects_line_id: UUID | None
    corrected_by_line_ids: list[UUID]

    model_config = ConfigDict(
        json_schema_extra=example(
            line_id=EXAMPLE_ID, pay_period_id=EXAMPLE_ID, employee_id=EXAMPLE_ID, employee_number="W-017",
            employee_name="Ann Nowak", sum="1 h x 20.00 USD x 1.5 = 30.00 USD",
            rule_words="rate of overtime: x 1.5", line=_PRICED, punches=[_PUNCH],
            records=[f"pay_fact:{EXAMPLE_ID}"],
            corrects_line_id=EXAMPLE_ID, corrected_by_line_ids=[],
        )
    )  # fmt: skip

    @staticmethod
    def of(grounds: LineGrounds) -> LineGroundsView:
        """The grounds as the API shows them."""
        line = grounds.line
        priced = PricedLineView(
            day=line.day, pay_code=str(line.pay_code), minutes=line.minutes, is_worked=line.counts_time,
            hourly_rate_cents=line.hourly_rate_cents, rate=line.rate, multiplier=line.multiplier,
            amount_cents=line.amount_cents, currency=line.currency, rule=line.rule, rule_pack=line.pack,
            citation=line.citation, contract_version=line.contract_version,
        )  # fmt: skip
        return LineGroundsView(
            line_id=line.id, pay_period_id=line.pay_period_id, employee_id=line.employee_id,
            employee_number=line.employee_number, employee_name=line.employee_name, sum=grounds.sum,
            rule_words=grounds.rule_words, line=priced,
            punches=[BehindPunchView.model_validate(punch) for punch in grounds.punches],
            records=list(line.records or ()),
            corrects_line_id=line.corrects_id,
            corrected_by_line_ids=[each.id for each in grounds.corrected_by],
        )  # fmt: skip


class CurrencyCostView(Output):
    """What people who are paid in one currency cost; salaries, which are paid anyway, are not among it."""

    currency: str
    worked_minutes: int
    base_cents: int = Field(description="Planned hours at the rate of each contract.")
    overtime_cents: int = Field(description="What overtime adds.")
    premium_cents: int = Field(description="What nights, Sundays, holidays, guarantees and the like add.")
    total_cents: int
    by_code: dict[str, int]
    by_day: dict[date, int]

    model_config = ConfigDict(json_schema_extra=example(**_COST))

    @staticmethod
    def of(cost: CurrencyCost) -> CurrencyCostView:
        """The cost as the API shows it."""
        return CurrencyCostView(
            currency=cost.currency, worked_minutes=cost.worked_minutes, base_cents=cost.base_cents,
            overtime_cents=cost.overtime_cents, premium_cents=cost.premium_cents,
            total_cents=cost.total_cents, by_code=dict(sorted(cost.by_code.items())),
            by_day=dict(sorted(cost.by_day.items())),
        )  # fmt: skip


class RosterCostView(Output):
    """What a version of a roster costs before it is worked."""

    currencies: list[CurrencyCostView]
    days_without_contract: dict[UUID, list[date]] = Field(
        description="By employee: days whose shifts no contract prices."
    )
    open_shifts: int = Field(description="Shifts of nobody, which cost nothing here.")

    model_config = ConfigDict(
        json_schema_extra=example(currencies=[_COST], days_without_contract={}, open_shifts=2)
    )

    @staticmethod
    def of(cost: RosterCost) -> RosterCostView:
        """The cost as the API shows it."""
        return RosterCostView(
            currencies=[CurrencyCostView.of(each) for each in cost.currencies],
            days_without_contract={who: list(days) for who, days in cost.days_without_contract.items()},
            open_shifts=cost.open_shifts,
        )
