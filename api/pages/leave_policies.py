"""Saying how much leave a location gives, and how it is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from pydantic import BaseModel, StringConstraints
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.leave_words import GRANTINGS, KINDS, PARTS, ROUNDINGS, UNITS
from api.pages.problem import draw_after
from api.pages.refusal import refusal_of
from api.permissions import Access, allow
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import local_day, utc_now, zone_named
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.organisation.locations import find_location
from scheduler.organisation.permissions import Permission
from scheduler.timeoff.amounts import amount_of, plain
from scheduler.timeoff.amounts import in_words as amount_in_words
from scheduler.timeoff.leave_policies import (
    LawSays,
    PolicyTerms,
    below_law,
    law_says,
    policies_of,
    save_policy,
)
from scheduler.timeoff.models import (
    LeaveGranting,
    LeaveKind,
    LeavePolicy,
    LeaveRounding,
    LeaveUnit,
    PartYear,
)

router = APIRouter()

MayWrite = Annotated[Access, Depends(allow(Permission.LEAVE_POLICIES_WRITE))]
Text = Annotated[str, StringConstraints(max_length=20, strip_whitespace=True)]
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOUR_MINUTES = 60


class PolicyForm(BaseModel):
    """The form as it is sent; amounts are days or hours, as the unit says."""

    kind: LeaveKind = LeaveKind.ANNUAL
    starts_on: Text = ""
    unit: LeaveUnit = LeaveUnit.DAYS
    granting: LeaveGranting = LeaveGranting.YEARLY
    yearly_amount: Text = ""
    long_service_years: Text = ""
    long_service_amount: Text = ""
    share_percent: Text = ""
    part_year: PartYear = PartYear.DAYS
    rounding: LeaveRounding = LeaveRounding.EXACT
    day_hours: Text = "8"
    full_time_hours: Text = ""
    waiting_months: Text = "0"
    counted_weekdays: list[int] = []
    counts_holidays: bool = False
    carry_over_limit: Text = ""
    carry_over_months: Text = ""
    source: Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)] = ""

    def terms(self) -> PolicyTerms:
        """What the form says.

        Raises
        ------
        InvalidInput
            With every field that is no number or day.
        """
        read = _Reading({name: str(value) for name, value in self.model_dump().items()}, self.unit)
        terms = PolicyTerms(
            kind=self.kind,
            starts_on=read.day("starts_on"),
            unit=self.unit,
            granting=self.granting,
            yearly_amount=read.amount("yearly_amount") or 0,
            long_service_years=read.whole("long_service_years"),
            long_service_amount=read.amount("long_service_amount"),
            share_basis_points=read.hundredths("share_percent") or 0,
            part_year=self.part_year,
            rounding=self.rounding,
            day_minutes=read.hours("day_hours") or 0,
            full_time_weekly_minutes=read.hours("full_time_hours"),
            waiting_months=read.whole("waiting_months") or 0,
            counted_weekdays=tuple(self.counted_weekdays),
            counts_holidays=self.counts_holidays,
            carry_over_limit=read.amount("carry_over_limit"),
            carry_over_months=read.whole("carry_over_months"),
            source=self.source or None,
        )
        if read.errors:
            raise InvalidInput(read.errors)
        return terms


@dataclass(slots=True)
class _Reading:
    """Texts of a form, read one by one; what cannot be read is gathered."""

    texts: Mapping[str, str]
    unit: LeaveUnit
    errors: list[FieldError]

    def __init__(self, texts: Mapping[str, str], unit: LeaveUnit) -> None:
        self.texts, self.unit, self.errors = texts, unit, []

    def _wrong(self, field: str, problem: str, hint: str) -> None:
        self.errors.append(FieldError(field, self.texts[field], problem, hint))

    def day(self, field: str) -> date:
        """A day; the first one there is where it is none."""
        try:
            return date.fromisoformat(self.texts[field])
        except ValueError:
            self._wrong(field, "is no day", "the first day of a leave year, such as 2027-01-01")
            return date.min

    def whole(self, field: str) -> int | None:
        """A whole number, or None where nothing is said."""
        text = self.texts[field]
        if text and not (text.isdecimal() and text.isascii()):
            self._wrong(field, "is no whole number", "0, 1, 2 ...")
            return None
        return int(text) if text else None

    def amount(self, field: str) -> int | None:
        """Days or hours in steps, or None where nothing is said."""
        return self._steps(field, self.unit)

    def hours(self, field: str) -> int | None:
        """Hours in minutes, or None where nothing is said."""
        return self._steps(field, LeaveUnit.MINUTES)

    def _steps(self, field: str, unit: LeaveUnit) -> int | None:
        text = self.texts[field]
        try:
            return amount_of(text, unit) if text else None
        except ValueError:
            self._wrong(field, f"is no number of {UNITS[unit]}", "such as 26 or 7.5")
            return None

    def hundredths(self, field: str) -> int | None:
        """Hundredths of a number, or None where nothing is said."""
        text = self.texts[field].replace(",", ".")
        try:
            number = Decimal(text) * 100 if text else Decimal(0)
            if number.is_finite() and number == int(number):
                return int(number)
        except InvalidOperation:
            pass
        self._wrong(field, "is no per cent", "at most two decimals, such as 12.07")
        return None


@router.get("/locations/{location_id}/leave-policies")
def leave_policies_page(
    request: Request,
    access: MayWrite,
    session: ReadSession,
    location_id: UUID,
    start: str = "",
    done: str = "",
) -> Response:
    """What is said so far, what the law says, and the form; ``start=law`` fills it with the law's."""
    location = find_location(session, location_id)
    today = local_day(utc_now(), zone_named(location.zone))
    form = PolicyForm(starts_on=f"{today.year}-01-01", counted_weekdays=[0, 1, 2, 3, 4])
    says = law_says(session, location_id, today)
    if start == "law" and says is not None:
        form = _by_law(form, says)
    return _page(request, access, session, location_id, form, done=done)


@router.post("/locations/{location_id}/leave-policies")
def save_leave_policy(
    request: Request,
    access: MayWrite,
    session: WriteSession,
    location_id: UUID,
    form: Annotated[PolicyForm, Form()],
) -> Response:
    """Say it; what is refused is told on the page, with the form as it was sent."""
    change = refusal_of(session, lambda: save_policy(session, location_id, form.terms(), actor=access.actor))
    if change is not None:
        return _page(request, access, session, location_id, form, refused=change)
    return RedirectResponse(f"/locations/{location_id}/leave-policies?done=saved", 303)


def _by_law(form: PolicyForm, says: LawSays) -> PolicyForm:
    """The form with what the law says about annual leave; everything else stays to be said."""
    told: dict[str, object] = {
        "yearly_amount": plain(says.days, LeaveUnit.DAYS),
        "source": says.citation[:200],
    }
    if says.long_days is not None:
        told["long_service_amount"] = plain(says.long_days, LeaveUnit.DAYS)
    return form.model_copy(update=told)


def _page(
    request: Request,
    access: Access,
    session: Session,
    location_id: UUID,
    form: PolicyForm,
    *,
    done: str = "",
    refused: SchedulerError | None = None,
) -> Response:
    location = find_location(session, location_id)
    today = local_day(utc_now(), zone_named(location.zone))
    known: Sequence[LeavePolicy] = policies_of(session, location_id)
    return draw_after(
        request,
        "leave_policies.html",
        access.principal,
        refused,
        section="/leave-balances",
        location=location,
        policies=[(one, _in_words(one), below_law(session, one)) for one in known],
        law=law_says(session, location_id, today),
        form=form,
        kinds=KINDS,
        units=UNITS,
        grantings=GRANTINGS,
        parts=PARTS,
        roundings=ROUNDINGS,
        weekdays=WEEKDAYS,
        days_in_words=lambda amount: amount_in_words(amount, LeaveUnit.DAYS),
        done=done,
    )


def _in_words(policy: LeavePolicy) -> list[str]:
    """What a policy says, a sentence for each thing."""

    def say(amount: int) -> str:
        return amount_in_words(amount, policy.unit)

    said = [f"Given: {GRANTINGS[policy.granting]}."]
    if policy.granting is LeaveGranting.HOURS:
        said.append(f"{policy.share_basis_points / 100:g} % of the time worked.")
    elif policy.granting is not LeaveGranting.BY_HAND:
        said.append(f"{say(policy.yearly_amount)} a year; part years {PARTS[policy.part_year]}.")
        said.append(f"Parts of days {ROUNDINGS[policy.rounding]}.")
    if policy.long_service_amount is not None:
        said.append(f"{say(policy.long_service_amount)} from {policy.long_service_years} years on.")
    if policy.full_time_weekly_minutes:
        said.append(f"Less for less than {policy.full_time_weekly_minutes / HOUR_MINUTES:g} h a week.")
    if policy.waiting_months:
        said.append(f"None of it is taken in the first {policy.waiting_months} months.")
    days = ", ".join(WEEKDAYS[day] for day in policy.counted_weekdays)
    holidays = "public holidays too" if policy.counts_holidays else "public holidays left out"
    said.append(f"Leave takes something on {days}; {holidays}.")
    if policy.carry_over_limit is not None:
        said.append(f"At most {say(policy.carry_over_limit)} is carried over.")
    else:
        said.append("All that is left is carried over.")
    if policy.carry_over_months is not None:
        said.append(f"It has to be taken within {policy.carry_over_months} months.")
    return said
