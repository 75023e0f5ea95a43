"""A punch as it arrives, and whether it can be one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.clock import as_utc, local_day, utc_now, zone_named
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.organisation.models import Location
from scheduler.people.models import Employee
from scheduler.timekeeping.models import PunchKind

CLOCK_SKEW = timedelta(minutes=5)
"""A time clock may run this far ahead of ours."""

LONGEST_EXTERNAL_ID = 120


@dataclass(frozen=True, slots=True)
class NewPunch:
    """A punch as it arrives; the fields mean what they mean in `Punch`."""

    employee_id: UUID
    location_id: UUID
    at: datetime
    kind: PunchKind
    source: str
    external_id: str


def check_arrivals(
    session: Session,
    arrivals: Sequence[NewPunch],
    employees: Mapping[UUID, Employee],
    sources: Collection[str],
) -> None:
    """Refuse all of them if one cannot be a punch.

    Parameters
    ----------
    employees
        Those known, by id.
    sources
        Sources that may send them.

    Raises
    ------
    InvalidInput
        With every bad value; ``punches[2].at`` names the third of several.
    """
    wanted = {arrival.location_id for arrival in arrivals}
    places = {place.id: place for place in session.scalars(select(Location).where(Location.id.in_(wanted)))}
    errors: list[FieldError] = []
    for index, arrival in enumerate(arrivals):
        prefix = f"punches[{index}]." if len(arrivals) > 1 else ""
        employee, place = employees.get(arrival.employee_id), places.get(arrival.location_id)
        for field, value, problem, hint in (
            *_in_itself(arrival, sources),
            *_against_records(arrival, employee, place),
        ):
            errors.append(FieldError(prefix + field, value, problem, hint))
    if errors:
        raise InvalidInput(errors)


_Complaint = tuple[str, str, str, str]


def _in_itself(arrival: NewPunch, sources: Collection[str]) -> Iterator[_Complaint]:
    if not arrival.external_id.strip() or len(arrival.external_id) > LONGEST_EXTERNAL_ID:
        hint = f"1 to {LONGEST_EXTERNAL_ID} characters that name this punch and no other"
        yield "external_id", arrival.external_id[:LONGEST_EXTERNAL_ID], "this cannot be an external id", hint
    if arrival.source not in sources:
        yield "source", arrival.source, "no such source", f"one of {', '.join(sources)}"
    if arrival.kind is PunchKind.VOID:
        yield (
            "kind",
            "void",
            "a void takes back a punch and is a correction",
            "in, out, break_start or break_end",
        )
    at = arrival.at.isoformat()
    if arrival.at.utcoffset() is None:
        yield "at", at, "it has no offset and names no instant", f"an offset, such as {at}+00:00"
    elif as_utc(arrival.at) > utc_now() + CLOCK_SKEW:
        yield "at", at, "this lies in the future", "an instant that has come; is the clock right?"


def _against_records(
    arrival: NewPunch, employee: Employee | None, place: Location | None
) -> Iterator[_Complaint]:
    if employee is None:
        yield "employee_id", str(arrival.employee_id), "no such employee", "the id of an employee"
    if place is None:
        yield "location_id", str(arrival.location_id), "no such location", "the id of a location"
    if employee is None or place is None or arrival.at.utcoffset() is None:
        return
    day = local_day(arrival.at, zone_named(place.zone))
    # A night that begins on the last day of employment ends on the day after it.
    if day < employee.hired_on or (employee.left_on is not None and day > employee.left_on):
        until = f" to {employee.left_on}" if employee.left_on else ""
        hint = f"a day from {employee.hired_on}{until}"
        yield "at", arrival.at.isoformat(), f"{employee.name} was not employed on {day}", hint
