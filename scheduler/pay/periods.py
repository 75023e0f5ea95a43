"""Pay periods: finding them, making the next one, taking one to change it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.organisation.actors import name_of
from scheduler.organisation.locations import find_location
from scheduler.pay.change_premiums import in_another_group, rest_not_settled
from scheduler.pay.models import PayLine, PayPeriod, PayPeriodState
from scheduler.pay.repriced import repriced_periods
from scheduler.people.models import Employee
from scheduler.people.pay_group_members import groups_in_use
from scheduler.people.pay_groups import calendars_of, find_pay_group
from scheduler.rosters.models import Roster, RosterChange
from scheduler.timekeeping.models import Timesheet, TimesheetState

FURTHEST = timedelta(days=366)
"""How far ahead a pay period is opened at most."""


def find_period(session: Session, period_id: UUID) -> PayPeriod:
    """The pay period with this id.

    Raises
    ------
    SchedulerError
        ``pay_period_not_found``.
    """
    period = session.get(PayPeriod, period_id)
    if period is None:
        raise SchedulerError("pay_period_not_found", pay_period_id=str(period_id))
    return period


def present_period(
    session: Session, location_id: UUID, day: date, pay_group_id: UUID | None = None
) -> PayPeriod | None:
    """The pay period of a location and group that contains a day, if it was ever made.

    Parameters
    ----------
    pay_group_id
        None for people without a group, whose periods are weeks from Monday.
    """
    return session.scalars(
        select(PayPeriod).where(
            PayPeriod.location_id == location_id,
            PayPeriod.pay_group_id == pay_group_id,
            PayPeriod.starts_on <= day,
            PayPeriod.ends_on > day,
        )
    ).one_or_none()


def period_span(session: Session, pay_group_id: UUID | None, day: date) -> tuple[date, date]:
    """The days ``[first, end)`` of the period of a group that contains a day.

    Raises
    ------
    SchedulerError
        ``pay_group_not_found``.
    """
    group = None if pay_group_id is None else find_pay_group(session, pay_group_id)
    return calendars_of(group).span(day)


def period_for(session: Session, location_id: UUID, day: date, pay_group_id: UUID | None = None) -> PayPeriod:
    """The pay period of a location and group that contains a day, made if need be.

    Parameters
    ----------
    pay_group_id
        None for people without a group, whose periods are weeks from Monday.

    Raises
    ------
    InvalidInput
        If it would be over before anybody was hired, or start later than `FURTHEST` from today.
    SchedulerError
        ``location_not_found``, ``pay_group_not_found``.
    """
    find_location(session, location_id)
    present = present_period(session, location_id, day, pay_group_id)
    if present is not None:
        return present
    first, end = period_span(session, pay_group_id, day)
    _refuse_odd_days(session, day, first, end)
    period = PayPeriod(location_id=location_id, pay_group_id=pay_group_id, starts_on=first, ends_on=end)
    try:
        with session.begin_nested():
            session.add(period)
    except IntegrityError:
        # Somebody else made it a moment ago.
        made = present_period(session, location_id, day, pay_group_id)
        if made is None:
            raise
        return made
    return period


def _refuse_odd_days(session: Session, day: date, first: date, end: date) -> None:
    """Refuse a day that is a slip of the pen: a pay period cannot be removed."""
    today = utc_now().date()
    hired = session.scalar(select(func.min(Employee.hired_on))) or today
    if end <= hired:
        error = FieldError("day", str(day), "is before anybody was hired", f"{hired} or later")
    elif first > today + FURTHEST:
        error = FieldError("day", str(day), "is more than a year ahead", f"at most {today + FURTHEST}")
    else:
        return
    raise InvalidInput([error])


def list_periods(session: Session, location_id: UUID) -> list[PayPeriod]:
    """The pay periods of a location, the latest first."""
    query = select(PayPeriod).where(PayPeriod.location_id == location_id)
    return list(session.scalars(query.order_by(PayPeriod.starts_on.desc())))


def period_before(session: Session, period: PayPeriod) -> PayPeriod | None:
    """The last closed period of the same location and pay group before a period."""
    query = select(PayPeriod).where(
        PayPeriod.location_id == period.location_id,
        PayPeriod.pay_group_id == period.pay_group_id,
        PayPeriod.ends_on <= period.starts_on,
        PayPeriod.state == PayPeriodState.CLOSED,
    )
    return session.scalars(query.order_by(PayPeriod.starts_on.desc()).limit(1)).one_or_none()


def changed_periods(session: Session, location_id: UUID) -> list[PayPeriod]:
    """The closed periods of a location for which time or prices became known later, the earliest first.

    `scheduler.pay.corrections` says what it changes and settles it.
    """
    late = (
        select(Timesheet.id)
        .where(
            Timesheet.location_id == PayPeriod.location_id,
            Timesheet.pay_group_id.is_not_distinct_from(PayPeriod.pay_group_id),
            Timesheet.starts_on >= PayPeriod.starts_on,
            Timesheet.starts_on < PayPeriod.ends_on,
            or_(Timesheet.changed_after_close, Timesheet.state != TimesheetState.CLOSED),
            Timesheet.revision > 0,
        )
        .exists()
    )
    query = select(PayPeriod).where(
        PayPeriod.location_id == location_id,
        PayPeriod.state == PayPeriodState.CLOSED,
        or_(
            late,
            _premium_not_paid(),
            rest_not_settled(),
            PayPeriod.id.in_(repriced_periods(session, location_id)),
        ),
    )
    return list(session.scalars(query.order_by(PayPeriod.starts_on)))


def _premium_not_paid() -> ColumnElement[bool]:
    """Whether a roster was changed for a day of the period after its close, at a price no correction has."""
    told = (
        select(PayLine.id)
        .where(
            PayLine.corrects_period_id == PayPeriod.id,
            PayLine.employee_id == RosterChange.employee_id,
            PayLine.day == RosterChange.day,
            PayLine.pay_code == RosterChange.pay_code,
            PayLine.created_at > RosterChange.told_at,
        )
        .exists()
    )
    return (
        select(RosterChange.id)
        .join(Roster, Roster.id == RosterChange.roster_id)
        .where(
            Roster.location_id == PayPeriod.location_id,
            RosterChange.day >= PayPeriod.starts_on,
            RosterChange.day < PayPeriod.ends_on,
            RosterChange.told_at > PayPeriod.closed_at,
            RosterChange.pay_code.is_not(None),
            ~told,
            ~in_another_group(RosterChange.employee_id, RosterChange.day),
        )
        .exists()
    )


def hold_period(session: Session, period_id: UUID) -> PayPeriod:
    """The pay period as it is now, kept from other writers until the transaction ends.

    Whoever holds employees too takes the period first.

    Raises
    ------
    SchedulerError
        ``pay_period_not_found``.
    """
    now = select(PayPeriod).where(PayPeriod.id == period_id).with_for_update()
    period = session.scalars(now.execution_options(populate_existing=True)).one_or_none()
    if period is None:
        raise SchedulerError("pay_period_not_found", pay_period_id=str(period_id))
    return period


def hold_next_open_period(session: Session, period: PayPeriod) -> PayPeriod:
    """The first open period of the same location after ``period``, made if need be, and held.

    It is of the same pay group while the location has people in it, then of the group of the location.
    """
    day = period.ends_on
    while True:
        following = period_for(session, period.location_id, day, _group_after(session, period, day))
        if following.state is PayPeriodState.OPEN:
            following = hold_period(session, following.id)
        if following.state is PayPeriodState.OPEN:
            return following
        day = following.ends_on


def _group_after(session: Session, period: PayPeriod, day: date) -> UUID | None:
    """The group in whose period of a day what is late of an earlier one is paid."""
    in_use = groups_in_use(session, period.location_id, day)
    return period.pay_group_id if period.pay_group_id in in_use else in_use[0]


def refuse_unless_closed(period: PayPeriod) -> None:
    """Raise ``period_not_closed`` for an open period."""
    if period.state is not PayPeriodState.CLOSED:
        raise SchedulerError(
            "period_not_closed",
            pay_period_id=str(period.id),
            starts_on=period.starts_on.isoformat(),
            hint="approve its timesheets and close it first",
        )


def refuse_closed(session: Session, period: PayPeriod) -> None:
    """Raise ``period_already_closed`` with when and by whom, for a closed period."""
    if period.state is not PayPeriodState.CLOSED:
        return
    closed_at = period.closed_at.isoformat() if period.closed_at else None
    raise SchedulerError(
        "period_already_closed",
        pay_period_id=str(period.id),
        closed_at=closed_at,
        closed_by=name_of(session, period.closed_by) if period.closed_by else None,
    )
