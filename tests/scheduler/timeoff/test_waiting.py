"""Whoever decides on leave sees what waits, who else is away, and what was decided."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from scheduler.people.models import Employee
from scheduler.timeoff.models import LeaveKind, TimeOff
from scheduler.timeoff.requests import approve_time_off, reject_time_off, request_time_off
from scheduler.timeoff.waiting import decided_requests, waiting_requests
from tests.scheduler.small_company import employee, store_small_company


def ask(session: Session, who: Employee, first: date, end: date) -> TimeOff:
    return request_time_off(
        session, who.id, starts_on=first, ends_on=end, kind=LeaveKind.ANNUAL, actor="system"
    )


def test_requests_wait_by_start_with_colleagues_who_are_away_on_one_of_their_days(tenant_session: Session):
    session, company = tenant_session, store_small_company(tenant_session)
    bea = employee(company.location, company.department, "2", "Bea")
    cyd = employee(company.location, company.department, "3", "Cyd")
    session.add_all([bea, cyd])
    session.flush()
    here = Employee.location_id == company.location.id
    assert waiting_requests(session, here) == []

    approved = ask(session, bea, date(2026, 12, 1), date(2026, 12, 8))
    approve_time_off(session, approved.id, actor="system")
    later = ask(session, company.ann, date(2026, 12, 8), date(2026, 12, 10))
    sooner = ask(session, cyd, date(2026, 12, 7), date(2026, 12, 9))
    told = [(each.leave, each.employee, each.away) for each in waiting_requests(session, here)]
    assert told == [(sooner, cyd, (bea,)), (later, company.ann, ())]
    assert [each.leave for each in waiting_requests(session, Employee.id == company.ann.id)] == [later]

    reject_time_off(session, sooner.id, reason="stocktaking", actor="system")
    assert decided_requests(session, here, date(2026, 12, 7)) == [(approved, bea), (sooner, cyd)]
    assert decided_requests(session, here, date(2026, 12, 8)) == [(sooner, cyd)]
