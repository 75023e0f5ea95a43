"""Which part of a roster a model decides anew."""

from __future__ import annotations

from collections.abc import Collection
from copy import copy
from dataclasses import dataclass

from solver.cpsat.slots import Slot, TemplateSlot
from solver.work import Roster


@dataclass(frozen=True)
class Part:
    """The work that some people start on some days.

    Parameters
    ----------
    employees
        Ids of the people; None means everybody.
    days
        Indexes of the days; None means every day.
    near_minutes
        If given, work created from templates starts and ends at most so far from where the person works
        now, and days off stay days off.
    """

    employees: Collection[str] | None = None
    days: Collection[int] | None = None
    near_minutes: int | None = None

    def concerns(self, employee: str) -> bool:
        """Whether anything of the person is to be decided."""
        return self.employees is None or employee in self.employees

    def decides(self, employee: str, day: int) -> bool:
        """Whether the work that the person starts on the day is to be decided."""
        return (self.days is None or day in self.days) and self.concerns(employee)

    def narrow(self, slot: Slot, base: Roster) -> Slot:
        """A copy of a slot with the options that this part allows."""
        fresh = copy(slot)
        if self.near_minutes is not None and isinstance(fresh, TemplateSlot):
            near = self.near_minutes
            spans = [work.span for work in base.of(slot.employee.id)]
            fresh.pairs = [
                (start, end)
                for start, end in fresh.pairs
                if any(abs(start - span.start) <= near and abs(end - span.end) <= near for span in spans)
            ]
        return fresh
