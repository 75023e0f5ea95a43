"""The same leave asked for twice, and decided twice, at the same moment."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.db.session import Database
from scheduler.kernel.errors import SchedulerError
from scheduler.timeoff.models import LeaveKind, TimeOff, TimeOffState
from scheduler.timeoff.requests import approve_time_off, reject_time_off, request_time_off
from tests.scheduler.small_company import store_small_company
from tests.scheduler.two_at_once import two_at_once

DECEMBER = (date(2026, 12, 1), date(2026, 12, 8))


def asked(session: Session, employee_id: UUID) -> str:
    first, end = DECEMBER
    try:
        request_time_off(
            session, employee_id, starts_on=first, ends_on=end, kind=LeaveKind.ANNUAL, actor="system"
        )
    except SchedulerError as refusal:
        return refusal.code
    return "asked"


def test_leave_asked_for_by_two_clicks_at_once_is_one_request(database: Database, organisation_id: UUID):
    with database.write(organisation_id) as session:
        ann = store_small_company(session).ann.id
    outcomes = two_at_once(database, organisation_id, lambda s: asked(s, ann), lambda s: asked(s, ann))
    assert outcomes == ("asked", "time_off_overlaps")


def test_of_two_decisions_at_once_the_first_holds(database: Database, organisation_id: UUID):
    with database.write(organisation_id) as session:
        asked(session, store_small_company(session).ann.id)
        leave_id = session.scalars(select(TimeOff.id)).one()

    def approve(session: Session) -> str:
        return approve_time_off(session, leave_id, actor="system").state

    def reject(session: Session) -> str:
        try:
            return reject_time_off(session, leave_id, reason="stocktaking", actor="system").state
        except SchedulerError as refusal:
            return refusal.code

    assert two_at_once(database, organisation_id, approve, reject) == ("approved", "time_off_not_open")
    with database.read(organisation_id) as session:
        assert session.get_one(TimeOff, leave_id).state is TimeOffState.APPROVED
