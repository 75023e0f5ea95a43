"""Who may have been sent home: published work beside what was worked. Nothing is taken for granted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.clock import day_start, local_day, utc_now, week_start
from scheduler.organisation.locations import find_location
from scheduler.pay.case_records import published_work, work_between
from scheduler.pay.models import PayFact, PayFactKind
from scheduler.people.employees import employees_at
from scheduler.people.models import Employee

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ProposedFact:
    """Somebody worked less than half of what was published for a day, after having come.

    Parameters
    ----------
    planned_minutes, worked_minutes
        Paid minutes of the published shifts, and minutes worked; > 0 and >= 0.
    """

    employee: Employee
    day: date
    planned_minutes: int
    worked_minutes: int


def proposed_facts(session: Session, location_id: UUID, day: date) -> Sequence[ProposedFact]:
    """Days of a week on which people came and did less than half of the published work, in order.

    Days that are not over are left out, and those of which a fact was recorded already, even if it was taken
    back: somebody has looked at them. Whoever did not come at all is no-show, not sent home.

    Parameters
    ----------
    day
        Any day of the week from Monday to Sunday.
    """
    zone = ZoneInfo(find_location(session, location_id).zone)
    first = week_start(day)
    end = min(first + WEEK, local_day(utc_now(), zone))
    if first >= end:
        return []
    people = {person.id: person for person in employees_at(session, location_id, first, end)}
    planned = published_work(session, list(people), day_start(first, zone), day_start(end, zone))
    worked = work_between(session, list(people), (first, end))
    query = select(PayFact.employee_id, PayFact.day).where(
        PayFact.kind == PayFactKind.SENT_HOME, PayFact.employee_id.in_(people), PayFact.day >= first
    )
    looked_at = {(who, on) for who, on in session.execute(query)}
    found = []
    for who, shifts in planned.items():
        for on in sorted({local_day(shift.start, zone) for shift in shifts}):
            due = sum(shift.minutes for shift in shifts if local_day(shift.start, zone) == on)
            done = sum(span.minutes for span in worked.get(who, ()) if span.day == on)
            if 0 < done < due / 2 and (who, on) not in looked_at:
                found.append(ProposedFact(people[who], on, due, done))
    return sorted(found, key=lambda each: (each.day, each.employee.last_name, each.employee.number))
