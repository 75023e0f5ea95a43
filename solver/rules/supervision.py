"""Supervision: some people work only while somebody senior does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.rules.accompanied import Accompanied, Company
from solver.rules.staff import ANYBODY, Staff, picked

if TYPE_CHECKING:
    from solver.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervision(Accompanied):
    """While any of ``juniors`` works, at least ``minimum`` of ``seniors`` work too.

    A person who is both counts as both. The scope narrows the juniors' work.

    Parameters
    ----------
    juniors, seniors
        Who they are; somebody who holds a skill counts while it is valid.
    minimum
        Seniors, > 0.
    per
        If given, so many are needed for each ``per`` juniors at work, or part of that.
    """

    id: ClassVar[str] = "supervision"

    juniors: Staff = ANYBODY
    seniors: Staff = ANYBODY
    minimum: int = 1
    per: int | None = None

    def check_parameters(self) -> None:
        """There is somebody to be there."""
        if self.minimum < 1:
            raise ValueError(f"minimum is {self.minimum}; ask for at least 1 senior")
        if self.per is not None and self.per < 1:
            raise ValueError(f"per is {self.per}; use 1 or more juniors, or leave it out")
        if self.seniors == ANYBODY:
            raise ValueError("seniors is empty; say who they are, for instance by a skill they hold")

    def ratio(self) -> tuple[int, int | None]:
        """As given."""
        return self.minimum, self.per

    def companies(self, problem: Problem) -> Iterable[Company]:
        """The one."""
        seniors = self.seniors
        return [Company(picked(problem, self.scope, self.juniors), seniors.when)]
