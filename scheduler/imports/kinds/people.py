"""Job roles, skills, employees, contracts, the skills of employees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from scheduler.imports import forms
from scheduler.imports.columns import Column, Line
from scheduler.imports.directory import Directory, Person
from scheduler.imports.kind import Apart, Draft, Kind, Values
from scheduler.kernel.money import minor_digits, round_cents
from scheduler.people.models import (
    Contract,
    ContractKind,
    Employee,
    EmployeeSkill,
    JobRole,
    Skill,
    SkillKind,
)

DAY = timedelta(days=1)
FIRST_DAY = Column("first_day", forms.DATE, "first day on which it holds")
LAST_DAY = Column("last_day", forms.DATE, "last day on which it holds; empty: without end", required=False)


class JobRoles(Kind):
    """What people are hired as."""

    name = "job_roles"
    title = "Job roles"
    CODE = Column("code", forms.CODE, "what other files call the job role")
    NAME = Column("name", forms.NAME, "what people call it")
    columns = (CODE, NAME)
    claims = (CODE,)
    model = JobRole
    key = ("code",)

    def read(self, line: Line, book: Directory) -> Iterator[Values]:
        """One job role."""
        yield {"code": line[self.CODE], "name": line[self.NAME]}

    def learn(self, draft: Draft, book: Directory) -> None:
        """Make the job role known."""
        book.job_roles[draft.values["code"]] = draft.id


class Skills(Kind):
    """What shifts can require."""

    name = "skills"
    title = "Skills and certificates"
    CODE = Column("code", forms.CODE, "what other files call the skill")
    NAME = Column("name", forms.NAME, "what people call it")
    KIND = Column("kind", forms.choice(SkillKind), "a certificate can expire")
    columns = (CODE, NAME, KIND)
    claims = (CODE,)
    model = Skill
    key = ("code",)

    def read(self, line: Line, book: Directory) -> Iterator[Values]:
        """One skill."""
        yield {"code": line[self.CODE], "name": line[self.NAME], "kind": line[self.KIND]}

    def learn(self, draft: Draft, book: Directory) -> None:
        """Make the skill known."""
        book.skills[draft.values["code"]] = draft.id


class Employees(Kind):
    """People who work shifts."""

    name = "employees"
    title = "Employees"
    NUMBER = Column("number", forms.CODE, "employee number, unique in the organisation")
    FIRST_NAME = Column("first_name", forms.text(100), "first name")
    LAST_NAME = Column("last_name", forms.text(100), "last name")
    EMAIL = Column("email", forms.EMAIL, "address for messages", required=False)
    BORN_ON = Column("born_on", forms.DATE, "date of birth; minors have rules of their own", required=False)
    HIRED_ON = Column("hired_on", forms.DATE, "first day of employment")
    LAST_DAY = Column("last_day", forms.DATE, "last day of employment; empty: still employed", required=False)
    LOCATION = Column("location", forms.CODE, "code of the location")
    DEPARTMENT = Column("department", forms.CODE, "code of the department there")
    JOB_ROLE = Column("job_role", forms.CODE, "code of the job role", required=False)
    columns = (
        NUMBER,
        FIRST_NAME,
        LAST_NAME,
        EMAIL,
        BORN_ON,
        HIRED_ON,
        LAST_DAY,
        LOCATION,
        DEPARTMENT,
        JOB_ROLE,
    )
    claims = (NUMBER,)
    model = Employee
    key = ("number",)

    def read(self, line: Line, book: Directory) -> Iterator[Values]:
        """One employee."""
        place = book.place(line, self.LOCATION)
        department_id = book.department(line, self.DEPARTMENT, place) if place else None
        role = line.get(self.JOB_ROLE)
        job_role_id = book.job_role(line, self.JOB_ROLE, role) if role else None
        born_on, hired_on, last_day = line.get(self.BORN_ON), line[self.HIRED_ON], line.get(self.LAST_DAY)
        if born_on and born_on >= hired_on:
            line.refuse(self.BORN_ON, f"is not before the day of hiring, {hired_on}", "check both dates")
        if last_day and last_day < hired_on:
            hint = "a day on or after it, or leave it empty"
            line.refuse(self.LAST_DAY, f"is before the day of hiring, {hired_on}", hint)
        if place is None or department_id is None:
            return
        yield {
            "number": line[self.NUMBER],
            "first_name": line[self.FIRST_NAME],
            "last_name": line[self.LAST_NAME],
            "email": line.get(self.EMAIL),
            "born_on": born_on,
            "hired_on": hired_on,
            "left_on": last_day + DAY if last_day else None,
            "location_id": place.id,
            "department_id": department_id,
            "job_role_id": job_role_id,
        }

    def learn(self, draft: Draft, book: Directory) -> None:
        """Make the employee known."""
        number, place = draft.values["number"], book.places[draft.line[self.LOCATION]]
        book.people[number] = Person(draft.id, number, place, draft.values["hired_on"])


def end_day(line: Line, first_day: date) -> date | None:
    """First day after a line's last day; refuses the line if that is not after ``first_day``."""
    last_day = line.get(LAST_DAY)
    if last_day is None:
        return None
    if last_day < first_day:
        line.refuse(LAST_DAY, f"is before the first day, {first_day}", "a later day, or empty for no end")
    return last_day + DAY


class Contracts(Kind):
    """Terms of employment."""

    name = "contracts"
    title = "Contracts"
    about = (
        "Nobody has two contracts on one day: to change terms, give the old contract its last day and the "
        "new one the day after, in the same file."
    )
    EMPLOYEE = Column("employee", forms.CODE, "employee number")
    KIND = Column("kind", forms.choice(ContractKind), "kind of employment")
    WEEKLY = Column("weekly_hours", forms.HOURS, "agreed hours of a week")
    MIN_WEEKLY = Column("min_weekly_hours", forms.HOURS, "fewest hours of a week; empty: 0", required=False)
    MAX_WEEKLY = Column(
        "max_weekly_hours", forms.HOURS, "most hours of a week; empty: the agreed ones", required=False
    )
    MAX_DAILY = Column("max_daily_hours", forms.HOURS, "most hours of a day")
    RATE = Column("hourly_rate", forms.MONEY, "pay for an hour")
    CURRENCY = Column("currency", forms.CURRENCY, "empty: the currency of the location", required=False)
    columns = (
        EMPLOYEE,
        FIRST_DAY,
        LAST_DAY,
        KIND,
        WEEKLY,
        MIN_WEEKLY,
        MAX_WEEKLY,
        MAX_DAILY,
        RATE,
        CURRENCY,
    )
    model = Contract
    key = ("employee_id", "valid_from")
    apart = Apart(
        ("employee_id",),
        "valid_from",
        "valid_until",
        FIRST_DAY,
        hint="let the earlier contract end the day before, with last_day in the same file",
    )

    def read(self, line: Line, book: Directory) -> Iterator[Values]:
        """One contract."""
        person = book.person(line, self.EMPLOYEE)
        first_day, weekly = line[FIRST_DAY], line[self.WEEKLY]
        until = end_day(line, first_day)
        least, given_most = line.get(self.MIN_WEEKLY) or 0, line.get(self.MAX_WEEKLY)
        most = weekly if given_most is None else given_most
        if least > weekly:
            line.refuse(self.MIN_WEEKLY, "is more than the agreed hours", "at most weekly_hours")
        if most < weekly:
            line.refuse(self.MAX_WEEKLY, "is less than the agreed hours", "at least weekly_hours")
        if not 0 < line[self.MAX_DAILY] <= 24 * 60:
            line.refuse(self.MAX_DAILY, "is no daily limit", "more than 0 and at most 24")
        if person is None or line.bad:
            return
        currency = line.get(self.CURRENCY) or person.place.currency
        yield {
            "employee_id": person.id,
            "valid_from": first_day,
            "valid_until": until,
            "kind": line[self.KIND],
            "weekly_minutes": weekly,
            "min_weekly_minutes": least,
            "max_weekly_minutes": most,
            "max_daily_minutes": line[self.MAX_DAILY],
            "hourly_rate_cents": minor_units(line[self.RATE], currency),
            "currency": currency,
        }


def minor_units(amount: Decimal, currency: str) -> int:
    """An amount in minor units of its currency, such as grosze or cents.

    Examples
    --------
    >>> minor_units(Decimal("31.40"), "PLN"), minor_units(Decimal("1100"), "JPY")
    (3140, 1100)
    """
    return round_cents(amount.scaleb(minor_digits(currency)))


class EmployeeSkills(Kind):
    """Who can do what, and until when it is proven."""

    name = "employee_skills"
    title = "Skills and certificates of employees"
    EMPLOYEE = Column("employee", forms.CODE, "employee number")
    SKILL = Column("skill", forms.CODE, "code of the skill or certificate")
    FIRST_DAY = Column(
        "first_day", forms.DATE, "first day of validity; empty: the day of hiring", required=False
    )
    columns = (EMPLOYEE, SKILL, FIRST_DAY, LAST_DAY)
    model = EmployeeSkill
    key = ("employee_id", "skill_id", "valid_from")
    apart = Apart(
        ("employee_id", "skill_id"),
        "valid_from",
        "valid_until",
        SKILL,
        hint="one validity at a time: let the earlier one end the day before",
    )

    def read(self, line: Line, book: Directory) -> Iterator[Values]:
        """One skill of one employee."""
        person, skill_id = book.person(line, self.EMPLOYEE), book.skill(line, self.SKILL)
        if person is None or skill_id is None:
            return
        valid_from = line.get(self.FIRST_DAY) or person.hired_on
        yield {
            "employee_id": person.id,
            "skill_id": skill_id,
            "valid_from": valid_from,
            "valid_until": end_day(line, valid_from),
        }
