"""Where and in which job somebody worked, in words; nothing is said of the own place and job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.organisation.models import Location
from scheduler.people.models import Employee, JobRole
from scheduler.timekeeping.models import PlaceDecision, Punch, PunchKind
from scheduler.timekeeping.pairing import Worked

TELLING_SECONDS = 60
"""A sender's clock may be off by so much without a word."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Names of places and jobs, and which of them are somebody's own."""

    own_place: UUID
    own_job: UUID | None
    places: Mapping[UUID, str]
    jobs: Mapping[UUID, str]

    def of(self, location_id: UUID, job_role_id: UUID | None) -> str:
        """The place if it is another one, and the job if it is.

        Examples
        --------
        >>> home, gate, forklift = UUID(int=1), UUID(int=2), UUID(int=3)
        >>> names = Elsewhere(home, None, {home: "Hall", gate: "Gate"}, {forklift: "Forklift"})
        >>> names.of(gate, forklift), names.of(home, None)
        ('Gate, as Forklift', '')
        """
        said = [] if location_id == self.own_place else [self.places.get(location_id, "")]
        if job_role_id is not None and job_role_id != self.own_job:
            said.append(f"as {self.jobs.get(job_role_id, '')}")
        return ", ".join(said)

    def of_span(self, span: Worked) -> str:
        """The same of a span of work."""
        return self.of(span.location_id, span.job_role_id)

    def of_punch(self, punch: Punch) -> str:
        """The same of a punch, and what was made of where it came from."""
        where = self.of(punch.location_id, punch.job_role_id)
        if punch.kind is PunchKind.TRANSFER and not where:
            where = "the own place and job"
        said = [where] if where else []
        if punch.place_decision is PlaceDecision.OUTSIDE:
            far = punch.place_distance_metres
            said.append("made elsewhere" + (f", {far} m away" if far is not None else ""))
        elif punch.place_decision is PlaceDecision.UNKNOWN:
            said.append("place unknown")
        offset = punch.clock_offset_seconds or 0
        if abs(offset) > TELLING_SECONDS:
            said.append(f"its clock was {abs(offset)} s {'ahead' if offset > 0 else 'behind'}")
        return "; ".join(said)


def elsewhere(session: Session, employee: Employee) -> Elsewhere:
    """The names that matter to somebody."""
    places = {key: name for key, name in session.execute(select(Location.id, Location.name))}  # noqa: C416 - mypy takes dict() of rows for pairs of anything
    jobs = {key: name for key, name in session.execute(select(JobRole.id, JobRole.name))}  # noqa: C416 - mypy takes dict() of rows for pairs of anything
    return Elsewhere(employee.location_id, employee.job_role_id, places, jobs)
