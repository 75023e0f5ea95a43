"""Take a consent back."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import local_day, utc_now, zone_named
from scheduler.kernel.errors import SchedulerError
from scheduler.law.consent_records import find_consent
from scheduler.law.models import ConsentRecord
from scheduler.organisation.locations import find_location
from scheduler.people.employees import find_employee


def withdraw_consent(session: Session, consent_id: UUID, *, actor: str) -> ConsentRecord:
    """The consent, taken back today; it ends after its notice.

    Raises
    ------
    SchedulerError
        ``consent_not_found``; ``consent_withdrawn`` if that was done before.
    """
    consent = find_consent(session, consent_id)
    if consent.withdrawn_on is not None:
        raise SchedulerError("consent_withdrawn", withdrawn_on=consent.withdrawn_on.isoformat())
    employee = find_employee(session, consent.employee_id)
    zone = zone_named(find_location(session, employee.location_id).zone)
    consent.withdrawn_on, consent.withdrawn_by = local_day(utc_now(), zone), actor
    session.flush()
    record(session, actor, "consent.withdraw", "consent", consent.id, ground=consent.ground)
    return consent
