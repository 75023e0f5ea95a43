"""One employee in a model: what is fixed and what is to be decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from solver.cpsat.elements import Element
from solver.cpsat.slots import Slot
from solver.problem import Employee


class Person:
    """All spans of work of one employee in a model.

    Parameters
    ----------
    employee
        Who.
    past
        History and upcoming work.
    kept
        Assignments of the roster that are not to be decided.
    slots
        Spans to be decided.
    one_a_day
        Whether a hard rule allows one shift a day only.
    """

    def __init__(
        self,
        employee: Employee,
        past: Sequence[Element],
        kept: Sequence[Element],
        slots: list[Slot],
        *,
        one_a_day: bool,
    ) -> None:
        """Keep the parts."""
        self.employee = employee
        self.past = past
        self.kept = kept
        self.slots = slots
        self.one_a_day = one_a_day

    @cached_property
    def size(self) -> int:
        """About how many variables all slots take."""
        return sum(slot.size for slot in self.slots)

    @property
    def own(self) -> list[Element]:
        """What is the roster's: kept and to be decided."""
        return [*self.kept, *self.slots]

    @property
    def everything(self) -> list[Element]:
        """All spans."""
        return [*self.past, *self.kept, *self.slots]

    @cached_property
    def reaches(self) -> list[tuple[int, int, Element]]:
        """All spans of a model, each with the first minute it can start and the last it can end."""
        return [(element.earliest_start, element.latest_end, element) for element in self.everything]

    def starts(self) -> list[int]:
        """Every minute at which any of the spans can start."""
        return sorted({start for element in self.everything for start in element.starts()})

    def near(self, work: Element, minutes: int) -> Iterator[Element]:
        """The spans that could start after ``work`` ends but less than ``minutes`` after."""
        for other in self.everything:
            close = other.earliest_start < work.latest_end + minutes
            after = other.latest_start >= work.earliest_end
            if other is not work and close and after and not self.exclusive(work, other):
                yield other

    def settled(self, work: Element, among: Sequence[Element] | None = None) -> bool:
        """Whether what comes next after a span, of all or of some spans, is fixed whatever is decided."""
        if work.own:
            return False
        later = [each for each in self.past if each.day < 0 and each.work.start >= work.work.end]
        return work.day >= 0 or any(among is None or any(each is one for one in among) for each in later)

    def exclusive(self, one: Element, other: Element) -> bool:
        """Whether another rule already keeps two spans from both being there."""
        return self.one_a_day and one.own and other.own and one.day == other.day
