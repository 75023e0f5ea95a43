"""A company of one location, small enough to keep in mind, for tests that need records to work on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from scheduler.organisation.models import Department, Location, OpeningHours
from scheduler.people.models import Contract, ContractKind, Employee, EmployeeSkill, Skill


@dataclass(frozen=True)
class SmallCompany:
    """A warehouse in Warsaw, open every day from 6 to 22, with Ann, who can pick."""

    location: Location
    department: Department
    skill: Skill
    ann: Employee


def store_small_company(session: Session) -> SmallCompany:
    """Store it for the session's tenant, flushed."""
    location = Location(code="WAW", name="Warsaw", zone="Europe/Warsaw", jurisdiction="pl", currency="PLN")
    location.hours = [OpeningHours(weekday=day, opens_minute=360, closes_minute=1320) for day in range(7)]
    department = Department(code="OUT", name="Outbound", location=location)
    skill = Skill(code="pick", name="Picking")
    session.add_all([location, department, skill])
    session.flush()
    ann = employee(location, department, "1", "Ann")
    ann.skills = [EmployeeSkill(skill_id=skill.id, valid_from=date(2026, 1, 1), valid_until=None)]
    ann.contracts = [
        Contract(
            valid_from=date(2026, 1, 1),
            valid_until=None,
            kind=ContractKind.PERMANENT,
            weekly_minutes=2400,
            min_weekly_minutes=0,
            max_weekly_minutes=2880,
            max_daily_minutes=720,
            hourly_rate_cents=4000,
            currency="PLN",
        )
    ]
    session.add(ann)
    session.flush()
    return SmallCompany(location, department, skill, ann)


def employee(location: Location, department: Department, number: str, first_name: str) -> Employee:
    """Somebody without skills or contract, not yet stored."""
    return Employee(
        number=number,
        first_name=first_name,
        last_name="Nowak",
        hired_on=date(2026, 1, 1),
        location_id=location.id,
        department_id=department.id,
    )
