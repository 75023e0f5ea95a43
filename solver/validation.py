"""What makes a problem nonsense: every fault, with its place, its value and what would do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from solver.break_places import even_places
from solver.civil_days import Day
from solver.rules.concurrent import Concurrent
from solver.rules.references import references
from solver.rules.rule import Period, Rule
from solver.spans import Span
from solver.work import Work

if TYPE_CHECKING:
    from solver.problem import (
        BreakWindow,
        Coverage,
        Employee,
        Fault,
        Pin,
        Problem,
        Published,
        Shift,
        ShiftTemplate,
    )

Faults = Iterator["Fault"]

MOST_PEOPLE = 10_000
"""People wanted at once; more is a slip of the pen, and costs would overflow."""
HIGHEST_PRICE = 1_000_000
"""Of one person-minute."""
MOST_CARRIED = 10_000_000
"""Carried minutes, shifts or days; more than 19 years of minutes."""


def faults_of(problem: Problem) -> list[Fault]:
    """Everything that is wrong with a problem, in the order of its fields."""
    faults = list(_calendar(problem))
    if faults:  # nothing else can be judged without days
        return faults
    checks: tuple[Callable[[Problem], Faults], ...] = (
        _employees, _shifts, _templates, _coverage, _rules, _pins, _published, _shift_groups,
    )  # fmt: skip
    return [fault for check in checks for fault in check(problem)]


def _fault(path: str, value: object, message: str) -> Fault:
    from solver.problem import Fault

    return Fault(path, value, message)


def _at_most(path: str, thing: Shift | Coverage, **bounds: int) -> Faults:
    for name, most in bounds.items():
        value = getattr(thing, name)
        if value is not None and value > most:
            yield _fault(f"{path}.{name}", value, f"must not be above {most}")


def _calendar(problem: Problem) -> Faults:
    if problem.origin.utcoffset() is None:
        yield _fault("origin", problem.origin.isoformat(), "has no offset; write 2026-11-23T00:00:00+01:00")
    if problem.zone and not _is_zone(problem.zone):
        yield _fault("zone", problem.zone, "is no IANA time zone; write Europe/Warsaw, or leave it out")
    for key, name in problem.names.items():
        if not isinstance(name, str):
            yield _fault(f"names.{key}", name, "must be a text")
    if not problem.days:
        yield _fault("days", [], "is empty; a horizon has at least one day")
        return
    yield from _days("past_days", problem.past_days)
    yield from _days("days", problem.days)
    if problem.past_days and problem.past_days[-1].end != problem.days[0].start:
        last = len(problem.past_days) - 1
        yield _fault(f"past_days[{last}].end", problem.past_days[-1].end, f"must be {problem.days[0].start}")


def _days(path: str, days: Sequence[Day]) -> Faults:
    for place, day in enumerate(days):
        if not _is_date(day.on):
            yield _fault(f"{path}[{place}].on", day.on, "is no ISO date; write 2026-11-23")
            return
        if not 1440 - 120 <= day.end - day.start <= 1440 + 120:
            message = "must be 1440 minutes after start (1380 or 1500 where the clocks change)"
            yield _fault(f"{path}[{place}].end", day.end, message)
    for place, (day, following) in enumerate(pairwise(days), start=1):
        expected = (date.fromisoformat(day.on) + timedelta(days=1)).isoformat()
        if following.on != expected:
            yield _fault(f"{path}[{place}].on", following.on, f"must be {expected}: days follow each other")
        if following.start != day.end:
            yield _fault(
                f"{path}[{place}].start", following.start, f"must be {day.end}, the end of the day before"
            )


def _employees(problem: Problem) -> Faults:
    yield from _unique("employees", [employee.id for employee in problem.employees])
    for place, employee in enumerate(problem.employees):
        path = f"employees[{place}]"
        for name in ("unavailable", "available", "preferred", "unpreferred"):
            yield from _spans(f"{path}.{name}", getattr(employee, name) or ())
        yield from _employee_numbers(path, employee)
        yield from _ledgers(path, employee)
        yield from _cost_tiers(path, employee)
        yield from _fixed_work(path, employee, problem)


def _employee_numbers(path: str, employee: Employee) -> Faults:
    for place, held in enumerate(employee.skills):
        if held.start is not None and held.end is not None and held.start >= held.end:
            yield _fault(f"{path}.skills[{place}].end", held.end, f"must be after start {held.start}")
    for place, banned in enumerate(employee.prohibited_tags):
        if banned.start is not None and banned.end is not None and banned.start >= banned.end:
            message = f"must be after start {banned.start}"
            yield _fault(f"{path}.prohibited_tags[{place}].end", banned.end, message)
    if not 0 <= employee.priority <= MOST_PEOPLE:
        message = f"must be between 0, who comes first, and {MOST_PEOPLE}"
        yield _fault(f"{path}.priority", employee.priority, message)
    for name in ("minimum_minutes", "maximum_minutes", "target_minutes", "cost_per_minute"):
        value = getattr(employee, name)
        if value is not None and value < 0:
            yield _fault(f"{path}.{name}", value, "must not be negative")
    low, high = employee.minimum_minutes, employee.maximum_minutes
    if low is not None and high is not None and low > high:
        yield _fault(f"{path}.minimum_minutes", low, f"must not be above maximum_minutes {high}")


def _ledgers(path: str, employee: Employee) -> Faults:
    names = [one.ledger for one in employee.carried]
    for place, one in enumerate(employee.carried):
        if not one.ledger:
            yield _fault(f"{path}.carried[{place}].ledger", one.ledger, "is empty; name the ledger of a rule")
        elif one.ledger in names[:place]:
            yield _fault(f"{path}.carried[{place}].ledger", one.ledger, "is there twice; add the amounts up")
        if abs(one.amount) > MOST_CARRIED:
            message = f"must lie between {-MOST_CARRIED} and {MOST_CARRIED}"
            yield _fault(f"{path}.carried[{place}].amount", one.amount, message)
        if one.days < 0:
            yield _fault(f"{path}.carried[{place}].days", one.days, "must not be negative")
    for place, day in enumerate(employee.neutral_days):
        if not _is_date(day):
            yield _fault(f"{path}.neutral_days[{place}]", day, "is no ISO date; write 2026-11-23")


def _cost_tiers(path: str, employee: Employee) -> Faults:
    after, price = 0, employee.cost_per_minute
    for place, tier in enumerate(employee.cost_tiers):
        where = f"{path}.cost_tiers[{place}]"
        if tier.after_minutes <= after:
            yield _fault(f"{where}.after_minutes", tier.after_minutes, f"must be above {after}: tiers go up")
        if tier.cost_per_minute < price:
            message = f"must not be below {price}, the price before it: overtime is never cheaper"
            yield _fault(f"{where}.cost_per_minute", tier.cost_per_minute, message)
        after, price = tier.after_minutes, tier.cost_per_minute


def _fixed_work(path: str, employee: Employee, problem: Problem) -> Faults:
    for place, work in enumerate(employee.history):
        yield from _work(f"{path}.history[{place}]", work)
        if work.start >= problem.start:
            message = f"must be before {problem.start}, the start of the horizon; pin what lies inside it"
            yield _fault(f"{path}.history[{place}].start", work.start, message)
    for place, work in enumerate(employee.upcoming):
        yield from _work(f"{path}.upcoming[{place}]", work)
        if work.start < problem.end:
            message = f"must be {problem.end}, the end of the horizon, or later; pin what lies inside it"
            yield _fault(f"{path}.upcoming[{place}].start", work.start, message)


def _shifts(problem: Problem) -> Faults:
    yield from _unique("shifts", [shift.id for shift in problem.shifts])
    for place, shift in enumerate(problem.shifts):
        path = f"shifts[{place}]"
        yield from _work(path, shift)
        yield from _starts_inside(f"{path}.start", shift.start, problem)
        for name in ("headcount", "priority"):
            if getattr(shift, name) < 1:
                yield _fault(f"{path}.{name}", getattr(shift, name), "must be 1 or more")
        yield from _at_most(path, shift, headcount=MOST_PEOPLE, priority=HIGHEST_PRICE)
        yield from _preferred_people(path, shift, problem)


def _preferred_people(path: str, shift: Shift, problem: Problem) -> Faults:
    for name in ("preferred_employees", "unpreferred_employees"):
        for who in getattr(shift, name):
            if who not in problem.employee_by_id:
                yield _fault(f"{path}.{name}", who, "is no employee of the problem")
    for who in shift.preferred_employees:
        if who in shift.unpreferred_employees:
            yield _fault(f"{path}.unpreferred_employees", who, "is among the preferred_employees too")


def _templates(problem: Problem) -> Faults:
    yield from _unique("templates", [template.id for template in problem.templates])
    known = {day.on for day in problem.days}
    for place, template in enumerate(problem.templates):
        path = f"templates[{place}]"
        for day in template.days or ():
            if day not in known:
                yield _fault(f"{path}.days", day, f"is not in the horizon {min(known)} to {max(known)}")
        yield from _requires(path, template)
        numbers = list(_template_numbers(path, template))
        yield from numbers
        if template.tasks and not numbers:
            yield from _template_tasks(path, template, problem)
        for number, start in enumerate(template.starts):
            yield from _starts_inside(f"{path}.starts[{number}]", start, problem)


def _template_numbers(path: str, template: ShiftTemplate) -> Faults:
    if not 0 <= template.earliest_start <= template.latest_start < 1440:
        message = f"needs 0 <= earliest_start <= latest_start < 1440; latest_start is {template.latest_start}"
        yield _fault(f"{path}.earliest_start", template.earliest_start, message)
    for name in ("start_step", "length_step", "shortest"):
        if getattr(template, name) < 1:
            yield _fault(f"{path}.{name}", getattr(template, name), "must be 1 or more minutes")
    if template.longest < template.shortest:
        yield _fault(f"{path}.longest", template.longest, f"must not be below shortest {template.shortest}")
    if template.latest_end is not None and template.latest_end < template.earliest_start + template.shortest:
        message = "leaves no room for the shortest shift at the earliest start"
        yield _fault(f"{path}.latest_end", template.latest_end, message)
    for place, policy in enumerate(template.breaks):
        if not 0 < policy.minutes < policy.from_minutes:
            message = f"must be more than 0 and less than from_minutes {policy.from_minutes}"
            yield _fault(f"{path}.breaks[{place}].minutes", policy.minutes, message)
        if policy.window is not None:
            yield from _window(f"{path}.breaks[{place}].window", policy.window)
    for length in template.lengths() if template.length_step > 0 else ():
        if sum(pause.minutes for pause in template.breaks_of(length)) >= length:
            yield _fault(f"{path}.breaks", length, "is the length of a shift that is all breaks")
            return
        policies = [policy for policy in template.breaks if length >= policy.from_minutes]
        if all(_is_sound(p.window) for p in policies) and even_places(policies, length) is None:
            message = "is the length of a shift in which the windows leave no room for all breaks in order"
            yield _fault(f"{path}.breaks", length, message)
            return


def _window(path: str, window: BreakWindow) -> Faults:
    for name in ("earliest", "before_end"):
        if getattr(window, name) < 0:
            yield _fault(f"{path}.{name}", getattr(window, name), "must not be negative")
    if window.latest is not None and window.latest < window.earliest:
        yield _fault(f"{path}.latest", window.latest, f"must not be below earliest {window.earliest}")
    if window.step < 1:
        yield _fault(f"{path}.step", window.step, "must be 1 or more minutes")


def _is_sound(window: BreakWindow | None) -> bool:
    return window is None or not list(_window("", window))


def _template_tasks(path: str, template: ShiftTemplate, problem: Problem) -> Faults:
    """Tasks change on one grid for all shifts of a template and day."""
    if template.skill is not None:
        yield _fault(f"{path}.skill", template.skill, "must be left out where there are tasks")
    for place, skill in enumerate(template.tasks):
        if not skill or skill in template.tasks[:place]:
            yield _fault(f"{path}.tasks[{place}]", skill, "must be a name of its own")
    from solver.cpsat.slots import pairs_of

    step = template.task_step
    if step < 1:
        yield _fault(f"{path}.task_step", step, "must be 1 or more minutes")
        return
    for name in ("shortest", "length_step"):
        if getattr(template, name) % step:
            message = f"must be a multiple of task_step {step}"
            yield _fault(f"{path}.{name}", getattr(template, name), message)
    for day in range(len(problem.days)):
        uneven = {start % step for start, _ in pairs_of(template, day, problem)}
        if len(uneven) > 1:
            message = f"must be a multiple of task_step {step} on {problem.days[day].on}"
            yield _fault(f"{path}.starts" if template.starts else f"{path}.start_step", message, message)
            return


def _coverage(problem: Problem) -> Faults:
    yield from _unique("coverage", [cover.id for cover in problem.coverage])
    for place, cover in enumerate(problem.coverage):
        path = f"coverage[{place}]"
        if cover.start >= cover.end:
            yield _fault(f"{path}.end", cover.end, f"must be after start {cover.start}")
        elif cover.start < problem.start or cover.end > problem.end:
            message = f"leaves the horizon [{problem.start}, {problem.end})"
            yield _fault(path, f"[{cover.start}, {cover.end})", message)
        yield from _coverage_numbers(path, cover)


def _coverage_numbers(path: str, cover: Coverage) -> Faults:
    for name in ("minimum", "missing_price", "surplus_price"):
        if getattr(cover, name) < 0:
            yield _fault(f"{path}.{name}", getattr(cover, name), "must not be negative")
    yield from _surplus_prices(f"{path}.surplus_prices", cover)
    prices = {"missing_price": HIGHEST_PRICE, "surplus_price": HIGHEST_PRICE}
    yield from _at_most(path, cover, minimum=MOST_PEOPLE, target=MOST_PEOPLE, maximum=MOST_PEOPLE, **prices)
    if cover.wanted < cover.minimum:
        yield _fault(f"{path}.target", cover.target, f"must not be below minimum {cover.minimum}")
    if cover.maximum is not None and cover.maximum < cover.wanted:
        yield _fault(f"{path}.maximum", cover.maximum, f"must not be below target {cover.wanted}")


def _surplus_prices(path: str, cover: Coverage) -> Faults:
    prices = cover.surplus_prices
    if prices and cover.surplus_price:
        yield _fault(path, list(prices), "is given together with surplus_price; leave one of them out")
    for place, price in enumerate(prices):
        if not (prices[place - 1] if place else 0) <= price <= HIGHEST_PRICE:
            message = f"must not be below the one before it, negative or above {HIGHEST_PRICE}"
            yield _fault(f"{path}[{place}]", price, message)


def _rules(problem: Problem) -> Faults:
    for place, rule in enumerate(problem.rules):
        path = f"rules[{place}]"
        for who in rule.scope.employees or ():
            if who not in problem.employee_by_id:
                yield _fault(f"{path}.scope.employees", who, "is no employee of the problem")
        for day in rule.scope.days or ():
            if not _is_date(day):
                yield _fault(f"{path}.scope.days", day, "is no ISO date; write 2026-11-23")
        yield from _anchor(path, rule)
        yield from _named_people(path, rule, problem)
        yield from _references(path, rule, problem)


def _references(path: str, rule: Rule, problem: Problem) -> Faults:
    """People, shifts, templates and days that rules about the order of work name beside their scope."""
    known = {
        "employee": problem.employee_by_id,
        "shift": problem.shift_by_id,
        "template": problem.template_by_id,
    }
    for where, kind, name in references(rule):
        if kind == "date":
            if not _is_date(name):
                yield _fault(f"{path}{where}", name, "is no ISO date; write 2026-11-23")
        elif name not in known[kind]:
            some = ", ".join(list(known[kind])[:3])
            yield _fault(f"{path}{where}", name, f"is no {kind} of the problem; it has {some or 'none'}")


def _named_people(path: str, rule: Rule, problem: Problem) -> Faults:
    """The employees that rules about several people name beside their scope."""
    named = {"partners": getattr(rule, "partners", ())}
    for name in ("staff", "juniors", "seniors"):
        named[f"{name}.employees"] = getattr(getattr(rule, name, None), "employees", None) or ()
    for name, people in named.items():
        for who in people:
            if who not in problem.employee_by_id:
                yield _fault(f"{path}.{name}", who, "is no employee of the problem")
    if isinstance(rule, Concurrent):
        yield from _spans(f"{path}.spans", rule.spans or ())


def _shift_groups(problem: Problem) -> Faults:
    yield from _unique("shift_groups", [group.id for group in problem.shift_groups])
    group_of: dict[str, str] = {}
    for place, group in enumerate(problem.shift_groups):
        path = f"shift_groups[{place}]"
        if not 1 <= group.fill <= len(group.shifts):
            message = f"must be between 1 and {len(group.shifts)}, the shifts of the group"
            yield _fault(f"{path}.fill", group.fill, message)
        for name in group.shifts:
            if name not in problem.shift_by_id:
                yield _fault(f"{path}.shifts", name, "is no shift of the problem")
            elif name in group_of:
                yield _fault(f"{path}.shifts", name, f"is in group {group_of[name]!r} already")
            group_of[name] = group.id
        kinds = {problem.shift_by_id[name].mandatory for name in group.shifts if name in problem.shift_by_id}
        if len(kinds) > 1:
            message = "must be all mandatory or all optional: what is open counts at one level"
            yield _fault(f"{path}.shifts", list(group.shifts), message)


def _anchor(path: str, rule: Rule) -> Faults:
    period = getattr(rule, "period", None)
    if isinstance(period, Period) and period.anchor is not None and not _is_date(period.anchor):
        yield _fault(f"{path}.period.anchor", period.anchor, "is no ISO date; write 2026-11-23")


def _pins(problem: Problem) -> Faults:
    for place, pin in enumerate(problem.pins):
        yield from _reference(f"pins[{place}]", pin, problem)


def _published(problem: Problem) -> Faults:
    for place, one in enumerate(problem.published):
        yield from _reference(f"published[{place}]", one, problem)
        if one.price < 0:
            yield _fault(f"published[{place}].price", one.price, "must not be negative")


def _reference(path: str, pin: Pin | Published, problem: Problem) -> Faults:
    if pin.employee not in problem.employee_by_id:
        yield _fault(f"{path}.employee", pin.employee, "is no employee of the problem")
    if (pin.shift is None) == (pin.work is None):
        yield _fault(path, pin.shift, "needs either a shift or a span of work, not both")
    if pin.shift is not None and pin.shift not in problem.shift_by_id:
        yield _fault(f"{path}.shift", pin.shift, "is no shift of the problem")
    if pin.work is not None:
        yield from _work(f"{path}.work", pin.work)
        if getattr(pin, "kind", "fixed") == "fixed":
            yield from _starts_inside(f"{path}.work.start", pin.work.start, problem)


def _work(path: str, work: Work | Shift) -> Faults:
    if work.start >= work.end:
        yield _fault(f"{path}.end", work.end, f"must be after start {work.start}")
        return
    if any(pause.minutes < 1 for pause in work.breaks):
        yield _fault(
            f"{path}.breaks", [pause.minutes for pause in work.breaks], "must each be 1 minute or more"
        )
    if sum(pause.minutes for pause in work.breaks) >= work.end - work.start:
        message = f"must leave some of the {work.end - work.start} minutes to work"
        yield _fault(f"{path}.breaks", [pause.minutes for pause in work.breaks], message)
    if work.paid_minutes is not None and work.paid_minutes < 0:
        yield _fault(f"{path}.paid_minutes", work.paid_minutes, "must not be negative")
    yield from _requires(path, work)
    yield from _break_places(path, work)
    yield from _tasks(path, work)


def _requires(path: str, work: Work | Shift | ShiftTemplate) -> Faults:
    for place, alternatives in enumerate(work.requires):
        if not alternatives:
            message = "lists no skill, so nobody could hold one; leave the entry out"
            yield _fault(f"{path}.requires[{place}]", [], message)


def _break_places(path: str, work: Work | Shift) -> Faults:
    free_from = work.start
    placed = [(pause.start, pause.minutes) for pause in work.breaks if pause.start is not None]
    for start, minutes in sorted(placed):
        if start < free_from or start + minutes > work.end:
            message = f"must lie inside [{work.start}, {work.end}) and not overlap another break"
            yield _fault(f"{path}.breaks", start, message)
            return
        free_from = start + minutes


def _tasks(path: str, work: Work | Shift) -> Faults:
    if work.tasks and work.skill is not None:
        yield _fault(f"{path}.skill", work.skill, "must be left out where there are tasks")
    at = work.start
    for place, task in enumerate(work.tasks):
        if task.start != at:
            yield _fault(f"{path}.tasks[{place}].start", task.start, f"must be {at}: tasks leave no gap")
            return
        if task.end <= task.start:
            yield _fault(f"{path}.tasks[{place}].end", task.end, f"must be after start {task.start}")
            return
        at = task.end
    if work.tasks and at != work.end:
        last = len(work.tasks) - 1
        yield _fault(f"{path}.tasks[{last}].end", at, f"must be {work.end}, the end of the work")


def _starts_inside(path: str, start: int, problem: Problem) -> Faults:
    if not problem.start <= start < problem.end:
        yield _fault(path, start, f"must lie in the horizon [{problem.start}, {problem.end})")


def _spans(path: str, spans: Iterable[Span]) -> Faults:
    for place, span in enumerate(spans):
        if span.start >= span.end:
            yield _fault(f"{path}[{place}].end", span.end, f"must be after start {span.start}")


def _unique(path: str, ids: Sequence[str]) -> Faults:
    first: dict[str, int] = {}
    for place, name in enumerate(ids):
        if not name:
            yield _fault(f"{path}[{place}].id", name, "is empty; give each its own id")
        elif name in first:
            yield _fault(f"{path}[{place}].id", name, f"is taken by {path}[{first[name]}]; ids are unique")
        else:
            first[name] = place


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, no plain name, a folder of zones
        return False
    return True


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10
