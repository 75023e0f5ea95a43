"""A small company for tests: a location with two departments, two skills and people with contracts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.db.session import Database
from scheduler.demand.models import CoverageRequirement
from scheduler.kernel.clock import days_between, local_instant, minutes_between
from scheduler.organisation.models import Account, Department, Location
from scheduler.people.models import Contract, ContractKind, Employee, EmployeeSkill, Skill
from scheduler.rosters.change_prices import Why
from scheduler.rosters.create import create_roster
from scheduler.rosters.models import Publication, Roster, RosterVersion, Shift, ShiftTemplate, VersionState
from scheduler.rosters.publish import publish
from scheduler.rosters.versions import add_draft
from scheduler.timeoff.models import LeaveKind, TimeOff, TimeOffState
from tests.conftest import store_organisation

MONDAY = date(2026, 11, 23)
WHY = Why(reason="a customer moved a delivery")
"""A reason for tests that publish again and look at something else."""
PEOPLE = ("Ann Nowak", "Bo Lis", "Cy Kot", "Di Maj")


@dataclass
class Company:
    """What was stored, detached from its session."""

    organisation_id: UUID
    location: Location
    inbound: Department
    outbound: Department
    picking: Skill
    packing: Skill
    people: dict[str, Employee]
    manager: Account
    shifts_by_code: dict[str, ShiftTemplate] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.location.zone)

    @property
    def actor(self) -> str:
        return f"user:{self.manager.id}"

    def at(self, day: date, hour: float) -> datetime:
        """The instant of a local hour."""
        return local_instant(day, round(hour * 60), self.zone)

    def shift(
        self,
        who: str | None,
        day: date,
        start: float = 8,
        end: float = 16,
        *,
        pinned: bool = False,
        lineage_id: UUID | None = None,
        skill: Skill | None = None,
        department: Department | None = None,
        break_minutes: int = 30,
    ) -> Shift:
        """A shift over local hours with a paid break, as Polish law wants it; not stored yet."""
        starts_at, ends_at = self.at(day, start), self.at(day, end)
        breaks = [{"starts_at": None, "minutes": break_minutes, "paid": True}] if break_minutes else []
        return Shift(
            lineage_id=lineage_id or uuid4(),
            department_id=(department or self.inbound).id,
            skill_id=(skill or self.picking).id,
            employee_id=self.people[who].id if who else None,
            starts_at=starts_at,
            ends_at=ends_at,
            breaks=breaks,
            paid_minutes=minutes_between(starts_at, ends_at),
            pinned=pinned,
        )

    def roster(self, session: Session, starts_on: date = MONDAY) -> Roster:
        """The roster of a week."""
        return create_roster(session, self.location.id, starts_on, actor=self.actor)

    def draft(self, session: Session, roster: Roster, shifts: Sequence[Shift]) -> RosterVersion:
        """A new draft with these shifts."""
        return add_draft(session, roster.id, actor=self.actor, based_on=None, shifts=shifts)

    def leave(self, session: Session, who: str, first: date, end: date) -> TimeOff:
        """Approved leave."""
        leave = TimeOff(
            employee_id=self.people[who].id,
            starts_on=first,
            ends_on=end,
            kind=LeaveKind.SICK,
            state=TimeOffState.APPROVED,
            requested_at=datetime(2026, 1, 1, tzinfo=UTC),
            decided_at=datetime(2026, 1, 2, tzinfo=UTC),
        )
        session.add(leave)
        session.flush()
        return leave

    def cover(
        self, session: Session, days: Sequence[date], start: float, end: float, minimum: int, target: int = 0
    ) -> None:
        """So many pickers wanted over local hours of each day."""
        for day in days:
            session.add(
                CoverageRequirement(
                    location_id=self.location.id,
                    department_id=self.inbound.id,
                    skill_id=self.picking.id,
                    starts_at=self.at(day, start),
                    ends_at=self.at(day, end),
                    minimum=minimum,
                    target=max(minimum, target),
                    maximum=None,
                )
            )
        session.flush()


def week(monday: date = MONDAY) -> list[date]:
    """Its seven days."""
    return days_between(monday, monday + timedelta(days=7))


def store_company(
    database: Database,
    *,
    zone: str = "Europe/Warsaw",
    jurisdiction: str = "pl",
    people: Sequence[str] = PEOPLE,
    slug: str = "test-company",
) -> Company:
    """Store the company in a transaction of its own."""
    organisation_id = store_organisation(database, slug)
    with database.write(organisation_id) as session:
        location = Location(
            code="WAW", name="Main warehouse", zone=zone, jurisdiction=jurisdiction, currency="PLN", hours=[]
        )
        session.add(location)
        session.flush()
        inbound = Department(location_id=location.id, code="IN", name="Inbound")
        outbound = Department(location_id=location.id, code="OUT", name="Outbound")
        picking, packing = Skill(code="PICK", name="Picking"), Skill(code="PACK", name="Packing")
        manager = Account(
            email=f"ewa@{slug}.example",
            name="Ewa Manager",
            password_hash="-",
            created_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        session.add_all([inbound, outbound, picking, packing, manager])
        session.flush()
        company = Company(
            organisation_id, location, inbound, outbound, picking, packing, people={}, manager=manager
        )
        for number, name in enumerate(people, start=1):
            company.people[name.split()[0]] = hire(session, company, f"E{number}", name)
        company.shifts_by_code["DAY"] = day_template(session, company)
    return company


def hire(session: Session, company: Company, number: str, name: str, *, contract: bool = True) -> Employee:
    """An employee who can pick, with a full-time contract unless told otherwise."""
    first, last = name.split()
    employee = Employee(
        number=number,
        first_name=first,
        last_name=last,
        hired_on=date(2025, 1, 1),
        location_id=company.location.id,
        department_id=company.inbound.id,
    )
    session.add(employee)
    session.flush()
    session.add(
        EmployeeSkill(employee_id=employee.id, skill_id=company.picking.id, valid_from=date(2025, 1, 1))
    )
    if contract:
        session.add(
            Contract(
                employee_id=employee.id,
                valid_from=date(2025, 1, 1),
                kind=ContractKind.PERMANENT,
                weekly_minutes=2400,
                min_weekly_minutes=0,
                max_weekly_minutes=2880,
                max_daily_minutes=720,
                hourly_rate_cents=3140,
                currency="PLN",
            )
        )
    session.flush()
    return employee


def day_template(session: Session, company: Company) -> ShiftTemplate:
    """Picking from 6:00 or later for 4 to 8 hours, with a paid half hour from six hours on."""
    template = ShiftTemplate(
        location_id=company.location.id,
        department_id=company.inbound.id,
        skill_id=company.picking.id,
        code="DAY",
        name="Day",
        earliest_start_minute=360,
        latest_start_minute=840,
        start_step_minutes=60,
        shortest_minutes=240,
        longest_minutes=480,
        length_step_minutes=60,
        break_from_minutes=360,
        break_minutes=30,
        break_paid=True,
    )
    session.add(template)
    session.flush()
    return template


def published(
    database: Database, company: Company, shifts: Sequence[Shift], monday: date = MONDAY
) -> tuple[Roster, Publication]:
    """A week with these shifts, published."""
    with database.write(company.organisation_id) as session:
        roster = company.roster(session, monday)
        company.draft(session, roster, shifts)
        revision = roster.revision
        return roster, publish(session, roster.id, expected_revision=revision, actor=company.actor)


def states(session: Session) -> list[tuple[int, VersionState]]:
    """Number and state of every version."""
    rows = session.execute(select(RosterVersion.number, RosterVersion.state).order_by(RosterVersion.number))
    return [(number, state) for number, state in rows]
