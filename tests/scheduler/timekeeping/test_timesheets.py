from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.models import AuditEntry
from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.organisation.models import Account
from scheduler.timekeeping.approve import approve
from scheduler.timekeeping.approve_many import approve_all
from scheduler.timekeeping.correct import add_punch
from scheduler.timekeeping.models import PunchKind, Timesheet, TimesheetState
from scheduler.timekeeping.refresh import refresh, refresh_location
from scheduler.timekeeping.reopen import reopen
from scheduler.timekeeping.submit import submit
from tests.scheduler.timekeeping.clock_company import (
    MANAGER,
    ClockCompany,
    at,
    codes,
    hours,
    punch,
    timesheet,
    week_of_days,
)

WEEK = date(2026, 11, 16)


def worked_week(session: Session, clocked: ClockCompany) -> Timesheet:
    punch(session, clocked.ann, *week_of_days("2026-11-16", "2026-11-17"))
    return timesheet(session, clocked.ann)


def approved_week(session: Session, clocked: ClockCompany) -> Timesheet:
    sheet = worked_week(session, clocked)
    return approve(session, sheet.id, expected_revision=sheet.revision, actor=MANAGER)


def actions(session: Session, sheet: Timesheet) -> list[tuple[str, dict[str, Any]]]:
    query = select(AuditEntry.action, AuditEntry.facts).where(AuditEntry.subject_id == sheet.id)
    return [(action, facts) for action, facts in session.execute(query.order_by(AuditEntry.id)).all()]


def test_a_timesheet_goes_from_open_over_submitted_to_approved(
    tenant_session: Session, clocked: ClockCompany
):
    sheet = worked_week(tenant_session, clocked)
    submit(tenant_session, sheet.id, expected_revision=sheet.revision, actor="user:ann")
    assert sheet.state is TimesheetState.SUBMITTED
    approve(tenant_session, sheet.id, expected_revision=sheet.revision, actor=MANAGER)
    assert (sheet.state, sheet.approved_by) == (TimesheetState.APPROVED, MANAGER)
    assert [action for action, _ in actions(tenant_session, sheet)] == [
        "timesheet.submit",
        "timesheet.approve",
    ]


def test_a_decision_on_an_old_revision_is_refused(tenant_session: Session, clocked: ClockCompany):
    sheet = worked_week(tenant_session, clocked)
    seen = sheet.revision
    punch(tenant_session, clocked.ann, *week_of_days("2026-11-18"))
    for decide in (submit, approve):
        with pytest.raises(SchedulerError) as refused:
            decide(tenant_session, sheet.id, expected_revision=seen, actor=MANAGER)
        assert refused.value.code == "timesheet_changed"
        assert refused.value.facts["revision"] == seen + 1
    assert timesheet(tenant_session, clocked.ann).state is TimesheetState.OPEN


def test_a_timesheet_with_unclear_hours_is_not_approved_and_each_is_listed(
    tenant_session: Session, clocked: ClockCompany
):
    punch(
        tenant_session,
        clocked.ann,
        *week_of_days("2026-11-16"),
        "2026-11-17 08:00 in",
        "2026-11-18 16:00 out",
    )
    sheet = timesheet(tenant_session, clocked.ann)
    with pytest.raises(SchedulerError) as refused:
        approve(tenant_session, sheet.id, expected_revision=sheet.revision, actor=MANAGER)
    assert refused.value.code == "timesheet_has_exceptions"
    listed = refused.value.facts["exceptions"]
    assert [(found["code"], found["day"]) for found in listed] == [("long_span", "2026-11-17")]
    assert [each["kind"] for each in listed[0]["facts"]["punches"]] == ["in", "out"]
    for day, kind in (("2026-11-17 16:00", PunchKind.OUT), ("2026-11-18 08:00", PunchKind.IN)):
        add_punch(
            tenant_session,
            employee_id=clocked.ann.id,
            location_id=clocked.location_id,
            at=at(day),
            kind=kind,
            reason="forgot",
            actor=MANAGER,
        )
    approve(tenant_session, sheet.id, expected_revision=sheet.revision, actor=MANAGER)
    assert hours(sheet) == {"2026-11-16": 480, "2026-11-17": 480, "2026-11-18": 480}


def test_nobody_approves_his_own_hours(sqlite_tenant_session, clocked_sqlite):
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    account = Account(
        email="ann@example.com",
        name="Ann",
        password_hash="x",
        employee_id=ann.id,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    session.add(account)
    sheet = worked_week(session, clocked_sqlite)
    with pytest.raises(SchedulerError, match="own_timesheet"):
        approve(session, sheet.id, expected_revision=sheet.revision, actor=f"user:{account.id}")
    round_ = approve_all(session, clocked_sqlite.location_id, WEEK, actor=f"user:{account.id}")
    assert (round_.approved, round_.needing_a_person) == ((), (sheet,))


@pytest.mark.parametrize("submitted", [True, False])
def test_a_punch_that_changes_hours_opens_the_timesheet_again(
    tenant_session: Session, clocked: ClockCompany, submitted: bool
):
    sheet = worked_week(tenant_session, clocked)
    decide = submit if submitted else approve
    decide(tenant_session, sheet.id, expected_revision=sheet.revision, actor=MANAGER)
    before = sheet.revision
    punch(tenant_session, clocked.ann, *week_of_days("2026-11-18"))
    sheet = timesheet(tenant_session, clocked.ann)
    assert (sheet.state, sheet.approved_by, sheet.submitted_at) == (TimesheetState.OPEN, None, None)
    assert sheet.revision == before + 1
    action, facts = actions(tenant_session, sheet)[-1]
    assert (action, facts["worked_minutes"]) == ("timesheet.reopen", [960, 1440])
    assert codes(sheet) == ([] if submitted else ["changed_after_approval"])


def test_a_change_after_approval_needs_a_person_and_is_settled_by_approving_again(
    sqlite_tenant_session, clocked_sqlite
):
    session = sqlite_tenant_session
    sheet = approved_week(session, clocked_sqlite)
    punch(session, clocked_sqlite.ann, *week_of_days("2026-11-18"))
    refresh(session, clocked_sqlite.ann.id, WEEK)
    round_ = approve_all(session, clocked_sqlite.location_id, WEEK, actor=MANAGER)
    assert [each.id for each in round_.needing_a_person] == [sheet.id]
    approve(session, sheet.id, expected_revision=sheet.revision, actor=MANAGER)
    assert (sheet.state, codes(sheet)) == (TimesheetState.APPROVED, [])


def test_an_approved_timesheet_stays_approved_when_a_punch_changes_no_hours(
    sqlite_tenant_session, clocked_sqlite
):
    sheet = approved_week(sqlite_tenant_session, clocked_sqlite)
    revision = sheet.revision
    punch(sqlite_tenant_session, clocked_sqlite.ann, *week_of_days("2026-11-16"))
    punch(sqlite_tenant_session, clocked_sqlite.ann, *week_of_days("2026-11-23"))
    sheet = timesheet(sqlite_tenant_session, clocked_sqlite.ann)
    assert (sheet.state, sheet.revision) == (TimesheetState.APPROVED, revision)


def test_an_approval_is_taken_back_with_a_reason(tenant_session: Session, clocked: ClockCompany):
    sheet = approved_week(tenant_session, clocked)
    with pytest.raises(InvalidInput):
        reopen(tenant_session, sheet.id, expected_revision=sheet.revision, reason=" ", actor=MANAGER)
    reopen(tenant_session, sheet.id, expected_revision=sheet.revision, reason="wrong week", actor=MANAGER)
    assert (sheet.state, sheet.approved_at) == (TimesheetState.OPEN, None)
    assert actions(tenant_session, sheet)[-1] == (
        "timesheet.reopen",
        {"reason": "wrong week", "state": "approved"},
    )


@pytest.mark.parametrize(
    ("state", "verb", "allowed"),
    [
        ("approved", submit, ["open"]),
        ("closed", submit, ["open"]),
        ("approved", approve, ["open", "submitted"]),
        ("closed", approve, ["open", "submitted"]),
        ("open", reopen, ["approved", "submitted"]),
        ("closed", reopen, ["approved", "submitted"]),
    ],
)
def test_a_verb_in_the_wrong_state_is_refused(sqlite_tenant_session, clocked_sqlite, state, verb, allowed):
    sheet = worked_week(sqlite_tenant_session, clocked_sqlite)
    sheet.state = TimesheetState(state)
    more = {"reason": "x"} if verb is reopen else {}
    with pytest.raises(SchedulerError) as refused:
        verb(sqlite_tenant_session, sheet.id, expected_revision=sheet.revision, actor=MANAGER, **more)
    assert refused.value.code == "wrong_timesheet_state"
    assert (refused.value.facts["state"], refused.value.facts["allowed"]) == (state, allowed)


def test_an_unknown_timesheet_or_employee_is_named(sqlite_tenant_session, clocked_sqlite):
    with pytest.raises(SchedulerError, match="timesheet_not_found"):
        submit(sqlite_tenant_session, uuid4(), expected_revision=0, actor=MANAGER)
    with pytest.raises(SchedulerError, match="employee_not_found"):
        refresh(sqlite_tenant_session, uuid4(), WEEK)


def test_approving_all_approves_what_is_clear_and_hands_back_the_rest(
    tenant_session: Session, clocked: ClockCompany
):
    worked_week(tenant_session, clocked)
    punch(tenant_session, clocked.ben, "2026-11-16 08:00 in")
    round_ = approve_all(tenant_session, clocked.location_id, WEEK, actor=MANAGER)
    assert [sheet.employee_id for sheet in round_.approved] == [clocked.ann.id]
    assert [sheet.employee_id for sheet in round_.needing_a_person] == [clocked.ben.id]
    again = approve_all(tenant_session, clocked.location_id, WEEK, actor=MANAGER)
    assert again.approved == ()


def test_somebody_who_did_not_work_has_an_empty_timesheet(sqlite_tenant_session, clocked_sqlite):
    sheets = refresh_location(sqlite_tenant_session, clocked_sqlite.location_id, date(2026, 11, 19))
    assert [(hours(sheet), codes(sheet), sheet.starts_on) for sheet in sheets] == [({}, [], WEEK)] * 2
    stored = timesheet(sqlite_tenant_session, clocked_sqlite.ann, "2026-11-19")
    assert [stored] == [sheet for sheet in sheets if sheet.employee_id == clocked_sqlite.ann.id]


def test_time_alone_turns_clocked_in_into_missing_out(sqlite_tenant_session, clocked_sqlite, now):
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    punch(session, ann, "2026-11-24 08:00 in")
    assert codes(timesheet(session, ann, "2026-11-24")) == ["clocked_in"]
    now.move_to(at("2026-11-25 00:01"))
    assert codes(refresh(session, ann.id, date(2026, 11, 24))) == ["missing_out"]
