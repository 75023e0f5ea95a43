from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.organisation.models import Account
from scheduler.timekeeping.approve import approve
from scheduler.timekeeping.approve_many import approve_all
from scheduler.timekeeping.dispute import About, answer_dispute, close_dispute, raise_dispute, settle_dispute
from scheduler.timekeeping.disputes import count_open_disputes, disputes_of, is_open, open_disputes
from scheduler.timekeeping.models import DisputeAct, Timesheet, TimesheetState
from scheduler.timekeeping.sheet_history import sheet_history
from scheduler.timekeeping.submit import submit
from tests.scheduler.timekeeping.clock_company import (
    MANAGER,
    NOW,
    ClockCompany,
    punch,
    timesheet,
    week_of_days,
)

WEEK = date(2026, 11, 16)
WHOLE = About()


@pytest.fixture
def sheet(tenant_session: Session, clocked: ClockCompany) -> Timesheet:
    punch(tenant_session, clocked.ann, *week_of_days("2026-11-16", "2026-11-17"))
    return timesheet(tenant_session, clocked.ann)


@pytest.fixture
def ann(tenant_session: Session, clocked: ClockCompany) -> str:
    return account_of(tenant_session, clocked.ann.id)


def account_of(session: Session, employee_id: object) -> str:
    """The actor that a new account of an employee is."""
    made = Account(email=f"{uuid4()}@makina.example", name="Ann Nowak", password_hash="-", created_at=NOW)
    made.employee_id = employee_id  # type: ignore[assignment]  # an id
    session.add(made)
    session.flush()
    return f"user:{made.id}"


def code_of(refused: pytest.ExceptionInfo[SchedulerError]) -> str:
    return refused.value.code


def test_a_dispute_goes_from_raised_over_answered_to_accepted_with_what_was_changed(
    tenant_session: Session, clocked: ClockCompany, sheet: Timesheet, ann: str
):
    session = tenant_session
    raised = raise_dispute(session, sheet.id, about=About(date(2026, 11, 18)), words=" I worked ", actor=ann)
    assert (raised.day, raised.starts_at, raised.state_then) == (
        date(2026, 11, 18),
        None,
        TimesheetState.OPEN,
    )
    with pytest.raises(SchedulerError) as refused:
        settle_dispute(session, raised.id, accept=True, actor=ann)
    assert code_of(refused) == "dispute_unanswered"
    punch(session, clocked.ann, *week_of_days("2026-11-18"))
    answered = answer_dispute(session, raised.id, words="You did, added", actor=MANAGER)
    assert is_open(answered)
    (change,) = answered.events[-1].changes
    assert (change["day"], change["before"]["minutes"], change["after"]["minutes"]) == ("2026-11-18", 0, 480)
    with pytest.raises(SchedulerError) as refused:
        settle_dispute(session, raised.id, accept=True, actor=MANAGER)
    assert code_of(refused) == "not_your_dispute"
    over = settle_dispute(session, raised.id, accept=True, actor=ann)
    assert [(each.number, each.act, each.words, each.by) for each in over.events] == [
        (1, DisputeAct.RAISED, "I worked", ann),
        (2, DisputeAct.ANSWERED, "You did, added", MANAGER),
        (3, DisputeAct.ACCEPTED, "", ann),
    ]
    assert not is_open(over)
    with pytest.raises(SchedulerError) as refused:
        answer_dispute(session, raised.id, words="once more", actor=MANAGER)
    assert (code_of(refused), refused.value.facts["ended"]) == ("dispute_is_over", "accepted")
    told = [(each.what, each.by) for each in sheet_history(session, sheet.id)]
    assert told == [
        ("dispute.raised", "Ann Nowak"),
        ("dispute.answered", MANAGER),
        ("dispute.accepted", "Ann Nowak"),
    ]


def test_one_entry_is_disputed_by_its_span_which_stays_when_entries_are_made_anew(
    tenant_session: Session, clocked: ClockCompany, sheet: Timesheet, ann: str
):
    entry = sheet.entries[1]
    starts_at = entry.starts_at
    about = About(entry_id=entry.id)
    raised = raise_dispute(tenant_session, sheet.id, about=about, words="no", actor=ann)
    punch(tenant_session, clocked.ann, *week_of_days("2026-11-18"))
    assert timesheet(tenant_session, clocked.ann).entries[1].id != about.entry_id
    (kept,) = disputes_of(tenant_session, sheet.id)
    assert (kept.id, kept.day, kept.starts_at) == (raised.id, date(2026, 11, 17), starts_at)


def test_an_open_dispute_keeps_a_sheet_from_approval_and_a_closing_with_a_reason_frees_it(
    tenant_session: Session, clocked: ClockCompany, sheet: Timesheet, ann: str
):
    session = tenant_session
    raised = raise_dispute(session, sheet.id, about=WHOLE, words="my holiday is missing", actor=ann)
    with pytest.raises(SchedulerError) as refused:
        approve(session, sheet.id, expected_revision=sheet.revision, actor=MANAGER)
    assert (code_of(refused), refused.value.facts["disputes"]) == ("timesheet_disputed", [str(raised.id)])
    done = approve_all(session, clocked.location_id, WEEK, actor=MANAGER)
    assert (done.approved, [each.id for each in done.needing_a_person]) == ((), [sheet.id])
    with pytest.raises(InvalidInput):
        close_dispute(session, raised.id, reason=" ", actor=MANAGER)
    closed = close_dispute(session, raised.id, reason="paid with the next sheet", actor=MANAGER)
    assert closed.events[-1].words == "paid with the next sheet"
    approve(session, sheet.id, expected_revision=sheet.revision, actor=MANAGER)
    assert sheet.state is TimesheetState.APPROVED


def test_disputing_takes_a_confirmation_back_and_an_answered_dispute_has_to_be_ended_before_confirming(
    tenant_session: Session, sheet: Timesheet, ann: str
):
    session = tenant_session
    submit(session, sheet.id, expected_revision=sheet.revision, actor=ann)
    before = sheet.revision
    raised = raise_dispute(session, sheet.id, about=WHOLE, words="no, wait", actor=ann)
    assert (sheet.state, sheet.submitted_at, sheet.revision) == (TimesheetState.OPEN, None, before + 1)
    answer_dispute(session, raised.id, words="it is right", actor=MANAGER)
    with pytest.raises(SchedulerError) as refused:
        submit(session, sheet.id, expected_revision=sheet.revision, actor=ann)
    assert code_of(refused) == "timesheet_disputed"
    settle_dispute(session, raised.id, accept=False, words="I see", actor=ann)
    submit(session, sheet.id, expected_revision=sheet.revision, actor=ann)


@pytest.mark.parametrize("state", [TimesheetState.APPROVED, TimesheetState.CLOSED])
def test_an_approved_or_closed_sheet_is_disputed_and_stays_what_it_is(
    tenant_session: Session, clocked: ClockCompany, sheet: Timesheet, ann: str, state: TimesheetState
):
    session = tenant_session
    sheet.state = state
    session.flush()
    raised = raise_dispute(session, sheet.id, about=WHOLE, words="Wednesday is missing", actor=ann)
    assert (sheet.state, raised.state_then) == (state, state)
    assert list(open_disputes(session, [sheet.id])) == [sheet.id]
    assert count_open_disputes(session, Timesheet.location_id == clocked.location_id) == 1
    if state is TimesheetState.CLOSED:
        punch(session, clocked.ann, *week_of_days("2026-11-18"))
        answered = answer_dispute(session, raised.id, words="payroll corrects it", actor=MANAGER)
        assert [each["day"] for each in answered.events[-1].changes] == ["2026-11-18"]
        assert timesheet(session, clocked.ann).changed_after_close


def test_nobody_answers_or_closes_the_dispute_of_his_own_sheet(
    tenant_session: Session, sheet: Timesheet, ann: str
):
    raised = raise_dispute(tenant_session, sheet.id, about=WHOLE, words="no", actor=ann)
    with pytest.raises(SchedulerError) as refused:
        answer_dispute(tenant_session, raised.id, words="yes", actor=ann)
    assert code_of(refused) == "own_timesheet"
    with pytest.raises(SchedulerError) as refused:
        close_dispute(tenant_session, raised.id, reason="done", actor=ann)
    assert code_of(refused) == "own_timesheet"


def test_what_is_disputed_must_be_of_the_sheet_and_said_in_words(
    tenant_session: Session, sheet: Timesheet, ann: str
):
    for about, words, field in (
        (About(date(2026, 11, 23)), "no", "day"),
        (About(entry_id=uuid4()), "no", "entry_id"),
        (WHOLE, "  ", "reason"),
        (WHOLE, "x" * 501, "reason"),
    ):
        with pytest.raises(InvalidInput) as refused:
            raise_dispute(tenant_session, sheet.id, about=about, words=words, actor=ann)
        assert [each.field for each in refused.value.errors] == [field]
    assert list(disputes_of(tenant_session, sheet.id)) == []
