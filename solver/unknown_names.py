"""Names in a problem that are none of it: in rules, pins, published work, groups and preferences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.faults import Faults, empty_spans, fault, is_date, starts_outside, taken_ids, work_faults
from solver.rules.concurrent_people import ConcurrentPeople
from solver.rules.references import references
from solver.rules.rule import Rule

if TYPE_CHECKING:
    from solver.problem import Pin, Problem, Published, Shift


def rule_faults(problem: Problem) -> Faults:
    """Names and dates in rules that are none of the problem."""
    for place, rule in enumerate(problem.rules):
        path = f"rules[{place}]"
        for who in rule.scope.employees or ():
            if who not in problem.employee_by_id:
                yield fault(f"{path}.scope.employees", who, "is no employee of the problem")
        for day in rule.scope.days or ():
            if not is_date(day):
                yield fault(f"{path}.scope.days", day, "is no ISO date; write 2026-11-23")
        yield from _references(path, rule, problem)
        if isinstance(rule, ConcurrentPeople):
            yield from empty_spans(f"{path}.spans", rule.spans or ())


def _references(path: str, rule: Rule, problem: Problem) -> Faults:
    """People, shifts, templates and days that rules about the order of work name beside their scope."""
    known = {
        "employee": problem.employee_by_id,
        "shift": problem.shift_by_id,
        "template": problem.template_by_id,
    }
    for where, kind, name in references(rule):
        if kind == "date":
            if not is_date(name):
                yield fault(f"{path}{where}", name, "is no ISO date; write 2026-11-23")
        elif name not in known[kind]:
            some = ", ".join(list(known[kind])[:3])
            yield fault(f"{path}{where}", name, f"is no {kind} of the problem; it has {some or 'none'}")


def pin_faults(problem: Problem) -> Faults:
    """Pins that name what is not there."""
    for place, pin in enumerate(problem.pins):
        yield from _reference(f"pins[{place}]", pin, problem)


def published_faults(problem: Problem) -> Faults:
    """Published work that is not there, and prices that are none."""
    for place, one in enumerate(problem.published):
        yield from _reference(f"published[{place}]", one, problem)
        if one.price < 0:
            yield fault(f"published[{place}].price", one.price, "must not be negative")


def _reference(path: str, pin: Pin | Published, problem: Problem) -> Faults:
    if pin.employee not in problem.employee_by_id:
        yield fault(f"{path}.employee", pin.employee, "is no employee of the problem")
    if (pin.shift is None) == (pin.work is None):
        yield fault(path, pin.shift, "needs either a shift or a span of work, not both")
    if pin.shift is not None and pin.shift not in problem.shift_by_id:
        yield fault(f"{path}.shift", pin.shift, "is no shift of the problem")
    if pin.work is not None:
        yield from work_faults(f"{path}.work", pin.work)
        if getattr(pin, "kind", "fixed") == "fixed":
            yield from starts_outside(f"{path}.work.start", pin.work.start, problem)


def shift_group_faults(problem: Problem) -> Faults:
    """Alternatives that are unknown, in two groups or of two kinds; groups nobody can fill."""
    yield from taken_ids("shift_groups", [group.id for group in problem.shift_groups])
    group_of: dict[str, str] = {}
    for place, group in enumerate(problem.shift_groups):
        path = f"shift_groups[{place}]"
        if not 1 <= group.fill <= len(group.shifts):
            message = f"must be between 1 and {len(group.shifts)}, the shifts of the group"
            yield fault(f"{path}.fill", group.fill, message)
        for name in group.shifts:
            if name not in problem.shift_by_id:
                yield fault(f"{path}.shifts", name, "is no shift of the problem")
            elif name in group_of:
                yield fault(f"{path}.shifts", name, f"is in group {group_of[name]!r} already")
            group_of[name] = group.id
        kinds = {problem.shift_by_id[name].mandatory for name in group.shifts if name in problem.shift_by_id}
        if len(kinds) > 1:
            message = "must be all mandatory or all optional: what is open counts at one level"
            yield fault(f"{path}.shifts", list(group.shifts), message)


def preference_faults(path: str, shift: Shift, problem: Problem) -> Faults:
    """A shift that prefers strangers, or somebody and not."""
    for name in ("preferred_employees", "unpreferred_employees"):
        for who in getattr(shift, name):
            if who not in problem.employee_by_id:
                yield fault(f"{path}.{name}", who, "is no employee of the problem")
    for who in shift.preferred_employees:
        if who in shift.unpreferred_employees:
            yield fault(f"{path}.unpreferred_employees", who, "is among the preferred_employees too")
