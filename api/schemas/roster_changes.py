"""Changes of published rosters, and what they cost."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Output, example
from scheduler.rosters.change_prices import PricedChange
from scheduler.rosters.models import ChangeCause, RosterChange

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
}
_LOGGED: dict[str, Any] = {
    **_CHANGE,
    "id": EXAMPLE_ID,
    "publication_id": EXAMPLE_ID,
    "told_at": "2026-11-22T16:00:00Z",
    "changed_by": f"user:{EXAMPLE_ID}",
    "reason": "the delivery was called off",
}


class PricedChangeView(Output):
    """One change of one person's published work and what the law makes it cost."""

    employee_id: UUID
    lineage_id: UUID
    day: date = Field(description="Civil day of the shift as it was known.")
    before: dict[str, Any] | None = Field(description="The shift as the person knew it.")
    after: dict[str, Any] | None = Field(description="The shift as it is now.")
    notice_minutes: int = Field(description="From telling to the start of the shift.")
    cause: ChangeCause
    consented: bool
    pay_code: str | None
    premium_minutes: int
    multiplier: str | None = Field(description="Of the hourly rate.")
    premium_cents: int
    currency: str | None
    rule: str | None = Field(description="Parameter of law that asks for it.")
    pack: str | None = Field(description="Version of its rule pack.")
    citation: str | None
    note: str | None = Field(description="Why it could not be priced.")

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_CHANGE))

    @staticmethod
    def of(priced: PricedChange) -> PricedChangeView:
        """A change that is not made yet."""
        change, line = priced.change, priced.premium
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
            premium_cents=priced.premium_cents,
            currency=priced.currency or None if line else None,
            rule=line.rule if line else None,
            pack=priced.pack or None,
            citation=line.citation if line else None,
            note=priced.note or None,
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


class PriceView(Output):
    """What publishing the draft now would change for people, and cost."""

    revision: int
    changes: list[PricedChangeView]
    totals: dict[str, int] = Field(description="Minor units by currency.")

    model_config = ConfigDict(json_schema_extra=example(revision=4, changes=[_CHANGE], totals={"USD": 3600}))
