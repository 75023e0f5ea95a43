from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import Uuid, bindparam, text, update
from sqlalchemy.exc import DBAPIError

from scheduler.db.session import Database
from scheduler.kernel.errors import SchedulerError
from scheduler.kernel.ids import new_id
from scheduler.pay.close_period import close_period
from scheduler.pay.lines import lines_of
from scheduler.pay.models import PayLine, PayPeriodState
from scheduler.pay.periods import period_for
from scheduler.people.models import Contract
from scheduler.timekeeping.approve_many import approve_all
from scheduler.timekeeping.correct import void_punch
from scheduler.timekeeping.models import TimesheetState
from tests.scheduler.pay.paid_weeks import PAYROLL, WEEK, close_week, lines, told
from tests.scheduler.timekeeping.clock_company import (
    MANAGER,
    NOW,
    at,
    hours,
    punch,
    store_clock_company,
    timesheet,
    week_of_days,
)

LINE_COLUMNS = ", ".join(column.name for column in PayLine.__table__.columns if column.name != "id")


def test_closing_stores_one_line_for_each_person_day_and_pay_code(tenant_session, clocked):
    period = close_week(tenant_session, clocked, "2026-11-16", "2026-11-17")
    assert (period.state, period.closed_at, period.closed_by) == (PayPeriodState.CLOSED, NOW, PAYROLL)
    assert told(tenant_session) == [("2026-11-16", 480, 32000), ("2026-11-17", 480, 32000)]
    first = lines(tenant_session)[0]
    assert (first.employee_number, first.employee_name, first.currency) == ("1", "Ann Nowak", "PLN")
    assert len(first.punch_ids) == 4
    for who in (clocked.ann, clocked.ben):
        assert timesheet(tenant_session, who).state is TimesheetState.CLOSED


def test_a_closed_period_is_not_closed_again(tenant_session, clocked):
    period = close_week(tenant_session, clocked, "2026-11-16")
    with pytest.raises(SchedulerError) as refused:
        close_period(tenant_session, period.id, actor="user:other")
    assert refused.value.code == "period_already_closed"
    assert (refused.value.facts["closed_by"], refused.value.facts["closed_at"]) == (PAYROLL, NOW.isoformat())
    assert len(lines(tenant_session)) == 1


def test_everything_that_stands_in_the_way_is_listed_and_nothing_is_stored(tenant_session, clocked):
    punch(tenant_session, clocked.ann, *week_of_days("2026-11-16"), "2026-11-17 08:00 in")
    punch(
        tenant_session,
        clocked.ben,
        *week_of_days("2026-11-18"),
        "2026-11-19 22:00 in",
        "2026-11-20 06:00 out",
    )
    approve_all(tenant_session, clocked.location_id, WEEK, actor=MANAGER)
    period = period_for(tenant_session, clocked.location_id, WEEK)
    with pytest.raises(SchedulerError) as refused:
        close_period(tenant_session, period.id, actor=PAYROLL)
    facts = refused.value.facts
    assert refused.value.code == "period_not_ready"
    assert [(who["employee_name"], who["state"]) for who in facts["unapproved"]] == [("Ann Nowak", "open")]
    assert [(who["employee_name"], who["code"], who["day"]) for who in facts["exceptions"]] == [
        ("Ann Nowak", "missing_out", "2026-11-17")
    ]
    assert [(who["employee_number"], who["days"]) for who in facts["without_contract"]] == [
        ("2", ["2026-11-18", "2026-11-19", "2026-11-20"])
    ]
    assert (lines(tenant_session), period.state) == ([], PayPeriodState.OPEN)


def test_a_submitted_timesheet_is_not_an_approved_one(sqlite_tenant_session, clocked_sqlite):
    session = sqlite_tenant_session
    punch(session, clocked_sqlite.ann, *week_of_days("2026-11-16"))
    timesheet(session, clocked_sqlite.ann).state = TimesheetState.SUBMITTED
    with pytest.raises(SchedulerError) as refused:
        close_period(session, period_for(session, clocked_sqlite.location_id, WEEK).id, actor=PAYROLL)
    assert [who["state"] for who in refused.value.facts["unapproved"]] == ["submitted"]


def test_a_period_is_closed_once_its_last_day_has_passed_where_the_people_are(
    sqlite_tenant_session, clocked_sqlite, now
):
    session = sqlite_tenant_session
    period = period_for(session, clocked_sqlite.location_id, WEEK)
    now.move_to(at("2026-11-22 23:59"))
    with pytest.raises(SchedulerError) as refused:
        close_period(session, period.id, actor=PAYROLL)
    assert refused.value.code == "period_not_over"
    assert refused.value.facts["can_close_on"] == "2026-11-23"
    now.move_to(at("2026-11-23 00:00"))
    assert close_period(session, period.id, actor=PAYROLL).state is PayPeriodState.CLOSED


def test_a_punch_that_came_after_the_approval_has_to_be_approved_before_closing(
    sqlite_tenant_session, clocked_sqlite
):
    session = sqlite_tenant_session
    punch(session, clocked_sqlite.ann, *week_of_days("2026-11-16"))
    approve_all(session, clocked_sqlite.location_id, WEEK, actor=MANAGER)
    (wrong,) = punch(session, clocked_sqlite.ann, "2026-11-17 08:00 in")
    period = period_for(session, clocked_sqlite.location_id, WEEK)
    with pytest.raises(SchedulerError, match="period_not_ready"):
        close_period(session, period.id, actor=PAYROLL)
    void_punch(session, wrong.id, reason="not there", actor=MANAGER)
    with pytest.raises(SchedulerError, match="period_not_ready"):
        close_period(session, period.id, actor=PAYROLL)


def test_a_new_contract_in_mid_week_pays_each_day_at_its_rate(sqlite_tenant_session, clocked_sqlite):
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    (old,) = ann.contracts
    old.valid_until = date(2026, 11, 17)
    terms = {
        name: getattr(old, name)
        for name in (
            "kind",
            "weekly_minutes",
            "min_weekly_minutes",
            "max_weekly_minutes",
            "max_daily_minutes",
        )
    }
    session.add(
        Contract(
            employee_id=ann.id,
            valid_from=date(2026, 11, 17),
            hourly_rate_cents=5000,
            currency="PLN",
            **terms,
        )
    )
    session.flush()
    close_week(session, clocked_sqlite, "2026-11-16", "2026-11-17")
    assert told(session) == [("2026-11-16", 480, 32000), ("2026-11-17", 480, 40000)]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("UPDATE pay_lines SET minutes = 0", "append-only"),
        ("DELETE FROM pay_lines", "append-only"),
        ("UPDATE pay_periods SET state = 'open'", "closed pay period"),
        ("DELETE FROM pay_periods", "closed pay period"),
        (
            f"INSERT INTO pay_lines (id, {LINE_COLUMNS}) SELECT :id, {LINE_COLUMNS} FROM pay_lines",
            "closed pay period",
        ),
    ],
)
def test_the_database_itself_keeps_a_closed_period_as_it_is(tenant_session, clocked, change: str, why: str):
    close_week(tenant_session, clocked, "2026-11-16")
    statement = text(change)
    if ":id" in change:
        statement = statement.bindparams(bindparam("id", new_id(), Uuid()))
    with pytest.raises(DBAPIError, match=why), tenant_session.begin_nested():
        tenant_session.execute(statement)
    assert told(tenant_session) == [("2026-11-16", 480, 32000)]


def test_a_line_cannot_be_changed_through_the_session_either(sqlite_tenant_session, clocked_sqlite):
    close_week(sqlite_tenant_session, clocked_sqlite, "2026-11-16")
    with pytest.raises(DBAPIError, match="append-only"), sqlite_tenant_session.begin_nested():
        sqlite_tenant_session.execute(update(PayLine).values(minutes=1))


def test_lines_are_handed_out_of_a_closed_period_only(tenant_session, clocked):
    period = period_for(tenant_session, clocked.location_id, WEEK)
    with pytest.raises(SchedulerError, match="period_not_closed"):
        lines_of(tenant_session, period.id)
    close_week(tenant_session, clocked, "2026-11-17", "2026-11-16")
    handed = lines_of(tenant_session, period.id)
    assert [(line.employee_number, line.day, line.minutes, line.pay_code) for line in handed] == [
        ("1", date(2026, 11, 16), 480, "regular"),
        ("1", date(2026, 11, 17), 480, "regular"),
    ]
    assert (handed[0].period_first_day, handed[0].period_last_day) == (WEEK, date(2026, 11, 22))


def test_a_new_name_does_not_change_what_payroll_was_handed(sqlite_tenant_session, clocked_sqlite):
    period = close_week(sqlite_tenant_session, clocked_sqlite, "2026-11-16")
    before = lines_of(sqlite_tenant_session, period.id)
    clocked_sqlite.ann.last_name, clocked_sqlite.ann.number = "Kowalska", "77"
    sqlite_tenant_session.flush()
    assert lines_of(sqlite_tenant_session, period.id) == before


def test_a_period_without_any_time_closes_without_lines(sqlite_tenant_session, clocked_sqlite):
    period = period_for(sqlite_tenant_session, clocked_sqlite.location_id, WEEK)
    close_period(sqlite_tenant_session, period.id, actor=PAYROLL)
    assert lines_of(sqlite_tenant_session, period.id) == []


def test_of_two_who_close_at_once_one_does_and_the_other_is_told(
    database: Database, organisation_id: UUID, now
):
    with database.write(organisation_id) as session:
        company = store_clock_company(session)
        punch(session, company.ann, *week_of_days("2026-11-16", "2026-11-17"))
        approve_all(session, company.location_id, WEEK, actor=MANAGER)
        period_id = period_for(session, company.location_id, WEEK).id

    def close(who: int) -> str:
        try:
            with database.write(organisation_id) as session:
                close_period(session, period_id, actor=f"user:{who}")
        except SchedulerError as error:
            return error.code
        return "closed"

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(close, range(4)))
    assert outcomes == ["closed"] + ["period_already_closed"] * 3
    with database.read(organisation_id) as session:
        assert told(session) == [("2026-11-16", 480, 32000), ("2026-11-17", 480, 32000)]


def test_a_punch_that_arrives_while_the_period_closes_is_paid_or_pending_and_never_lost(
    database: Database, organisation_id: UUID, now
):
    with database.write(organisation_id) as session:
        company = store_clock_company(session)
        punch(session, company.ann, *week_of_days("2026-11-16"))
        approve_all(session, company.location_id, WEEK, actor=MANAGER)
        period_id = period_for(session, company.location_id, WEEK).id

    def close() -> str:
        try:
            with database.write(organisation_id) as session:
                close_period(session, period_id, actor=PAYROLL)
        except SchedulerError as error:
            return error.code
        return "closed"

    def arrive() -> None:
        with database.write(organisation_id) as session:
            punch(session, company.ann, *week_of_days("2026-11-17"))

    with ThreadPoolExecutor(2) as pool:
        closing, arriving = pool.submit(close), pool.submit(arrive)
        arriving.result()
        outcome = closing.result()
    with database.read(organisation_id) as session:
        sheet = timesheet(session, company.ann)
        if outcome == "closed":
            assert (hours(sheet), sheet.changed_after_close) == ({"2026-11-16": 480}, True)
        else:
            assert outcome == "period_not_ready"
            assert hours(sheet) == {"2026-11-16": 480, "2026-11-17": 480}
