"""Pulls: nothing is missed, nothing comes twice, and what changed comes again."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.db.session import Database
from scheduler.kernel.clock import utc_now
from scheduler.reporting.hr_records import bring_up_to_date
from scheduler.reporting.models import HrRecord, HrRecordKind
from scheduler.timekeeping.approve_many import approve_all
from scheduler.timekeeping.reopen import reopen
from scheduler.timeoff.models import LeaveKind, TimeOff, TimeOffState
from tests.scheduler.pay.paid_weeks import WEEK, close_week
from tests.scheduler.reporting.pulls import TODAY, YEAR, Reader, query
from tests.scheduler.rosters.company import Company
from tests.scheduler.timekeeping.clock_company import MANAGER, ClockCompany, punch, timesheet, week_of_days
from tests.scheduler.two_at_once import two_at_once

HOURS = query(HrRecordKind.WORKED_HOURS)


def approve_week(session: Session, clocked: ClockCompany, *days: str) -> None:
    punch(session, clocked.ann, *week_of_days(*days))
    approve_all(session, clocked.location_id, WEEK, actor=MANAGER)


def leave(session: Session, clocked: ClockCompany, first: str, days: int) -> TimeOff:
    starts_on = date.fromisoformat(first)
    made = TimeOff(
        employee_id=clocked.ann.id,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=days),
        kind=LeaveKind.ANNUAL,
        state=TimeOffState.APPROVED,
        requested_at=utc_now(),
    )
    session.add(made)
    session.flush()
    return made


def test_a_reader_is_told_each_day_once_however_small_its_pages(
    tenant_session: Session, clocked: ClockCompany
):
    approve_week(tenant_session, clocked, "2026-11-16", "2026-11-17", "2026-11-18")
    reader = Reader(tenant_session, HOURS)
    assert reader.pull() == 3
    assert reader.told("day", "worked_minutes", "break_minutes", "is_closed") == [
        (f"2026-11-{day}", 480, 30, False) for day in (16, 17, 18)
    ]
    assert reader.pull() == 0


def test_hours_that_nobody_stands_for_are_not_told(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    punch(sqlite_tenant_session, clocked_sqlite.ann, *week_of_days("2026-11-16"))
    assert Reader(sqlite_tenant_session, HOURS).pull() == 0


def test_a_reopened_timesheet_withdraws_its_hours_and_its_approval_brings_them_again(
    tenant_session: Session, clocked: ClockCompany
):
    approve_week(tenant_session, clocked, "2026-11-16", "2026-11-17")
    reader = Reader(tenant_session, HOURS)
    reader.pull()
    ids = set(reader.known)
    sheet = timesheet(tenant_session, clocked.ann)
    reopen(
        tenant_session, sheet.id, expected_revision=sheet.revision, reason="one day is missing", actor=MANAGER
    )
    assert (reader.pull(), reader.known) == (2, {})
    withdrawn = select(HrRecord.facts).where(HrRecord.is_withdrawn)
    assert tenant_session.scalars(withdrawn).all() == [{}, {}]
    approve_week(tenant_session, clocked, "2026-11-18")
    assert reader.pull() == 3
    assert ids < set(reader.known)
    assert [day for (day,) in reader.told("day")] == ["2026-11-16", "2026-11-17", "2026-11-18"]


def test_a_change_in_the_middle_of_a_pull_comes_at_its_end(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    session, clocked = sqlite_tenant_session, clocked_sqlite
    first = leave(session, clocked, "2026-01-02", 3)
    for month in range(2, 7):
        leave(session, clocked, f"2026-{month:02}-02", 1)
    reader = Reader(session, query(HrRecordKind.LEAVE), limit=100)
    assert reader.pull() == 6
    slow = Reader(session, query(HrRecordKind.LEAVE))
    first.kind = LeaveKind.SICK
    leave(session, clocked, "2026-07-02", 1)
    assert slow.pull() == 8
    assert len(slow.known) == 7
    assert ("2026-01-02", "sick") in slow.told("day", "kind")
    assert reader.pull() == 2
    assert reader.known == slow.known


def test_leave_that_moves_is_withdrawn_where_it_was(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    session = sqlite_tenant_session
    made = leave(session, clocked_sqlite, "2026-11-02", 5)
    of_november = Reader(session, query(HrRecordKind.LEAVE, made.starts_on, made.ends_on))
    all_year = Reader(session, query(HrRecordKind.LEAVE))
    assert (of_november.pull(), all_year.pull()) == (1, 1)
    made.starts_on, made.ends_on = made.starts_on.replace(month=12), made.ends_on.replace(month=12)
    session.flush()
    assert (all_year.pull(), all_year.told("day", "calendar_days")) == (2, [("2026-12-02", 5)])
    assert (of_november.pull(), of_november.known) == (1, {})
    made.state = TimeOffState.CANCELLED
    session.flush()
    assert (all_year.pull(), all_year.known) == (1, {})


def test_the_close_of_a_period_tells_the_hours_anew(tenant_session: Session, clocked: ClockCompany):
    close_week(tenant_session, clocked, "2026-11-16")
    reader = Reader(tenant_session, HOURS)
    assert reader.pull() == 1
    assert reader.told("worked_minutes", "is_closed", "changed_after_close") == [(480, True, False)]
    punch(tenant_session, clocked.ann, *week_of_days("2026-11-17"))
    assert reader.pull() == 1
    assert reader.told("worked_minutes", "changed_after_close") == [(480, True)]


def test_a_reader_of_another_place_is_told_nothing(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    approve_week(sqlite_tenant_session, clocked_sqlite, "2026-11-16")
    elsewhere = UUID(int=7)
    assert Reader(sqlite_tenant_session, query(HrRecordKind.WORKED_HOURS, YEAR, None, elsewhere)).pull() == 0
    here = query(HrRecordKind.WORKED_HOURS, YEAR, None, clocked_sqlite.location_id)
    assert Reader(sqlite_tenant_session, here).pull() == 1


def test_two_pulls_at_once_give_every_change_one_number(database: Database, company: Company):
    asked = query(HrRecordKind.CONTRACT_DATES)

    def compare(session: Session) -> int:
        return bring_up_to_date(session, asked, today=TODAY)

    first, second = two_at_once(database, company.organisation_id, compare, compare)
    assert first > 0
    assert second == 0
    with database.read(company.organisation_id) as session:
        counted = select(func.count(HrRecord.sequence), func.count(HrRecord.sequence.distinct()))
        assert tuple(session.execute(counted).one()) == (first, first)
