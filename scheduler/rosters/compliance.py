"""Whether a version of a roster keeps the law of its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.law.compliance import ComplianceReport, check
from scheduler.rosters.models import RosterVersion, Shift
from scheduler.rosters.problem import PlannedProblem, problem_for
from scheduler.rosters.versions import find_version, shifts_of


def report(session: Session, version_id: UUID) -> ComplianceReport:
    """The version judged by the law in force on its days and by the records as they are now.

    What was published stays with the organisation's own agreements as they were then; a draft is judged by
    those that count now. A note says where a pack that ships has another version since.

    Raises
    ------
    SchedulerError
        ``version_not_found``.
    """
    version = find_version(session, version_id)
    planned = problem_for(session, version.roster_id, agreed_at=version.published_at)
    found = compliance_of(planned, shifts_of(session, version.id))
    return replace(found, notes=(*found.notes, *_other_versions(version, planned)))


def _other_versions(version: RosterVersion, planned: PlannedProblem) -> Iterator[str]:
    """A sentence on each pack whose text is not that by which a published version was checked."""
    if version.published_at is None:
        return
    for pack, made_under in sorted((version.packs or {}).items()):
        now = planned.packs.get(pack)
        if now is not None and now != made_under:
            yield (
                f"It was checked under {pack} {made_under} when it was published on "
                f"{version.published_at.date()}; this report is by {now}."
            )


def compliance_of(planned: PlannedProblem, shifts: Sequence[Shift]) -> ComplianceReport:
    """Shifts judged by the law of a planned problem; a note names people the law could not be asked about."""
    notes = [note["text"] for note in planned.notes]
    known = planned.problem.employee_by_id
    strangers = {s.employee.name for s in shifts if s.employee and str(s.employee_id) not in known}
    notes += [f"{name} has no contract here in these days and was not checked." for name in sorted(strangers)]
    return check(planned.judged, planned.assignments(shifts), notes=notes, own=planned.own, under=planned.law)
