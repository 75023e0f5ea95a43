"""Risk factors: nobody does work that the person must not do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.rules.option_rule import OptionRule
from solver.spans import Span, merged, overlap_minutes
from solver.work import Work

if TYPE_CHECKING:
    from solver.problem import Employee, Problem, ProhibitedTag


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskFactors(OptionRule):
    """No employee works with a tag that is prohibited for the person at the time.

    A risk factor is a tag of the work, such as ``lifting`` or ``night``. Charged are the minutes of work with
    any prohibited tag.

    References
    ----------
    Directive 92/85/EEC, art. 5 to 7: pregnant workers are kept from risks and from night work.
    """

    id: ClassVar[str] = "risk_factors"

    def shortfall(self, problem: Problem, employee: Employee, work: Work) -> int:
        """The minutes in which one of the tags is prohibited."""
        if not employee.prohibited_tags:
            return 0
        spans = (_within(one, work) for one in employee.prohibited_tags if one.tag in work.tags)
        return overlap_minutes(work.start, work.end, merged(spans))

    def excludes(self, problem: Problem, employee: Employee, work: Work) -> bool:
        """Whether the whole span is prohibited."""
        return self.shortfall(problem, employee, work) == work.minutes

    def facts_of(self, problem: Problem, employee: Employee, work: Work) -> Mapping[str, int | str]:
        """The tags that are prohibited."""
        met = {one.tag for one in employee.prohibited_tags if one.tag in work.tags}
        return {"prohibited": ", ".join(sorted(met))}


def _within(one: ProhibitedTag, work: Work) -> Span:
    start = work.start if one.start is None else one.start
    return Span(start, work.end if one.end is None else one.end)
