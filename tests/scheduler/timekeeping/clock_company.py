"""The small company on a Tuesday afternoon, with ways to punch that read like a time clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.clock import week_start
from scheduler.organisation.models import Location
from scheduler.people.models import Employee, JobRole
from scheduler.timekeeping.arrival import NewPunch
from scheduler.timekeeping.models import Punch, PunchKind, Timesheet
from scheduler.timekeeping.punch import record_punches
from scheduler.timekeeping.timesheets import contents
from tests.scheduler.small_company import SmallCompany, employee, store_small_company

WARSAW = ZoneInfo("Europe/Warsaw")
CLOCK = "key:00000000-0000-0000-0000-000000000001"
MANAGER = "user:00000000-0000-0000-0000-000000000002"
NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
"""A Tuesday; the week before it is over."""

KINDS = {
    "in": PunchKind.IN,
    "out": PunchKind.OUT,
    "break": PunchKind.BREAK_START,
    "back": PunchKind.BREAK_END,
}


@dataclass(frozen=True)
class ClockCompany:
    """The company and its people: Ann has a contract, Ben has none."""

    company: SmallCompany
    ben: Employee

    @property
    def ann(self) -> Employee:
        return self.company.ann

    @property
    def location_id(self) -> UUID:
        return self.company.location.id


def store_clock_company(session: Session) -> ClockCompany:
    company = store_small_company(session)
    ben = employee(company.location, company.department, "2", "Ben")
    session.add(ben)
    session.flush()
    return ClockCompany(company, ben)


def at(text: str) -> datetime:
    """An instant written on the wall clock of Warsaw: ``2026-11-16 08:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=WARSAW).astimezone(UTC)


def arrivals(who: Employee, *lines: str, source: str = "api") -> list[NewPunch]:
    """Punches written ``2026-11-16 08:00 in``; the text itself is the external id."""
    found = []
    for line in lines:
        moment, _, kind = line.rpartition(" ")
        external_id = f"{who.number} {line}"
        found.append(NewPunch(who.id, who.location_id, at(moment), KINDS[kind], source, external_id))
    return found


def punch(session: Session, who: Employee, *lines: str) -> list[Punch]:
    return record_punches(session, arrivals(who, *lines), actor=CLOCK)


def another_place(session: Session, code: str = "GATE", zone: str = "Europe/Warsaw") -> Location:
    """A second location."""
    place = Location(code=code, name=code.title(), zone=zone, jurisdiction="pl", currency="PLN")
    session.add(place)
    session.flush()
    return place


def job(session: Session, code: str = "forklift") -> JobRole:
    """A job that is nobody's own."""
    role = JobRole(code=code, name=code.title())
    session.add(role)
    session.flush()
    return role


def move(session: Session, who: Employee, moment: str, place: Location, role: JobRole | None = None) -> Punch:
    """A transfer, written on the wall clock of Warsaw."""
    arrival = NewPunch(
        who.id, place.id, at(moment), PunchKind.TRANSFER, "api", f"{who.number} {moment} move",
        role.id if role else None,
    )  # fmt: skip
    return record_punches(session, [arrival], actor=CLOCK)[0]


def week_of_days(*days: str) -> Iterable[str]:
    """Eight hours, 08:00 to 16:30 with half an hour of break, on each of the days."""
    for day in days:
        yield from (f"{day} 08:00 in", f"{day} 12:00 break", f"{day} 12:30 back", f"{day} 16:30 out")


def timesheet(session: Session, who: Employee, day: str = "2026-11-16") -> Timesheet:
    first = week_start(datetime.fromisoformat(day).date())
    query = select(Timesheet).where(Timesheet.employee_id == who.id, Timesheet.starts_on == first)
    return session.scalars(query.execution_options(populate_existing=True)).one()


def hours(sheet: Timesheet) -> dict[str, int]:
    """Worked minutes of each day."""
    found: dict[str, int] = {}
    for span in contents(sheet).worked:
        found[span.day.isoformat()] = found.get(span.day.isoformat(), 0) + span.worked_minutes
    return found


def codes(sheet: Timesheet) -> list[str]:
    return [found.code.value for found in contents(sheet).exceptions]
