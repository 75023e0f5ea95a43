"""Small changes of a problem that let one person do more, and what each costs to ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from solver.problem import Employee, Pin, Problem, SkillHeld
from solver.rules.pins import matches
from solver.rules.rule import PersonalRule, Rule
from solver.spans import Span, gaps, merged
from solver.violation import Violation
from solver.work import Assignment

Kind = Literal[
    "bend", "waive", "contract", "train", "allow_location", "make_available", "end_leave", "release_pin"
]

PRICE_PER_MINUTE = {"minutes": 1, "contract_range": 1, "shift_minutes": 1}
"""Of an hour more; a rest, or any other time, that is shorter costs `PRICE_OF_TIME`."""
PRICE_OF_TIME = 2
PRICE_OF_PRESENCE = 3
"""Of a minute for which somebody makes themselves available."""
PRICE_OF_ONE = 240
"""Of a day, shift or weekend more or less."""
PRICES = {"release_pin": 240, "allow_location": 480, "train": 2400, "waive": 1920}
"""In the same unit: what a minute of work beyond a limit is worth. Twice as much where a source is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One change of a problem, for one person.

    Parameters
    ----------
    kind
        ``bend``: a number of a rule is another one for this person; ``waive``: the rule is not about this
        person; ``contract``: more hours by contract; ``train``: the person holds the skills ``what``;
        ``allow_location``: may work in the places ``what``; ``make_available``: can work at the times
        ``spans``; ``end_leave``: the same for somebody whom a caller, who knows of leave, knows to be on
        leave then; ``release_pin``: what was decided for the times ``spans`` no longer stands in the way.
    employee
        Whom it is for.
    rule, name, citation
        The rule that stands against it.
    parameter, before, after
        Which number of the rule or contract, what it is and what it would be.
    unit
        Of that number, or of ``amount``.
    amount
        How much is asked for, in ``unit``.
    price
        What it is worth, to compare steps: as many minutes of work beyond a limit.
    """

    kind: Kind
    employee: str
    rule: str
    name: str = ""
    citation: str = ""
    parameter: str = ""
    before: int = 0
    after: int = 0
    unit: str = "minutes"
    amount: int = 0
    what: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    price: int = 0


def steps_against(
    problem: Problem, work: Assignment, obstacles: Sequence[Violation]
) -> tuple[Step, ...] | None:
    """The steps that take away obstacles to somebody's work; None where one of them cannot be.

    Nobody can work twice at the same time, and a rule about several people is not changed for one of them.
    """
    found: dict[tuple[object, ...], Step] = {}
    for violation in obstacles:
        step = _step(problem, work, violation)
        if step is None:
            return None
        key = (step.kind, step.rule, step.name, step.citation, step.parameter, step.before)
        known = found.get(key)
        if known is None or abs(step.after - step.before) > abs(known.after - known.before):
            found[key] = step
    waived = {(step.rule, step.name, step.citation) for step in found.values() if step.kind == "waive"}
    return tuple(
        step
        for step in found.values()
        if step.kind != "bend" or (step.rule, step.name, step.citation) not in waived
    )


def _step(problem: Problem, work: Assignment, violation: Violation) -> Step | None:
    person = problem.employee_by_id[work.employee]
    special = _SPECIAL.get(violation.rule)
    step = special(problem, person, work, violation) if special else _bend(problem, person, violation)
    if step is None:
        return None
    named = replace(step, rule=violation.rule, name=violation.name, citation=violation.citation)
    return replace(named, price=_price(named) * (2 if violation.citation else 1))


def _price(step: Step) -> int:
    if step.kind in PRICES:
        return PRICES[step.kind]
    if step.kind == "make_available":
        return step.amount * PRICE_OF_PRESENCE
    per_unit = PRICE_PER_MINUTE.get(step.rule, PRICE_OF_TIME) if step.unit == "minutes" else PRICE_OF_ONE
    return step.amount * per_unit


def _train(problem: Problem, person: Employee, work: Assignment, violation: Violation) -> Step | None:
    asked: list[tuple[str, ...]] = [(work.skill,)] if work.skill is not None else []
    asked += [(task.skill,) for task in work.tasks]
    asked += list(work.requires)
    lacking = [any_of[0] for any_of in asked if not any(person.can(s, work.start, work.end) for s in any_of)]
    return Step(kind="train", employee=person.id, rule="", what=tuple(dict.fromkeys(lacking)))


def _allow_location(
    problem: Problem, person: Employee, work: Assignment, violation: Violation
) -> Step | None:
    return Step(kind="allow_location", employee=person.id, rule="", what=(work.location or "",))


def _make_available(
    problem: Problem, person: Employee, work: Assignment, violation: Violation
) -> Step | None:
    times = _not_available(person, work.span)
    minutes = sum(span.minutes for span in times)
    return Step(kind="make_available", employee=person.id, rule="", spans=times, amount=minutes)


def _not_available(person: Employee, asked: Span) -> tuple[Span, ...]:
    """The parts of a span in which somebody is not available."""
    away = list(person.unavailable)
    if person.available is not None:
        away += gaps(asked.start, asked.end, person.available)
    cut = (Span(max(span.start, asked.start), min(span.end, asked.end)) for span in away)
    return merged(cut)


def _release_pin(problem: Problem, person: Employee, work: Assignment, violation: Violation) -> Step | None:
    pins = [pin for pin in problem.pins_of(person.id) if _forbids(pin, work)]
    if not pins:
        return None
    spans = merged(problem.pinned(pin).span for pin in pins)
    return Step(kind="release_pin", employee=person.id, rule="", spans=spans, amount=len(pins), unit="pins")


def _forbids(pin: Pin, work: Assignment) -> bool:
    return pin.kind == "forbidden" and matches(pin, work)


def _contract(problem: Problem, person: Employee, work: Assignment, violation: Violation) -> Step | None:
    actual, limit = violation.facts.get("actual"), person.maximum_minutes
    if "maximum" not in violation.facts or not isinstance(actual, int) or limit is None:
        return None
    return Step(
        kind="contract",
        employee=person.id,
        rule="",
        parameter="maximum_minutes",
        before=limit,
        after=actual,
        amount=actual - limit,
    )


def _never(problem: Problem, person: Employee, work: Assignment, violation: Violation) -> Step | None:
    return None


_SPECIAL = {
    "skills": _train,
    "locations": _allow_location,
    "availability": _make_available,
    "pins": _release_pin,
    "contract_range": _contract,
    "no_overlap": _never,
}

_PARAMETERS = {"maximum": ("maximum",), "minimum": ("minimum",), "required": ("minutes", "minimum")}
"""Fact of a violation that is a rule's limit, and the rule's parameters it can be."""


def _bend(problem: Problem, person: Employee, violation: Violation) -> Step | None:
    """The limit moved to what it would be, or the rule waived where no one number is in the way."""
    actual = violation.facts.get("actual")
    for fact, parameters in _PARAMETERS.items():
        limit = violation.facts.get(fact)
        for parameter in parameters:
            if not isinstance(limit, int) or not isinstance(actual, int) or actual == limit:
                continue
            step = Step(
                kind="bend",
                employee=person.id,
                rule=violation.rule,
                name=violation.name,
                citation=violation.citation,
                parameter=parameter,
                before=limit,
                after=actual,
                unit=violation.unit,
                amount=abs(actual - limit),
            )
            if any(_bent(rule, step) is not None for rule in rules_meant(problem, step)):
                return step
    waived = Step(kind="waive", employee=person.id, rule=violation.rule, name=violation.name,
                  citation=violation.citation)  # fmt: skip
    return waived if any(rules_meant(problem, waived)) else None


def rules_meant(problem: Problem, step: Step) -> Iterator[Rule]:
    """The hard rules of its person that a step changes: of its id, name and source, with its number."""
    for rule in problem.all_rules:
        same = (rule.id, rule.name, rule.source) == (step.rule, step.name, step.citation)
        if not (same and rule.level == "hard" and isinstance(rule, PersonalRule)):
            continue
        if step.parameter and getattr(rule, step.parameter, None) != step.before:
            continue
        if "employees" in rule.narrows and any(who.id == step.employee for who in rule.scope.people(problem)):
            yield rule


def _bent(rule: Rule, step: Step) -> Rule | None:
    """The rule with another number for the person alone; None where it cannot have that number."""
    alone = replace(rule.scope, employees=(step.employee,))
    try:
        return replace(rule, scope=alone, **{step.parameter: step.after})  # type: ignore[arg-type]  # of this rule
    except ValueError:
        return None


def apply_steps(problem: Problem, steps: Iterable[Step]) -> Problem:
    """The problem after some steps.

    Raises
    ------
    solver.problem.ProblemError
        If a step does not fit the problem.
    """
    for step in steps:
        problem = _apply(problem, step)
    return problem


def _apply(problem: Problem, step: Step) -> Problem:
    if step.kind in ("bend", "waive"):
        return _with_rules(problem, step)
    if step.kind == "release_pin":
        gone = [pin for pin in problem.pins_of(step.employee) if pin.kind == "forbidden"]
        gone = [
            pin for pin in gone if problem.pinned(pin).span in _inside(step.spans, problem.pinned(pin).span)
        ]
        return replace(problem, pins=tuple(pin for pin in problem.pins if pin not in gone))
    changed = _changed(problem.employee_by_id[step.employee], step)
    people = (changed if each.id == changed.id else each for each in problem.employees)
    return replace(problem, employees=tuple(people))


def _inside(spans: Iterable[Span], asked: Span) -> list[Span]:
    return [asked for span in spans if span.start <= asked.start and asked.end <= span.end]


def _changed(person: Employee, step: Step) -> Employee:
    if step.kind == "train":
        return replace(person, skills=(*person.skills, *map(SkillHeld, step.what)))
    if step.kind == "allow_location":
        return replace(person, locations=(*(person.locations or ()), *step.what))
    if step.kind == "contract":
        return replace(person, maximum_minutes=step.after)
    available = None if person.available is None else merged((*person.available, *step.spans))
    unavailable = tuple(
        rest for span in person.unavailable for rest in gaps(span.start, span.end, step.spans)
    )
    return replace(person, available=available, unavailable=unavailable)


def _with_rules(problem: Problem, step: Step) -> Problem:
    """Each rule that is meant is no longer about the person, who has one with the other number or none."""
    meant = list(rules_meant(problem, step))
    others = tuple(rule for rule in problem.rules if rule not in meant)
    made: list[Rule] = []
    for rule in meant:
        rest = tuple(who.id for who in rule.scope.people(problem) if who.id != step.employee)
        # Kept even for nobody: a rule that always holds would come back if no rule of its id were listed.
        made.append(replace(rule, scope=replace(rule.scope, employees=rest)))
        bent = _bent(rule, step) if step.kind == "bend" else None
        if bent is not None:
            made.append(bent)
    return replace(problem, rules=(*others, *made))
