from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.db.session import Database
from scheduler.kernel.errors import SchedulerError
from scheduler.people.models import Employee
from scheduler.timekeeping.arrival import NewPunch
from scheduler.timekeeping.models import Punch
from scheduler.timekeeping.punch import record_punches
from tests.scheduler.timekeeping.clock_company import (
    CLOCK,
    arrivals,
    codes,
    hours,
    store_clock_company,
    timesheet,
    week_of_days,
)
from tests.scheduler.two_at_once import two_at_once

DAYS = [f"2026-11-{day}" for day in range(16, 21)]


def test_punches_that_arrive_at_once_are_each_stored_once_and_none_is_left_out(
    database: Database, organisation_id: UUID, now
):
    with database.write(organisation_id) as session:
        ann_id = store_clock_company(session).ann.id
    with database.read(organisation_id) as session:
        ann = session.get_one(Employee, ann_id)
        # Every punch is sent twice, as by a clock that got no answer.
        sent = [[arrival] for arrival in arrivals(ann, *week_of_days(*DAYS))] * 2

    def take_in(batch: list[NewPunch]) -> None:
        with database.write(organisation_id) as session:
            record_punches(session, batch, actor=CLOCK)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(take_in, sent))
    with database.read(organisation_id) as session:
        assert session.scalar(select(func.count()).select_from(Punch)) == 20
        sheet = timesheet(session, session.get_one(Employee, ann_id))
        assert (hours(sheet), codes(sheet)) == (dict.fromkeys(DAYS, 480), [])


def test_one_external_id_used_for_two_people_at_once_is_stored_for_one(
    database: Database, organisation_id: UUID, now
):
    with database.write(organisation_id) as session:
        company = store_clock_company(session)
    (anns,) = arrivals(company.ann, "2026-11-16 08:00 in")
    bens = replace(anns, employee_id=company.ben.id)

    def take_in(arrival: NewPunch, session: Session) -> str:
        try:
            record_punches(session, [arrival], actor=CLOCK)
        except SchedulerError as error:
            return error.code
        return "stored"

    outcomes = two_at_once(database, organisation_id, partial(take_in, anns), partial(take_in, bens))
    assert outcomes == ("stored", "punch_conflict")
