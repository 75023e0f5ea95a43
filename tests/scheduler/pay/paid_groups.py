"""Pay groups of the company with a time clock, written so that tests read as what happened."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.pay.change_pay_days import put_employee_in_group, put_location_in_group
from scheduler.people.models import Employee
from scheduler.people.pay_calendar import PayCalendar, PayCalendarKind
from scheduler.people.pay_groups import PayGroupTerms, create_pay_group
from tests.scheduler.pay.paid_weeks import PAYROLL

MONTHLY = PayCalendar(PayCalendarKind.MONTHLY, first_day=1)
FORTNIGHTS = PayCalendar(PayCalendarKind.FORTNIGHTLY, anchor_on=date(2026, 11, 2))
HALVES = PayCalendar(PayCalendarKind.SEMI_MONTHLY, first_day=5, second_day=20)
"""Of November 2026 the 19th and 20th are a Thursday and a Friday: the change cuts a workweek."""
LONG_AGO = date(2026, 1, 1)


def group(session: Session, calendar: PayCalendar, code: str = "G") -> UUID:
    """A pay group that nobody is in."""
    return create_pay_group(session, code, PayGroupTerms(f"Group {code}"), calendar, actor=PAYROLL).id


def everybody_in(
    session: Session, location_id: UUID, calendar: PayCalendar, *, valid_from: date = LONG_AGO
) -> UUID:
    """The location is in a new pay group from a day on."""
    made = group(session, calendar)
    put_location_in_group(session, location_id, made, valid_from=valid_from, actor=PAYROLL)
    return made


def somebody_in(
    session: Session, who: Employee, calendar: PayCalendar, *, valid_from: date = LONG_AGO, code: str = "P"
) -> UUID:
    """Somebody is in a new pay group of his own from a day on."""
    made = group(session, calendar, code)
    put_employee_in_group(session, who.id, made, valid_from=valid_from, actor=PAYROLL)
    return made
