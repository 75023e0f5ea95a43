"""Steps of a pay week, written so that tests read as what happened."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.pay.close_period import close_period
from scheduler.pay.models import PayLine, PayPeriod
from scheduler.pay.periods import period_for
from scheduler.timekeeping.approve_many import approve_all
from tests.scheduler.timekeeping.clock_company import MANAGER, ClockCompany, punch, week_of_days

WEEK = date(2026, 11, 16)
PAYROLL = "user:00000000-0000-0000-0000-000000000003"


def close_week(session: Session, clocked: ClockCompany, *days: str) -> PayPeriod:
    """Ann works eight hours on each of the days; the week is approved and closed."""
    punch(session, clocked.ann, *week_of_days(*days))
    approve_all(session, clocked.location_id, WEEK, actor=MANAGER)
    return close_period(session, period_for(session, clocked.location_id, WEEK).id, actor=PAYROLL)


def lines(session: Session) -> list[PayLine]:
    """Every pay line there is, oldest first."""
    return list(session.scalars(select(PayLine).order_by(PayLine.id)))


def told(session: Session) -> list[tuple[str, int, int]]:
    """Day, minutes and cents of every pay line, oldest first."""
    return [(line.day.isoformat(), line.minutes, line.amount_cents) for line in lines(session)]
