"""Coverage requirements: how many people are needed when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.demand.models import CoverageRequirement
from scheduler.kernel.clock import as_utc, local_day, zone_named
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.organisation.models import Department, Location
from scheduler.organisation.opening_hours import hours_in_words, is_open_between
from scheduler.people.models import Skill

MOST_PEOPLE = 10_000
"""More than this in one requirement is a slip of the hand."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """People with a skill needed by a department over the instants ``[starts_at, ends_at)``."""

    department_id: UUID
    skill_id: UUID
    starts_at: datetime
    ends_at: datetime
    minimum: int
    target: int
    maximum: int | None = None


def coverage_between(
    session: Session, location_id: UUID, starts_at: datetime, ends_at: datetime
) -> Sequence[CoverageRequirement]:
    """The requirements of a location that overlap ``[starts_at, ends_at)``, earliest first."""
    overlapping = (
        CoverageRequirement.location_id == location_id,
        CoverageRequirement.starts_at < ends_at,
        CoverageRequirement.ends_at > starts_at,
    )
    in_order = (
        CoverageRequirement.starts_at,
        CoverageRequirement.department_id,
        CoverageRequirement.skill_id,
    )
    return session.scalars(select(CoverageRequirement).where(*overlapping).order_by(*in_order)).all()


def set_coverage(
    session: Session,
    location_id: UUID,
    requirements: Sequence[Requirement],
    *,
    starts_at: datetime,
    ends_at: datetime,
    actor: str,
) -> None:
    """Say anew what a location needs in ``[starts_at, ends_at)``; what began there before is replaced.

    Raises
    ------
    InvalidInput
        With every requirement that is outside the span or the opening hours, is no span of whole minutes,
        overlaps another of its department and skill, has its numbers out of order, or names a department or
        skill that is not the location's.
    SchedulerError
        ``location_not_found``.
    """
    location = session.get(Location, location_id, with_for_update={"key_share": True})
    if location is None:
        raise SchedulerError("location_not_found", location_id=str(location_id))
    departments = set(session.scalars(select(Department.id).where(Department.location_id == location_id)))
    skills = set(session.scalars(select(Skill.id)))
    errors = _range_errors(requirements, as_utc(starts_at), as_utc(ends_at))
    errors += _number_errors(requirements)
    errors += _hours_errors(requirements, location)
    errors += _reference_errors(requirements, departments, skills)
    last = max((each.ends_at for each in requirements), default=ends_at)
    staying = _staying(session, location_id, starts_at, ends_at, last)
    errors += _overlap_errors([*requirements, *staying])
    if errors:
        raise InvalidInput(errors)
    began = (
        CoverageRequirement.location_id == location_id,
        CoverageRequirement.starts_at >= starts_at,
        CoverageRequirement.starts_at < ends_at,
    )
    removed = session.scalar(select(func.count()).select_from(CoverageRequirement).where(*began))
    session.execute(delete(CoverageRequirement).where(*began))
    session.add_all(
        CoverageRequirement(
            location_id=location_id,
            department_id=each.department_id,
            skill_id=each.skill_id,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            minimum=each.minimum,
            target=each.target,
            maximum=each.maximum,
        )
        for each in requirements
    )
    span = {"starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()}
    counts = {"removed": removed, "added": len(requirements)}
    record(session, actor, "coverage.set", "location", location_id, **span, **counts)
    session.flush()


def _staying(
    session: Session, location_id: UUID, starts_at: datetime, ends_at: datetime, last: datetime
) -> list[Requirement]:
    """What is needed at some time of ``[starts_at, last)`` and does not begin in ``[starts_at, ends_at)``."""
    touching = (
        CoverageRequirement.location_id == location_id,
        CoverageRequirement.starts_at < last,
        CoverageRequirement.ends_at > starts_at,
        or_(CoverageRequirement.starts_at < starts_at, CoverageRequirement.starts_at >= ends_at),
    )
    return [
        Requirement(
            row.department_id,
            row.skill_id,
            row.starts_at,
            row.ends_at,
            row.minimum,
            row.target,
            row.maximum,
        )
        for row in session.scalars(select(CoverageRequirement).where(*touching))
    ]


def _range_errors(requirements: Sequence[Requirement], first: datetime, end: datetime) -> list[FieldError]:
    errors = []
    for place, each in enumerate(requirements):
        path = f"requirements[{place}]"
        if not first <= each.starts_at < each.ends_at or each.starts_at >= end:
            value = f"{each.starts_at.isoformat()} to {each.ends_at.isoformat()}"
            hint = f"start before end, and start within {first.isoformat()} to {end.isoformat()}"
            errors.append(FieldError(f"{path}.starts_at", value, "the span does not fit", hint))
        for field, at in (("starts_at", each.starts_at), ("ends_at", each.ends_at)):
            if at.second or at.microsecond:
                hint = "an instant without seconds"
                errors.append(FieldError(f"{path}.{field}", at.isoformat(), "is not a whole minute", hint))
    return errors


def _number_errors(requirements: Sequence[Requirement]) -> list[FieldError]:
    errors = []
    for place, each in enumerate(requirements):
        path = f"requirements[{place}]"
        maximum = each.target if each.maximum is None else each.maximum
        if not 0 <= each.minimum <= each.target <= maximum:
            value = f"{each.minimum}, {each.target}, {each.maximum}"
            hint = "0 <= minimum <= target <= maximum"
            errors.append(FieldError(f"{path}.target", value, "the numbers are not in order", hint))
        elif maximum > MOST_PEOPLE:
            hint = f"at most {MOST_PEOPLE} people"
            errors.append(FieldError(f"{path}.target", str(maximum), "is too many people", hint))
    return errors


def _hours_errors(requirements: Sequence[Requirement], location: Location) -> list[FieldError]:
    """Requirements of times at which the location is closed: nobody can be planned there then."""
    zone = zone_named(location.zone)
    hours = {row.weekday: (row.opens_minute, row.closes_minute) for row in location.hours}
    errors = []
    for place, each in enumerate(requirements):
        if each.starts_at < each.ends_at and not is_open_between(hours, each.starts_at, each.ends_at, zone):
            start, end = (at.astimezone(zone) for at in (each.starts_at, each.ends_at))
            open_then = hours_in_words(hours, local_day(start, zone).weekday())
            errors.append(
                FieldError(
                    f"requirements[{place}].starts_at",
                    f"{start:%a %Y-%m-%d %H:%M} to {end:%a %Y-%m-%d %H:%M}",
                    f"is outside opening hours: {location.code} is {open_then}",
                    "a time within them, or change the opening hours first",
                )
            )
    return errors


def _reference_errors(
    requirements: Sequence[Requirement], departments: set[UUID], skills: set[UUID]
) -> list[FieldError]:
    errors = []
    for place, each in enumerate(requirements):
        for field, value, known, hint in (
            ("department_id", each.department_id, departments, "the id of a department of this location"),
            ("skill_id", each.skill_id, skills, "the id of a skill of this organisation"),
        ):
            if value not in known:
                path = f"requirements[{place}].{field}"
                errors.append(FieldError(path, str(value), "there is no such record", hint))
    return errors


def _overlap_errors(requirements: Sequence[Requirement]) -> list[FieldError]:
    in_order = sorted(requirements, key=lambda each: (each.department_id, each.skill_id, each.starts_at))
    return [
        FieldError(
            "requirements",
            f"{later.starts_at.isoformat()} to {later.ends_at.isoformat()}",
            f"overlaps {earlier.starts_at.isoformat()} to {earlier.ends_at.isoformat()}",
            "one requirement per department, skill and instant",
        )
        for earlier, later in pairwise(in_order)
        if (earlier.department_id, earlier.skill_id) == (later.department_id, later.skill_id)
        and later.starts_at < earlier.ends_at
    ]
