"""Why no roster keeps the hard rules: a smallest set of pins and rules that cannot all hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from solver.cpsat.model import Model
from solver.cpsat.run import Limits, search
from solver.problem import Pin, Problem
from solver.result import Clash
from solver.rules.pins import Pins
from solver.rules.references import references
from solver.rules.rule import PersonalRule, Rule

Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class _Member:
    """A pin or a hard rule, for one employee or for all."""

    shown: Clash
    pin: Pin | None = None
    rule: Rule | None = None


def find_clash(problem: Problem, limits: Limits, stopped: Stopped) -> tuple[Clash, ...]:
    """A set of pins and hard rules that cannot all hold, while all of it but any one member can.

    Looks at each employee alone first, since nearly all rules are about one person, then at all together.
    Empty if all can hold, or if ``stopped`` says so before it is known.
    """
    members = list(_members(problem))
    groups = [
        [m for m in members if m.shown.employee in (employee.id, None)] for employee in problem.employees
    ]
    for group in (*groups, members):
        if stopped():
            return ()
        if not _can_hold(problem, group, limits, stopped):
            return tuple(member.shown for member in _smallest(problem, group, limits, stopped))
    return ()


def _members(problem: Problem) -> Iterator[_Member]:
    for place, pin in enumerate(problem.pins):
        path = f"pins[{place}]"
        shown = Clash(kind="pin", id=path, employee=pin.employee, citation=pin.note, path=path)
        yield _Member(shown, pin=pin)
    listed = {id(rule): f"rules[{place}]" for place, rule in enumerate(problem.rules)}
    for rule in problem.all_rules:
        if rule.level != "hard" or rule.id == "pins":
            continue
        shown = Clash("rule", rule.id, None, rule.name, rule.source, listed.get(id(rule), ""))
        if not isinstance(rule, PersonalRule):
            yield _Member(shown, rule=rule)
            continue
        if "employees" not in rule.narrows:
            for employee in problem.employees:
                yield _Member(replace(shown, employee=employee.id), rule=rule)
            continue
        for employee in rule.scope.people(problem):
            narrowed = replace(rule, scope=replace(rule.scope, employees=(employee.id,)))
            yield _Member(replace(shown, employee=employee.id), rule=narrowed)


def _smallest(problem: Problem, group: Sequence[_Member], limits: Limits, stopped: Stopped) -> list[_Member]:
    """Leave out one member after the other for as long as the rest clash; nothing if it takes too long."""
    kept = list(group)
    for member in group:
        fewer = [other for other in kept if other is not member]
        if stopped():
            return []
        if not _can_hold(problem, fewer, limits, stopped):
            kept = fewer
    return kept


def _can_hold(problem: Problem, group: Sequence[_Member], limits: Limits, stopped: Stopped) -> bool:
    people = {name for member in group for name in _concerned(member)}
    part = replace(
        problem,
        employees=tuple(employee for employee in problem.employees if employee.id in people),
        shifts=tuple(
            replace(shift, preferred_employees=(), unpreferred_employees=()) for shift in problem.shifts
        ),
        pins=tuple(member.pin for member in group if member.pin is not None),
        published=(),
        coverage=(),
        rules=(),
    )
    rules = [Pins(), *(member.rule for member in group if member.rule is not None)]
    found = search(Model.of(part, rules).program, limits, lambda values, objective, bound: stopped())
    return found.ending != "infeasible"


def _concerned(member: _Member) -> Iterator[str]:
    """Whose a pin or rule is; of a rule about several people, whom it names."""
    if member.shown.employee is not None:
        yield member.shown.employee
    elif member.rule is not None:
        yield from member.rule.scope.employees or ()
        yield from (name for _, kind, name in references(member.rule) if kind == "employee")
