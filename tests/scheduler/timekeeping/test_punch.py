from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.timekeeping.models import Punch, PunchKind
from scheduler.timekeeping.punch import record_punch, record_punches
from tests.scheduler.timekeeping.clock_company import (
    CLOCK,
    NOW,
    ClockCompany,
    arrivals,
    codes,
    hours,
    punch,
    timesheet,
    week_of_days,
)


def stored(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Punch)) or 0


def test_a_punch_keeps_what_was_sent_and_by_whom(tenant_session: Session, clocked: ClockCompany):
    (sent,) = arrivals(clocked.ann, "2026-11-16 08:00 in")
    kept = record_punch(
        tenant_session,
        employee_id=sent.employee_id,
        location_id=sent.location_id,
        at=sent.at,
        kind=sent.kind,
        source=sent.source,
        external_id=sent.external_id,
        actor=CLOCK,
    )
    tenant_session.flush()
    tenant_session.refresh(kept)
    assert (kept.at, kept.kind, kept.source, kept.recorded_at, kept.recorded_by) == (
        sent.at,
        PunchKind.IN,
        "api",
        NOW,
        CLOCK,
    )


def test_the_same_punch_sent_again_is_the_same_punch(tenant_session: Session, clocked: ClockCompany):
    lines = list(week_of_days("2026-11-16"))
    first = punch(tenant_session, clocked.ann, *lines)
    again = punch(tenant_session, clocked.ann, *reversed(lines))
    assert {each.id for each in first} == {each.id for each in again}
    assert stored(tenant_session) == 4
    assert hours(timesheet(tenant_session, clocked.ann)) == {"2026-11-16": 480}


def test_one_batch_may_name_the_same_punch_twice(sqlite_tenant_session, clocked_sqlite):
    first, second = punch(
        sqlite_tenant_session, clocked_sqlite.ann, "2026-11-16 08:00 in", "2026-11-16 08:00 in"
    )
    assert first is second


@pytest.mark.parametrize("changed", ["at", "kind", "employee_id"])
def test_the_same_external_id_with_other_content_is_refused(
    tenant_session: Session, clocked: ClockCompany, changed: str
):
    (sent,) = arrivals(clocked.ann, "2026-11-16 08:00 in")
    record_punches(tenant_session, [sent], actor=CLOCK)
    other: dict[str, Any] = {
        "at": sent.at + timedelta(minutes=1),
        "kind": PunchKind.OUT,
        "employee_id": clocked.ben.id,
    }
    with pytest.raises(SchedulerError) as refused:
        record_punches(tenant_session, [replace(sent, **{changed: other[changed]})], actor=CLOCK)
    assert refused.value.code == "punch_conflict"
    assert list(refused.value.facts["differences"]) == [changed]
    assert stored(tenant_session) == 1


def test_punches_that_come_late_and_out_of_order_make_the_same_hours(
    tenant_session: Session, clocked: ClockCompany
):
    lines = list(week_of_days("2026-11-16", "2026-11-18"))
    for line in (*lines[1::2], *lines[::2]):
        punch(tenant_session, clocked.ann, line)
    sheet = timesheet(tenant_session, clocked.ann)
    assert hours(sheet) == {"2026-11-16": 480, "2026-11-18": 480}
    assert codes(sheet) == []


def test_a_night_over_the_end_of_the_week_counts_for_the_week_in_which_it_starts(
    tenant_session: Session, clocked: ClockCompany
):
    punch(tenant_session, clocked.ann, "2026-11-22 22:00 in")
    assert codes(timesheet(tenant_session, clocked.ann, "2026-11-22")) == ["missing_out"]
    punch(tenant_session, clocked.ann, "2026-11-23 06:00 out")
    sunday, monday = (timesheet(tenant_session, clocked.ann, day) for day in ("2026-11-22", "2026-11-23"))
    assert (hours(sunday), codes(sunday)) == ({"2026-11-22": 480}, [])
    assert (hours(monday), codes(monday)) == ({}, [])


def test_an_out_that_arrives_before_its_in_of_the_week_before_is_cleared_by_it(
    sqlite_tenant_session, clocked_sqlite
):
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    punch(session, ann, "2026-11-23 06:00 out")
    assert codes(timesheet(session, ann, "2026-11-23")) == ["missing_in"]
    punch(session, ann, "2026-11-22 22:00 in")
    assert codes(timesheet(session, ann, "2026-11-23")) == []
    assert hours(timesheet(session, ann, "2026-11-22")) == {"2026-11-22": 480}


def test_week_53_is_a_week(sqlite_tenant_session, clocked_sqlite, now):
    now.move_to(datetime.fromisoformat("2027-01-05T12:00:00+00:00"))
    punch(sqlite_tenant_session, clocked_sqlite.ann, "2026-12-31 22:00 in", "2027-01-01 06:00 out")
    sheet = timesheet(sqlite_tenant_session, clocked_sqlite.ann, "2027-01-01")
    assert (sheet.starts_on, sheet.ends_on) == (date(2026, 12, 28), date(2027, 1, 4))
    assert hours(sheet) == {"2026-12-31": 480}


def test_every_bad_value_is_named_and_nothing_is_stored(tenant_session: Session, clocked: ClockCompany):
    good, future, naive, stranger = arrivals(
        clocked.ann,
        "2026-11-16 08:00 in",
        "2026-11-24 16:06 in",
        "2026-11-16 09:00 in",
        "2026-11-16 10:00 in",
    )
    bad = [
        good,
        future,
        replace(naive, at=naive.at.replace(tzinfo=None)),
        replace(stranger, employee_id=UUID(int=7), location_id=UUID(int=8)),
        replace(good, source="fax", external_id=" ", kind=PunchKind.VOID),
        replace(good, external_id="x" * 121),
    ]
    with pytest.raises(InvalidInput) as refused:
        record_punches(tenant_session, bad, actor=CLOCK)
    assert [(error.field, error.problem) for error in refused.value.errors] == [
        ("punches[1].at", "this lies in the future"),
        ("punches[2].at", "it has no offset and names no instant"),
        ("punches[3].employee_id", "no such employee"),
        ("punches[3].location_id", "no such location"),
        ("punches[4].external_id", "this cannot be an external id"),
        ("punches[4].source", "no such source"),
        ("punches[4].kind", "a void takes back a punch and is a correction"),
        ("punches[5].external_id", "this cannot be an external id"),
    ]
    assert stored(tenant_session) == 0


def test_a_time_clock_may_run_five_minutes_ahead(sqlite_tenant_session, clocked_sqlite):
    punch(sqlite_tenant_session, clocked_sqlite.ann, "2026-11-24 16:05 in")
    with pytest.raises(InvalidInput, match="future"):
        punch(sqlite_tenant_session, clocked_sqlite.ann, "2026-11-24 16:06 out")


def test_only_days_of_the_employment_are_taken(sqlite_tenant_session, clocked_sqlite):
    ann = clocked_sqlite.ann
    ann.left_on = date(2026, 11, 18)
    punch(sqlite_tenant_session, ann, "2026-11-17 22:00 in", "2026-11-18 06:00 out")
    for day in ("2025-12-31", "2026-11-19"):
        with pytest.raises(InvalidInput) as refused:
            punch(sqlite_tenant_session, ann, f"{day} 08:00 in")
        (error,) = refused.value.errors
        assert (error.field, error.problem) == ("at", f"Ann Nowak was not employed on {day}")
        assert error.hint == "a day from 2026-01-01 to 2026-11-18"


@pytest.mark.parametrize("change", ["UPDATE punches SET kind = 'out'", "DELETE FROM punches"])
def test_the_database_itself_refuses_to_change_a_punch(
    tenant_session: Session, clocked: ClockCompany, change: str
):
    punch(tenant_session, clocked.ann, "2026-11-16 08:00 in")
    with pytest.raises(DBAPIError, match="append-only"), tenant_session.begin_nested():
        tenant_session.execute(text(change))
    assert stored(tenant_session) == 1


def test_punches_of_many_people_are_derived_once_each(sqlite_tenant_session, clocked_sqlite):
    both = [
        *arrivals(clocked_sqlite.ann, *week_of_days("2026-11-16", "2026-11-17")),
        *arrivals(clocked_sqlite.ben, *week_of_days("2026-11-16")),
    ]
    record_punches(sqlite_tenant_session, both, actor=CLOCK)
    ann, ben = (timesheet(sqlite_tenant_session, who) for who in (clocked_sqlite.ann, clocked_sqlite.ben))
    assert (hours(ann), hours(ben)) == ({"2026-11-16": 480, "2026-11-17": 480}, {"2026-11-16": 480})
    assert (ann.revision, ben.revision) == (1, 1)
