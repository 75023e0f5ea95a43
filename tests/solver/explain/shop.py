"""A small shop that wants people at the till at some hours: what further people and skills are tried on."""

from __future__ import annotations

from solver.problem import Coverage, Employee, Problem, ShiftTemplate, SkillHeld
from solver.rules.contract_range import ContractRange
from solver.rules.min_rest import MinRest
from solver.rules.rule import Rule
from solver.rules.shift_count import ShiftCount
from solver.score import Part
from solver.work import Roster
from tests.solver.worlds import problem_of

H = 60
TILL = (SkillHeld("till"),)
ONE_A_DAY: tuple[Rule, ...] = (ShiftCount(maximum=1), ContractRange(bound="maximum"), MinRest(minutes=660))
EIGHT = ShiftTemplate(
    id="eight", earliest_start=8 * H, latest_start=14 * H, shortest=4 * H, longest=8 * H, skill="till"
)
ANN = Employee(id="ann", skills=TILL, maximum_minutes=40 * H)


def wanted(start: int, end: int, target: int, day: int = 0, **fields: object) -> Coverage:
    """People wanted at the till (or for another skill) between two hours of a day."""
    at = day * 1440
    values = {"id": f"c{day}.{start}", "skill": "till", **fields}
    return Coverage(start=at + start * H, end=at + end * H, target=target, **values)  # type: ignore[arg-type]  # of any field


def shop(*coverage: Coverage, people: tuple[Employee, ...] = (), **fields: object) -> Problem:
    """Two days with that coverage and one template of four to eight hours."""
    values = {"templates": (EIGHT,), "rules": ONE_A_DAY, "shifts": (), "count": 2, **fields}
    problem: Problem = problem_of(people, coverage=coverage, **values)
    return problem


def roster(problem: Problem, *rows: tuple[str, int, int]) -> Roster:
    """Shifts of the template: who, from which hour, to which hour."""
    return Roster(problem.create(who, "eight", start * H, (end - start) * H) for who, start, end in rows)


def parts(change: tuple[Part, ...]) -> dict[str, int]:
    """A difference of scores by rule and name."""
    return {f"{part.rule}.{part.name}".rstrip("."): part.cost for part in change}
