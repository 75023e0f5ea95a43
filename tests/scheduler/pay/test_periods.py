from __future__ import annotations

from datetime import UTC, date, datetime, time
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from scheduler.db.session import Database
from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.pay.periods import find_period, hold_period, list_periods, period_for
from tests.scheduler.timekeeping.clock_company import store_clock_company
from tests.scheduler.two_at_once import two_at_once


def test_a_period_is_the_week_from_monday_to_sunday_and_made_once(tenant_session, clocked):
    first = period_for(tenant_session, clocked.location_id, date(2026, 11, 18))
    same = period_for(tenant_session, clocked.location_id, date(2026, 11, 22))
    following = period_for(tenant_session, clocked.location_id, date(2026, 11, 23))
    assert (first.starts_on, first.ends_on) == (date(2026, 11, 16), date(2026, 11, 23))
    assert same is first
    assert list_periods(tenant_session, clocked.location_id) == [following, first]


@pytest.mark.parametrize(
    ("day", "starts_on", "ends_on"),
    [
        (date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 4)),
        (date(2028, 2, 29), date(2028, 2, 28), date(2028, 3, 6)),
    ],
)
def test_week_53_and_a_leap_day_are_in_their_weeks(
    sqlite_tenant_session, clocked_sqlite, now, day, starts_on, ends_on
):
    now.move_to(datetime.combine(day, time(12), UTC))
    period = period_for(sqlite_tenant_session, clocked_sqlite.location_id, day)
    assert (period.starts_on, period.ends_on) == (starts_on, ends_on)


@pytest.mark.parametrize(
    ("day", "problem", "hint"),
    [
        (date(1900, 1, 1), "is before anybody was hired", "2026-01-01 or later"),
        (date(2025, 12, 28), "is before anybody was hired", "2026-01-01 or later"),
        (date(2027, 11, 29), "is more than a year ahead", "at most 2027-11-25"),
        (date(2199, 12, 31), "is more than a year ahead", "at most 2027-11-25"),
    ],
)
def test_a_period_long_ago_or_far_ahead_is_a_slip(
    sqlite_tenant_session, clocked_sqlite, day: date, problem: str, hint: str
):
    with pytest.raises(InvalidInput) as refusal:
        period_for(sqlite_tenant_session, clocked_sqlite.location_id, day)
    (error,) = refusal.value.errors
    assert (error.field, error.value, error.problem, error.hint) == ("day", str(day), problem, hint)
    assert list_periods(sqlite_tenant_session, clocked_sqlite.location_id) == []


def test_the_week_of_the_first_hire_has_a_period(sqlite_tenant_session, clocked_sqlite):
    period = period_for(sqlite_tenant_session, clocked_sqlite.location_id, date(2025, 12, 29))
    assert period.starts_on == date(2025, 12, 29)


def test_unknown_places_and_periods_are_named(sqlite_tenant_session, clocked_sqlite):
    with pytest.raises(SchedulerError, match="location_not_found"):
        period_for(sqlite_tenant_session, uuid4(), date(2026, 11, 18))
    for find in (find_period, hold_period):
        with pytest.raises(SchedulerError, match="pay_period_not_found"):
            find(sqlite_tenant_session, uuid4())


def test_of_two_who_make_the_same_period_at_once_both_get_the_one(
    database: Database, organisation_id: UUID, now
):
    with database.write(organisation_id) as session:
        location_id = store_clock_company(session).location_id

    def make(session: Session) -> UUID:
        period = period_for(session, location_id, date(2026, 11, 18))
        session.flush()
        return period.id

    one, other = two_at_once(database, organisation_id, make, make)
    assert one == other
