"""Events and terms of re-planning, read from plain JSON values."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from solver.codec import decode
from solver.problem import Fault, ProblemError
from solver.replanning.events import (
    Absence,
    AddedShift,
    CancelledShift,
    ChangedDemand,
    Event,
    NewEmployee,
)
from solver.replanning.terms import Terms

KINDS: dict[str, type[Event]] = {
    "absence": Absence,
    "changed_demand": ChangedDemand,
    "new_employee": NewEmployee,
    "cancelled_shift": CancelledShift,
    "added_shift": AddedShift,
}
"""What an entry calls itself in ``event``."""


def events_from_json(data: object) -> tuple[Event, ...]:
    """The events in a list, each an object with its kind and its fields.

    Raises
    ------
    ProblemError
        With every fault of every entry.

    Examples
    --------
    >>> events_from_json([{"event": "cancelled_shift", "shift": "late"}])
    (CancelledShift(shift='late'),)
    >>> events_from_json([{"event": "absence", "employee": "ann", "start": 0, "end": "noon"}])
    Traceback (most recent call last):
    solver.problem.ProblemError: events[0].end = 'noon': must be a whole number
    """
    if not isinstance(data, list):
        raise ProblemError([Fault("events", data, "must be a list of events")])
    found: list[Event] = []
    faults: list[Fault] = []
    for place, entry in enumerate(data):
        try:
            found.append(_event(entry, f"events[{place}]"))
        except ProblemError as error:
            faults += error.errors
    if faults:
        raise ProblemError(faults)
    return tuple(found)


def _event(entry: object, path: str) -> Event:
    if not isinstance(entry, dict):
        raise ProblemError([Fault(path, entry, "must be an object with an event")])
    kind = KINDS.get(str(entry.get("event")))
    if kind is None:
        raise ProblemError([Fault(f"{path}.event", entry.get("event"), f"use one of {', '.join(KINDS)}")])
    try:
        return cast(Event, decode(kind, {name: entry[name] for name in entry if name != "event"}))
    except ProblemError as error:
        own = kind.__name__.lower()
        placed = [replace(fault, path=path + fault.path.removeprefix(own)) for fault in error.errors]
        raise ProblemError(placed) from None


def terms_from_json(data: object) -> Terms:
    """The terms in an object whose fields are those of `Terms`.

    Raises
    ------
    ProblemError
        With every fault.

    Examples
    --------
    >>> terms_from_json({"freeze_minutes": 1440}).freeze_minutes
    1440
    """
    return cast(Terms, decode(Terms, data))
