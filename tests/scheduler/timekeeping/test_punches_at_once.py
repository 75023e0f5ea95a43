from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from sqlalchemy import func, select

from scheduler.db.session import Database
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
