"""Changes of published rosters, and what they cost."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Output, example
from scheduler.rosters.change_prices import PricedChange
from scheduler.rosters.models import ChangeCause, RosterChange, ShortRest
from scheduler.rosters.short_rests import PricedRest

_SHIFT: dict[str, Any] = {
    "lineage_id": EXAMPLE_ID,
    "department": "Kitchen",
    "skill": "Cook",
    "employee_id": EXAMPLE_ID,
    "employee": "Ann Nowak",
    "starts_at": "2026-11-25T16:00:00+00:00",
    "ends_at": "2026-11-26T00:00:00+00:00",
    "paid_minutes": 480,
}
_CHANGE: dict[str, Any] = {
    "employee_id": EXAMPLE_ID,
    "lineage_id": EXAMPLE_ID,
    "day": "2026-11-25",
    "before": _SHIFT,
    "after": {**_SHIFT, "paid_minutes": 240},
    "notice_minutes": 4320,
    "cause": "employer",
    "consented": False,
    "pay_code": "predictability_half",
    "premium_minutes": 240,
    "multiplier": "0.5",
    "premium_cents": 3600,
    "currency": "USD",
    "rule": "us-or.premium.lost_hours",
    "pack": "us-or 1+0123456789ab",
    "citation": "ORS 653.455(2)(b)",
    "note": "null if it was priced",
    "finding": {"code": "US-NYC.RETAIL_NOTICE_72H", "short_by": 60, "unit": "minutes"},
}
_LOGGED: dict[str, Any] = {
    **_CHANGE,
    "id": EXAMPLE_ID,
    "publication_id": EXAMPLE_ID,
    "told_at": "2026-11-22T16:00:00Z",
    "changed_by": f"user:{EXAMPLE_ID}",
    "reason": "the delivery was called off",
}
_REST: dict[str, Any] = {
    "employee_id": EXAMPLE_ID,
    "day": "2026-11-26",
    "before": _SHIFT,
    "after": {**_SHIFT, "starts_at": "2026-11-26T08:00:00+00:00", "ends_at": "2026-11-26T14:00:00+00:00"},
    "rest_minutes": 480,
    "due_minutes": 600,
    "consented": True,
    "pay_code": "short_rest_premium",
    "premium_minutes": 120,
    "multiplier": "0.5",
    "premium_cents": 1800,
    "currency": "USD",
    "rule": "us-or.rest.factor",
    "pack": "us-or 1+0123456789ab",
    "citation": "ORS 653.442",
    "note": "null if it was priced",
}
_LOGGED_REST: dict[str, Any] = {
    **_REST,
    "id": EXAMPLE_ID,
    "publication_id": EXAMPLE_ID,
    "told_at": "2026-11-10T16:00:00Z",
    "notice_minutes": 22560,
    "changed_by": f"user:{EXAMPLE_ID}",
    "reason": "null in a first publication",
}


class _Premium(Output):
    """What the law makes something cost."""

    pay_code: str | None
    premium_minutes: int
    multiplier: str | None = Field(description="Of the hourly rate.")
    premium_cents: int
    currency: str | None
    rule: str | None = Field(description="Parameter of law that asks for it.")
    pack: str | None = Field(description="Version of its rule pack.")
    citation: str | None
    note: str | None = Field(description="Why it could not be priced.")


class PricedChangeView(_Premium):
    """One change of one person's published work and what the law makes it cost."""

    employee_id: UUID
    lineage_id: UUID
    day: date = Field(description="Civil day of the shift as it was known.")
    before: dict[str, Any] | None = Field(description="The shift as the person knew it.")
    after: dict[str, Any] | None = Field(description="The shift as it is now.")
    notice_minutes: int = Field(description="From telling to the start of the shift.")
    cause: ChangeCause
    consented: bool
    finding: dict[str, Any] | None = Field(
        description="That the law asks for consent at so short a notice, and there is none."
    )

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_CHANGE))

    @staticmethod
    def of(priced: PricedChange) -> PricedChangeView:
        """A change that is not made yet."""
        change, premium = priced.change, priced.premium
        line = premium.line
        return PricedChangeView(
            employee_id=change.employee_id,
            lineage_id=change.known.lineage_id,
            day=change.day,
            before=change.before.as_json() if change.before else None,
            after=change.after.as_json() if change.after else None,
            notice_minutes=priced.notice_minutes,
            cause=priced.cause,
            consented=priced.consented,
            pay_code=line.code.lower() if line else None,
            premium_minutes=line.minutes if line else 0,
            multiplier=f"{line.multiplier:f}" if line else None,
            premium_cents=premium.cents,
            currency=premium.currency or None if line else None,
            rule=line.rule if line else None,
            pack=premium.pack or None,
            citation=line.citation if line else None,
            note=premium.note or None,
            finding=priced.late.as_dict() if priced.late else None,
        )


class LoggedChangeView(PricedChangeView):
    """A change that was made known; it never changes."""

    id: UUID
    publication_id: UUID
    told_at: datetime
    changed_by: str
    reason: str

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_LOGGED))

    @staticmethod
    def of_row(row: RosterChange) -> LoggedChangeView:
        """A row of the log."""
        return LoggedChangeView.model_validate(row)


class PricedRestView(_Premium):
    """A rest between the work of two days that is so short that it costs a premium."""

    employee_id: UUID
    day: date = Field(description="Civil day of the second shift.")
    before: dict[str, Any] = Field(description="The shift after which the rest begins.")
    after: dict[str, Any] = Field(description="The shift that ends it.")
    rest_minutes: int | None = Field(description="null: it is there no more.")
    due_minutes: int
    consented: bool = Field(description="Whether a consent of the person to such rests held on the day.")

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_REST))

    @staticmethod
    def of(rest: PricedRest) -> PricedRestView:
        """A rest that is not made known yet."""
        line = rest.premium.line
        return PricedRestView(
            employee_id=rest.employee_id,
            day=rest.day,
            before=rest.before.as_json(),
            after=rest.after.as_json(),
            rest_minutes=rest.rest_minutes,
            due_minutes=rest.due_minutes,
            consented=rest.consented,
            pay_code=line.code.lower() if line else None,
            premium_minutes=line.minutes if line else 0,
            multiplier=f"{line.multiplier:f}" if line else None,
            premium_cents=rest.premium.cents,
            currency=rest.premium.currency or None,
            rule=line.rule if line else None,
            pack=rest.premium.pack or None,
            citation=line.citation if line else None,
            note=rest.premium.note or None,
        )


class LoggedRestView(PricedRestView):
    """A short rest that was made known; the last entry of a person and two shifts counts."""

    id: UUID
    publication_id: UUID
    told_at: datetime
    notice_minutes: int = Field(description="From telling to the start of the second shift.")
    changed_by: str
    reason: str | None = Field(description="Why the roster was changed; null in a first publication.")

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_LOGGED_REST))

    @staticmethod
    def of_row(row: ShortRest) -> LoggedRestView:
        """A row of the log."""
        return LoggedRestView.model_validate(row)


class PriceView(Output):
    """What publishing the draft now would change for people, and cost."""

    revision: int
    changes: list[PricedChangeView]
    short_rests: list[PricedRestView] = Field(description="Those that nobody was told of yet.")
    totals: dict[str, int] = Field(description="Minor units by currency.")

    model_config = ConfigDict(
        json_schema_extra=example(revision=4, changes=[_CHANGE], short_rests=[_REST], totals={"USD": 5400})
    )
