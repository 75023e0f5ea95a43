"""Examples of kind ``rounding``: punches, rounded as the law of the place allows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from scheduler.law.library import layers_of
from scheduler.law.punch_rounding import rounded, rounding_policy
from scheduler.law.verify.example import Example, NotAnswerable

UNDATED = date(2026, 11, 22)
"""On which day an example without dates is read: that of the writing of the packs."""


def rounding_example(example: Example) -> Mapping[str, Any]:
    """Each punch with what it becomes, whether the law allows the step, and the sum of all that is moved.

    A step that the law does not allow leaves the exact minute.
    """
    given = example.given
    mode = given.get("mode", "nearest")
    if mode not in ("nearest", "none", "exact"):
        raise NotAnswerable(f"no law here allows to round {mode!r}; nearest and none are known")
    punches = given.get("punches") or [one["punch"] for one in example.expected.get("rounded", [])]
    step = int(given.get("increment_minutes", 0)) if mode == "nearest" else 0
    told = [_punch(text) for text in punches]
    allowed = all(_allows(example, at, step) for at, _ in told) if step else True
    moved = [
        rounded(at, step, up_from_seconds=_up_from(given.get("tie")))
        if step and _allows(example, at, step)
        else at
        for at, _ in told
    ]
    shifts = [int((new - at).total_seconds() // 60) for new, (at, _) in zip(moved, told, strict=True)]
    return {
        "rounded": [
            {"punch": text, "rounded": new.strftime(shape) if shape else new.isoformat(timespec="minutes")}
            for text, new, (_, shape) in zip(punches, moved, told, strict=True)
        ],
        "allowed": allowed,
        "net_minutes": sum(shifts),
    }


def _allows(example: Example, at: datetime, step: int) -> bool:
    meal = bool(example.given.get("meal")) or example.given.get("punch_type") == "meal"
    day = at.date() if at.year > 1 else date.fromisoformat(example.given.get("date", UNDATED.isoformat()))
    return step in rounding_policy(layers_of(example.jurisdiction), day, meal=meal).steps_minutes


def _punch(text: str) -> tuple[datetime, str]:
    """A punch and how to write it: a time of the clock alone, or with its day."""
    for shape in ("%H:%M", "%H:%M:%S"):
        try:
            return datetime.strptime(f"0001-01-02 {text}", f"%Y-%m-%d {shape}"), "%H:%M"  # noqa: DTZ007 (clock)
        except ValueError:
            continue
    try:
        return datetime.fromisoformat(text), ""
    except ValueError:
        raise NotAnswerable(f"{text!r} is no punch; write 07:52 or 2026-05-04T07:52") from None


def _up_from(tie: object) -> int | None:
    """Seconds past a step from which the next one is taken, from ``7 down / 8 up``."""
    match = re.fullmatch(r"(\d+) down / (\d+) up", str(tie))
    return int(match[2]) * 60 if match else None
