"""What pay is worked out from besides punches, and allowances."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Count, Day, Input, Name, Output, ShortName, example
from api.schemas.contracts import Currency
from scheduler.law.wages.work import BonusKind
from scheduler.pay.models import Allowance, AllowancePer, PayFactKind, PayFactVerdict
from scheduler.pay.pay_facts import PayFactState, ToldFact
from scheduler.pay.proposed_facts import ProposedFact
from scheduler.pay.record_pay_fact import NewPayFact
from scheduler.pay.save_allowance import NewAllowance

PayCode = Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,39}$")]
Reason = Annotated[Name, Field(max_length=500)]

_BONUS: dict[str, Any] = {
    "employee_id": EXAMPLE_ID,
    "kind": "bonus",
    "day": "2026-11-16",
    "amount_cents": 5000,
    "currency": "PLN",
    "effect": "nondiscretionary",
    "earned_from": "2026-11-09",
    "earned_until": "2026-11-23",
    "pay_code": "sales_bonus",
    "punch_id": None,
    "count": None,
    "reason": "sales of November",
    "external_id": "bonus-2026-11-0001",
}
_ALLOWANCE: dict[str, Any] = {
    "pay_code": "meal_allowance",
    "name": "Meals",
    "per": "day",
    "amount_cents": 1500,
    "currency": "PLN",
    "cite": "House agreement, s. 7",
    "valid_from": "2026-12-01",
    "valid_until": None,
    "least_minutes": 360,
    "effect": "discretionary",
    "location_id": None,
    "job_role_id": None,
    "employee_id": None,
}


class PayFactInput(Input):
    """One fact about one person; which fields it has depends on its kind."""

    employee_id: UUID
    kind: PayFactKind = Field(
        description="`bonus`, `payment` and `deduction` are money; `sent_home`, `rests_given`, `no_day_off` "
        "and `unexcused` are about a day; `called_back` and `other_rate` about the work a punch begins."
    )
    day: Day | None = Field(default=None, description="Not for what is about a punch.")
    amount_cents: Count | None = Field(default=None, description="Minor units; of another rate an hour.")
    currency: Currency | None = Field(default=None, description="Nothing for that of the contract.")
    effect: BonusKind | None = Field(
        default=None, description="Of a bonus on overtime; nothing for `nondiscretionary`."
    )
    earned_from: Day | None = Field(default=None, description="First day on which a bonus was earned.")
    earned_until: Day | None = Field(default=None, description="First day after those.")
    pay_code: PayCode | None = Field(default=None, description="Of money; nothing for that of its kind.")
    punch_id: UUID | None = None
    count: Annotated[int, Field(ge=0, le=20)] | None = Field(
        default=None, description="Paid rest breaks of the day."
    )
    reason: Reason
    external_id: Annotated[Name, Field(max_length=120)] | None = Field(
        default=None, description="The sender's own name of it; the same one again is the same fact."
    )

    model_config = ConfigDict(json_schema_extra=example(**_BONUS))

    def facts(self) -> NewPayFact:
        """As the use case takes it."""
        return NewPayFact(**self.model_dump(), source="api")


class PayFactsRecorded(Input):
    """Facts that are recorded together: all of them or none."""

    pay_facts: Annotated[list[PayFactInput], Field(min_length=1, max_length=500)]

    model_config = ConfigDict(json_schema_extra=example(pay_facts=[_BONUS]))


class Said(Input):
    """Why."""

    reason: Reason

    model_config = ConfigDict(json_schema_extra=example(reason="agreed with the manager"))


class PayFactDecisionView(Output):
    """What somebody decided on a fact."""

    verdict: PayFactVerdict
    reason: str
    decided_at: datetime
    decided_by: str

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(
            verdict="approved",
            reason="agreed",
            decided_at="2026-11-17T09:00:00Z",
            decided_by=f"user:{EXAMPLE_ID}",
        ),
    )


class PayFactView(Output):
    """A fact, and what became of it."""

    id: UUID
    employee_id: UUID
    employee_number: str
    kind: PayFactKind
    state: PayFactState = Field(description="Only one that `counts` is paid.")
    day: date
    amount_cents: int | None
    currency: str | None
    effect: BonusKind | None
    earned_from: date | None
    earned_until: date | None
    pay_code: str | None
    punch_id: UUID | None = None
    count: int | None = None
    reason: str
    source: str
    external_id: str | None
    recorded_at: datetime
    recorded_by: str
    decisions: list[PayFactDecisionView]

    model_config = ConfigDict(
        json_schema_extra=example(
            **_BONUS,
            id=EXAMPLE_ID,
            employee_number="1001",
            state="counts",
            source="api",
            recorded_at="2026-11-16T12:00:00Z",
            recorded_by=f"user:{EXAMPLE_ID}",
            decisions=[],
        )
    )

    @staticmethod
    def of(found: ToldFact) -> PayFactView:
        """A fact as the API shows it."""
        fact = found.fact
        same = {
            name: getattr(fact, name)
            for name in PayFactView.model_fields
            if name not in ("employee_number", "state", "decisions")
        }
        return PayFactView(
            **same,
            employee_number=found.employee.number,
            state=found.state,
            decisions=[PayFactDecisionView.model_validate(each) for each in found.decisions],
        )


class ProposedFactView(Output):
    """Somebody came and left long before the end of the shift, or had no work: perhaps he was sent home."""

    employee_id: UUID
    employee_number: str
    day: date
    planned_minutes: int
    worked_minutes: int

    model_config = ConfigDict(
        json_schema_extra=example(
            employee_id=EXAMPLE_ID,
            employee_number="1001",
            day="2026-11-16",
            planned_minutes=480,
            worked_minutes=60,
        )
    )

    @staticmethod
    def of(found: ProposedFact) -> ProposedFactView:
        """A proposal as the API shows it."""
        return ProposedFactView(
            employee_id=found.employee.id,
            employee_number=found.employee.number,
            day=found.day,
            planned_minutes=found.planned_minutes,
            worked_minutes=found.worked_minutes,
        )


class AllowanceInput(Input):
    """An amount for each day, shift or night of work, and who gets it."""

    pay_code: PayCode
    name: ShortName
    per: AllowancePer
    amount_cents: Count
    currency: Currency
    cite: Name = Field(description="Where it is agreed.")
    valid_from: Day
    valid_until: Day | None = Field(default=None, description="First day after; nothing without end.")
    least_minutes: Annotated[int, Field(ge=0, le=1440)] = Field(
        default=0, description="Work of the day or shift from which on it is paid."
    )
    effect: BonusKind = Field(
        default=BonusKind.DISCRETIONARY,
        description="`nondiscretionary` where overtime is paid on it too, `discretionary` where it is not.",
    )
    location_id: UUID | None = Field(default=None, description="Whose people get it; nothing is everywhere.")
    job_role_id: UUID | None = Field(default=None, description="In which job; nothing is every job.")
    employee_id: UUID | None = Field(default=None, description="Who alone; nothing is everybody.")

    model_config = ConfigDict(json_schema_extra=example(**_ALLOWANCE))

    def facts(self) -> NewAllowance:
        """As the use case takes it."""
        return NewAllowance(**self.model_dump())


class AllowanceEnd(Input):
    """The first day on which an allowance is paid no more."""

    ends_on: Day

    model_config = ConfigDict(json_schema_extra=example(ends_on="2027-01-01"))


class AllowanceView(Output):
    """An allowance."""

    id: UUID
    pay_code: str
    name: str
    per: AllowancePer
    amount_cents: int
    currency: str
    cite: str
    valid_from: date
    valid_until: date | None = None
    least_minutes: int
    effect: BonusKind
    location_id: UUID | None = None
    job_role_id: UUID | None = None
    employee_id: UUID | None = None
    recorded_at: datetime
    recorded_by: str

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(
            **_ALLOWANCE,
            id=EXAMPLE_ID,
            recorded_at="2026-11-16T12:00:00Z",
            recorded_by=f"user:{EXAMPLE_ID}",
        ),
    )

    @staticmethod
    def of(allowance: Allowance) -> AllowanceView:
        """A record as the API shows it."""
        return AllowanceView.model_validate(allowance)
