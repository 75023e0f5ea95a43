"""The database itself keeps anybody from being in two places at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from scheduler.kernel.ids import new_id
from scheduler.rosters.models import CalendarEntry
from tests.scheduler.db.conftest import TwoTenants
from tests.scheduler.db.one_of_each import copy_of

DAY = datetime(2026, 11, 23, tzinfo=UTC)
HOUR = timedelta(hours=1)


def entry(tenants: TwoTenants, start: int, end: int, **changes: Any) -> CalendarEntry:
    stored: CalendarEntry = tenants.own["calendar_entries"]
    return copy_of(
        stored,
        lineage_id=new_id(),
        starts_at=DAY + start * HOUR,
        ends_at=DAY + end * HOUR,
        **changes,
    )


def commit_and_undo(tenants: TwoTenants, *entries: CalendarEntry) -> None:
    """Store entries in one transaction, checked as at a commit, and remove them again."""
    with tenants.database.write(tenants.own_id) as session:
        session.add_all(entries)
    with tenants.database.write(tenants.own_id) as session:
        for each in entries:
            session.delete(session.merge(each, load=False))


OVERLAPS = [(8, 16, 15, 20), (8, 16, 6, 9), (8, 16, 10, 12), (8, 16, 6, 20), (8, 16, 8, 16)]


@pytest.mark.parametrize("hours", OVERLAPS)
def test_two_entries_of_one_employee_that_overlap_are_refused(two_tenants, hours):
    with pytest.raises(IntegrityError, match="overlap"):
        commit_and_undo(two_tenants, entry(two_tenants, *hours[:2]), entry(two_tenants, *hours[2:]))


def test_entries_that_touch_do_not_overlap(two_tenants):
    commit_and_undo(two_tenants, entry(two_tenants, 8, 16), entry(two_tenants, 16, 20))


def test_a_cancelled_entry_takes_up_no_time(two_tenants):
    commit_and_undo(two_tenants, entry(two_tenants, 8, 16), entry(two_tenants, 8, 16, cancelled=True))


def test_entries_of_two_employees_may_overlap(two_tenants):
    with two_tenants.database.write(two_tenants.own_id) as session:
        other = copy_of(two_tenants.own["employees"], number="second")
        session.add(other)
        session.flush()
        session.add_all([entry(two_tenants, 8, 16), entry(two_tenants, 8, 16, employee_id=other.id)])
        session.flush()
        session.rollback()


def test_moving_an_entry_into_another_is_refused(two_tenants):
    with two_tenants.database.write(two_tenants.own_id) as session:
        early, late = entry(two_tenants, 30, 38), entry(two_tenants, 38, 46)
        session.add_all([early, late])
    with (
        pytest.raises(IntegrityError, match="overlap"),
        two_tenants.database.write(two_tenants.own_id) as session,
    ):
        session.get_one(CalendarEntry, late.id).starts_at = DAY + 37 * HOUR


def test_taking_back_a_cancellation_into_another_entry_is_refused(two_tenants):
    with two_tenants.database.write(two_tenants.own_id) as session:
        entries = [entry(two_tenants, 50, 58), entry(two_tenants, 50, 58, cancelled=True)]
        session.add_all(entries)
    with (
        pytest.raises(IntegrityError, match="overlap"),
        two_tenants.database.write(two_tenants.own_id) as session,
    ):
        session.get_one(CalendarEntry, entries[1].id).cancelled = False
