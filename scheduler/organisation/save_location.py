"""Make a location, or change what is known of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import zone_named
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.kernel.money import is_currency
from scheduler.organisation.locations import find_location
from scheduler.organisation.models import Department, Location, OpeningHours

_JURISDICTION = re.compile(r"[a-z]{2}(-[a-z0-9]{1,8})*")
_SECTOR = re.compile(r"[a-z]+(_[a-z]+)*")


@dataclass(frozen=True, slots=True)
class Hours:
    """When a location is open on a weekday; the fields mean what they mean in `OpeningHours`."""

    weekday: int
    opens_minute: int
    closes_minute: int


@dataclass(frozen=True, slots=True)
class LocationFacts:
    """What is said of a location; the fields mean what they mean in `Location`."""

    code: str
    name: str
    zone: str
    jurisdiction: str
    currency: str
    hours: Sequence[Hours] = ()
    sector: str | None = None

    def errors(self) -> list[FieldError]:
        """Everything that cannot be."""
        found: list[FieldError] = []
        try:
            zone_named(self.zone)
        except InvalidInput as refusal:
            found += refusal.errors
        if not _JURISDICTION.fullmatch(self.jurisdiction):
            hint = "the id of a rule pack, such as pl or us-ca"
            found.append(FieldError("jurisdiction", self.jurisdiction, "cannot be a rule pack", hint))
        if self.sector is not None and not _SECTOR.fullmatch(self.sector):
            hint = "a line of business as rule packs name it, such as fast_food; null for none"
            found.append(FieldError("sector", self.sector, "cannot be a sector", hint))
        if not is_currency(self.currency):
            found.append(
                FieldError("currency", self.currency, "is no known currency", "ISO 4217, such as PLN")
            )
        seen: set[int] = set()
        for place, day in enumerate(self.hours):
            path = f"hours[{place}]"
            if not 0 <= day.weekday <= 6:
                found.append(FieldError(f"{path}.weekday", str(day.weekday), "is no weekday", "0 to 6"))
            if day.weekday in seen:
                hint = "one span a weekday"
                found.append(FieldError(f"{path}.weekday", str(day.weekday), "is there twice", hint))
            seen.add(day.weekday)
            if not 0 <= day.opens_minute < day.closes_minute <= 2880 or day.opens_minute >= 1440:
                value = f"{day.opens_minute} to {day.closes_minute}"
                hint = "0 <= opens_minute < closes_minute <= 2880, opening before midnight (1440)"
                found.append(FieldError(f"{path}.closes_minute", value, "cannot be opening hours", hint))
        return found


def create_location(session: Session, facts: LocationFacts, *, actor: str) -> Location:
    """A new location.

    Raises
    ------
    InvalidInput
        With everything that cannot be, an unknown zone for one.
    SchedulerError
        ``code_taken`` if a location has the code.
    """
    location = Location()
    session.add(location)
    return _save(session, location, facts, "location.create", actor)


def change_location(session: Session, location_id: UUID, facts: LocationFacts, *, actor: str) -> Location:
    """The location, with everything as said; instants that are stored do not move with a new zone.

    Raises
    ------
    InvalidInput
        With everything that cannot be.
    SchedulerError
        ``location_not_found``; ``code_taken`` if another location has the code.
    """
    return _save(session, find_location(session, location_id), facts, "location.change", actor)


def create_department(session: Session, location_id: UUID, *, code: str, name: str, actor: str) -> Department:
    """A new department of a location.

    Raises
    ------
    SchedulerError
        ``location_not_found``; ``code_taken`` if a department of the location has the code.
    """
    find_location(session, location_id)
    of_location = select(Department.id).where(Department.location_id == location_id, Department.code == code)
    if session.scalar(of_location) is not None:
        raise SchedulerError("code_taken", what="department of this location", taken=code)
    department = Department(location_id=location_id, code=code, name=name)
    session.add(department)
    session.flush()
    record(session, actor, "department.create", "department", department.id, code=code)
    return department


def _save(session: Session, location: Location, facts: LocationFacts, action: str, actor: str) -> Location:
    with session.no_autoflush:
        if errors := facts.errors():
            raise InvalidInput(errors)
        same_code = select(Location.id).where(Location.code == facts.code)
        taken = session.scalar(same_code)
    if taken is not None and taken != location.id:
        raise SchedulerError("code_taken", what="location", taken=facts.code)
    for name in ("code", "name", "zone", "jurisdiction", "sector", "currency"):
        setattr(location, name, getattr(facts, name))
    said = {day.weekday: day for day in facts.hours}
    kept = [row for row in location.hours if row.weekday in said]
    for row in kept:
        row.opens_minute, row.closes_minute = said[row.weekday].opens_minute, said[row.weekday].closes_minute
    known = {row.weekday for row in kept}
    location.hours = kept + [
        OpeningHours(weekday=day.weekday, opens_minute=day.opens_minute, closes_minute=day.closes_minute)
        for day in facts.hours
        if day.weekday not in known
    ]
    session.flush()
    record(session, actor, action, "location", location.id, code=facts.code, zone=facts.zone)
    return location
