"""Distinct kinds: how many different shift types, places or skills a person's work has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.rules.window_count import Mark, WindowCount
from solver.work import Work

if TYPE_CHECKING:
    from solver.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class DistinctKinds(WindowCount):
    """The number of different tags, locations or skills is within a range in each window of the period.

    Shift types are tags: with ``of="tags", among=("early", "late", "night"), maximum=2`` a week has at most
    two of the three.

    Parameters
    ----------
    of
        What is counted: ``tags``, ``locations`` or ``skills``. Work without any counts nothing.
    among
        Only these are counted; None means all.
    """

    id: ClassVar[str] = "distinct_kinds"
    unit: ClassVar[str] = "kinds"

    of: Literal["tags", "locations", "skills"] = "tags"
    among: tuple[str, ...] | None = None

    def check_parameters(self) -> None:
        """There is a bound, and enough is counted to reach a minimum."""
        WindowCount.check_parameters(self)
        if self.among is not None and len(set(self.among)) < max(1, self.minimum or 0):
            raise ValueError(f"among {list(self.among)} has fewer kinds than the minimum asks for, or none")

    def marks(self, problem: Problem, work: Work) -> Iterable[Mark]:
        """Its kinds."""
        day = problem.calendar.index(work.start)
        kinds = work.tags if self.of == "tags" else (work.location if self.of == "locations" else work.skill,)
        return [(day, kind) for kind in kinds if kind and (self.among is None or kind in self.among)]
