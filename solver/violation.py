"""Breaches of rules as values, to be collected and shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from solver.spans import Span

Level = Literal["hard", "mandatory", "soft"]
LEVELS: tuple[Level, ...] = ("hard", "mandatory", "soft")


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One breach of one rule, with by how much, in the rule's natural unit.

    Parameters
    ----------
    rule
        The rule's snake_case id.
    name
        The caller's own key of the rule object, for instance a parameter of a law pack; empty if it has none.
    level
        ``hard``, ``mandatory`` or ``soft``.
    employee
        Whose breach it is; None for one that is nobody's, such as missing coverage.
    short_by
        How far the roster is from keeping the rule, > 0, in ``unit``.
    unit
        ``minutes``, ``days``, ``shifts``, ``person_minutes``, ``changes``, ``people`` or ``price``.
    cost
        What it adds to the score of its level: the rule's weight times the amount it charges for.
    shifts
        Labels of the assignments (see `Assignment.label`) or ids of the shifts concerned.
    spans
        The times concerned, minutes from the origin.
    facts
        Figures for the message, for instance ``{"required": 660, "actual": 600}``.
    citation
        Source of the rule, copied from it.
    """

    rule: str
    level: Level
    short_by: int
    unit: str
    cost: int
    employee: str | None = None
    name: str = ""
    shifts: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    facts: Mapping[str, int | str] = field(default_factory=dict)
    citation: str = ""

    def sentence(self) -> str:
        """The breach in plain English, for logs and the command line.

        Examples
        --------
        >>> Violation(rule="min_rest", level="hard", short_by=60, unit="minutes", cost=60, employee="ann",
        ...           facts={"required": 660, "actual": 600}).sentence()
        'min_rest: ann is 60 minutes short (required 660, actual 600)'
        """
        who = self.employee or ", ".join(self.shifts) or "the roster"
        facts = ", ".join(f"{key} {value}" for key, value in self.facts.items())
        cited = f" [{self.citation}]" if self.citation else ""
        shown = f" ({facts})" if facts else ""
        return f"{self.name or self.rule}: {who} is {self.short_by} {self.unit} short{shown}{cited}"
