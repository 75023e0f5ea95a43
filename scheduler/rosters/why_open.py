"""Why a shift is open: who could take it, and what stands against everybody else, in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.kernel.errors import SchedulerError
from scheduler.rosters.judge import violation_json
from scheduler.rosters.models import Shift
from scheduler.rosters.obstacles import hardness, is_on_leave, nobody_can, reasons_of, somebody_can
from scheduler.rosters.problem import PlannedProblem, problem_for
from scheduler.rosters.versions import current_version, shifts_of
from scheduler.rosters.work import work_of
from solver.explain.sentences import Speaker
from solver.explain.who_could import Candidate, who_could
from solver.score import Part
from solver.work import Work


@dataclass(frozen=True, slots=True)
class Person:
    """One person for the shift.

    Parameters
    ----------
    able
        Whether giving the shift to this person breaks no hard rule.
    cost
        What it adds to the soft cost: preferences, fairness, agreed hours.
    reasons
        What stands against it, a sentence each; empty when able.
    obstacles
        The same as plain values.
    change
        What the whole score changes by if this person takes it, by rule; negative where it gets better.
    worth
        The same in words.
    instead
        What the person could give up so that nothing stands in the way any more, in words; None where one
        other shift does not do.
    """

    employee_id: UUID
    name: str
    able: bool
    cost: int
    reasons: tuple[str, ...]
    obstacles: tuple[dict[str, Any], ...]
    change: tuple[Part, ...]
    worth: str
    instead: str | None


@dataclass(frozen=True, slots=True)
class WhyOpen:
    """A shift and everybody who might take it, the likeliest first."""

    shift: Shift
    people: tuple[Person, ...]

    @property
    def able(self) -> tuple[Person, ...]:
        """Those whom nothing stands against."""
        return tuple(person for person in self.people if person.able)

    @property
    def summary(self) -> str:
        """One sentence: who could take it, or what stands against everybody, each person counted once.

        Whoever has it already is not spoken of.
        """
        others = [person for person in self.people if person.employee_id != self.shift.employee_id]
        able = [person.name for person in others if person.able]
        if able:
            return somebody_can(able)
        if self.people and not others:
            return "Nobody else with a contract works at this location in this week."
        counts = Counter(
            min(hardness(obstacle["rule"], obstacle["name"]) for obstacle in person.obstacles)
            for person in others
        )
        return nobody_can(counts, skill=self.shift.skill.name, place=self.shift.department.name)


def why_open(session: Session, roster_id: UUID, lineage_id: UUID) -> WhyOpen:
    """Everybody of the location for one shift of the version being worked on; who is on leave comes last.

    A shift that somebody has is judged as if it were open, so the same answer serves to replace a person.

    Raises
    ------
    SchedulerError
        ``roster_not_found``, ``shift_not_found``.
    """
    planned, shift, others = shift_among(session, roster_id, lineage_id)
    work = work_of(shift, planned.frame)
    found = who_could(planned.judged, planned.assignments(others), work)
    # Leave is no obstacle that a manager can just move out of the way.
    found.sort(key=lambda each: not each.able and is_on_leave(planned, work, each.employee))
    return WhyOpen(shift, tuple(person_of(planned, work, each) for each in found))


def shift_among(
    session: Session, roster_id: UUID, lineage_id: UUID
) -> tuple[PlannedProblem, Shift, list[Shift]]:
    """What a roster is judged by, one shift of the version that is being worked on, and its other shifts.

    Raises
    ------
    SchedulerError
        ``roster_not_found``, ``shift_not_found``.
    """
    planned = problem_for(session, roster_id)
    version = current_version(session, roster_id)
    shifts = shifts_of(session, version.id) if version else []
    shift = next((each for each in shifts if each.lineage_id == lineage_id), None)
    if shift is None:
        raise SchedulerError("shift_not_found", roster=str(roster_id), lineage_id=str(lineage_id))
    return planned, shift, [each for each in shifts if each is not shift]


def person_of(planned: PlannedProblem, work: Work, candidate: Candidate) -> Person:
    """Somebody for some work, as the records know them."""
    speaker = Speaker(planned.judged)
    change = tuple(part for part in candidate.change if part.level != "hard")
    return Person(
        employee_id=UUID(candidate.employee),
        name=planned.problem.employee_by_id[candidate.employee].name,
        able=candidate.able,
        cost=candidate.cost,
        reasons=reasons_of(planned, work, candidate.obstacles),
        obstacles=tuple(violation_json(planned, violation) for violation in candidate.obstacles),
        change=change,
        worth=speaker.change(change),
        instead=None
        if candidate.instead is None
        else speaker.listed([speaker.work(each) for each in candidate.instead.gives_up]),
    )
