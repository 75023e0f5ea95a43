"""How much leave places give: what is said about it, and what the law says where nobody said anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.law.agreements import layers_in
from scheduler.law.amounts import Share
from scheduler.law.provisions import provision
from scheduler.law.subject import LawSubject
from scheduler.law.values import Count
from scheduler.organisation.locations import find_location
from scheduler.timeoff.amounts import HUNDREDTHS, in_words
from scheduler.timeoff.models import (
    LeaveGranting,
    LeaveKind,
    LeavePolicy,
    LeaveRounding,
    LeaveUnit,
    PartYear,
)

DAYS_OF_WEEKS = 5
"""Working days of a week of leave where a law counts weeks."""
LARGEST = 366 * 24 * 60
"""Minutes of a leap year: more leave there is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyTerms:
    """What `scheduler.timeoff.models.LeavePolicy` says, not yet stored; its words stand there."""

    kind: LeaveKind
    starts_on: date
    unit: LeaveUnit
    granting: LeaveGranting
    yearly_amount: int
    long_service_years: int | None = None
    long_service_amount: int | None = None
    share_basis_points: int = 0
    part_year: PartYear = PartYear.DAYS
    rounding: LeaveRounding = LeaveRounding.EXACT
    day_minutes: int = 480
    full_time_weekly_minutes: int | None = None
    waiting_months: int = 0
    counted_weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    counts_holidays: bool = False
    carry_over_limit: int | None = None
    carry_over_months: int | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class LawSays:
    """What the law of a place says about paid leave on a day.

    Parameters
    ----------
    days
        Of a year, in hundredths of a working day.
    long_days
        After long service; None where the law makes no difference.
    share_basis_points
        Of the time worked, for people with irregular hours; None where the law has no such rule.
    """

    days: int
    citation: str
    long_days: int | None
    share_basis_points: int | None


def policies_of(session: Session, location_id: UUID, kind: LeaveKind | None = None) -> Sequence[LeavePolicy]:
    """The policies of a location, by kind and first day."""
    query = select(LeavePolicy).where(LeavePolicy.location_id == location_id)
    if kind is not None:
        query = query.where(LeavePolicy.kind == kind)
    return session.scalars(query.order_by(LeavePolicy.kind, LeavePolicy.starts_on)).all()


def save_policy(session: Session, location_id: UUID, terms: PolicyTerms, *, actor: str) -> LeavePolicy:
    """Say how much leave of a kind a location gives from a day on; said again for that day, it is replaced.

    Raises
    ------
    InvalidInput
        With everything that cannot be.
    SchedulerError
        ``location_not_found``.
    """
    location = find_location(session, location_id)
    others = policies_of(session, location_id, terms.kind)
    if errors := _errors(terms, others):
        raise InvalidInput(errors)
    policy = next((one for one in others if one.starts_on == terms.starts_on), None)
    before = None if policy is None else _plain(policy)
    if policy is None:
        policy = LeavePolicy(location_id=location_id)
        session.add(policy)
    for one in fields(PolicyTerms):
        value = getattr(terms, one.name)
        setattr(policy, one.name, sorted(set(value)) if one.name == "counted_weekdays" else value)
    session.flush()
    facts = {"before": before, "after": _plain(policy)}
    record(session, actor, "leave_policy.save", "location", location.id, kind=terms.kind.value, **facts)
    return policy


def law_says(session: Session, location_id: UUID, day: date) -> LawSays | None:
    """What rule packs and agreements of a place say about paid leave; None where they say nothing."""
    layers = layers_in(session, find_location(session, location_id).jurisdiction)
    adult = LawSubject(id="adult")
    found = provision(layers, "leave_year", adult, day)
    if found is None or not isinstance(found.value, Count):
        return None
    long = provision(layers, "leave_year_long", adult, day)
    share = provision(layers, "leave_accrual_share", adult, day)
    return LawSays(
        _days(found.value),
        found.citation,
        _days(long.value) if long and isinstance(long.value, Count) else None,
        round(share.value.percent * 100) if share and isinstance(share.value, Share) else None,
    )


def below_law(session: Session, policy: LeavePolicy) -> str | None:
    """A sentence where a policy of annual leave gives less in a year than the law; None where it does not."""
    says = law_says(session, policy.location_id, policy.starts_on)
    if policy.kind is not LeaveKind.ANNUAL or says is None or policy.granting is LeaveGranting.BY_HAND:
        return None
    if policy.granting is LeaveGranting.HOURS:
        least = says.share_basis_points
        if least is None or policy.share_basis_points >= least:
            return None
        return f"The law gives {least / 100:g} % of the time worked ({says.citation})."
    week = len(set(policy.counted_weekdays)) or 1
    day = policy.day_minutes if policy.unit is LeaveUnit.MINUTES else HUNDREDTHS
    least = says.days * week // DAYS_OF_WEEKS * day // HUNDREDTHS
    if policy.yearly_amount >= least:
        return None
    return f"The law gives at least {in_words(least, policy.unit)} a year ({says.citation})."


def _days(count: Count) -> int:
    """Working days of a five-day week, in hundredths."""
    return count.number * HUNDREDTHS * (DAYS_OF_WEEKS if count.unit == "weeks" else 1)


def _errors(terms: PolicyTerms, others: Sequence[LeavePolicy]) -> list[FieldError]:
    found = [
        FieldError(field, str(getattr(terms, field)), problem, hint)
        for is_wrong, field, problem, hint in _rules(terms)
        if is_wrong
    ]
    first = min(others, key=lambda one: one.starts_on, default=None)
    if first is not None and first.starts_on != terms.starts_on:
        if first.starts_on.month != terms.starts_on.month:
            hint = f"{terms.starts_on.year}-{first.starts_on.month:02}-01, where a leave year begins here"
            found.append(
                FieldError("starts_on", str(terms.starts_on), "is in the middle of a leave year", hint)
            )
        if first.unit is not terms.unit:
            hint = f"{first.unit.value}, as the policy from {first.starts_on} on"
            found.append(FieldError("unit", terms.unit.value, "is another than before", hint))
    return found


def _rules(terms: PolicyTerms) -> tuple[tuple[bool, str, str, str], ...]:
    """Whether something is wrong, where, what, and what would do."""
    weekdays = set(terms.counted_weekdays)
    by_hours = terms.granting is LeaveGranting.HOURS
    long_pair = (terms.long_service_years is None) != (terms.long_service_amount is None)
    limit, months = terms.carry_over_limit, terms.carry_over_months
    return (
        (terms.starts_on.day != 1, "starts_on", "is not the first of a month", "the day a leave year begins"),
        (not 0 <= terms.yearly_amount <= LARGEST, "yearly_amount", "is no amount of a year", "0 or more"),
        (long_pair, "long_service_years", "and its amount belong together", "both, or neither"),
        (
            terms.long_service_amount is not None and not 0 <= terms.long_service_amount <= LARGEST,
            "long_service_amount", "is no amount of a year", "0 or more",
        ),
        (
            terms.long_service_years is not None and not 1 <= terms.long_service_years <= 60,
            "long_service_years", "is no number of years", "1 to 60",
        ),
        (
            by_hours and not 0 < terms.share_basis_points <= 10_000,
            "share_basis_points", "is no share of the time worked", "1207 for 12.07 %",
        ),
        (
            by_hours and terms.unit is not LeaveUnit.MINUTES,
            "unit", "does not go with a share of the time worked", "minutes",
        ),
        (not 0 < terms.day_minutes <= 1440, "day_minutes", "is no length of a day", "480 for 8 h"),
        (
            terms.full_time_weekly_minutes is not None
            and (terms.unit is LeaveUnit.DAYS or not 0 < terms.full_time_weekly_minutes <= 10_080),
            "full_time_weekly_minutes", "does not go with leave in days, or is no week",
            "leave it empty in days, as each counted weekday takes a day of everybody; 2400 for 40 h",
        ),
        (not 0 <= terms.waiting_months <= 60, "waiting_months", "is no number of months", "0 to 60"),
        (
            not weekdays or not weekdays <= set(range(7)),
            "counted_weekdays", "are no weekdays", "some of 0 (Monday) to 6 (Sunday)",
        ),
        (limit is not None and not 0 <= limit <= LARGEST, "carry_over_limit", "is no amount", "0 or more"),
        (months is not None and not 1 <= months <= 12, "carry_over_months", "is no month", "1 to 12"),
    )  # fmt: skip


def _plain(policy: LeavePolicy) -> dict[str, object]:
    return {
        one.name: value.isoformat() if isinstance(value := getattr(policy, one.name), date) else value
        for one in fields(PolicyTerms)
    }


def policy_needed(session: Session, location_id: UUID, kind: LeaveKind) -> Sequence[LeavePolicy]:
    """The policies of a kind at a location, by first day.

    Raises
    ------
    SchedulerError
        ``leave_policy_missing`` where there is none: nobody said how leave of the kind is counted there.
    """
    found = policies_of(session, location_id, kind)
    if not found:
        location = find_location(session, location_id)
        raise SchedulerError("leave_policy_missing", location=location.name, kind=kind.value)
    return found
