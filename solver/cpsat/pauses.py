"""A break of a shift still to be created: whether it is there and when it begins."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from solver.cpsat.linear import FALSE, Linear, Lit

if TYPE_CHECKING:
    from solver.cpsat.program import Program
    from solver.cpsat.slots import TemplateSlot
    from solver.problem import BreakWindow


class Pause:
    """A break with a window, in a slot.

    Variables: for each possible time but the last, begun by then.

    Parameters
    ----------
    number, window
        Which break of the slot's template it is and where it may lie.
    slot
        The slot; its own variables exist already.
    there
        The literal that says that the shift has the break.
    earlier
        The breaks that lie before it.
    program
        Where its variables and constraints go.
    """

    def __init__(
        self,
        number: int,
        window: BreakWindow,
        slot: TemplateSlot,
        there: Lit,
        earlier: Sequence[Pause],
        program: Program,
    ) -> None:
        """Create the literals and tie them to the start and the end of the shift."""
        self.number = number
        self.policy = policy = slot.template.breaks[number]
        self.window = window
        self.there = there
        self.times = sorted(
            {
                start + offset
                for start, end in slot.pairs
                if end - start >= policy.from_minutes
                for offset in window.offsets(end - start, policy.minutes)
            }
        )
        self._begun = [*(program.literal() for _ in self.times[1:]), there] if self.times else []
        for one, following in pairwise(self._begun):
            program.clause([~one, following])
        self._tie(slot, program)
        for other in earlier:
            for at in other.times:
                after = [other.begun_before(at), ~other.there]
                program.clause([*after, ~self.begun_before(at + other.policy.minutes)])

    def _tie(self, slot: TemplateSlot, program: Program) -> None:
        window = self.window
        for start in slot.starts():
            program.clause([slot.started_before(start), ~self.begun_before(start + window.earliest)])
            started = slot.started_before(start + 1)
            if window.latest is not None:
                program.clause([~started, ~self.there, self.begun_before(start + window.latest + 1)])
            for at in self.times[bisect_left(self.times, start + window.earliest) :]:
                if (at - start - window.earliest) % window.step:
                    begins = [~self.begun_before(at + 1), self.begun_before(at)]
                    program.clause([~started, slot.started_before(start), *begins])
        for end in slot.ends():
            latest = end - window.before_end - self.policy.minutes
            program.clause([~slot.ended_by(end), ~self.there, self.begun_before(latest + 1)])

    def begun_before(self, minute: int) -> Lit:
        """It is there and begins before the minute."""
        place = bisect_left(self.times, minute) - 1
        return self._begun[place] if place >= 0 else FALSE

    def ended_by(self, minute: int) -> Lit:
        """It is there and ends at the minute or earlier."""
        return self.begun_before(minute - self.policy.minutes + 1)

    def start_minute(self) -> Linear:
        """When it begins, where it is there."""
        start = Linear(self.times[-1])
        for at, following, literal in zip(self.times, self.times[1:], self._begun, strict=False):
            start.add(literal, at - following)
        return start

    def changes(self) -> Iterator[int]:
        """The minutes at which it can begin or end."""
        for at in self.times:
            yield at
            yield at + self.policy.minutes

    def by_time(self) -> Iterator[tuple[int, Lit]]:
        """The literals of having begun by each time, but for the last, which says that it is there."""
        return zip(self.times[:-1], self._begun[:-1], strict=True)

    def may_be_on(self, minute: int) -> bool:
        """Whether the break can lie at the minute."""
        return bool(self.times) and self.times[0] <= minute < self.times[-1] + self.policy.minutes
