"""Kinds of obstacle, so that people can be counted by what stands most against them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from solver.violation import Violation

KINDS = ("skill", "place", "available", "clock", "pinned", "busy", "rest", "hours", "days", "other")
"""The hardest to change first; each has a message ``kind.<it>``."""

_KIND_OF: Mapping[str, str] = {
    "skills": "skill",
    "locations": "place",
    "availability": "available",
    "clock_ban": "clock",
    "pins": "pinned",
    "no_overlap": "busy",
    "min_rest": "rest",
    "daily_rest": "rest",
    "start_spacing": "rest",
    "weekly_rest": "rest",
    "rest_within": "rest",
    "rest_after_run": "rest",
    "reduced_rest": "rest",
    "forward_rotation": "rest",
    "travel": "rest",
    "minutes": "hours",
    "rolling_hours": "hours",
    "average_minutes": "hours",
    "shift_minutes": "hours",
    "contract_range": "hours",
    "shift_count": "days",
    "consecutive_days": "days",
    "days_off": "days",
    "days_off_blocks": "days",
    "days_worked": "days",
    "weekends": "days",
    "consecutive_weekends": "days",
    "consecutive_shifts": "days",
}


def kind_of(violation: Violation) -> str:
    """The kind of an obstacle; too little work, and rules that are not in any kind, are ``other``."""
    return "other" if "minimum" in violation.facts else _KIND_OF.get(violation.rule, "other")


def hardest_first(obstacles: Iterable[Violation]) -> list[Violation]:
    """Obstacles by how hard they are to change."""
    return sorted(obstacles, key=lambda violation: KINDS.index(kind_of(violation)))


def people_by_kind(obstacles_of_each: Iterable[Sequence[Violation]]) -> dict[str, int]:
    """How many people there are of each kind, each person counted once by the hardest obstacle.

    Examples
    --------
    >>> tired = Violation(rule="min_rest", level="hard", short_by=60, unit="minutes", cost=60)
    >>> unskilled = Violation(rule="skills", level="hard", short_by=480, unit="minutes", cost=480)
    >>> people_by_kind([[tired, unskilled], [tired], [unskilled]])
    {'skill': 2, 'rest': 1}
    """
    counts = Counter(kind_of(hardest_first(each)[0]) for each in obstacles_of_each if each)
    return {kind: counts[kind] for kind in KINDS if counts[kind]}
