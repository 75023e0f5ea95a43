"""What lines may refer to: records stored before, and those of other files of the same import."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.imports.columns import Column, Line
from scheduler.imports.forms import did_you_mean
from scheduler.organisation.models import Department, Location
from scheduler.people.models import Employee, JobRole, Skill
from scheduler.people.pay_calendar import PayCalendar
from scheduler.people.pay_groups import calendar_of, list_pay_groups


@dataclass(slots=True)
class Place:
    """A location, as far as lines must know it."""

    id: UUID
    code: str
    zone: ZoneInfo
    currency: str
    hours: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Opening hours by weekday, as in `scheduler.organisation.opening_hours`."""


@dataclass(slots=True)
class Person:
    """An employee, as far as lines must know them."""

    id: UUID
    number: str
    place: Place
    hired_on: date


@dataclass(slots=True)
class Directory:
    """Everything that can be referred to, by the names that files use.

    Parameters
    ----------
    refused
        Kind and texts of keys whose own line was refused: a line that refers to one of them is bad too, but
        the mistake to mend is the other one, so it is not reported again.
    unread
        Kinds of which a file could not be read at all.
    """

    places: dict[str, Place] = field(default_factory=dict)
    departments: dict[tuple[str, str], UUID] = field(default_factory=dict)
    job_roles: dict[str, UUID] = field(default_factory=dict)
    skills: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    pay_groups: dict[str, UUID] = field(default_factory=dict)
    pay_calendars: dict[str, tuple[PayCalendar, ...]] = field(default_factory=dict)
    """The calendars of stored pay groups."""
    refused: set[tuple[str, ...]] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)

    def place(self, line: Line, column: Column[str]) -> Place | None:
        """The location a cell names; None, with the line refused, if there is none."""
        code = line[column]
        if code not in self.places:
            self._refuse(line, column, "locations", "location", self.places, code)
        return self.places.get(code)

    def department(self, line: Line, column: Column[str], place: Place) -> UUID | None:
        """The department of a location that a cell names; None, with the line refused, if there is none."""
        code = line[column]
        if (place.code, code) not in self.departments:
            here = [department for location, department in self.departments if location == place.code]
            self._refuse(line, column, "departments", f"department of {place.code}", here, place.code, code)
        return self.departments.get((place.code, code))

    def job_role(self, line: Line, column: Column[str], code: str) -> UUID | None:
        """The job role a cell names; None, with the line refused, if there is none."""
        if code not in self.job_roles:
            self._refuse(line, column, "job_roles", "job role", self.job_roles, code)
        return self.job_roles.get(code)

    def skill(self, line: Line, column: Column[str]) -> UUID | None:
        """The skill a cell names; None, with the line refused, if there is none."""
        code = line[column]
        if code not in self.skills:
            self._refuse(line, column, "skills", "skill", self.skills, code)
        return self.skills.get(code)

    def person(self, line: Line, column: Column[str]) -> Person | None:
        """The employee a cell names by number; None, with the line refused, if there is none."""
        number = line[column]
        if number not in self.people:
            self._refuse(line, column, "employees", "employee", self.people, number)
        return self.people.get(number)

    def pay_group(self, line: Line, column: Column[str]) -> UUID | None:
        """The pay group a cell names; None, with the line refused, if there is none."""
        code = line[column]
        if code not in self.pay_groups:
            self._refuse(line, column, "pay_groups", "pay group", self.pay_groups, code)
        return self.pay_groups.get(code)

    def _refuse(
        self,
        line: Line,
        column: Column[str],
        kind: str,
        what: str,
        known: Iterable[str],
        *key: str,
    ) -> None:
        if kind in self.unread or (kind, *key) in self.refused:
            line.bad = True
            return
        names = sorted(known)
        listed = f"known are {', '.join(names[:8])}{' ...' if len(names) > 8 else ''}"
        none_yet = f"there is none yet: import {kind} first or together"
        line.refuse(
            column, f"there is no such {what}", did_you_mean(key[-1], names, listed if names else none_yet)
        )


def load_directory(session: Session) -> Directory:
    """What is stored for the session's tenant."""
    book = Directory()
    codes: dict[UUID, str] = {}
    for location in session.scalars(select(Location)):
        hours = {each.weekday: (each.opens_minute, each.closes_minute) for each in location.hours}
        zone = ZoneInfo(location.zone)
        book.places[location.code] = Place(location.id, location.code, zone, location.currency, hours)
        codes[location.id] = location.code
    departments = select(Department.location_id, Department.code, Department.id)
    for location_id, code, department_id in session.execute(departments):
        book.departments[codes[location_id], code] = department_id
    book.job_roles = {code: id_ for code, id_ in session.execute(select(JobRole.code, JobRole.id))}  # noqa: C416 - mypy takes dict() of rows for pairs of anything
    book.skills = {code: id_ for code, id_ in session.execute(select(Skill.code, Skill.id))}  # noqa: C416 - mypy takes dict() of rows for pairs of anything
    for group in list_pay_groups(session):
        book.pay_groups[group.code] = group.id
        book.pay_calendars[group.code] = tuple(calendar_of(each) for each in group.calendars)
    people = select(Employee.number, Employee.id, Employee.location_id, Employee.hired_on)
    for number, employee_id, location_id, hired_on in session.execute(people):
        book.people[number] = Person(employee_id, number, book.places[codes[location_id]], hired_on)
    return book
