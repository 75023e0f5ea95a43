"""Premiums for late changes of published rosters and for short rests in them, as pay lines take them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from scheduler.pay.interpret import Earned, PayKey, PayRule
from scheduler.pay.models import PayCode, PayLine, PayPeriod
from scheduler.rosters.models import PremiumColumns, Roster, RosterChange, ShortRest
from scheduler.rosters.rest_log import last_rows
from scheduler.timekeeping.models import Timesheet


def change_premiums(session: Session, period: PayPeriod) -> list[Earned]:
    """What late changes and short rests of shifts in a period cost, as it was worked out when they were told.

    A premium counts for the day of the changed shift, or of the shift that ends the rest, at the location of
    its roster. Several of one person, day and price are one line.
    """
    found: dict[PayKey, Earned] = {}
    for line in (*_of_changes(session, period), *_of_rests(session, period)):
        known = found.get(line.key)
        if known is not None:
            line = replace(
                known,
                minutes=known.minutes + line.minutes,
                amount_cents=known.amount_cents + line.amount_cents,
            )
        found[line.key] = line
    return [found[key] for key in sorted(found)]


def _of_changes(session: Session, period: PayPeriod) -> Iterator[Earned]:
    """The premium of each logged change that has one."""
    query = (
        select(RosterChange)
        .join(Roster, Roster.id == RosterChange.roster_id)
        .where(
            Roster.location_id == period.location_id,
            RosterChange.day >= period.starts_on,
            RosterChange.day < period.ends_on,
            RosterChange.pay_code.is_not(None),
        )
        .order_by(RosterChange.told_at, RosterChange.id)
    )
    for change in session.scalars(query):
        yield _earned(change.employee_id, change.day, change)


def _of_rests(session: Session, period: PayPeriod) -> Iterator[Earned]:
    """The premium of each short rest that is still there, as its last row has it."""
    query = (
        last_rows()
        .join(Roster, Roster.id == ShortRest.roster_id)
        .where(
            Roster.location_id == period.location_id,
            ShortRest.day >= period.starts_on,
            ShortRest.day < period.ends_on,
            ShortRest.pay_code.is_not(None),
        )
        .order_by(ShortRest.told_at, ShortRest.id)
    )
    for rest in session.scalars(query):
        yield _earned(rest.employee_id, rest.day, rest)


def rest_not_settled() -> ColumnElement[bool]:
    """Whether a short rest of a pay period was told of, or taken back, after its close and is not settled."""
    same_person_and_day = (PayLine.employee_id == ShortRest.employee_id, PayLine.day == ShortRest.day)
    told = (
        select(PayLine.id)
        .where(
            PayLine.corrects_period_id == PayPeriod.id,
            *same_person_and_day,
            PayLine.created_at > ShortRest.told_at,
        )
        .exists()
    )
    paid = (
        select(PayLine.id)
        .where(
            or_(PayLine.pay_period_id == PayPeriod.id, PayLine.corrects_period_id == PayPeriod.id),
            *same_person_and_day,
            PayLine.pay_code.in_((PayCode.SHORT_REST_PREMIUM, PayCode.CLOPENING_PREMIUM)),
        )
        .exists()
    )
    return (
        select(ShortRest.id)
        .join(Roster, Roster.id == ShortRest.roster_id)
        .where(
            Roster.location_id == PayPeriod.location_id,
            ShortRest.day >= PayPeriod.starts_on,
            ShortRest.day < PayPeriod.ends_on,
            ShortRest.told_at > PayPeriod.closed_at,
            or_(ShortRest.pay_code.is_not(None), paid),
            ~told,
            ~in_another_group(ShortRest.employee_id, ShortRest.day),
            ~_told_anew(),
        )
        .exists()
    )


def in_another_group(
    employee_id: InstrumentedAttribute[UUID], day: InstrumentedAttribute[date]
) -> ColumnElement[bool]:
    """Whether somebody's time of a day counts in the periods of another group than a pay period is of."""
    return (
        select(Timesheet.id)
        .where(
            Timesheet.employee_id == employee_id,
            Timesheet.location_id == PayPeriod.location_id,
            Timesheet.starts_on <= day,
            Timesheet.ends_on > day,
            Timesheet.pay_group_id.is_distinct_from(PayPeriod.pay_group_id),
        )
        .exists()
    )


def _told_anew() -> ColumnElement[bool]:
    """Whether there is a later row of the same person and shifts."""
    later = aliased(ShortRest)
    return (
        select(later.id)
        .where(
            later.employee_id == ShortRest.employee_id,
            later.before_lineage_id == ShortRest.before_lineage_id,
            later.lineage_id == ShortRest.lineage_id,
            later.told_at > ShortRest.told_at,
        )
        .exists()
    )


def _earned(employee_id: UUID, day: date, row: PremiumColumns) -> Earned:
    """The premium of a row of a log that has one."""
    if row.pay_code is None or row.contract_id is None or row.currency is None:
        raise ValueError(f"the row of {employee_id} on {day} has no premium")
    key = PayKey(
        employee_id, day, PayCode(row.pay_code), row.contract_id, row.hourly_rate_cents, row.currency
    )
    rule = PayRule(row.rule or "", row.pack or "", row.citation or "", row.multiplier or "")
    return Earned(key, row.premium_minutes, row.premium_cents, (), rule)
