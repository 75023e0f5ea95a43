"""The reference meaning of a roster: its score and its violations, without OR-Tools."""

from collections.abc import Iterable
from dataclasses import dataclass

from solver.problem import Problem
from solver.score import Score, score_of
from solver.violation import Violation
from solver.work import Assignment, Roster


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a roster is worth and why.

    Parameters
    ----------
    score
        Costs by level and rule.
    violations
        Every breach, by family of rules.
    """

    score: Score
    violations: tuple[Violation, ...]

    @property
    def clean(self) -> bool:
        """Whether no hard rule is broken."""
        return not any(violation.level == "hard" for violation in self.violations)


def evaluate(problem: Problem, roster: Roster) -> Evaluation:
    """Judge a roster by all rules of a problem.

    Parameters
    ----------
    problem
        The problem.
    roster
        Any roster of the problem's employees; it need not be one a solver could return.

    Raises
    ------
    ValueError
        If the roster names an employee or a shift that the problem does not have.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from solver.problem import Day, Employee, Shift
    >>> problem = Problem(origin=datetime(2026, 11, 23, tzinfo=UTC), days=(Day("2026-11-23", 0, 1440),),
    ...                   employees=(Employee(id="ann"),), shifts=(Shift(id="early", start=360, end=840),))
    >>> evaluate(problem, Roster()).score.mandatory
    480
    >>> evaluate(problem, Roster([problem.fill("ann", "early")])).violations
    ()
    """
    refuse_strangers(problem, roster)
    violations = tuple(found for rule in problem.all_rules for found in rule.check(problem, roster))
    return Evaluation(score_of(violations), violations)


def refuse_strangers(problem: Problem, works: Iterable[Assignment]) -> None:
    """Raise ValueError where an assignment names an employee or a shift that the problem does not have."""
    for work in works:
        if work.employee not in problem.employee_by_id:
            raise ValueError(f"employee {work.employee!r} of the roster is not in the problem")
        if work.shift is not None and work.shift not in problem.shift_by_id:
            raise ValueError(f"shift {work.shift!r} of the roster is not in the problem")
