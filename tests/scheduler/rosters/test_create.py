"""A week's roster is opened once."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.db.session import Database
from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.rosters.create import create_roster
from scheduler.rosters.models import Roster
from scheduler.rosters.rosters import find_roster
from tests.scheduler.rosters.company import MONDAY, Company


def test_a_roster_lasts_seven_days_and_is_made_once(database: Database, company: Company):
    with database.write(company.organisation_id) as session:
        first = create_roster(session, company.location.id, MONDAY, actor=company.actor)
        assert (first.starts_on, first.ends_on, first.revision) == (MONDAY, MONDAY + timedelta(days=7), 0)
    with database.write(company.organisation_id) as session:
        again = create_roster(session, company.location.id, MONDAY, actor=company.actor)
        assert again.id == first.id


@pytest.mark.parametrize(
    ("day", "problem", "hint"),
    [
        (date(2027, 1, 6), "is a Wednesday: weeks start on Monday", "2027-01-04 or 2027-01-11"),
        (date(2026, 11, 29), "is a Sunday: weeks start on Monday", "2026-11-23 or 2026-11-30"),
        (date(1900, 1, 1), "is years away", "a Monday from 2021-11-06 to 2031-11-14"),
        (date(2199, 12, 30), "is years away", "a Monday from 2021-11-06 to 2031-11-14"),
    ],
)
def test_a_week_starts_on_a_monday_not_years_away(
    lite: Session, lite_company: Company, day: date, problem: str, hint: str
):
    with pytest.raises(InvalidInput) as refusal:
        lite_company.roster(lite, day)
    (error,) = refusal.value.errors
    assert (error.field, error.value, error.problem, error.hint) == ("starts_on", str(day), problem, hint)
    assert lite.scalars(select(Roster)).all() == []


def test_an_unknown_location_is_refused(lite: Session, lite_company: Company):
    with pytest.raises(SchedulerError, match="location_not_found"):
        create_roster(lite, uuid4(), MONDAY, actor="system")


def test_an_unknown_roster_is_refused(lite: Session):
    with pytest.raises(SchedulerError, match="roster_not_found"):
        find_roster(lite, uuid4())
