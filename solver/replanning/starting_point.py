"""Where re-planning starts: what of a published roster is fixed, what may change, what cannot stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from solver.problem import Pin, Problem, Published
from solver.replanning.events import Absence, CancelledShift, Event, after_events
from solver.replanning.terms import Terms
from solver.rules.stability import Stability
from solver.spans import gaps
from solver.work import Assignment, Roster, Work

FROZEN = "past or about to start"


@dataclass(frozen=True, slots=True)
class StartingPoint:
    """A problem whose pins are what is fixed and whose published work is what may change at a price.

    Parameters
    ----------
    problem
        After all events.
    roster
        What is left of the published roster.
    lost
        Published work that cannot stay as it is: of absent people and of cancelled shifts.
    """

    problem: Problem
    roster: Roster
    lost: tuple[Assignment, ...]


def starting_point(
    problem: Problem, published: Roster, now: int, events: Sequence[Event], terms: Terms
) -> StartingPoint:
    """What is fixed, what may change, what cannot stay.

    Work that has begun when its person falls ill ends then. What the problem itself calls published gives way
    to the roster.

    Raises
    ------
    ProblemError
        If the events make no sense.
    """
    changed = after_events(problem, events)
    absences = [event for event in events if isinstance(event, Absence)]
    cancelled = {event.shift for event in events if isinstance(event, CancelledShift)}
    frozen: list[Assignment] = []
    free: list[Assignment] = []
    lost: list[Assignment] = []
    told: list[Published] = []
    for work in published:
        price = terms.price(work.start - now)
        absent_from = _absent_from(work, absences)
        kept = work
        if work.shift in cancelled:
            kept = replace(work, shift=None, template=None)
            lost.append(work)
        elif absent_from is not None and work.start < min(now, absent_from):
            kept = _cut(work, absent_from)
            frozen.append(kept)
            lost.append(work)
        elif absent_from is not None:
            lost.append(work)
        elif work.start < now + terms.freeze_minutes:
            frozen.append(work)
        else:
            free.append(work)
        told.append(_published(kept, price))
    rules = (rule for rule in changed.rules if not isinstance(rule, Stability))
    pins = (*_pins_left(changed, frozen), *_kept_out(changed, frozen, now + terms.call_in_minutes))
    planned = replace(
        changed, rules=(*rules, terms.stability(now)), pins=(*changed.pins, *pins), published=tuple(told)
    )
    return StartingPoint(planned, Roster((*frozen, *free)), tuple(lost))


def _absent_from(work: Assignment, absences: Sequence[Absence]) -> int | None:
    """From when on the person is absent during the work."""
    hits = [
        one.start
        for one in absences
        if one.employee == work.employee and one.start < work.end and work.start < one.end
    ]
    return max(min(hits), work.start) if hits else None


def _cut(work: Assignment, end: int) -> Assignment:
    """Work that ends before it was meant to: by hand, since it is the given shift no longer."""
    breaks = tuple(one for one in work.breaks if one.start is not None and one.start + one.minutes <= end)
    tasks = tuple(replace(task, end=min(task.end, end)) for task in work.tasks if task.start < end)
    return replace(work, end=end, shift=None, template=None, paid_minutes=None, breaks=breaks, tasks=tasks)


def _span_of(work: Assignment) -> Work:
    return Work(**{each.name: getattr(work, each.name) for each in fields(Work)})


def _published(work: Assignment, price: int) -> Published:
    if work.shift is not None:
        return Published(employee=work.employee, shift=work.shift, price=price)
    return Published(employee=work.employee, work=_span_of(work), price=price)


def _pins_left(problem: Problem, frozen: Sequence[Assignment]) -> Iterator[Pin]:
    """A fixed pin for all that stays, unless the problem has it."""
    for work in frozen:
        pin = Pin(employee=work.employee, shift=work.shift, note=FROZEN)
        if work.shift is None:
            pin = Pin(employee=work.employee, work=_span_of(work), note=FROZEN)
        known = (replace(each, note=FROZEN) for each in problem.pins_of(work.employee))
        if pin not in known:
            yield pin


def _kept_out(problem: Problem, frozen: Sequence[Assignment], until: int) -> Iterator[Pin]:
    """Nobody works until then but for what is fixed."""
    fixed = [pin for pin in problem.pins if pin.kind == "fixed"]
    busy = Roster((*frozen, *(problem.pinned(pin) for pin in fixed)))
    for employee in problem.employees if until > problem.start else ():
        own = [work.span for work in busy.of(employee.id)]
        for gap in gaps(problem.start, min(until, problem.end), own):
            yield Pin(
                employee=employee.id, kind="forbidden", work=Work(start=gap.start, end=gap.end), note=FROZEN
            )
