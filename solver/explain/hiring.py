"""What one more person would fill: a newcomer's best week on top of a roster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from solver.evaluate import Evaluation, evaluate
from solver.explain.best_week import Deadline, best_week
from solver.explain.missing import Filled, Kind, Missing, filled_by, missing_work
from solver.explain.newcomer import typical_colleague, with_newcomer
from solver.problem import Problem
from solver.score import Part, difference
from solver.work import Assignment, Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Hire:
    """One more person for a kind of work, while everybody else's work stays as it is.

    Parameters
    ----------
    skill, location
        The kind of work that the newcomer can do (see `solver.explain.newcomer.with_newcomer`).
    number
        1 for the first newcomer; the second comes on top of the first.
    like
        Id of the colleague whose contract and rules the newcomer has; None where there is nobody.
    contract_minutes
        Most paid minutes in the horizon; None where nothing bounds them.
    works
        What the newcomer would work, by start; empty where it is best not to work at all.
    filled
        What is less missing then than without this newcomer, by kind of work.
    change
        What the score changes by, by rule, with the newcomer and that work.
    proven
        Whether no other work of the newcomer is better for the score.
    """

    skill: str | None
    location: str | None
    number: int
    like: str | None
    contract_minutes: int | None
    works: tuple[Assignment, ...] = ()
    filled: tuple[Filled, ...] = ()
    change: tuple[Part, ...] = ()
    proven: bool = True

    @property
    def filled_minutes(self) -> int:
        """Person-minutes of its own kind that are filled."""
        kind = Kind(self.skill, self.location)
        return next((each.minutes for each in self.filled if each.kind == kind), 0)


@dataclass(frozen=True)
class Staffed:
    """A problem with the newcomers so far, and the roster with their work, judged once."""

    problem: Problem
    roster: Roster
    evaluation: Evaluation = field(repr=False)
    missing: Mapping[Kind, Missing] = field(repr=False)

    @classmethod
    def of(cls, problem: Problem, roster: Roster) -> Staffed:
        """A problem as it is."""
        return cls(problem, roster, evaluate(problem, roster), missing_work(problem, roster))


def hires(
    now: Staffed, kind: Kind, deadline: Deadline, *, most: int = 2, contract_minutes: int | None = None
) -> Iterator[tuple[Hire, Staffed]]:
    """One newcomer after the other, with the roster that has them, as long as each fills something.

    The last one may fill nothing. Each number is the difference between two rosters that were judged as a
    whole; a newcomer of whom it is not known in time whether they would fill anything is left out.

    Parameters
    ----------
    most
        So many newcomers.
    contract_minutes
        Of each of them, most paid minutes in the horizon; None takes the contract of a typical colleague.
    """
    like = typical_colleague(now.problem, kind)
    for number in range(1, most + 1):
        if deadline.over:
            return
        newcomer = with_newcomer(now.problem, kind, like=like, contract_minutes=contract_minutes)
        found = best_week(newcomer.problem, now.roster, newcomer.id, deadline)
        then = Staffed(
            newcomer.problem, found.roster, found.evaluation, missing_work(newcomer.problem, found.roster)
        )
        hire = Hire(
            skill=kind.skill,
            location=kind.location,
            number=number,
            like=newcomer.like,
            contract_minutes=newcomer.contract_minutes,
            works=found.roster.of(newcomer.id),
            filled=filled_by(now.missing, then.missing),
            change=difference(then.evaluation.score, now.evaluation.score),
            proven=found.proven,
        )
        if hire.filled_minutes > 0 or found.proven:
            yield hire, then
        if hire.filled_minutes <= 0:
            return
        now = then
