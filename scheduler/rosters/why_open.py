"""Why a shift is open: who could take it, and what stands against everybody else, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.kernel.errors import SchedulerError
from scheduler.rosters.judge import violation_json
from scheduler.rosters.models import Shift
from scheduler.rosters.problem import PlannedProblem, problem_for
from scheduler.rosters.versions import current_version, shifts_of
from scheduler.rosters.work import work_of
from solver.explain.who_could import Candidate, who_could
from solver.violation import Violation


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
    """

    employee_id: UUID
    name: str
    able: bool
    cost: int
    reasons: tuple[str, ...]
    obstacles: tuple[dict[str, Any], ...]


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
        """One sentence: whether anybody could take it, and what most people lack."""
        if self.able:
            names = ", ".join(person.name for person in self.able[:3])
            more = f" and {len(self.able) - 3} more" if len(self.able) > 3 else ""
            return f"{names}{more} could take it without breaking a rule."
        if not self.people:
            return "Nobody with a contract works at this location in this week."
        counts: dict[str, int] = {}
        for person in self.people:
            for rule in {obstacle["rule"] for obstacle in person.obstacles}:
                counts[rule] = counts.get(rule, 0) + 1
        ranked = sorted(counts, key=lambda rule: (-counts[rule], rule))
        told = ", ".join(f"{counts[rule]} {_PEOPLE.get(rule, rule.replace('_', ' '))}" for rule in ranked[:3])
        return f"Nobody of {len(self.people)} people can take it: {told}."


def why_open(session: Session, roster_id: UUID, lineage_id: UUID) -> WhyOpen:
    """Everybody of the location for one shift of the version that is being worked on.

    A shift that somebody has is judged as if it were open, so the same answer serves to replace a person.

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
    others = planned.assignments(each for each in shifts if each is not shift)
    found = who_could(planned.judged, others, work_of(shift, planned.frame))
    return WhyOpen(shift, tuple(_person(planned, shift, each) for each in found))


def _person(planned: PlannedProblem, shift: Shift, candidate: Candidate) -> Person:
    return Person(
        employee_id=UUID(candidate.employee),
        name=planned.problem.employee_by_id[candidate.employee].name,
        able=candidate.able,
        cost=candidate.cost,
        reasons=tuple(_reason(shift, violation) for violation in candidate.obstacles),
        obstacles=tuple(violation_json(planned, violation) for violation in candidate.obstacles),
    )


def _reason(shift: Shift, violation: Violation) -> str:
    """What stands against it, as a manager would say it."""
    facts: dict[str, Any] = {
        name: _quantity(value, violation.unit) for name, value in violation.facts.items()
    }
    facts |= {"short": _quantity(violation.short_by, violation.unit), "wanted": shift.skill.name}
    sentence = _REASONS.get(violation.rule)
    try:
        told = sentence.format_map(facts) if sentence else f"would be {facts['short']} off {violation.rule}"
    except KeyError:
        told = f"would be {facts['short']} off {violation.rule.replace('_', ' ')}"
    return (
        f"{told} ({violation.citation})" if violation.citation and violation.citation != "contract" else told
    )


def _quantity(value: int | str, unit: str) -> str:
    if not isinstance(value, int) or unit not in ("minutes", "person_minutes"):
        return f"{value} {unit}" if isinstance(value, int) else value
    hours, minutes = divmod(value, 60)
    return f"{hours} h {minutes:02}" if minutes else f"{hours} h"


_REASONS: Mapping[str, str] = {
    "skills": "has no valid skill {wanted} at that time",
    "locations": "does not work in that department",
    "availability": "is not available for {short} of it",
    "no_overlap": "already works at that time",
    "min_rest": "would rest {actual} instead of {required}",
    "daily_rest": "would be {short} short of the daily rest",
    "rest_within": "would be {short} short of the rest due in that time",
    "weekly_rest": "would be {short} short of the weekly rest",
    "minutes": "would work {short} too long",
    "shift_minutes": "may not work that long: {short} too much",
    "contract_range": "would work {short} more than the contract allows",
    "shift_count": "already has a shift that day",
    "consecutive_days": "would work {short} too many in a row",
    "days_off": "would lack {short} off",
    "clock_ban": "may not work at that time of day: {short} of it",
    "start_spacing": "would start too soon after the last start: {short} early",
}

_PEOPLE: Mapping[str, str] = {
    "skills": "without the skill",
    "locations": "of other departments",
    "availability": "not available then",
    "no_overlap": "already working then",
    "min_rest": "would rest too little",
    "daily_rest": "would rest too little",
    "rest_within": "would rest too little",
    "weekly_rest": "would lack weekly rest",
    "minutes": "would work too long",
    "contract_range": "have no hours left in their contract",
    "shift_count": "have another shift that day",
    "consecutive_days": "would work too many days in a row",
}
