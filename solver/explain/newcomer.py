"""One more person in a problem: able to do one kind of work, under the rules of a typical colleague."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median_low

from solver.explain.missing import Kind
from solver.problem import Employee, Problem, SkillHeld
from solver.rules.contract_range import ContractRange
from solver.rules.rule import PersonalRule, Rule, Scope
from solver.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody who does not exist, in a problem that has them.

    Parameters
    ----------
    problem
        The problem with the newcomer.
    id
        Of the newcomer in it.
    like
        Id of the colleague whose contract and rules the newcomer has; None where there is nobody.
    contract_minutes
        Most paid minutes in the horizon; None where nothing bounds them.
    """

    problem: Problem
    id: str
    like: str | None
    contract_minutes: int | None


def with_newcomer(
    problem: Problem, kind: Kind, *, like: Employee | None, contract_minutes: int | None = None
) -> Newcomer:
    """A problem with one more person for a kind of work.

    The newcomer holds the skills that the work asks for, can work at any time, at the kind's location (where
    it has none, anywhere), and brings along no history, no wishes, no balance. Every rule for everybody holds
    for the newcomer, and every rule about single people that holds for ``like``; rules about several people
    that name them do not. No least amount of work and no fair share is owed to the newcomer, who therefore
    works where it is worth it only.

    Parameters
    ----------
    like
        Whose contract, price of work and rules the newcomer has.
    contract_minutes
        Most paid minutes in the horizon; None takes those of ``like``.
    """
    who = _free_id(problem)
    most = contract_minutes
    if most is None and like is not None:
        most = like.maximum_minutes
    person = Employee(
        id=who,
        skills=tuple(map(SkillHeld, _skills(problem, kind, like))),
        locations=None if kind.location is None else (kind.location,),
        priority=like.priority if like else 0,
        cost_per_minute=like.cost_per_minute if like else 0,
        cost_tiers=like.cost_tiers if like else (),
        maximum_minutes=most,
    )
    rules = tuple(_holding(rule, like, who) for rule in problem.rules)
    if most is not None and not any(_bounds(rule, who) for rule in rules):
        rules = (*rules, ContractRange(bound="maximum", scope=Scope(employees=(who,))))
    extended = replace(problem, employees=(*problem.employees, person), rules=rules)
    return Newcomer(problem=extended, id=who, like=like.id if like else None, contract_minutes=most)


def typical_colleague(problem: Problem, kind: Kind) -> Employee | None:
    """Somebody with the skill whose contract is the median one and whose rules are the most common ones.

    Of people with the skill those who may work in the location come first; where nobody has the skill,
    everybody counts. None where there is nobody at all.
    """
    skilled = [who for who in problem.employees if kind.skill is None or who.validity(kind.skill)]
    local = [who for who in skilled if who.locations is None or kind.location in (None, *who.locations)]
    people = local or skilled or list(problem.employees)
    contracts = [who.maximum_minutes for who in people if who.maximum_minutes is not None]
    if contracts:
        people = [who for who in people if who.maximum_minutes == median_low(contracts)]
    own: dict[str, list[int]] = {who.id: [] for who in problem.employees}
    for place, rule in enumerate(problem.rules):
        for named in rule.scope.employees or () if isinstance(rule, PersonalRule) else ():
            own[named].append(place)
    common = Counter(tuple(own[who.id]) for who in people)
    return max(people, key=lambda who: common[tuple(own[who.id])], default=None)


def _free_id(problem: Problem) -> str:
    names = ("one more", *(f"one more {number}" for number in range(2, len(problem.employees) + 3)))
    return next(name for name in names if name not in problem.employee_by_id)


def _holding(rule: Rule, like: Employee | None, who: str) -> Rule:
    """The rule, also for the newcomer if it holds for the colleague."""
    named = rule.scope.employees
    if like is None or named is None or like.id not in named or not isinstance(rule, PersonalRule):
        return rule
    return replace(rule, scope=replace(rule.scope, employees=(*named, who)))


def _bounds(rule: Rule, who: str) -> bool:
    """Whether a rule keeps the newcomer's hours within the contract."""
    return (
        isinstance(rule, ContractRange)
        and rule.level == "hard"
        and rule.bound != "minimum"
        and rule.scope.all_work
        and (rule.scope.employees is None or who in rule.scope.employees)
    )


def _skills(problem: Problem, kind: Kind, like: Employee | None) -> list[str]:
    """The skill of a kind of work and what shifts and templates of it ask for besides.

    For work that does not mind the skill the newcomer has those of the colleague.
    """
    held = list(dict.fromkeys(skill.skill for skill in like.skills)) if like else []
    asked: list[tuple[str, ...]] = [(skill,) for skill in held] if kind.skill is None else [(kind.skill,)]
    for work in _works(problem, kind):
        asked += [(task.skill,) for task in work.tasks]
        asked += work.requires
    found: dict[str, None] = {}
    for any_of in asked:
        if found.keys().isdisjoint(any_of):
            found[next((skill for skill in any_of if skill in held), any_of[0])] = None
    return list(found)


def _works(problem: Problem, kind: Kind) -> Iterator[Work]:
    for shift in problem.shifts:
        if Kind(shift.skill, shift.location) == kind:
            yield problem.fill("", shift.id)
    for template in problem.templates:
        named: Sequence[str | None] = template.tasks or (template.skill,)
        if kind.location in (None, template.location) and kind.skill in (None, *named):
            yield Work(start=0, end=1, skill=template.skill, requires=template.requires)
