"""What can happen to a published roster, and the problem as it is afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from solver.problem import Coverage, Employee, Fault, Problem, ProblemError, Shift
from solver.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Somebody cannot work for a while: a sick call.

    Parameters
    ----------
    employee
        Id of the employee.
    start, end
        Minutes from the origin, half-open. Work that has begun by then ends at ``start``.
    """

    employee: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedDemand:
    """Coverage is wanted otherwise.

    Parameters
    ----------
    coverage
        Requirements that are new, or take the place of those with the same ids.
    withdrawn
        Ids of requirements that are no longer there.
    """

    coverage: tuple[Coverage, ...] = ()
    withdrawn: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEmployee:
    """Somebody joins.

    Parameters
    ----------
    employee
        Who; ``available`` says from when.
    """

    employee: Employee


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelledShift:
    """A given shift is no longer wanted.

    Parameters
    ----------
    shift
        Its id.
    """

    shift: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedShift:
    """One more given shift is wanted.

    Parameters
    ----------
    shift
        The shift, with a new id.
    """

    shift: Shift


Event = Absence | ChangedDemand | NewEmployee | CancelledShift | AddedShift


def after_events(problem: Problem, events: Sequence[Event]) -> Problem:
    """The problem as it is after everything that has happened.

    Pins and published assignments of a cancelled shift are gone, and so are fixed pins to work that an
    absence makes impossible.

    Raises
    ------
    ProblemError
        With every event that names somebody or something the problem does not have, and every fault of the
        problem that comes out.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from solver.problem import Day
    >>> problem = Problem(origin=datetime(2026, 11, 23, tzinfo=UTC), days=(Day("2026-11-23", 0, 1440),),
    ...                   employees=(Employee(id="ann"),))
    >>> after_events(problem, [Absence(employee="ann", start=0, end=1440)]).employees[0].unavailable
    (Span(start=0, end=1440),)
    >>> after_events(problem, [Absence(employee="eve", start=0, end=1440)])
    Traceback (most recent call last):
    solver.problem.ProblemError: events[0].employee = 'eve': is no employee of the problem
    """
    faults = [fault for place, event in enumerate(events) for fault in _faults(problem, place, event)]
    if faults:
        raise ProblemError(faults)
    cancelled = {event.shift for event in events if isinstance(event, CancelledShift)}
    absences = [event for event in events if isinstance(event, Absence)]
    joined = [event.employee for event in events if isinstance(event, NewEmployee)]
    added = [event.shift for event in events if isinstance(event, AddedShift)]
    return replace(
        problem,
        employees=(*(_with_absences(one, absences) for one in problem.employees), *joined),
        shifts=(*(shift for shift in problem.shifts if shift.id not in cancelled), *added),
        coverage=_coverage(problem, events),
        pins=tuple(
            pin
            for pin in problem.pins
            if pin.shift not in cancelled
            and (pin.kind != "fixed" or not _hit(pin.employee, problem.pinned(pin).span, absences))
        ),
        published=tuple(one for one in problem.published if one.shift not in cancelled),
    )


def _faults(problem: Problem, place: int, event: Event) -> list[Fault]:
    path = f"events[{place}]"
    found: list[Fault] = []
    if isinstance(event, Absence):
        if event.employee not in problem.employee_by_id:
            found.append(Fault(f"{path}.employee", event.employee, "is no employee of the problem"))
        if event.start >= event.end:
            found.append(Fault(f"{path}.end", event.end, f"must be after start {event.start}"))
    elif isinstance(event, CancelledShift) and event.shift not in problem.shift_by_id:
        found.append(Fault(f"{path}.shift", event.shift, "is no shift of the problem"))
    elif isinstance(event, ChangedDemand):
        known = {cover.id for cover in problem.coverage}
        for name in event.withdrawn:
            if name not in known:
                found.append(Fault(f"{path}.withdrawn", name, "is no coverage of the problem"))
    return found


def _with_absences(employee: Employee, absences: Sequence[Absence]) -> Employee:
    own = tuple(Span(one.start, one.end) for one in absences if one.employee == employee.id)
    return replace(employee, unavailable=(*employee.unavailable, *own)) if own else employee


def _coverage(problem: Problem, events: Sequence[Event]) -> tuple[Coverage, ...]:
    wanted = {cover.id: cover for cover in problem.coverage}
    for event in events:
        if isinstance(event, ChangedDemand):
            for name in event.withdrawn:
                wanted.pop(name, None)
            wanted |= {cover.id: cover for cover in event.coverage}
    return tuple(wanted.values())


def _hit(employee: str, span: Span, absences: Sequence[Absence]) -> bool:
    return any(one.employee == employee and one.start < span.end and span.start < one.end for one in absences)
