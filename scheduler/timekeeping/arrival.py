"""A punch as it arrives, and whether it can be one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.clock import as_utc, local_day, utc_now, zone_named
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.organisation.models import Location
from scheduler.people.models import Employee, JobRole
from scheduler.timekeeping.models import PunchKind
from scheduler.timekeeping.punch_place import NOT_ASKED, Whence

CLOCK_SKEW = timedelta(minutes=5)
"""A time clock may run this far ahead of ours."""

OFFLINE = {"device": timedelta(days=31), "offline": timedelta(days=31)}
"""How long punches of these sources may be under way."""

LONGEST_EXTERNAL_ID = 120

STARTS_JOB = (PunchKind.IN, PunchKind.TRANSFER)
"""Kinds that say which job is worked in from then on."""


@dataclass(frozen=True, slots=True)
class NewPunch:
    """A punch as it arrives; the fields mean what they mean in `Punch`."""

    employee_id: UUID
    location_id: UUID
    at: datetime
    kind: PunchKind
    source: str
    external_id: str
    job_role_id: UUID | None = None
    whence: Whence = NOT_ASKED

    def columns(self) -> dict[str, Any]:
        """What a `Punch` keeps of it."""
        kept = asdict(self) | {"at": as_utc(self.at)}
        del kept["whence"]
        return kept | asdict(self.whence)


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
    found = arrival_errors(session, arrivals, employees, sources)
    if len(arrivals) > 1:
        found = [
            [replace(error, field=f"punches[{index}].{error.field}") for error in errors]
            for index, errors in enumerate(found)
        ]
    if any(found):
        raise InvalidInput([error for errors in found for error in errors])


def arrival_errors(
    session: Session,
    arrivals: Sequence[NewPunch],
    employees: Mapping[UUID, Employee],
    sources: Collection[str],
) -> list[list[FieldError]]:
    """Every bad value of each of them, in the order given; see `check_arrivals`."""
    wanted = {arrival.location_id for arrival in arrivals}
    places = {place.id: place for place in session.scalars(select(Location).where(Location.id.in_(wanted)))}
    jobs = {arrival.job_role_id for arrival in arrivals} - {None}
    known = set(session.scalars(select(JobRole.id).where(JobRole.id.in_(jobs)))) if jobs else set()
    return [
        [
            FieldError(*complaint)
            for complaint in (
                *_in_itself(arrival, sources),
                *_job(arrival, known),
                *_against_records(
                    arrival, employees.get(arrival.employee_id), places.get(arrival.location_id)
                ),
            )
        ]
        for arrival in arrivals
    ]


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
            "in, out, break_start, break_end or transfer",
        )
    at = arrival.at.isoformat()
    if arrival.at.utcoffset() is None:
        yield "at", at, "it has no offset and names no instant", f"an offset, such as {at}+00:00"
    elif as_utc(arrival.at) > utc_now() + CLOCK_SKEW:
        yield "at", at, "this lies in the future", "an instant that has come; is the clock right?"
    elif arrival.source in OFFLINE and as_utc(arrival.at) < utc_now() - OFFLINE[arrival.source]:
        days = OFFLINE[arrival.source].days
        yield "at", at, f"this is more than {days} days ago", "a correction, made by a manager with a reason"


def _job(arrival: NewPunch, known: Collection[UUID]) -> Iterator[_Complaint]:
    if arrival.job_role_id is None:
        return
    if arrival.kind not in STARTS_JOB:
        hint = "in or transfer; leave the job out of other punches"
        yield "job_role_id", str(arrival.job_role_id), "no job begins with this punch", hint
    elif arrival.job_role_id not in known:
        hint = "the id of a job role; null for the person's own job"
        yield "job_role_id", str(arrival.job_role_id), "no such job role", hint


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
