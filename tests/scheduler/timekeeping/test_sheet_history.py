from __future__ import annotations

from sqlalchemy.orm import Session

from scheduler.timekeeping.approve import approve
from scheduler.timekeeping.correct import void_punch
from scheduler.timekeeping.reopen import reopen
from scheduler.timekeeping.sheet_history import lapses, sheet_history
from scheduler.timekeeping.submit import submit
from tests.scheduler.timekeeping.clock_company import (
    MANAGER,
    ClockCompany,
    punch,
    timesheet,
    week_of_days,
)
from tests.scheduler.timekeeping.test_dispute import account_of


def test_a_confirmation_lapses_with_the_hours_and_its_person_is_told_before_and_after(
    tenant_session: Session, clocked: ClockCompany
):
    session, ann = tenant_session, account_of(tenant_session, clocked.ann.id)
    punch(session, clocked.ann, *week_of_days("2026-11-16"))
    sheet = timesheet(session, clocked.ann)
    assert lapses(session, [sheet]) == {}
    submit(session, sheet.id, expected_revision=sheet.revision, actor=ann)
    punch(session, clocked.ann, *week_of_days("2026-11-17"))
    sheet = timesheet(session, clocked.ann)
    lapse = lapses(session, [sheet])[sheet.id]
    assert (lapse.state, lapse.reason) == ("submitted", None)
    assert [(each["day"], each["before"]["minutes"], each["after"]["minutes"]) for each in lapse.days] == [
        ("2026-11-17", 0, 480)
    ]
    submit(session, sheet.id, expected_revision=sheet.revision, actor=ann)
    assert lapses(session, [sheet]) == {}


def test_a_span_that_moved_is_told_although_the_minutes_are_the_same(
    tenant_session: Session, clocked: ClockCompany
):
    session = tenant_session
    late = punch(session, clocked.ann, "2026-11-16 08:00 in", "2026-11-16 16:00 out")
    sheet = timesheet(session, clocked.ann)
    submit(session, sheet.id, expected_revision=sheet.revision, actor=MANAGER)
    for each in late:
        void_punch(session, each.id, reason="an hour off", actor=MANAGER)
    punch(session, clocked.ann, "2026-11-16 09:00 in", "2026-11-16 17:00 out")
    sheet = timesheet(session, clocked.ann)
    told = [each for each in sheet_history(session, sheet.id) if each.what == "timesheet.lapse"]
    assert told[0].days[0]["before"]["spans"] == [["2026-11-16T07:00:00+00:00", "2026-11-16T15:00:00+00:00"]]


def test_the_history_says_who_did_what_and_why(tenant_session: Session, clocked: ClockCompany):
    session, ann = tenant_session, account_of(tenant_session, clocked.ann.id)
    punch(session, clocked.ann, *week_of_days("2026-11-16"))
    sheet = timesheet(session, clocked.ann)
    submit(session, sheet.id, expected_revision=sheet.revision, actor=ann)
    approve(session, sheet.id, expected_revision=sheet.revision, actor=MANAGER)
    punch(session, clocked.ann, *week_of_days("2026-11-17"))
    sheet = timesheet(session, clocked.ann)
    approve(session, sheet.id, expected_revision=sheet.revision, actor=MANAGER)
    reopen(session, sheet.id, expected_revision=sheet.revision, reason="wrong week", actor=MANAGER)
    told = [
        (each.what, each.by, each.reason, each.worked_minutes) for each in sheet_history(session, sheet.id)
    ]
    assert told[0] == ("timesheet.submit", "Ann Nowak", None, 480)
    assert told[1] == ("timesheet.approve", MANAGER, None, 480)
    assert (told[2][0], told[2][2]) == ("timesheet.lapse", None)
    assert told[3:] == [
        ("timesheet.approve", MANAGER, None, 960),
        ("timesheet.reopen", MANAGER, "wrong week", None),
    ]
    assert lapses(session, [sheet])[sheet.id].reason == "wrong week"
