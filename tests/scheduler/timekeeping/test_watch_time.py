"""Remarks that no punch brings: who has not come, and whose hours are over a limit of the law."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from time_machine import Traveller

from scheduler.organisation.models import Location
from scheduler.organisation.permissions import Reach
from scheduler.rosters.models import CalendarEntry, Roster, RosterVersion, VersionState
from scheduler.timekeeping.approve import approve
from scheduler.timekeeping.exceptions import ExceptionCode, Owner, Severity, TimeException
from scheduler.timekeeping.models import PlaceDecision, Punch, Timesheet, TimesheetState
from scheduler.timekeeping.resolve_exception import NamedException, accept_exception
from scheduler.timekeeping.timesheets import exceptions_of
from scheduler.timekeeping.watch_time import watch_time
from scheduler.timeoff.models import LeaveKind, TimeOff, TimeOffState
from tests.scheduler.timekeeping.clock_company import (
    MANAGER,
    ClockCompany,
    arrivals,
    at,
    codes,
    punch,
    timesheet,
    week_of_days,
)
from tests.scheduler.timekeeping.test_attendance import MADE, store_published_week, store_shift

EVERYWHERE = Reach(everywhere=True)
LATE = ("2026-11-17 14:00 in", "2026-11-17 22:00 out", "2026-11-18 08:00 in", "2026-11-18 12:00 out")


def sheets(session: Session) -> list[Timesheet]:
    return list(session.scalars(select(Timesheet).order_by(Timesheet.starts_on)))


def store_today(session: Session, clocked: ClockCompany) -> None:
    """Ann works 8 to 16 on this Tuesday."""
    roster = Roster(
        location_id=clocked.location_id,
        starts_on=date(2026, 11, 23),
        ends_on=date(2026, 11, 30),
        created_at=MADE,
    )
    version = RosterVersion(roster=roster, number=1, created_at=MADE, created_by=MANAGER)
    session.add_all([roster, version])
    session.flush()
    store_shift(session, clocked, version, "2026-11-24", cancelled=False)
    version.state = VersionState.PUBLISHED
    session.flush()


def found(session: Session) -> list[TimeException]:
    return [each for sheet in sheets(session) for each in exceptions_of(sheet)]


def test_a_no_show_is_there_without_anybody_opening_a_timesheet(
    tenant_session: Session, clocked: ClockCompany
):
    store_published_week(tenant_session, clocked, VersionState.PUBLISHED)
    assert sheets(tenant_session) == []
    watch_time(tenant_session, EVERYWHERE)
    (sheet,) = sheets(tenant_session)
    assert (sheet.employee_id, codes(sheet)) == (clocked.ann.id, ["no_show"])


def test_who_is_late_today_is_not_here_yet_and_then_a_no_show(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany, now: Traveller
):
    session = sqlite_tenant_session
    store_today(session, clocked_sqlite)
    told = {}
    for clock in ("08:15", "08:16", "10:00", "10:01"):
        now.move_to(at(f"2026-11-24 {clock}"))
        watch_time(session, EVERYWHERE)
        told[clock] = [(each.code.value, each.owner, each.severity) for each in found(session)]
    waits, gone = ((code, Owner.MANAGER, Severity.WARNING) for code in ("not_here_yet", "no_show"))
    assert told == {"08:15": [], "08:16": [waits], "10:00": [waits], "10:01": [gone]}


def test_who_comes_is_not_missed_any_more(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany, now: Traveller
):
    session = sqlite_tenant_session
    store_today(session, clocked_sqlite)
    now.move_to(at("2026-11-24 08:30"))
    watch_time(session, EVERYWHERE)
    assert codes(timesheet(session, clocked_sqlite.ann, "2026-11-24")) == ["not_here_yet"]
    punch(session, clocked_sqlite.ann, "2026-11-24 08:30 in")
    assert codes(timesheet(session, clocked_sqlite.ann, "2026-11-24")) == ["clocked_in"]
    watch_time(session, EVERYWHERE)
    assert codes(timesheet(session, clocked_sqlite.ann, "2026-11-24")) == ["clocked_in"]


def test_who_came_before_the_shift_and_is_still_there_is_not_missed(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany, now: Traveller
):
    session = sqlite_tenant_session
    store_today(session, clocked_sqlite)
    now.move_to(at("2026-11-24 12:00"))
    punch(session, clocked_sqlite.ann, "2026-11-24 07:50 in")
    watch_time(session, EVERYWHERE)
    assert codes(timesheet(session, clocked_sqlite.ann, "2026-11-24")) == ["clocked_in"]


def test_somebody_on_leave_is_no_no_show(sqlite_tenant_session: Session, clocked_sqlite: ClockCompany):
    session = sqlite_tenant_session
    store_published_week(session, clocked_sqlite, VersionState.PUBLISHED)
    leave = TimeOff(
        employee_id=clocked_sqlite.ann.id, kind=LeaveKind.SICK, starts_on=date(2026, 11, 16),
        ends_on=date(2026, 11, 17), state=TimeOffState.APPROVED, requested_at=MADE,
    )  # fmt: skip
    session.add(leave)
    session.flush()
    watch_time(session, EVERYWHERE)
    assert found(session) == []


def test_only_people_within_reach_are_looked_for(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    session = sqlite_tenant_session
    store_published_week(session, clocked_sqlite, VersionState.PUBLISHED)
    watch_time(session, Reach(employee_id=clocked_sqlite.ben.id))
    assert sheets(session) == []
    watch_time(session, Reach(location_ids=frozenset({clocked_sqlite.location_id})))
    assert len(sheets(session)) == 1


def test_what_was_told_once_is_not_looked_up_again(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    session = sqlite_tenant_session
    store_published_week(session, clocked_sqlite, VersionState.PUBLISHED)
    punch(session, clocked_sqlite.ben, *LATE)
    first, second = queries(session), queries(session)
    assert second < first
    assert second <= 9


def queries(session: Session) -> int:
    """Of one look."""
    asked: list[str] = []

    def note(*facts: Any) -> None:
        asked.append(facts[2])

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    watch_time(session, EVERYWHERE)
    event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def test_a_short_rest_is_a_remark_that_names_the_article(tenant_session: Session, clocked: ClockCompany):
    punch(tenant_session, clocked.ann, *LATE)
    sheet = timesheet(tenant_session, clocked.ann)
    assert codes(sheet) == []
    watch_time(tenant_session, EVERYWHERE)
    (odd,) = exceptions_of(timesheet(tenant_session, clocked.ann))
    assert (odd.code, odd.day, odd.at) == (
        ExceptionCode.SHORT_REST,
        date(2026, 11, 18),
        at("2026-11-18 08:00"),
    )
    (finding,) = odd.facts["findings"]
    assert (finding["citation"], finding["short_by"]) == ("Kodeks pracy, art. 132 par. 1", 60)
    approve(tenant_session, sheet.id, expected_revision=sheet.revision, actor=MANAGER)


def test_a_limit_remark_stays_until_the_hours_change(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    punch(session, ann, *LATE)
    watch_time(session, EVERYWHERE)
    punch(session, ann, "2026-11-18 08:00 in")  # other bytes, the same punch: nothing new is known
    assert codes(timesheet(session, ann)) == ["short_rest"]
    (early,) = [each for each in session.scalars(select(Punch)) if each.at == at("2026-11-18 08:00")]
    named = NamedException(timesheet(session, ann).id, ExceptionCode.SHORT_REST, early.at)
    accept_exception(session, named, reason="agreed with her", actor=MANAGER)
    punch(session, ann, "2026-11-19 08:00 in", "2026-11-19 12:00 out")
    assert codes(timesheet(session, ann)) == []
    watch_time(session, EVERYWHERE)
    assert codes(timesheet(session, ann)) == ["short_rest"]


def test_a_change_of_one_week_is_looked_at_in_the_next_too(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    punch(session, ann, "2026-11-16 06:00 in", "2026-11-16 14:00 out")
    watch_time(session, EVERYWHERE)
    assert found(session) == []
    punch(session, ann, "2026-11-15 16:00 in", "2026-11-15 23:00 out")
    watch_time(session, EVERYWHERE)
    assert codes(timesheet(session, ann, "2026-11-16")) == ["short_rest"]


def test_what_somebody_approved_is_left_alone(sqlite_tenant_session: Session, clocked_sqlite: ClockCompany):
    session = sqlite_tenant_session
    punch(session, clocked_sqlite.ann, *LATE)
    sheet = timesheet(session, clocked_sqlite.ann)
    sheet.state = TimesheetState.APPROVED
    session.flush()
    watch_time(session, EVERYWHERE)
    assert codes(sheet) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("08:00 in", "16:00 out"), ["no_break"]),
        (("08:00 in", "12:00 break", "12:20 back", "16:00 out"), ["short_break"]),
        (("08:00 in", "12:00 break", "12:30 back", "16:30 out"), []),
        (("06:00 in", "12:00 break", "12:45 back", "19:00 out"), ["over_day", "short_break"]),
    ],
)
def test_breaks_and_days_are_judged_by_the_law_of_the_place(
    sqlite_tenant_session: Session,
    clocked_sqlite: ClockCompany,
    lines: tuple[str, ...],
    expected: list[str],
):
    """Germany: half an hour in more than six hours, which nobody works in one go; ten hours at most."""
    session = sqlite_tenant_session
    session.get_one(Location, clocked_sqlite.location_id).jurisdiction = "de"
    punch(session, clocked_sqlite.ann, *(f"2026-11-16 {line}" for line in lines))
    watch_time(session, EVERYWHERE)
    assert codes(timesheet(session, clocked_sqlite.ann)) == expected


def test_a_break_of_the_shift_that_was_not_taken_is_told_where_the_law_asks_for_none(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    session = sqlite_tenant_session
    store_published_week(session, clocked_sqlite, VersionState.PUBLISHED)
    (entry,) = session.scalars(select(CalendarEntry).where(CalendarEntry.cancelled.is_(False)))
    entry.ends_at += timedelta(minutes=30)
    punch(session, clocked_sqlite.ann, "2026-11-16 08:00 in", "2026-11-16 16:30 out")
    watch_time(session, EVERYWHERE)
    (odd,) = exceptions_of(timesheet(session, clocked_sqlite.ann))
    assert (odd.code, odd.facts["minutes"], odd.facts["planned_minutes"]) == (ExceptionCode.NO_BREAK, 0, 30)


def test_a_clean_week_has_no_remarks(sqlite_tenant_session: Session, clocked_sqlite: ClockCompany):
    punch(sqlite_tenant_session, clocked_sqlite.ann, *week_of_days("2026-11-16", "2026-11-17"))
    watch_time(sqlite_tenant_session, EVERYWHERE)
    assert found(sqlite_tenant_session) == []


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        (PlaceDecision.OUTSIDE, [("outside_place", "warning")]),
        (PlaceDecision.UNKNOWN, [("place_unknown", "note")]),
        (PlaceDecision.INSIDE, []),
        (None, []),
    ],
)
def test_punches_from_elsewhere_wait_for_a_person(
    sqlite_tenant_session: Session,
    clocked_sqlite: ClockCompany,
    decision: PlaceDecision | None,
    expected: list[tuple[str, str]],
):
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    one = arrivals(ann, "2026-11-16 08:00 in")[0]
    session.add(
        Punch(
            employee_id=ann.id, location_id=ann.location_id, at=one.at, kind=one.kind, source="web",
            external_id="phone", recorded_at=datetime(2026, 11, 16, 7, tzinfo=UTC), recorded_by=MANAGER,
            place_decision=decision, place_distance_metres=740,
        )
    )  # fmt: skip
    punch(session, ann, "2026-11-16 16:00 out")
    told = exceptions_of(timesheet(session, ann))
    assert [(each.code.value, each.severity.value) for each in told] == expected
    assert all(each.facts["metres"] == 740 for each in told)
