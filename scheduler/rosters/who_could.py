"""Who could take a span of work that is no shift yet: everybody of the location, ranked."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.kernel.clock import minutes_between
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.rosters.problem import PlannedProblem, problem_for
from scheduler.rosters.shift_breaks import made_lawful
from scheduler.rosters.shift_times import checked_times, paid_minutes
from scheduler.rosters.versions import current_version, shifts_of
from scheduler.rosters.why_open import Person, person_of
from scheduler.rosters.work import breaks_of
from solver.explain.who_could import who_could
from solver.work import Work


def who_could_work(
    session: Session,
    roster_id: UUID,
    *,
    department_id: UUID,
    skill_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
) -> tuple[Person, ...]:
    """Everybody of the location for work at some time, with the breaks of the law, the likeliest first.

    It comes on top of the version that is being worked on.

    Raises
    ------
    InvalidInput
        For times that are not in order or outside of the roster's days, and for a department or skill that
        the location does not have.
    SchedulerError
        ``roster_not_found``.
    """
    planned = problem_for(session, roster_id)
    start, end = checked_times(starts_at, ends_at, planned.frame)
    _check_records(planned, department_id, skill_id)
    breaks = made_lawful([], minutes_between(start, end), planned.breaks_by_law)
    work = Work(
        start=planned.frame.minute(start),
        end=planned.frame.minute(end),
        paid_minutes=paid_minutes(start, end, breaks),
        breaks=breaks_of(breaks, planned.frame),
        skill=str(skill_id),
        location=str(department_id),
    )
    version = current_version(session, roster_id)
    roster = planned.assignments(shifts_of(session, version.id) if version else [])
    return tuple(person_of(planned, work, each) for each in who_could(planned.judged, roster, work))


def _check_records(planned: PlannedProblem, department_id: UUID, skill_id: UUID) -> None:
    errors = []
    if str(department_id) not in planned.departments:
        hint = "the id of a department of this location"
        errors.append(FieldError("department_id", str(department_id), "there is no such record", hint))
    if str(skill_id) not in planned.names or str(skill_id) in planned.departments:
        hint = "the id of a skill of this organisation"
        errors.append(FieldError("skill_id", str(skill_id), "there is no such record", hint))
    if errors:
        raise InvalidInput(errors)
