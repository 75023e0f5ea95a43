"""Split shifts: gaps between the spans of one day, and how far the day reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.cpsat.linear import Linear
from solver.rules.rule import PersonalRule, after
from solver.rules.work_kind import elements_by_day, works_by_day
from solver.violation import Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.elements import Element
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitShifts(PersonalRule):
    """The spans that start on one day lie neither too close together nor too far apart.

    Work that is out of scope by its tags is as if it were not there, except that it fills the gap it lies in.
    Soft levels charge each minute; with ``maximum_idle=0`` that is a price on every minute between the spans
    of a day. How many spans a day can have is said by ``ShiftCount(maximum=2)``.

    Parameters
    ----------
    minimum_gap, maximum_gap
        Bounds of the time from the end of a span to the start of the next one of the day, minutes; a gap
        that other work lies in has no maximum.
    maximum_spread
        Most minutes from the first start to the last end of the day's spans.
    maximum_idle
        Most minutes of that spread beyond the length of the spans.
    """

    id: ClassVar[str] = "split_shifts"

    minimum_gap: int | None = None
    maximum_gap: int | None = None
    maximum_spread: int | None = None
    maximum_idle: int | None = None

    def check_parameters(self) -> None:
        """There is a bound, none is negative, and the gaps are in order."""
        bounds = (self.minimum_gap, self.maximum_gap, self.maximum_spread, self.maximum_idle)
        given = [bound for bound in bounds if bound is not None]
        if not given:
            raise ValueError("give minimum_gap, maximum_gap, maximum_spread or maximum_idle")
        if min(given) < 0:
            raise ValueError(f"{min(given)} minutes make no sense; bounds of a day are 0 or more")
        if None not in bounds[:2] and (self.minimum_gap or 0) > (self.maximum_gap or 0):
            raise ValueError(f"minimum_gap {self.minimum_gap} is above maximum_gap {self.maximum_gap}")

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each gap, spread or sum of gaps that is out of bounds."""
        found: list[Violation] = []
        all_of_day = works_by_day(problem, own)
        for day, works in works_by_day(problem, self.counted(problem, own)).items():
            self._check_gaps(found, employee, works, all_of_day[day])
            spread = max(work.end for work in works) - works[0].start
            idle = spread - sum(work.minutes for work in works)
            for name, bound, actual in (
                ("maximum_spread", self.maximum_spread, spread),
                ("maximum_idle", self.maximum_idle, idle),
            ):
                if bound is not None and actual > bound:
                    facts = {name: bound, "actual": actual}
                    found.append(self.breach(actual - bound, employee=employee.id, works=works, facts=facts))
        return found

    def _check_gaps(
        self, found: list[Violation], employee: Employee, works: Sequence[Work], day: Sequence[Work]
    ) -> None:
        for place, first in enumerate(works):
            second = next(after(works, place), None)
            if second is None:
                continue
            gap, both = second.start - first.end, [first, second]
            if self.minimum_gap is not None and gap < self.minimum_gap:
                facts = {"minimum_gap": self.minimum_gap, "actual": gap}
                found.append(
                    self.breach(self.minimum_gap - gap, employee=employee.id, works=both, facts=facts)
                )
            follows = next(after(day, day.index(first))) is second
            if self.maximum_gap is not None and gap > self.maximum_gap and follows:
                facts = {"maximum_gap": self.maximum_gap, "actual": gap}
                found.append(
                    self.breach(gap - self.maximum_gap, employee=employee.id, works=both, facts=facts)
                )

    def post(self, model: Model) -> None:
        """Gaps from each span to the next, and a variable for the spread where it matters."""
        for person in model.people(self):
            for elements in elements_by_day(e for e in person.own if e.counts(self.scope)).values():
                for first in elements:
                    others = [other for other in elements if other is not first]
                    self._post_gaps(model, person, first, others)
                if self.maximum_spread is not None or self.maximum_idle is not None:
                    self._post_spread(model, elements)

    def _post_gaps(self, model: Model, person: Person, first: Element, others: Sequence[Element]) -> None:
        others = [other for other in others if not person.exclusive(first, other)]
        if self.minimum_gap is not None and others:
            if model.is_hard(self):
                for other in others:
                    model.rest_after(first, other, self.minimum_gap)
            else:
                model.charge_shortest_gap(self, first, others, self.minimum_gap)
        for other in others if self.maximum_gap is not None else ():
            gap = other.start_minute().minus(first.end_minute())
            when = [model.directly(first, other, person.everything)]
            model.at_most(self, gap, self.maximum_gap or 0, [first.present, other.present, *when])

    def _post_spread(self, model: Model, elements: Sequence[Element]) -> None:
        earliest = min(element.earliest_start for element in elements)
        latest = max(element.latest_end for element in elements)
        spread = Linear.of(model.program.amount(latest - earliest))
        for first in elements:
            for last in elements:
                reach = last.end_minute().minus(first.start_minute())
                model.program.at_most(reach.minus(spread), 0, when=[first.present, last.present])
        if self.maximum_spread is not None:
            model.at_most(self, spread, self.maximum_spread)
        if self.maximum_idle is not None:
            worked = Linear.total(element.minutes("present") for element in elements)
            model.at_most(self, spread.minus(worked), self.maximum_idle)
