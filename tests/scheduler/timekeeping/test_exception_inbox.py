from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, true
from sqlalchemy.orm import Session

from scheduler.audit.models import AuditEntry
from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.organisation.models import Account
from scheduler.rosters.models import VersionState
from scheduler.timekeeping.approve import approve
from scheduler.timekeeping.exception_inbox import OpenException, Wanted, fixes_of, open_exceptions
from scheduler.timekeeping.exceptions import ExceptionCode, Owner, Severity
from scheduler.timekeeping.models import ExceptionOutcome, PunchKind
from scheduler.timekeeping.proposed_fix import Grounds, ProposedFix
from scheduler.timekeeping.resolve_exception import (
    NamedException,
    accept_exception,
    correct_exception,
    decisions,
)
from tests.scheduler.timekeeping.clock_company import MANAGER, NOW, ClockCompany, at, hours, punch, timesheet
from tests.scheduler.timekeeping.test_attendance import store_published_week

FORGOTTEN = "2026-11-16 08:00 in"
EXTRA = ("2026-11-17 08:20 in", "2026-11-17 16:00 out")


def listed(session: Session, **wanted: Any) -> list[OpenException]:
    return open_exceptions(session, Wanted(within=true(), **wanted))


def codes_of(items: list[OpenException]) -> list[str]:
    return [each.found.code.value for each in items]


def named(item: OpenException) -> NamedException:
    return NamedException(item.timesheet.id, item.found.code, item.found.at)


@pytest.fixture
def two_open(tenant_session: Session, clocked: ClockCompany) -> list[OpenException]:
    """Ann forgot to clock out of her only shift, from 8 to 16, and worked without one on the day after."""
    store_published_week(tenant_session, clocked, VersionState.PUBLISHED)
    punch(tenant_session, clocked.ann, FORGOTTEN, *EXTRA)
    return listed(tenant_session)


def test_what_is_open_is_listed_oldest_first_with_severity_and_owner(two_open: list[OpenException]):
    assert [(each.found.code, each.found.severity, each.found.owner) for each in two_open] == [
        (ExceptionCode.MISSING_OUT, Severity.HOURS_UNKNOWN, Owner.MANAGER),
        (ExceptionCode.UNSCHEDULED, Severity.WARNING, Owner.MANAGER),
    ]


def test_filters_leave_out_what_is_not_asked_for(
    tenant_session: Session, clocked: ClockCompany, two_open: list[OpenException]
):
    session = tenant_session
    assert codes_of(listed(session, code=ExceptionCode.UNSCHEDULED)) == ["unscheduled"]
    assert codes_of(listed(session, severity=Severity.HOURS_UNKNOWN)) == ["missing_out"]
    assert codes_of(listed(session, before=at("2026-11-17 08:20"))) == ["missing_out"]
    assert codes_of(listed(session, employee_id=clocked.ann.id)) == ["missing_out", "unscheduled"]
    assert listed(session, employee_id=clocked.ben.id) == []
    assert listed(session, location_id=UUID(int=1)) == []


def test_what_was_accepted_is_no_longer_open_and_keeps_reason_and_author(
    tenant_session: Session, two_open: list[OpenException]
):
    extra = two_open[1]
    accept_exception(tenant_session, named(extra), reason=" stood in for Ben ", actor=MANAGER)
    assert codes_of(listed(tenant_session)) == ["missing_out"]
    (kept,) = decisions(tenant_session, extra.timesheet.id)
    assert (kept.outcome, kept.reason, kept.decided_by, kept.decided_at) == (
        ExceptionOutcome.ACCEPTED,
        "stood in for Ben",
        MANAGER,
        NOW,
    )
    noted = select(AuditEntry.action).where(AuditEntry.subject_id == extra.timesheet.id)
    assert "exception.accepted" in tenant_session.scalars(noted).all()


def test_unknown_hours_are_not_accepted_as_they_are(tenant_session: Session, two_open: list[OpenException]):
    with pytest.raises(SchedulerError) as refused:
        accept_exception(tenant_session, named(two_open[0]), reason="never mind", actor=MANAGER)
    assert refused.value.code == "hours_unknown"
    assert len(listed(tenant_session)) == 2


def test_nobody_accepts_what_is_odd_in_his_own_time(
    tenant_session: Session, clocked: ClockCompany, two_open: list[OpenException]
):
    own = Account(email="ann@makina.example", name="Ann", password_hash="-", created_at=NOW)
    own.employee_id = clocked.ann.id
    tenant_session.add(own)
    tenant_session.flush()
    with pytest.raises(SchedulerError) as refused:
        accept_exception(tenant_session, named(two_open[1]), reason="as agreed", actor=f"user:{own.id}")
    assert refused.value.code == "own_timesheet"


def test_a_decision_needs_a_reason_and_an_exception_that_is_there(
    tenant_session: Session, two_open: list[OpenException]
):
    with pytest.raises(InvalidInput):
        accept_exception(tenant_session, named(two_open[1]), reason="  ", actor=MANAGER)
    gone = NamedException(two_open[1].timesheet.id, ExceptionCode.NO_SHOW, two_open[1].found.at)
    with pytest.raises(SchedulerError) as refused:
        accept_exception(tenant_session, gone, reason="he was there", actor=MANAGER)
    assert refused.value.code == "exception_not_found"


def test_a_forgotten_leaving_is_proposed_at_the_end_of_the_shift_and_waits_for_a_person(
    tenant_session: Session, clocked: ClockCompany, two_open: list[OpenException]
):
    fixes = fixes_of(tenant_session, two_open, as_of=NOW)
    leaving = (PunchKind.OUT, at("2026-11-16 16:00"))
    assert fixes == {two_open[0].id: ProposedFix(Grounds.SHIFT_END, add=(leaving,))}
    assert hours(timesheet(tenant_session, clocked.ann)) == {"2026-11-17": 460}
    correct_exception(
        tenant_session, named(two_open[0]), add=[leaving], void=[], reason="she said so", actor=MANAGER
    )
    sheet = timesheet(tenant_session, clocked.ann)
    assert hours(sheet) == {"2026-11-16": 480, "2026-11-17": 460}
    assert codes_of(listed(tenant_session)) == ["unscheduled"]
    assert [each.outcome for each in decisions(tenant_session, sheet.id)] == [ExceptionOutcome.CORRECTED]


def test_a_correction_that_corrects_nothing_is_refused(
    tenant_session: Session, two_open: list[OpenException]
):
    forgotten, extra = two_open
    elsewhere = [(PunchKind.IN, at("2026-11-18 08:00")), (PunchKind.OUT, at("2026-11-18 09:00"))]
    with pytest.raises(SchedulerError) as refused:
        correct_exception(tenant_session, named(extra), add=elsewhere, void=[], reason="a try", actor=MANAGER)
    assert refused.value.code == "exception_still_open"
    with pytest.raises(InvalidInput):
        correct_exception(tenant_session, named(forgotten), add=[], void=[], reason="-", actor=MANAGER)


def test_without_a_shift_nothing_is_proposed(tenant_session: Session, clocked: ClockCompany):
    punch(tenant_session, clocked.ann, FORGOTTEN)
    found = listed(tenant_session)
    assert codes_of(found) == ["missing_out"]
    assert fixes_of(tenant_session, found, as_of=NOW) == {}


def test_in_and_out_at_once_can_be_taken_back(tenant_session: Session, clocked: ClockCompany):
    made = punch(tenant_session, clocked.ann, "2026-11-16 08:00 in", "2026-11-16 08:00 out")
    found = listed(tenant_session)
    (fix,) = fixes_of(tenant_session, found, as_of=NOW).values()
    assert (fix.grounds, set(fix.void)) == (Grounds.NO_WORK, {each.id for each in made})
    correct_exception(
        tenant_session, named(found[0]), add=[], void=fix.void, reason="by mistake", actor=MANAGER
    )
    assert listed(tenant_session) == []


def test_who_approves_stands_for_the_remarks_too(tenant_session: Session, clocked: ClockCompany):
    store_published_week(tenant_session, clocked, VersionState.PUBLISHED)
    punch(tenant_session, clocked.ann, "2026-11-16 08:00 in", "2026-11-16 16:00 out", *EXTRA)
    sheet = timesheet(tenant_session, clocked.ann)
    assert codes_of(listed(tenant_session)) == ["unscheduled"]
    approve(tenant_session, sheet.id, expected_revision=sheet.revision, actor=MANAGER)
    assert listed(tenant_session) == []


def test_age_counts_from_the_instant_itself(tenant_session: Session, two_open: list[OpenException]):
    oldest = two_open[0].found.at
    assert listed(tenant_session, before=oldest) == []
    assert codes_of(listed(tenant_session, before=oldest + timedelta(seconds=1))) == ["missing_out"]
