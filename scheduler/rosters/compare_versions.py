"""What changed between two versions of a roster, in sentences and by rule."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.rosters.models import RosterVersion
from scheduler.rosters.problem import problem_for
from scheduler.rosters.versions import shifts_of
from solver.explain.sentences import Speaker
from solver.explain.versions import compare, sentences
from solver.score import Part


@dataclass(frozen=True, slots=True)
class PersonChanged:
    """How many paid minutes somebody works more, or fewer if negative."""

    employee_id: UUID
    name: str
    paid_minutes: int


@dataclass(frozen=True, slots=True)
class ComparedVersions:
    """What changed from one version to another.

    Parameters
    ----------
    sentences
        The changes by time, then whether the roster is better, then who works more or less.
    people
        Everybody whose work changed.
    score
        What the score changes by, by rule; negative where the new version is better.
    """

    sentences: tuple[str, ...]
    people: tuple[PersonChanged, ...]
    score: tuple[Part, ...]


def compare_versions(
    session: Session, roster_id: UUID, old: RosterVersion | None, new: RosterVersion | None
) -> ComparedVersions:
    """What changed, judged by the rules and the demand as they are now; None is a version without shifts.

    Shifts of people who cannot be planned any more, and shifts of nobody, are not told of: `compare` lists
    all shifts.

    Raises
    ------
    SchedulerError
        ``roster_not_found``.
    """
    planned = problem_for(session, roster_id)
    before, after = (
        planned.assignments(shifts_of(session, version.id) if version else []) for version in (old, new)
    )
    found = compare(planned.judged, before, after)
    speaker = Speaker(planned.judged)
    return ComparedVersions(
        sentences=tuple(sentences(speaker, found)),
        people=tuple(
            PersonChanged(UUID(each.employee), speaker.person(each.employee), each.paid_minutes)
            for each in found.people
        ),
        score=found.score,
    )
