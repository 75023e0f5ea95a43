"""What rules name of a problem beside their scope: its people, shifts, templates and days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Literal

from solver.rules.near_days_off import DayOffRequest
from solver.rules.pairing import Pairing
from solver.rules.period import Period
from solver.rules.rest_within import ClockSpan
from solver.rules.rotation import RotationMember
from solver.rules.same_shift import SameShift
from solver.rules.staff import Staff
from solver.rules.work_kind import WorkKind

Reference = tuple[str, Literal["employee", "shift", "template", "date"], str]
"""Where a name stands, what it is the name of, and the name."""


def references(thing: object, path: str = "") -> Iterator[Reference]:
    """The names in a rule or in a part of one, parts of parts included.

    Examples
    --------
    >>> list(references((WorkKind(shifts=("early",)), DayOffRequest("ann", "2026-11-23", "2026-11-24"))))[:2]
    [('[0].shifts', 'shift', 'early'), ('[1].employee', 'employee', 'ann')]
    """
    if isinstance(thing, WorkKind):
        yield from ((f"{path}.shifts", "shift", name) for name in thing.shifts or ())
        yield from ((f"{path}.templates", "template", name) for name in thing.templates or ())
    elif isinstance(thing, RotationMember):
        yield f"{path}.employee", "employee", thing.employee
    elif isinstance(thing, DayOffRequest):
        yield f"{path}.employee", "employee", thing.employee
        yield f"{path}.first", "date", thing.first
        yield f"{path}.last", "date", thing.last
    elif isinstance(thing, ClockSpan):
        yield f"{path}.first", "date", thing.first
        yield f"{path}.last", "date", thing.last
    elif isinstance(thing, Period):
        yield from ((f"{path}.anchor", "date", on) for on in (thing.anchor,) if on is not None)
    elif isinstance(thing, Staff):
        yield from ((f"{path}.employees", "employee", name) for name in thing.employees or ())
    elif isinstance(thing, Pairing | SameShift):
        yield from ((f"{path}.partners", "employee", name) for name in thing.partners)
    elif isinstance(thing, tuple):
        for place, part in enumerate(thing):
            yield from references(part, f"{path}[{place}]")
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from references(getattr(thing, field.name), f"{path}.{field.name}")
