"""What a closed pay period comes to by pay code and by person, beside the period before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import SQLColumnExpression, and_, case, func, or_, select
from sqlalchemy.orm import Session

from scheduler.pay.models import PayCode, PayLine, PayPeriod
from scheduler.pay.periods import period_before, refuse_unless_closed

Sums = Mapping[tuple[str, str], tuple[int, int]]
"""Minutes and minor units by what is compared and currency."""


@dataclass(frozen=True, slots=True)
class PeriodDifference:
    """A pay code or a person, in a period and in the one before.

    Parameters
    ----------
    what
        The pay code, or the id of the employee.
    label
        The pay code, or the name of the employee.
    now_minutes, before_minutes
        Of a pay code all its minutes, of a person the worked ones.
    """

    what: str
    label: str
    currency: str
    now_minutes: int
    before_minutes: int
    now_cents: int
    before_cents: int

    @property
    def minutes(self) -> int:
        """Minutes more than before."""
        return self.now_minutes - self.before_minutes

    @property
    def amount_cents(self) -> int:
        """Money more than before."""
        return self.now_cents - self.before_cents


@dataclass(frozen=True, slots=True)
class PeriodDifferences:
    """A period beside the one before, the biggest difference of money first, then of minutes.

    Parameters
    ----------
    before
        The last closed period of the same location and pay group before it; None for the first one, beside
        which there is nothing.
    """

    before: PayPeriod | None
    by_code: tuple[PeriodDifference, ...]
    by_person: tuple[PeriodDifference, ...]

    @property
    def before_last_day(self) -> date | None:
        """The last day of the period before."""
        return self.before.ends_on - timedelta(days=1) if self.before else None


def period_differences(session: Session, period: PayPeriod) -> PeriodDifferences:
    """What is paid in a period, corrections of earlier ones among it, beside the period before.

    Raises
    ------
    SchedulerError
        ``period_not_closed``.
    """
    refuse_unless_closed(period)
    before = period_before(session, period)
    codes, codes_before = _by_code(session, period), _by_code(session, before)
    names = _names(session, (each.id for each in (period, before) if each is not None))
    return PeriodDifferences(
        before,
        _beside(codes, codes_before, {code: code for code, _ in (*codes, *codes_before)}),
        _beside(_by_person(session, period), _by_person(session, before), names),
    )


def _beside(now: Sums, before: Sums, labels: Mapping[str, str]) -> tuple[PeriodDifference, ...]:
    found = []
    for key in now.keys() | before.keys():
        (now_minutes, now_cents), (minutes, cents) = now.get(key, (0, 0)), before.get(key, (0, 0))
        what, currency = key
        found.append(PeriodDifference(what, labels[what], currency, now_minutes, minutes, now_cents, cents))
    return tuple(
        sorted(found, key=lambda each: (-abs(each.amount_cents), -abs(each.minutes), each.label, each.what))
    )


def _by_code(session: Session, period: PayPeriod | None) -> Sums:
    return _sums(session, period, PayLine.pay_code, PayLine.minutes)


def _by_person(session: Session, period: PayPeriod | None) -> Sums:
    # The same question as `PayLine.counts_time`, to the database.
    untold = and_(PayLine.is_worked.is_(None), PayLine.pay_code == PayCode.REGULAR)
    worked = case((or_(PayLine.is_worked.is_(True), untold), PayLine.minutes), else_=0)
    return _sums(session, period, PayLine.employee_id, worked)


def _sums(
    session: Session,
    period: PayPeriod | None,
    what: SQLColumnExpression[str] | SQLColumnExpression[UUID],
    minutes: SQLColumnExpression[int],
) -> Sums:
    if period is None:
        return {}
    query = select(what, PayLine.currency, func.sum(minutes), func.sum(PayLine.amount_cents))
    rows = session.execute(query.where(PayLine.pay_period_id == period.id).group_by(what, PayLine.currency))
    return {(str(key), currency): (int(total), int(cents)) for key, currency, total, cents in rows}


def _names(session: Session, period_ids: Iterable[UUID]) -> dict[str, str]:
    """Names of the people of some periods, as the lines have them."""
    query = select(PayLine.employee_id, func.max(PayLine.employee_name))
    rows = session.execute(
        query.where(PayLine.pay_period_id.in_(list(period_ids))).group_by(PayLine.employee_id)
    )
    return {str(employee_id): name for employee_id, name in rows}
