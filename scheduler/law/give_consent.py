"""Write down that somebody consents to be outside a rule of law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import local_day, utc_now, zone_named
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.law.agreements import layers_in
from scheduler.law.grounds import consent_grounds
from scheduler.law.models import ConsentRecord
from scheduler.organisation.locations import find_location
from scheduler.people.employees import find_employee


@dataclass(frozen=True, slots=True)
class NewConsent:
    """What is said of a consent; the fields mean what they mean in `Consent`.

    Parameters
    ----------
    notice_days
        None takes what the law says.
    """

    ground: str
    given_on: date
    valid_from: date
    valid_until: date | None = None
    notice_days: int | None = None
    evidence: str = ""


def give_consent(session: Session, employee_id: UUID, new: NewConsent, *, actor: str) -> ConsentRecord:
    """A new consent of somebody; one that was given before stays as it is.

    Raises
    ------
    InvalidInput
        For a ground that consent does not open at the person's location, with those it does; for days that
        are not in order, or a consent given in the future.
    SchedulerError
        ``employee_not_found``.
    """
    employee = find_employee(session, employee_id)
    location = find_location(session, employee.location_id)
    known = consent_grounds(layers_in(session, location.jurisdiction))
    today = local_day(utc_now(), zone_named(location.zone))
    errors = _errors(new, today)
    if new.ground not in known:
        hint = f"one of {', '.join(known)}" if known else "nothing: the law here knows no such consent"
        errors.append(FieldError("ground", new.ground, "cannot be consented to here", hint))
    if errors:
        raise InvalidInput(errors)
    given = ConsentRecord(
        employee_id=employee_id,
        ground=new.ground,
        given_on=new.given_on,
        valid_from=new.valid_from,
        valid_until=new.valid_until,
        notice_days=known[new.ground].withdrawal_days if new.notice_days is None else new.notice_days,
        evidence=new.evidence,
        recorded_by=actor,
        recorded_at=utc_now(),
    )
    session.add(given)
    session.flush()
    facts = {"ground": new.ground, "valid_from": new.valid_from.isoformat(), "employee": str(employee_id)}
    record(session, actor, "consent.give", "consent", given.id, **facts)
    return given


def _errors(new: NewConsent, today: date) -> list[FieldError]:
    found = []
    if new.given_on > today:
        found.append(FieldError("given_on", str(new.given_on), "is still to come", f"{today} or earlier"))
    if new.valid_from < new.given_on:
        hint = f"{new.given_on}, the day it was given, or later"
        found.append(FieldError("valid_from", str(new.valid_from), "is before it was given", hint))
    if new.valid_until is not None and new.valid_until <= new.valid_from:
        hint = f"after {new.valid_from}, or none for a consent without end"
        found.append(FieldError("valid_until", str(new.valid_until), "is not after its first day", hint))
    if new.notice_days is not None and not 0 <= new.notice_days <= 366:
        found.append(FieldError("notice_days", str(new.notice_days), "cannot be", "0 to 366 days"))
    return found
