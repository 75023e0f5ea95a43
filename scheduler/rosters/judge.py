"""Shifts judged by the rules the solver keeps: the same rules, whoever placed the shift."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from scheduler.rosters.models import Shift
from scheduler.rosters.problem import PlannedProblem
from scheduler.rosters.sentences import sentence_of
from solver.evaluate import Evaluation
from solver.live_check import LiveCheck
from solver.score import Score, score_of
from solver.violation import Violation


@dataclass(frozen=True)
class Judged:
    """A version's shifts judged by every rule, so that a change of a few of them is judged quickly.

    Not slotted: it adds up once.

    Parameters
    ----------
    planned
        What the roster is judged by.
    live
        The shifts of people who can be planned, and their work elsewhere, judged.
    strangers
        Shifts of people who cannot be planned.
    """

    planned: PlannedProblem
    live: LiveCheck
    strangers: tuple[Violation, ...]

    @cached_property
    def evaluation(self) -> Evaluation:
        """The score and the violations by rule, then those of strangers."""
        if not self.strangers:
            return self.live.evaluation
        violations = (*self.live.evaluation.violations, *self.strangers)
        return Evaluation(score_of(violations), violations)

    def with_shifts(self, shifts: Sequence[Shift]) -> Judged:
        """The same as judging all of ``shifts`` anew, asking again only what has changed."""
        live = self.live.with_roster(self.planned.assignments(shifts))
        return Judged(self.planned, live, _strangers(self.planned, shifts))


def judged(planned: PlannedProblem, shifts: Sequence[Shift]) -> Judged:
    """A version's shifts judged by every rule, as they would be without pins.

    A shift of somebody who cannot be planned (no contract, not employed at the location) breaks the hard rule
    ``contract``.
    """
    live = LiveCheck.of(planned.judged, planned.assignments(shifts))
    return Judged(planned, live, _strangers(planned, shifts))


def judge(planned: PlannedProblem, shifts: Sequence[Shift]) -> Evaluation:
    """The score and the violations of a version's shifts (see `judged`)."""
    return judged(planned, shifts).evaluation


def hard(violations: Iterable[Violation]) -> list[Violation]:
    """Those of hard rules."""
    return [violation for violation in violations if violation.level == "hard"]


def violation_json(planned: PlannedProblem, violation: Violation) -> dict[str, Any]:
    """A violation as plain values: instants instead of minutes, and the person's name."""
    person = planned.problem.employee_by_id.get(violation.employee or "")
    name = person.name if person else violation.facts.get("employee")
    return {
        "rule": violation.rule,
        "name": violation.name,
        "level": violation.level,
        "employee_id": violation.employee,
        "employee": name,
        "short_by": violation.short_by,
        "unit": violation.unit,
        "cost": violation.cost,
        "facts": dict(violation.facts),
        "spans": [
            {
                "starts_at": planned.frame.instant(span.start).isoformat(),
                "ends_at": planned.frame.instant(span.end).isoformat(),
            }
            for span in violation.spans
        ],
        "citation": violation.citation,
        "text": sentence_of(planned, violation),
    }


def score_json(score: Score) -> dict[str, Any]:
    """A score as plain values, with the part of each rule."""
    return {
        "hard": score.hard,
        "mandatory": score.mandatory,
        "soft": score.soft,
        "parts": [
            {
                "level": part.level,
                "rule": part.rule,
                "name": part.name,
                "cost": part.cost,
                "violations": part.violations,
            }
            for part in score.parts
        ],
    }


def _strangers(planned: PlannedProblem, shifts: Iterable[Shift]) -> tuple[Violation, ...]:
    return tuple(_no_contract(planned, shift) for shift in shifts if _is_strange(planned, shift))


def _is_strange(planned: PlannedProblem, shift: Shift) -> bool:
    return shift.employee_id is not None and str(shift.employee_id) not in planned.problem.employee_by_id


def _no_contract(planned: PlannedProblem, shift: Shift) -> Violation:
    span = planned.frame.span(shift.starts_at, shift.ends_at)
    return Violation(
        rule="contract",
        level="hard",
        employee=str(shift.employee_id),
        short_by=1,
        unit="shifts",
        cost=1,
        spans=(span,),
        facts={"employee": shift.employee.name if shift.employee else str(shift.employee_id)},
        citation="contract",
    )
