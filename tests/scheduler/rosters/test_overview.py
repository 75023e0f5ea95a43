"""The overview says of each week how far it is planned."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from scheduler.db.session import Database
from scheduler.rosters.overview import WeekState, overview, week_state
from scheduler.rosters.publish import publish
from scheduler.rosters.request_run import request_run
from tests.scheduler.rosters.company import MONDAY, WHY, Company, store_company, week


def told(state: WeekState) -> tuple[int | None, int | None, int, int, bool, bool]:
    return (
        state.draft_number,
        state.published_number,
        state.shifts,
        state.unassigned,
        state.has_demand,
        state.running,
    )


def test_a_week_nobody_touched_has_nothing_but_perhaps_demand(lite: Session, lite_company: Company):
    assert told(week_state(lite, lite_company.location, MONDAY)) == (None, None, 0, 0, False, False)
    lite_company.cover(lite, [week()[6]], 22, 24, 1)
    assert week_state(lite, lite_company.location, MONDAY).has_demand
    assert not week_state(lite, lite_company.location, MONDAY + timedelta(days=7)).has_demand


def test_the_newest_draft_is_counted_and_after_publishing_the_published_version(
    lite: Session, lite_company: Company
):
    roster = lite_company.roster(lite)
    lite_company.draft(lite, roster, [lite_company.shift("Ann", MONDAY)])
    lite_company.draft(lite, roster, [lite_company.shift("Ann", MONDAY), lite_company.shift(None, MONDAY)])
    assert told(week_state(lite, lite_company.location, MONDAY)) == (2, None, 2, 1, False, False)
    publish(lite, roster.id, expected_revision=roster.revision, actor=lite_company.actor, why=WHY)
    assert told(week_state(lite, lite_company.location, MONDAY)) == (None, 2, 2, 1, False, False)


def test_a_run_that_waits_is_running(lite: Session, lite_company: Company):
    lite_company.cover(lite, week(), 8, 16, 1)
    request_run(lite, lite_company.roster(lite).id, actor=lite_company.actor)
    assert week_state(lite, lite_company.location, MONDAY).running


def test_rows_are_locations_and_columns_are_weeks(sqlite_database: Database):
    warsaw = store_company(sqlite_database, slug="one")
    weeks = [MONDAY, MONDAY + timedelta(days=7)]
    with sqlite_database.write(warsaw.organisation_id) as session:
        warsaw.draft(session, warsaw.roster(session, weeks[1]), [warsaw.shift("Ann", weeks[1])])
        [row] = overview(session, [warsaw.location], weeks)
    assert [state.starts_on for state in row] == weeks
    assert [state.shifts for state in row] == [0, 1]
