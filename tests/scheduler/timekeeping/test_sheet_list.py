from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import event, select, true
from sqlalchemy.orm import Session

from scheduler.audit.models import AuditEntry
from scheduler.kernel.errors import InvalidInput
from scheduler.organisation.permissions import Reach
from scheduler.rosters.models import VersionState
from scheduler.timekeeping.approve import approve
from scheduler.timekeeping.approve_many import Left, approve_many, consider, reopen_many
from scheduler.timekeeping.dispute import About, answer_dispute, raise_dispute
from scheduler.timekeeping.models import Duty, Timesheet, TimesheetReminder, TimesheetState
from scheduler.timekeeping.refresh import refresh_location
from scheduler.timekeeping.remind import NotReminded, remind
from scheduler.timekeeping.sheet_duties import Deadlines, deadlines, set_deadlines
from scheduler.timekeeping.sheet_list import Oddness, SheetFilter, SheetLine, list_sheets
from scheduler.timekeeping.submit import submit
from tests.scheduler.small_company import employee
from tests.scheduler.timekeeping.clock_company import (
    MANAGER,
    ClockCompany,
    at,
    punch,
    timesheet,
    week_of_days,
)
from tests.scheduler.timekeeping.test_attendance import store_published_week

EVERYWHERE = Reach(everywhere=True)
MONDAY = date(2026, 11, 16)


def listed(session: Session, **wanted: Any) -> list[SheetLine]:
    return list_sheets(session, SheetFilter(within=true(), **wanted))


def names(lines: list[SheetLine]) -> list[str]:
    return [line.employee.first_name for line in lines]


def seen(*sheets: Timesheet) -> dict[Any, int]:
    return {sheet.id: sheet.revision for sheet in sheets}


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """The statements sent meanwhile."""
    statements: list[str] = []

    def listen(_connection, _cursor, statement, *_rest) -> None:
        statements.append(statement)

    event.listen(session.get_bind(), "before_cursor_execute", listen)
    yield statements
    event.remove(session.get_bind(), "before_cursor_execute", listen)


@pytest.fixture
def two(tenant_session: Session, clocked: ClockCompany) -> tuple[Timesheet, Timesheet]:
    """Ann's sheet is clear, eight hours as planned; Ben forgot to clock out."""
    store_published_week(tenant_session, clocked, VersionState.PUBLISHED)
    punch(tenant_session, clocked.ann, "2026-11-16 08:00 in", "2026-11-16 16:00 out")
    punch(tenant_session, clocked.ben, "2026-11-16 08:00 in")
    return timesheet(tenant_session, clocked.ann), timesheet(tenant_session, clocked.ben)


def test_a_line_says_what_was_worked_planned_odd_and_due(
    tenant_session: Session, two: tuple[Timesheet, Timesheet]
):
    ben, ann = listed(tenant_session)
    assert (ann.worked_minutes, ann.planned_minutes, ann.difference_minutes, ann.odd) == (480, 480, 0, ())
    assert ann.duties == {Duty.CONFIRM: date(2026, 11, 23), Duty.APPROVE: date(2026, 11, 24)}
    assert ann.overdue == {Duty.CONFIRM}
    assert (ben.worked_minutes, [each.code.value for each in ben.unclear]) == (0, ["missing_out"])


def test_every_filter_takes_what_it_says(
    tenant_session: Session, clocked: ClockCompany, two: tuple[Timesheet, Timesheet]
):
    session, (ann, _) = tenant_session, two
    both = ["Ben", "Ann"]
    assert names(listed(session, location_id=clocked.location_id)) == both
    assert names(listed(session, department_id=clocked.company.department.id)) == both
    assert names(listed(session, department_id=clocked.location_id)) == []
    assert names(listed(session, employee_id=clocked.ann.id)) == ["Ann"]
    assert names(listed(session, day=date(2026, 11, 22))) == both
    assert names(listed(session, day=date(2026, 11, 23))) == []
    assert names(listed(session, oddness=Oddness.UNCLEAR)) == ["Ben"]
    assert names(listed(session, oddness=Oddness.SOME)) == ["Ben"]
    assert names(listed(session, oddness=Oddness.NONE)) == ["Ann"]
    assert names(listed(session, overdue=Duty.CONFIRM)) == both
    assert names(listed(session, overdue=Duty.APPROVE)) == []
    punch(session, clocked.ann, "2026-11-17 08:00 in", "2026-11-17 09:00 out")
    assert names(listed(session, off_plan_minutes=59)) == ["Ann"]
    assert names(listed(session, off_plan_minutes=60)) == []
    raise_dispute(session, ann.id, about=About(), words="no", actor=MANAGER)
    assert names(listed(session, disputed=True)) == ["Ann"]
    assert names(listed(session, disputed=False)) == ["Ben"]
    assert names(listed(session, state=TimesheetState.SUBMITTED)) == []


def test_a_list_takes_as_many_queries_for_many_sheets_as_for_few(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    session = sqlite_tenant_session
    punch(session, clocked_sqlite.ann, *week_of_days("2026-11-16"))
    with counted(session) as few:
        assert len(listed(session)) == 1
    company = clocked_sqlite.company
    many = [employee(company.location, company.department, f"n{n}", f"N{n:03}") for n in range(60)]
    session.add_all(many)
    session.flush()
    refresh_location(session, company.location.id, MONDAY)
    session.expire_all()
    with counted(session) as more:
        assert len(listed(session)) == 62
    assert len(more) == len(few) <= 10
    sheets = [line.sheet for line in listed(session)]
    with counted(session) as considering:
        consider(session, sheets[:2], actor=MANAGER)
    with counted(session) as all_of_them:
        consider(session, sheets, actor=MANAGER)
    # The entries are read one by one unless they were loaded before, as `hold_sheets` does.
    assert len(all_of_them) <= len(considering) + len(sheets)


def test_many_are_approved_with_queries_that_do_not_grow_with_their_number(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    session, company = sqlite_tenant_session, clocked_sqlite.company
    people = [employee(company.location, company.department, f"n{n}", f"N{n}") for n in range(40)]
    session.add_all(people)
    session.flush()
    for who in people:
        punch(session, who, "2026-11-16 08:00 in", "2026-11-16 16:00 out")
    sheets = [line.sheet for line in listed(session)]
    few, rest = seen(*sheets[:2]), seen(*sheets[2:])
    session.flush()
    with counted(session) as for_few:
        approve_many(session, few, within=EVERYWHERE, actor=MANAGER)
    with counted(session) as for_many:
        done = approve_many(session, rest, within=EVERYWHERE, actor=MANAGER)
    assert len(done.approved) == 38
    assert len(for_many) <= len(for_few) + 2


def test_what_can_be_approved_is_and_the_rest_is_left_with_the_reason(
    tenant_session: Session, clocked: ClockCompany, two: tuple[Timesheet, Timesheet]
):
    session, (ann, ben) = tenant_session, two
    stale = employee(clocked.company.location, clocked.company.department, "3", "Cy")
    idle, odd = (employee(clocked.company.location, clocked.company.department, n, n) for n in ("4", "5"))
    session.add_all([stale, idle, odd])
    session.flush()
    for who in (stale, odd):
        punch(session, who, *week_of_days("2026-11-16"))
    refresh_location(session, clocked.location_id, MONDAY)
    punch(session, clocked.ann, "2026-11-23 08:00 in", "2026-11-23 16:00 out")
    running = timesheet(session, clocked.ann, "2026-11-23")
    of = {who.first_name: timesheet(session, who) for who in (stale, idle, odd)}
    raise_dispute(session, of["5"].id, about=About(), words="no", actor=MANAGER)
    looked_at = seen(ann, ben, running, *of.values())
    looked_at[of["Cy"].id] -= 1
    plan = consider(session, [ann, ben, running, *of.values()], actor=MANAGER, seen=looked_at)
    assert {each.sheet.state for each in plan} == {TimesheetState.OPEN}
    done = approve_many(session, looked_at, within=EVERYWHERE, actor=MANAGER)
    assert [each.id for each in done.approved] == [ann.id]
    assert (
        dict(done.left)
        == {each.sheet.id: each.left for each in plan if each.left}
        == {
            ben.id: Left.UNCLEAR,
            running.id: Left.NOT_OVER,
            of["Cy"].id: Left.CHANGED,
            of["4"].id: Left.NO_HOURS,
            of["5"].id: Left.DISPUTED,
        }
    )
    again = approve_many(session, seen(ann), within=EVERYWHERE, actor=MANAGER)
    assert (again.approved, again.left) == ((), ((ann.id, Left.ALREADY),))
    assert approve_many(session, seen(ann), within=Reach(), actor=MANAGER).left == ((ann.id, Left.NOT_FOUND),)


def test_approvals_of_many_are_taken_back_with_one_reason(
    tenant_session: Session, two: tuple[Timesheet, Timesheet]
):
    session, (ann, ben) = tenant_session, two
    approve(session, ann.id, expected_revision=ann.revision, actor=MANAGER)
    with pytest.raises(InvalidInput):
        reopen_many(session, seen(ann), reason=" ", within=EVERYWHERE, actor=MANAGER)
    done = reopen_many(session, seen(ann, ben), reason="too early", within=EVERYWHERE, actor=MANAGER)
    assert [each.id for each in done.approved] == [ann.id]
    assert done.left == ((ben.id, Left.CHANGED),)
    assert (ann.state, ann.approved_by) == (TimesheetState.OPEN, None)


def test_none_and_too_many_at_once_are_refused(sqlite_tenant_session: Session, clocked_sqlite: ClockCompany):
    with pytest.raises(InvalidInput):
        approve_many(sqlite_tenant_session, {}, within=EVERYWHERE, actor=MANAGER)


def test_people_are_reminded_until_it_is_done_and_once_a_day(
    tenant_session: Session,
    clocked: ClockCompany,
    two: tuple[Timesheet, Timesheet],
    now: time_machine.Traveller,
):
    session, (ann, ben) = tenant_session, two

    def reminded() -> tuple[list[Any], dict[Any, NotReminded]]:
        done = remind(session, [ann.id, ben.id], Duty.CONFIRM, within=EVERYWHERE, actor=MANAGER)
        return list(done.reminded), dict(done.left)

    assert reminded() == ([ann.id, ben.id], {})
    today = NotReminded.REMINDED_TODAY
    assert reminded() == ([], {ann.id: today, ben.id: today})
    submit(session, ann.id, expected_revision=ann.revision, actor=MANAGER)
    now.move_to(at("2026-11-25 00:00"))
    assert reminded() == ([ben.id], {ann.id: NotReminded.NOTHING_TO_DO})
    assert len(session.scalars(select(TimesheetReminder)).all()) == 3
    (line,) = listed(session, employee_id=clocked.ben.id)
    assert line.reminded_at == {Duty.CONFIRM: at("2026-11-25 00:00")}
    facts = session.scalars(select(AuditEntry.facts).where(AuditEntry.action == "timesheet.remind")).all()
    assert [each["duty"] for each in facts] == ["confirm"] * 3
    approver = remind(session, [ann.id], Duty.APPROVE, within=EVERYWHERE, actor=MANAGER)
    assert approver.reminded == (ann.id,)


def test_who_waits_for_an_answer_is_not_reminded_to_confirm(
    tenant_session: Session, two: tuple[Timesheet, Timesheet]
):
    session, (ann, _) = tenant_session, two
    raised = raise_dispute(session, ann.id, about=About(), words="no", actor=MANAGER)
    done = remind(session, [ann.id], Duty.CONFIRM, within=EVERYWHERE, actor=MANAGER)
    assert dict(done.left) == {ann.id: NotReminded.NOTHING_TO_DO}
    answer_dispute(session, raised.id, words="yes", actor=MANAGER)
    assert remind(session, [ann.id], Duty.CONFIRM, within=EVERYWHERE, actor=MANAGER).reminded == (ann.id,)


def test_a_location_says_by_which_day(tenant_session: Session, clocked: ClockCompany, two):
    session = tenant_session
    assert deadlines(session) == {}
    set_deadlines(session, clocked.location_id, Deadlines(3, 5), actor=MANAGER)
    set_deadlines(session, clocked.location_id, Deadlines(3, 6), actor=MANAGER)
    assert deadlines(session) == {clocked.location_id: Deadlines(3, 6)}
    assert listed(session)[0].duties == {Duty.CONFIRM: date(2026, 11, 25), Duty.APPROVE: date(2026, 11, 28)}
    for wrong, field in (
        (Deadlines(0, 5), "confirm_days"),
        (Deadlines(3, 61), "approve_days"),
        (Deadlines(3, 2), "approve_days"),
    ):
        with pytest.raises(InvalidInput) as refused:
            set_deadlines(session, clocked.location_id, wrong, actor=MANAGER)
        assert [each.field for each in refused.value.errors] == [field]


def test_planned_shifts_count_for_the_sheet_that_holds_the_local_day_they_start_on(
    tenant_session: Session, clocked: ClockCompany, two: tuple[Timesheet, Timesheet]
):
    """The sheet may be of any length: here it is cut after the day of the shift."""
    session, (ann, _) = tenant_session, two
    ann.ends_on = MONDAY + timedelta(days=1)
    session.flush()
    assert [line.planned_minutes for line in listed(session, employee_id=clocked.ann.id)] == [480]
    ann.starts_on, ann.ends_on = MONDAY + timedelta(days=1), MONDAY + timedelta(days=16)
    session.flush()
    (line,) = listed(session, employee_id=clocked.ann.id)
    assert (line.planned_minutes, line.duties) == (0, {})
