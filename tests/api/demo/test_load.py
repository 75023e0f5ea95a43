"""Loading the demo company: complete, in any week, and never over what a person changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.demo.load import last_full_week, load_company
from scheduler.demand.models import CoverageRequirement
from scheduler.people.models import Employee
from scheduler.timekeeping.models import Punch, TimeEntry
from scheduler.timeoff.models import TimeOff, TimeOffState

WEEK = date(2026, 11, 23)


def count(session: Session, record: type) -> int:
    return session.scalar(select(func.count()).select_from(record)) or 0


@pytest.mark.slow
def test_the_company_loads_once_and_keeps_what_was_changed_since(session: Session):
    first = load_company(session, week=WEEK, actor="system")
    assert (first.errors, first.warnings) == ((), ())
    assert first.count("employees").created == 120
    assert first.count("punches").created == count(session, Punch)
    assert count(session, TimeEntry) > 1200
    person = session.scalars(select(Employee).where(Employee.number == "W001")).one()
    person.first_name = "Changed"
    leave = session.scalars(select(TimeOff).where(TimeOff.state == TimeOffState.REQUESTED)).one()
    leave.state = TimeOffState.REJECTED
    needed = count(session, CoverageRequirement)
    again = load_company(session, week=WEEK, actor="system")
    assert again.counts == ()
    session.expire_all()
    assert (person.first_name, leave.state) == ("Changed", TimeOffState.REJECTED)
    assert count(session, CoverageRequirement) == needed


@pytest.mark.slow
@pytest.mark.parametrize(
    "week",
    [
        date(2026, 10, 26),  # clocks go back in San Francisco on its Sunday, and did in Warsaw the day before
        date(2027, 3, 22),  # clocks go forward in Warsaw on its Sunday
        date(2028, 2, 28),  # has a leap day
        date(2026, 12, 28),  # week 53
    ],
)
def test_the_files_serve_any_week(sqlite_session: Session, week: date):
    with time_machine.travel(week - timedelta(days=1)):
        report = load_company(sqlite_session, week=week, actor="system")
    assert report.errors == ()
    assert report.count("coverage").created > 5000
    assert report.count("punches").created > 3900


@pytest.mark.parametrize(
    ("now", "week", "worked"),
    [
        ("2026-11-21T20:00:00Z", date(2026, 11, 23), date(2026, 11, 9)),
        ("2026-11-23T01:00:00Z", date(2026, 11, 30), date(2026, 11, 9)),
        ("2026-11-24T09:00:00Z", date(2026, 11, 30), date(2026, 11, 16)),
        ("2027-06-01T00:00:00Z", date(2026, 11, 23), date(2026, 11, 16)),
    ],
)
def test_the_worked_week_is_over_at_every_location(now: str, week: date, worked: date):
    with time_machine.travel(now, tick=False):
        assert last_full_week(week) == worked
