"""The words of validation: single faults, ids, spans, dates, and spans of work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from solver.spans import Span
from solver.work import Work

if TYPE_CHECKING:
    from solver.problem import Coverage, Fault, Problem, Shift, ShiftTemplate

Faults = Iterator["Fault"]


def fault(path: str, value: object, message: str) -> Fault:
    """One thing that is wrong."""
    from solver.problem import Fault

    return Fault(path, value, message)


def too_high(path: str, thing: Shift | Coverage, **bounds: int) -> Faults:
    """Figures above what makes sense."""
    for name, most in bounds.items():
        value = getattr(thing, name)
        if value is not None and value > most:
            yield fault(f"{path}.{name}", value, f"must not be above {most}")


def starts_outside(path: str, start: int, problem: Problem) -> Faults:
    """A start that is not in the horizon."""
    if not problem.start <= start < problem.end:
        yield fault(path, start, f"must lie in the horizon [{problem.start}, {problem.end})")


def empty_spans(path: str, spans: Iterable[Span]) -> Faults:
    """Spans that end before they start."""
    for place, span in enumerate(spans):
        if span.start >= span.end:
            yield fault(f"{path}[{place}].end", span.end, f"must be after start {span.start}")


def taken_ids(path: str, ids: Sequence[str]) -> Faults:
    """Ids that are empty or taken."""
    first: dict[str, int] = {}
    for place, name in enumerate(ids):
        if not name:
            yield fault(f"{path}[{place}].id", name, "is empty; give each its own id")
        elif name in first:
            yield fault(f"{path}[{place}].id", name, f"is taken by {path}[{first[name]}]; ids are unique")
        else:
            first[name] = place


def is_date(text: str) -> bool:
    """Whether a text is an ISO date."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10


def work_faults(path: str, work: Work | Shift) -> Faults:
    """What is wrong with a span of work."""
    if work.start >= work.end:
        yield fault(f"{path}.end", work.end, f"must be after start {work.start}")
        return
    if any(pause.minutes < 1 for pause in work.breaks):
        yield fault(
            f"{path}.breaks", [pause.minutes for pause in work.breaks], "must each be 1 minute or more"
        )
    if sum(pause.minutes for pause in work.breaks) >= work.end - work.start:
        message = f"must leave some of the {work.end - work.start} minutes to work"
        yield fault(f"{path}.breaks", [pause.minutes for pause in work.breaks], message)
    if work.paid_minutes is not None and work.paid_minutes < 0:
        yield fault(f"{path}.paid_minutes", work.paid_minutes, "must not be negative")
    yield from empty_requirements(path, work)
    yield from _break_places(path, work)
    yield from _tasks(path, work)


def empty_requirements(path: str, work: Work | Shift | ShiftTemplate) -> Faults:
    """Requirements nobody can meet."""
    for place, alternatives in enumerate(work.requires):
        if not alternatives:
            message = "lists no skill, so nobody could hold one; leave the entry out"
            yield fault(f"{path}.requires[{place}]", [], message)


def _break_places(path: str, work: Work | Shift) -> Faults:
    free_from = work.start
    placed = [(pause.start, pause.minutes) for pause in work.breaks if pause.start is not None]
    for start, minutes in sorted(placed):
        if start < free_from or start + minutes > work.end:
            message = f"must lie inside [{work.start}, {work.end}) and not overlap another break"
            yield fault(f"{path}.breaks", start, message)
            return
        free_from = start + minutes


def _tasks(path: str, work: Work | Shift) -> Faults:
    if work.tasks and work.skill is not None:
        yield fault(f"{path}.skill", work.skill, "must be left out where there are tasks")
    at = work.start
    for place, task in enumerate(work.tasks):
        if task.start != at:
            yield fault(f"{path}.tasks[{place}].start", task.start, f"must be {at}: tasks leave no gap")
            return
        if task.end <= task.start:
            yield fault(f"{path}.tasks[{place}].end", task.end, f"must be after start {task.start}")
            return
        at = task.end
    if work.tasks and at != work.end:
        last = len(work.tasks) - 1
        yield fault(f"{path}.tasks[{last}].end", at, f"must be {work.end}, the end of the work")
