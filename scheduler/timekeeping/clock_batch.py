"""Take in punches of time clocks one by one: a bad one never loses the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import FieldError, SchedulerError
from scheduler.kernel.ids import new_id
from scheduler.people.hold_employees import CHUNK, hold_employees
from scheduler.people.models import Employee
from scheduler.timekeeping.arrival import NewPunch, arrival_errors
from scheduler.timekeeping.models import Punch, PunchKind
from scheduler.timekeeping.punch import SOURCES, known_punches, same_or_refused, store_punches
from scheduler.timekeeping.punch_place import Whence

NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class ClockPunch:
    """A punch as a time clock took it down; who it is, is said by id or by employee number."""

    at: datetime
    kind: PunchKind
    external_id: str
    location_id: UUID
    employee_id: UUID | None = None
    employee_number: str | None = None
    job_role_id: UUID | None = None


class Outcome(StrEnum):
    """What became of a punch that was sent."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    """It is known already, and nothing changed."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one punch of a batch.

    Parameters
    ----------
    punch_id
        Of the punch that is stored; None for one that was refused.
    refusal
        Why; None for one that was not.
    errors
        Every value that cannot be, with what would do.
    """

    outcome: Outcome
    punch_id: UUID | None = None
    refusal: SchedulerError | None = None
    errors: tuple[FieldError, ...] = ()


def record_each(
    session: Session,
    sent: Sequence[ClockPunch],
    *,
    source: str,
    actor: str,
    clock_offset_seconds: int | None = None,
) -> list[Answer]:
    """What became of each punch, in the order given; those accepted are stored together.

    They may come late, in any order and again: one whose external id is known changes nothing, and one that
    is known with other content is refused.

    Raises
    ------
    SchedulerError
        ``punch_conflict`` if somebody else stored one of them at the same moment; nothing is stored then, and
        sending it all again does.
    """
    arrivals = _arrivals(session, sent, source, Whence(clock_offset_seconds=clock_offset_seconds))
    held = hold_employees(session, (arrival.employee_id for arrival in arrivals))
    errors = arrival_errors(session, arrivals, held, SOURCES)
    known = known_punches(session, {arrival.external_id for arrival in arrivals})
    new: list[Punch] = []
    answers: list[Answer] = []
    for punch, arrival, wrong in zip(sent, arrivals, errors, strict=True):
        if wrong:
            answers.append(Answer(Outcome.REFUSED, errors=tuple(_named(punch, error) for error in wrong)))
            continue
        stored = known.get(arrival.external_id)
        if stored is not None:
            answers.append(_again(arrival, stored))
            continue
        stored = Punch(id=new_id(), **arrival.columns(), recorded_at=utc_now(), recorded_by=actor)
        known[arrival.external_id] = stored
        new.append(stored)
        answers.append(Answer(Outcome.ACCEPTED, punch_id=stored.id))
    store_punches(session, new, held, actor=actor)
    return answers


def _again(arrival: NewPunch, stored: Punch) -> Answer:
    try:
        same_or_refused(arrival, stored)
    except SchedulerError as refusal:
        return Answer(Outcome.REFUSED, refusal=refusal)
    return Answer(Outcome.DUPLICATE, punch_id=stored.id)


def _arrivals(session: Session, sent: Sequence[ClockPunch], source: str, whence: Whence) -> list[NewPunch]:
    numbers = sorted({punch.employee_number for punch in sent if punch.employee_number is not None})
    numbered: dict[str, UUID] = {}
    for start in range(0, len(numbers), CHUNK):
        query = select(Employee.number, Employee.id).where(
            Employee.number.in_(numbers[start : start + CHUNK])
        )
        numbered.update((number, key) for number, key in session.execute(query))
    return [
        NewPunch(
            punch.employee_id or numbered.get(punch.employee_number or "", NOBODY),
            punch.location_id,
            punch.at,
            punch.kind,
            source,
            punch.external_id,
            punch.job_role_id,
            whence,
        )
        for punch in sent
    ]


def _named(punch: ClockPunch, error: FieldError) -> FieldError:
    """A complaint about somebody whose number is unknown names the number."""
    if error.field != "employee_id" or punch.employee_id is not None:
        return error
    return FieldError(
        "employee_number", punch.employee_number or "", "nobody has this number", "the number of an employee"
    )
