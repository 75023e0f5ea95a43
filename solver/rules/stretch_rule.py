"""Rules on the stretches of a shift that its breaks cut it into."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.cpsat.linear import Linear, Lit
from solver.rules.rule import PersonalRule
from solver.violation import Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.cpsat.pauses import Pause
    from solver.cpsat.slots import TemplateSlot
    from solver.problem import Employee, Problem

Bound = tuple[Literal[1, -1], int]
"""1 and the most minutes a stretch may have, or -1 and the least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchRule(PersonalRule):
    """A bound on the minutes from the start of a shift, or the end of a break, to the next or the end."""

    looks_inside: ClassVar[bool] = True

    @abstractmethod
    def bound(self, *, after_break: bool, before_break: bool) -> Bound | None:
        """The bound of a stretch, by what lies before and after it; None for no bound."""

    @abstractmethod
    def unplaced(self, minutes: int, breaks: int) -> int:
        """How far a shift is off at least if so many breaks in so many minutes of work are not placed."""

    def cuts(self, minutes: int) -> bool:
        """Whether a break of that length cuts a shift."""
        return True

    def looks_at(self) -> Literal["work", "days", "times"]:
        """Each assignment by itself."""
        return "work"

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each assignment with a stretch that is too long or too short."""
        found: list[Violation] = []
        for work in self.counted(problem, own):
            short_by = self._off(work)
            if short_by:
                facts = self._facts(work)
                found.append(self.breach(short_by, employee=employee.id, works=[work], facts=facts))
        return found

    def _off(self, work: Work) -> int:
        """How far all stretches of some work are off."""
        breaks = [pause for pause in work.breaks if self.cuts(pause.minutes)]
        if any(pause.start is None for pause in breaks):
            worked = work.minutes - sum(pause.minutes for pause in breaks)
            return self.unplaced(worked, len(breaks))
        return sum(off for _, _, off in self._stretches(work))

    def _stretches(self, work: Work) -> Iterator[tuple[int, Bound, int]]:
        """The minutes of each stretch that has a bound, the bound, and how far it is off."""
        breaks = [(p.start, p.minutes) for p in work.breaks if p.start is not None and self.cuts(p.minutes)]
        placed = [(start, start + minutes) for start, minutes in breaks]
        ends = [(work.start, work.start), *sorted(placed), (work.end, work.end)]
        for place, ((_, begins), (stops, _)) in enumerate(pairwise(ends)):
            bound = self.bound(after_break=place > 0, before_break=place < len(ends) - 2)
            if bound is not None:
                sign, minutes = bound
                yield stops - begins, bound, max(0, sign * (stops - begins - minutes))

    def _facts(self, work: Work) -> Mapping[str, int | str]:
        """The bound and the actual minutes of the stretch that is furthest off, if all breaks are placed."""
        if any(pause.start is None for pause in work.breaks if self.cuts(pause.minutes)):
            return {"length": work.minutes}
        worst = max(self._stretches(work), key=lambda one: one[2], default=None)
        if worst is None or not worst[2]:
            return {"length": work.minutes}
        actual, (sign, minutes), _ = worst
        return {"maximum" if sign > 0 else "minimum": minutes, "actual": actual, "length": work.minutes}

    def post(self, model: Model) -> None:
        """For each stretch there can be, its bound; by length where breaks are not placed."""
        from solver.cpsat.slots import TemplateSlot

        for person in model.people(self):
            for slot in person.slots:
                if not slot.counts(self.scope):
                    continue
                if isinstance(slot, TemplateSlot):
                    self._post_template(model, slot)
                elif short_by := self._off(slot.work):
                    model.clause(self, [~slot.present], charged=short_by)

    def _post_template(self, model: Model, slot: TemplateSlot) -> None:
        pauses = [pause for pause in slot.pauses if self.cuts(pause.policy.minutes)]
        unplaced = [
            policy.from_minutes
            for policy in slot.template.breaks
            if policy.window is None and self.cuts(policy.minutes)
        ]
        lengths = sorted({end - start for start, end in slot.pairs})
        for length, longer in pairwise([*lengths, lengths[-1] + 1]):
            if not pauses or any(length >= minutes for minutes in unplaced):
                breaks = slot.template.breaks_of(length)
                short_by = self._off(Work(start=0, end=length, breaks=breaks))
                exactly = [~slot.at_least(length), slot.at_least(longer)]
                if short_by:
                    model.clause(self, exactly, charged=short_by)
        if pauses:
            judged = [~slot.at_least(min(unplaced))] if unplaced else []
            for bound, stretch, when in self._possible(slot, pauses):
                self._keep(model, bound, stretch, [*when, *judged])

    def _possible(
        self, slot: TemplateSlot, pauses: Sequence[Pause]
    ) -> Iterator[tuple[Bound, Linear, list[Lit]]]:
        """Each stretch between two breaks with none between them, and when there is such a one."""
        for first in range(-1, len(pauses)):
            for last in range(first + 1, len(pauses) + 1):
                after = pauses[first] if first >= 0 else None
                before = pauses[last] if last < len(pauses) else None
                bound = self.bound(after_break=after is not None, before_break=before is not None)
                if bound is None:
                    continue
                when = [slot.present, *(~between.there for between in pauses[first + 1 : last])]
                stretch = slot.end_minute() if before is None else before.start_minute()
                begins = slot.start_minute()
                if after is not None:
                    begins = after.start_minute().plus(after.policy.minutes)
                when += [end.there for end in (after, before) if end is not None]
                yield bound, stretch.minus(begins), when

    def _keep(self, model: Model, bound: Bound, stretch: Linear, when: Sequence[Lit]) -> None:
        sign, minutes = bound
        over = stretch.times(sign).plus(-sign * minutes)
        if not model.is_hard(self):
            charged = model.program.amount(max(0, model.program.bounds(over)[1]))
            over.add(charged, -1)
            model.program.charge(self.level, self.weight, Linear.of(charged))
        model.program.at_most(over, 0, when=when)
