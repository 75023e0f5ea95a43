"""A week's roster is opened once."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from scheduler.db.session import Database
from scheduler.kernel.errors import SchedulerError
from scheduler.rosters.create import create_roster
from scheduler.rosters.rosters import find_roster, list_rosters
from tests.scheduler.rosters.company import MONDAY, Company


def test_a_roster_lasts_seven_days_and_is_made_once(database: Database, company: Company):
    with database.write(company.organisation_id) as session:
        first = create_roster(session, company.location.id, MONDAY, actor=company.actor)
        assert (first.starts_on, first.ends_on, first.revision) == (MONDAY, MONDAY + timedelta(days=7), 0)
    with database.write(company.organisation_id) as session:
        again = create_roster(session, company.location.id, MONDAY, actor=company.actor)
        assert again.id == first.id


def test_a_week_that_shares_a_day_with_another_is_refused(lite: Session, lite_company: Company):
    lite_company.roster(lite, MONDAY)
    with pytest.raises(SchedulerError) as refusal:
        lite_company.roster(lite, MONDAY + timedelta(days=6))
    assert refusal.value.code == "roster_overlaps"
    assert refusal.value.facts["hint"] == "start the week on 2026-11-30"
    lite_company.roster(lite, MONDAY + timedelta(days=7))


def test_an_unknown_location_is_refused(lite: Session, lite_company: Company):
    with pytest.raises(SchedulerError, match="location_not_found"):
        create_roster(lite, uuid4(), MONDAY, actor="system")


def test_rosters_are_listed_by_the_days_they_have(lite: Session, lite_company: Company):
    first = lite_company.roster(lite, MONDAY)
    second = lite_company.roster(lite, MONDAY + timedelta(days=7))
    assert list_rosters(lite) == [first, second]
    assert list_rosters(lite, first_day=second.starts_on) == [second]
    assert list_rosters(lite, end_day=second.starts_on) == [first]
    assert list_rosters(lite, location_id=uuid4()) == []
    with pytest.raises(SchedulerError, match="roster_not_found"):
        find_roster(lite, uuid4())
