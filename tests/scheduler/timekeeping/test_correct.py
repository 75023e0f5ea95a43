from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.models import AuditEntry
from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.timekeeping.correct import add_punch, void_punch
from scheduler.timekeeping.models import Punch, PunchKind
from tests.scheduler.timekeeping.clock_company import (
    MANAGER,
    ClockCompany,
    at,
    codes,
    hours,
    punch,
    timesheet,
)


def test_a_forgotten_punch_is_added_with_its_reason_and_author(
    tenant_session: Session, clocked: ClockCompany
):
    punch(tenant_session, clocked.ann, "2026-11-16 08:00 in")
    added = add_punch(
        tenant_session,
        employee_id=clocked.ann.id,
        location_id=clocked.location_id,
        at=at("2026-11-16 16:00"),
        kind=PunchKind.OUT,
        reason=" forgot to punch out ",
        actor=MANAGER,
    )
    assert (added.source, added.reason, added.recorded_by) == ("correction", "forgot to punch out", MANAGER)
    sheet = timesheet(tenant_session, clocked.ann)
    assert (hours(sheet), codes(sheet)) == ({"2026-11-16": 480}, [])


def test_a_void_takes_a_punch_back_and_leaves_it_on_record(tenant_session: Session, clocked: ClockCompany):
    wrong = punch(
        tenant_session, clocked.ann, "2026-11-16 08:00 in", "2026-11-16 08:01 in", "2026-11-16 16:00 out"
    )[0]
    void_punch(tenant_session, wrong.id, reason="touched twice", actor=MANAGER)
    sheet = timesheet(tenant_session, clocked.ann)
    assert (hours(sheet), codes(sheet)) == ({"2026-11-16": 479}, [])
    kinds = tenant_session.scalars(select(Punch.kind).order_by(Punch.at, Punch.recorded_at, Punch.id)).all()
    assert sorted(kinds) == ["in", "in", "out", "void"]
    actions = tenant_session.execute(select(AuditEntry.action, AuditEntry.actor, AuditEntry.subject_id)).all()
    assert ("punch.void", MANAGER, wrong.id) in [tuple(row) for row in actions]


def test_a_punch_is_voided_once_and_a_void_never(tenant_session: Session, clocked: ClockCompany):
    (wrong,) = punch(tenant_session, clocked.ann, "2026-11-16 08:00 in")
    void = void_punch(tenant_session, wrong.id, reason="not there", actor=MANAGER)
    for punch_id, code in ((wrong.id, "punch_already_voided"), (void.id, "punch_is_void")):
        with pytest.raises(SchedulerError) as refused:
            void_punch(tenant_session, punch_id, reason="again", actor=MANAGER)
        assert refused.value.code == code


def test_an_unknown_punch_cannot_be_voided(sqlite_tenant_session, clocked_sqlite):
    with pytest.raises(SchedulerError, match="punch_not_found"):
        void_punch(sqlite_tenant_session, uuid4(), reason="x", actor=MANAGER)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_a_correction_needs_a_reason(sqlite_tenant_session, clocked_sqlite, reason: str):
    (wrong,) = punch(sqlite_tenant_session, clocked_sqlite.ann, "2026-11-16 08:00 in")
    with pytest.raises(InvalidInput) as refused:
        void_punch(sqlite_tenant_session, wrong.id, reason=reason, actor=MANAGER)
    assert [error.field for error in refused.value.errors] == ["reason"]
    assert codes(timesheet(sqlite_tenant_session, clocked_sqlite.ann)) == ["missing_out"]


def test_an_added_punch_is_checked_like_any_other(sqlite_tenant_session, clocked_sqlite):
    with pytest.raises(InvalidInput) as refused:
        add_punch(
            sqlite_tenant_session,
            employee_id=uuid4(),
            location_id=clocked_sqlite.location_id,
            at=at("2027-11-16 16:00"),
            kind=PunchKind.VOID,
            reason="x",
            actor=MANAGER,
        )
    assert sorted(error.field for error in refused.value.errors) == ["at", "employee_id", "kind"]
