"""What makes a problem nonsense: every fault, with its place, its value and what would do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from solver.break_places import even_places
from solver.civil_days import Day
from solver.faults import (
    Faults,
    empty_requirements,
    empty_spans,
    fault,
    is_date,
    starts_outside,
    taken_ids,
    too_high,
    work_faults,
)
from solver.local_time import is_zone
from solver.rules.period import LONGEST_DAYS
from solver.unknown_names import (
    pin_faults,
    preference_faults,
    published_faults,
    rule_faults,
    shift_group_faults,
)

if TYPE_CHECKING:
    from solver.problem import (
        BreakWindow,
        Coverage,
        Employee,
        Fault,
        Problem,
        ShiftTemplate,
    )

MOST_PEOPLE = 10_000
"""People wanted at once; more is a slip of the pen, and costs would overflow."""
HIGHEST_PRICE = 1_000_000
"""Of one person-minute."""
YEARS = range(1900, 2200)
"""Of the origin and of days; beyond them sums of dates would leave the calendar."""
MOST_CARRIED = 10_000_000
"""Carried minutes, shifts or days; more than 19 years of minutes."""


def faults_of(problem: Problem) -> list[Fault]:
    """Everything that is wrong with a problem, in the order of its fields."""
    faults = list(_calendar(problem))
    if faults:  # nothing else can be judged without days
        return faults
    checks: tuple[Callable[[Problem], Faults], ...] = (
        _employees, _shifts, _templates, _coverage,
        rule_faults, pin_faults, published_faults, shift_group_faults,
    )  # fmt: skip
    return [found for check in checks for found in check(problem)]


def _calendar(problem: Problem) -> Faults:
    if problem.origin.utcoffset() is None:
        yield fault("origin", problem.origin.isoformat(), "has no offset; write 2026-11-23T00:00:00+01:00")
    if problem.origin.year not in YEARS:
        yield fault("origin", problem.origin.isoformat(), f"must lie in the years {YEARS[0]} to {YEARS[-1]}")
    if problem.zone and not is_zone(problem.zone):
        yield fault("zone", problem.zone, "is no IANA time zone; write Europe/Warsaw, or leave it out")
    for key, name in problem.names.items():
        if not isinstance(name, str):
            yield fault(f"names.{key}", name, "must be a text")
    if not problem.days:
        yield fault("days", [], "is empty; a horizon has at least one day")
        return
    yield from _days("past_days", problem.past_days)
    yield from _days("days", problem.days)
    if problem.past_days and problem.past_days[-1].end != problem.days[0].start:
        last = len(problem.past_days) - 1
        yield fault(f"past_days[{last}].end", problem.past_days[-1].end, f"must be {problem.days[0].start}")


def _days(path: str, days: Sequence[Day]) -> Faults:
    for place, day in enumerate(days):
        if not is_date(day.on):
            yield fault(f"{path}[{place}].on", day.on, "is no ISO date; write 2026-11-23")
            return
        if date.fromisoformat(day.on).year not in YEARS:
            yield fault(f"{path}[{place}].on", day.on, f"must lie in the years {YEARS[0]} to {YEARS[-1]}")
            return
        if not 1440 - 120 <= day.end - day.start <= 1440 + 120:
            message = "must be 1440 minutes after start (1380 or 1500 where the clocks change)"
            yield fault(f"{path}[{place}].end", day.end, message)
    for place, (day, following) in enumerate(pairwise(days), start=1):
        expected = (date.fromisoformat(day.on) + timedelta(days=1)).isoformat()
        if following.on != expected:
            yield fault(f"{path}[{place}].on", following.on, f"must be {expected}: days follow each other")
        if following.start != day.end:
            yield fault(
                f"{path}[{place}].start", following.start, f"must be {day.end}, the end of the day before"
            )


def _employees(problem: Problem) -> Faults:
    yield from taken_ids("employees", [employee.id for employee in problem.employees])
    for place, employee in enumerate(problem.employees):
        path = f"employees[{place}]"
        for name in ("unavailable", "available", "preferred", "unpreferred"):
            yield from empty_spans(f"{path}.{name}", getattr(employee, name) or ())
        yield from _employee_numbers(path, employee)
        yield from _ledgers(path, employee)
        yield from _cost_tiers(path, employee)
        yield from _fixed_work(path, employee, problem)


def _employee_numbers(path: str, employee: Employee) -> Faults:
    for place, held in enumerate(employee.skills):
        if held.start is not None and held.end is not None and held.start >= held.end:
            yield fault(f"{path}.skills[{place}].end", held.end, f"must be after start {held.start}")
    for place, banned in enumerate(employee.prohibited_tags):
        if banned.start is not None and banned.end is not None and banned.start >= banned.end:
            message = f"must be after start {banned.start}"
            yield fault(f"{path}.prohibited_tags[{place}].end", banned.end, message)
    if not 0 <= employee.priority <= MOST_PEOPLE:
        message = f"must be between 0, who comes first, and {MOST_PEOPLE}"
        yield fault(f"{path}.priority", employee.priority, message)
    for name in ("minimum_minutes", "maximum_minutes", "target_minutes", "cost_per_minute"):
        value = getattr(employee, name)
        if value is not None and value < 0:
            yield fault(f"{path}.{name}", value, "must not be negative")
    low, high = employee.minimum_minutes, employee.maximum_minutes
    if low is not None and high is not None and low > high:
        yield fault(f"{path}.minimum_minutes", low, f"must not be above maximum_minutes {high}")


def _ledgers(path: str, employee: Employee) -> Faults:
    names = [one.ledger for one in employee.carried]
    for place, one in enumerate(employee.carried):
        if not one.ledger:
            yield fault(f"{path}.carried[{place}].ledger", one.ledger, "is empty; name the ledger of a rule")
        elif one.ledger in names[:place]:
            yield fault(f"{path}.carried[{place}].ledger", one.ledger, "is there twice; add the amounts up")
        if abs(one.amount) > MOST_CARRIED:
            message = f"must lie between {-MOST_CARRIED} and {MOST_CARRIED}"
            yield fault(f"{path}.carried[{place}].amount", one.amount, message)
        if not 0 <= one.days <= LONGEST_DAYS:
            message = f"must lie between 0 and {LONGEST_DAYS}"
            yield fault(f"{path}.carried[{place}].days", one.days, message)
    for place, day in enumerate(employee.neutral_days):
        if not is_date(day):
            yield fault(f"{path}.neutral_days[{place}]", day, "is no ISO date; write 2026-11-23")


def _cost_tiers(path: str, employee: Employee) -> Faults:
    after, price = 0, employee.cost_per_minute
    for place, tier in enumerate(employee.cost_tiers):
        where = f"{path}.cost_tiers[{place}]"
        if tier.after_minutes <= after:
            yield fault(f"{where}.after_minutes", tier.after_minutes, f"must be above {after}: tiers go up")
        if tier.cost_per_minute > HIGHEST_PRICE:
            message = f"must not be above {HIGHEST_PRICE}"
            yield fault(f"{where}.cost_per_minute", tier.cost_per_minute, message)
        if tier.cost_per_minute < price:
            message = f"must not be below {price}, the price before it: overtime is never cheaper"
            yield fault(f"{where}.cost_per_minute", tier.cost_per_minute, message)
        after, price = tier.after_minutes, tier.cost_per_minute


def _fixed_work(path: str, employee: Employee, problem: Problem) -> Faults:
    for place, work in enumerate(employee.history):
        yield from work_faults(f"{path}.history[{place}]", work)
        if work.start >= problem.start:
            message = f"must be before {problem.start}, the start of the horizon; pin what lies inside it"
            yield fault(f"{path}.history[{place}].start", work.start, message)
    for place, work in enumerate(employee.upcoming):
        yield from work_faults(f"{path}.upcoming[{place}]", work)
        if work.start < problem.end:
            message = f"must be {problem.end}, the end of the horizon, or later; pin what lies inside it"
            yield fault(f"{path}.upcoming[{place}].start", work.start, message)


def _shifts(problem: Problem) -> Faults:
    yield from taken_ids("shifts", [shift.id for shift in problem.shifts])
    for place, shift in enumerate(problem.shifts):
        path = f"shifts[{place}]"
        yield from work_faults(path, shift)
        yield from starts_outside(f"{path}.start", shift.start, problem)
        for name in ("headcount", "priority"):
            if getattr(shift, name) < 1:
                yield fault(f"{path}.{name}", getattr(shift, name), "must be 1 or more")
        yield from too_high(path, shift, headcount=MOST_PEOPLE, priority=HIGHEST_PRICE)
        yield from preference_faults(path, shift, problem)


def _templates(problem: Problem) -> Faults:
    yield from taken_ids("templates", [template.id for template in problem.templates])
    known = {day.on for day in problem.days}
    for place, template in enumerate(problem.templates):
        path = f"templates[{place}]"
        for day in template.days or ():
            if day not in known:
                yield fault(f"{path}.days", day, f"is not in the horizon {min(known)} to {max(known)}")
        yield from empty_requirements(path, template)
        numbers = list(_template_numbers(path, template))
        yield from numbers
        if template.tasks and not numbers:
            yield from _template_tasks(path, template, problem)
        for number, start in enumerate(template.starts):
            yield from starts_outside(f"{path}.starts[{number}]", start, problem)


def _template_numbers(path: str, template: ShiftTemplate) -> Faults:
    if not 0 <= template.earliest_start <= template.latest_start < 1440:
        message = f"needs 0 <= earliest_start <= latest_start < 1440; latest_start is {template.latest_start}"
        yield fault(f"{path}.earliest_start", template.earliest_start, message)
    for name in ("start_step", "length_step", "shortest"):
        if getattr(template, name) < 1:
            yield fault(f"{path}.{name}", getattr(template, name), "must be 1 or more minutes")
    if template.longest < template.shortest:
        yield fault(f"{path}.longest", template.longest, f"must not be below shortest {template.shortest}")
    if template.latest_end is not None and template.latest_end < template.earliest_start + template.shortest:
        message = "leaves no room for the shortest shift at the earliest start"
        yield fault(f"{path}.latest_end", template.latest_end, message)
    for place, policy in enumerate(template.breaks):
        if not 0 < policy.minutes < policy.from_minutes:
            message = f"must be more than 0 and less than from_minutes {policy.from_minutes}"
            yield fault(f"{path}.breaks[{place}].minutes", policy.minutes, message)
        if policy.window is not None:
            yield from _window(f"{path}.breaks[{place}].window", policy.window)
    for length in template.lengths() if template.length_step > 0 else ():
        if sum(pause.minutes for pause in template.breaks_of(length)) >= length:
            yield fault(f"{path}.breaks", length, "is the length of a shift that is all breaks")
            return
        policies = [policy for policy in template.breaks if length >= policy.from_minutes]
        if all(_is_sound(p.window) for p in policies) and even_places(policies, length) is None:
            message = "is the length of a shift in which the windows leave no room for all breaks in order"
            yield fault(f"{path}.breaks", length, message)
            return


def _window(path: str, window: BreakWindow) -> Faults:
    for name in ("earliest", "before_end"):
        if getattr(window, name) < 0:
            yield fault(f"{path}.{name}", getattr(window, name), "must not be negative")
    if window.latest is not None and window.latest < window.earliest:
        yield fault(f"{path}.latest", window.latest, f"must not be below earliest {window.earliest}")
    if window.step < 1:
        yield fault(f"{path}.step", window.step, "must be 1 or more minutes")


def _is_sound(window: BreakWindow | None) -> bool:
    return window is None or not list(_window("", window))


def _template_tasks(path: str, template: ShiftTemplate, problem: Problem) -> Faults:
    """Tasks change on one grid for all shifts of a template and day."""
    if template.skill is not None:
        yield fault(f"{path}.skill", template.skill, "must be left out where there are tasks")
    for place, skill in enumerate(template.tasks):
        if not skill or skill in template.tasks[:place]:
            yield fault(f"{path}.tasks[{place}]", skill, "must be a name of its own")
    from solver.cpsat.slots import pairs_of

    step = template.task_step
    if step < 1:
        yield fault(f"{path}.task_step", step, "must be 1 or more minutes")
        return
    several = ("length_step",) if len(template.lengths()) > 1 else ()
    for name in ("shortest", *several):
        if getattr(template, name) % step:
            message = f"must be a multiple of task_step {step}"
            yield fault(f"{path}.{name}", getattr(template, name), message)
    for day in range(len(problem.days)):
        uneven = {start % step for start, _ in pairs_of(template, day, problem)}
        if len(uneven) > 1:
            message = f"must be a multiple of task_step {step} on {problem.days[day].on}"
            yield fault(f"{path}.starts" if template.starts else f"{path}.start_step", message, message)
            return


def _coverage(problem: Problem) -> Faults:
    yield from taken_ids("coverage", [cover.id for cover in problem.coverage])
    for place, cover in enumerate(problem.coverage):
        path = f"coverage[{place}]"
        if cover.start >= cover.end:
            yield fault(f"{path}.end", cover.end, f"must be after start {cover.start}")
        elif cover.start < problem.start or cover.end > problem.end:
            message = f"leaves the horizon [{problem.start}, {problem.end})"
            yield fault(path, f"[{cover.start}, {cover.end})", message)
        yield from _coverage_numbers(path, cover)


def _coverage_numbers(path: str, cover: Coverage) -> Faults:
    for name in ("minimum", "missing_price", "surplus_price"):
        if getattr(cover, name) < 0:
            yield fault(f"{path}.{name}", getattr(cover, name), "must not be negative")
    yield from _surplus_prices(f"{path}.surplus_prices", cover)
    prices = {"missing_price": HIGHEST_PRICE, "surplus_price": HIGHEST_PRICE}
    yield from too_high(path, cover, minimum=MOST_PEOPLE, target=MOST_PEOPLE, maximum=MOST_PEOPLE, **prices)
    if cover.wanted < cover.minimum:
        yield fault(f"{path}.target", cover.target, f"must not be below minimum {cover.minimum}")
    if cover.maximum is not None and cover.maximum < cover.wanted:
        yield fault(f"{path}.maximum", cover.maximum, f"must not be below target {cover.wanted}")


def _surplus_prices(path: str, cover: Coverage) -> Faults:
    prices = cover.surplus_prices
    if prices and cover.surplus_price:
        yield fault(path, list(prices), "is given together with surplus_price; leave one of them out")
    for place, price in enumerate(prices):
        if not (prices[place - 1] if place else 0) <= price <= HIGHEST_PRICE:
            message = f"must not be below the one before it, negative or above {HIGHEST_PRICE}"
            yield fault(f"{path}[{place}]", price, message)
