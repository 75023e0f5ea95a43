"""What a roster is worth: three lexicographic levels and the part of every rule in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import total_ordering

from solver.violation import LEVELS, Level, Violation

Sums = dict[tuple[Level, str, str], tuple[int, int]]
"""Cost and number of violations by level, rule and name."""


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """What one rule costs in one level.

    Parameters
    ----------
    level
        The rule's level.
    rule, name
        Id of the rule and the caller's own key for it.
    cost
        Sum of the costs of its violations.
    violations
        How many there are.
    """

    level: Level
    rule: str
    name: str
    cost: int
    violations: int


@total_ordering
@dataclass(frozen=True, slots=True)
class Score:
    """Costs by level; lower is better and a higher level always decides before a lower one.

    Parameters
    ----------
    hard, mandatory, soft
        Sums of costs, integers >= 0. A roster a solver returns has ``hard == 0``.
    parts
        The breakdown per rule; not compared.

    Examples
    --------
    >>> Score(0, 0, 900) < Score(0, 1, 0)
    True
    """

    hard: int = 0
    mandatory: int = 0
    soft: int = 0
    parts: tuple[Part, ...] = ()

    @property
    def levels(self) -> tuple[int, int, int]:
        """The three costs, highest level first."""
        return (self.hard, self.mandatory, self.soft)

    def of(self, level: Level) -> int:
        """The cost of one level."""
        return self.levels[LEVELS.index(level)]

    def __lt__(self, other: "Score") -> bool:
        return self.levels < other.levels

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Score) and self.levels == other.levels

    def __hash__(self) -> int:
        return hash(self.levels)


def score_of(violations: Iterable[Violation]) -> Score:
    """Add up the costs of ``violations`` by level and by rule.

    Examples
    --------
    >>> breach = Violation(rule="min_rest", level="soft", short_by=60, unit="minutes", cost=120)
    >>> score_of([breach, breach]).soft
    240
    """
    sums: Sums = {}
    add_up(sums, violations)
    return score_from(sums)


def add_up(sums: Sums, violations: Iterable[Violation], sign: int = 1) -> None:
    """Count violations in, or out with a ``sign`` of -1, in place."""
    for violation in violations:
        key = (violation.level, violation.rule, violation.name)
        cost, count = sums.get(key, (0, 0))
        sums[key] = (cost + sign * violation.cost, count + sign)


def score_from(sums: Sums) -> Score:
    """The score whose parts have these sums."""
    parts = tuple(sorted(Part(*key, cost, count) for key, (cost, count) in sums.items() if count))
    totals = {level: sum(part.cost for part in parts if part.level == level) for level in LEVELS}
    return Score(totals["hard"], totals["mandatory"], totals["soft"], parts)


def difference(new: Score, old: Score) -> tuple[Part, ...]:
    """What changed from ``old`` to ``new``, per rule: cost and count, negative where it got better.

    Examples
    --------
    >>> old = score_of([Violation(rule="min_rest", level="soft", short_by=60, unit="minutes", cost=60)])
    >>> difference(Score(), old)
    (Part(level='soft', rule='min_rest', name='', cost=-60, violations=-1),)
    """
    before = {(p.level, p.rule, p.name): p for p in old.parts}
    after = {(p.level, p.rule, p.name): p for p in new.parts}
    changes: list[Part] = []
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key), after.get(key)
        cost = (now.cost if now else 0) - (was.cost if was else 0)
        count = (now.violations if now else 0) - (was.violations if was else 0)
        if cost or count:
            changes.append(Part(*key, cost, count))
    return tuple(changes)
