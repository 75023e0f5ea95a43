"""A pay group for the world of API tests."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.people.models import PayGroup, PayGroupCalendar
from scheduler.people.pay_calendar import PayCalendarKind


def store_pay_group(session: Session, marker: str) -> dict[str, UUID]:
    """One that nobody is in; its id as paths name it."""
    group = PayGroup(code="office", name=f"{marker} office")
    monthly = PayGroupCalendar(valid_from=date(2026, 1, 1), kind=PayCalendarKind.MONTHLY, first_day=1)
    group.calendars = [monthly]
    session.add(group)
    session.flush()
    return {"pay_group_id": group.id}
