"""A relaxation for lower bounds: people choose days and minutes, the crowd as a whole chooses times.

For each template and day the people with the same options form a group. How many of the group have started
and ended by each time are counts; each person has only a presence and an amount of minutes, and those of the
group add up to the counts. What rules say about the times of one person is left out, so every roster is one
of the relaxation too, at the same or a lower cost.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from itertools import pairwise

from solver.cpsat.draft import Draft
from solver.cpsat.inner_slot import InnerSlot
from solver.cpsat.linear import Linear, Lit
from solver.cpsat.model import Covering, Model
from solver.cpsat.program import Program
from solver.cpsat.slots import Slot, TemplateSlot
from solver.rules.minutes import Count, minutes_of
from solver.rules.rule import Rule
from solver.work import Roster, Work


class Crowd(Model):
    """The relaxation of a problem.

    Parameters
    ----------
    draft
        What everybody could work.
    stopped
        As of any model.
    """

    def __init__(self, draft: Draft, *, stopped: Callable[[], bool] | None = None) -> None:
        """Gather the groups, post the rules that know no times, tie the people to their groups."""
        self._groups: dict[tuple[object, ...], Group] = {}
        super().__init__(draft, stopped=stopped)
        for group in self._groups.values():
            self.go_on()
            group.tie(self.program)

    def posts(self, rule: Rule) -> bool:
        """Only what is about days, minutes and the cover of all together."""
        return rule.ignores_times()

    def fresh(self, slot: Slot, base: Roster) -> Slot:
        """A given shift as it is; in place of a template a place in its group."""
        if not isinstance(slot, TemplateSlot):
            return copy(slot)
        tasks = slot.allowed() if isinstance(slot, InnerSlot) else frozenset()
        key = (slot.template.id, slot.day, tuple(slot.pairs), tasks)
        if key not in self._groups:
            self._groups[key] = Group(slot)
        return Member(slot, self._groups[key])

    def coverers(self) -> Iterable[Covering]:
        """Groups in place of their members."""
        for person in self.persons.values():
            for element in person.everything:
                if not isinstance(element, Member):
                    yield element
        for group in self._groups.values():
            group.count(self.program)
            yield group


class Member(TemplateSlot):
    """A person's place in a group: present or not, for some minutes, at no particular time.

    Parameters
    ----------
    slot
        The slot it stands for.
    group
        Those with the same options.
    """

    def __init__(self, slot: TemplateSlot, group: Group) -> None:
        """Join the group."""
        self.__dict__.update(slot.__dict__)
        self._amounts: dict[Count, Linear] = {}
        group.members.append(self)

    def realise(self, program: Program) -> bool:
        """One literal."""
        self._program = program
        self._starts = sorted({start for start, _ in self.pairs})
        self._ends = sorted({end for _, end in self.pairs})
        self.present = program.literal()
        return True

    def started_before(self, minute: int) -> Lit:
        """Not known."""
        raise RuntimeError("a member of a crowd has no times of its own")

    def ended_by(self, minute: int) -> Lit:
        """Not known."""
        raise RuntimeError("a member of a crowd has no times of its own")

    def minutes(self, count: Count) -> Linear:
        """Between the fewest and the most that one of its options has."""
        if count not in self._amounts and self._program is not None:
            possible = [minutes_of(work, count) for work in self.works()]
            amount = Linear.of(self._program.amount(max(possible)))
            self._program.at_most(amount.minus(Linear.of(self.present, max(possible))), 0)
            self._program.at_least(amount.minus(Linear.of(self.present, min(possible))), 0)
            self._amounts[count] = amount
        return self._amounts[count]

    @property
    def counted(self) -> Iterable[Count]:
        """The kinds of minutes rules have asked for."""
        return self._amounts


class Group:
    """The people with the same options of a template on a day: how many have started and ended by each time.

    Parameters
    ----------
    slot
        The slot of one of them.
    """

    def __init__(self, slot: TemplateSlot) -> None:
        """Nobody yet."""
        self.members: list[Member] = []
        self.work: Work = slot.work
        self._slot = slot
        self._starts = sorted({start for start, _ in slot.pairs})
        self._ends = sorted({end for _, end in slot.pairs})
        self._started: list[int] = []
        self._ended: list[int] = []
        self._inside = Inside(self, slot)

    def starts(self) -> Sequence[int]:
        """Possible starts."""
        return self._starts

    def ends(self) -> Sequence[int]:
        """Possible ends."""
        return self._ends

    def changes(self) -> Iterable[int]:
        """Possible starts and ends, and what the inside of the shifts adds."""
        return self._inside.times

    def serving(self, minute: int, skill: str | None) -> Linear:
        """How many cover the minute, are on no break and on that task."""
        if skill is not None and self._slot.template.tasks:
            return self._inside.doing(minute, skill)
        return self.covering(minute).minus(self._inside.away(minute))

    def covering(self, minute: int) -> Linear:
        """How many are there at the minute."""
        started = sum(start <= minute for start in self._starts)
        ended = sum(end <= minute for end in self._ends)
        total = Linear()
        if started:
            total.add(self._started[started - 1], 1)
        if ended:
            total.add(self._ended[ended - 1], -1)
        return total

    def count(self, program: Program) -> None:
        """Create the counts, in order of time, and let nobody end too early or too late after a start."""
        if self._started:
            return
        people = len(self.members)
        self._started = [program.amount(people) for _ in self._starts]
        self._ended = [program.amount(people) for _ in self._ends]
        for chain in (self._started, self._ended):
            for earlier, later in pairwise(chain):
                program.at_most(Linear(0, {earlier: 1, later: -1}), 0)
        self._inside.count(program, people)
        present = Linear.total(member.presence() for member in self.members)
        for last in (self._started[-1], self._ended[-1]):
            program.equal(present.minus(Linear.of(last)), 0)
        self._order(program)

    def _order(self, program: Program) -> None:
        ends_of: dict[int, list[int]] = {start: [] for start in self._starts}
        for start, end in self._slot.pairs:
            ends_of[start].append(end)
        latest = self._ends[0]
        for place, start in enumerate(self._starts):
            latest = max(latest, *ends_of[start])
            ended = self._ended[self._ends.index(latest)]
            program.at_most(Linear(0, {self._started[place]: 1, ended: -1}), 0)
        earliest = self._ends[-1]
        for place in reversed(range(len(self._starts))):
            earliest = min(earliest, *ends_of[self._starts[place]])
            before = self._ends.index(earliest) - 1
            if before >= 0:
                total = Linear(0, {self._ended[before]: 1})
                if place:
                    total.add(self._started[place - 1], -1)
                program.at_most(total, 0)

    def tie(self, program: Program) -> None:
        """The minutes of the members add up to those between the starts and the ends."""
        self.count(program)
        self._inside.tie(program)
        for count in {count for member in self.members for count in member.counted}:
            total = Linear.total(member.minutes(count) for member in self.members)
            program.equal(total.minus(self._minutes(program, count)), 0)

    def _minutes(self, program: Program, count: Count) -> Linear:
        length = Linear()
        for times, counts, sign in ((self._ends, self._ended, 1), (self._starts, self._started, -1)):
            length.add(counts[-1], sign * times[-1])
            for (at, following), number in zip(pairwise(times), counts, strict=False):
                length.add(number, sign * (at - following))
        if count == "present":
            return length
        paid = length.plus(0)
        for policy in self._slot.template.breaks:
            if count == "worked" or not policy.paid:
                paid.add_all(self.with_break(program, policy.from_minutes), -policy.minutes)
        return paid

    def with_break(self, program: Program, minutes: int) -> Linear:
        """How many work so long or longer, as far as their length together tells."""
        length = self._minutes(program, "present")
        lengths = sorted({end - start for start, end in self._slot.pairs})
        short = [n for n in lengths if n < minutes]
        long = [n for n in lengths if n >= minutes]
        everybody = Linear.of(self._started[-1])
        if not short or not long:
            return everybody if long else Linear()
        number = Linear.of(program.amount(len(self.members)))
        program.at_most(number.minus(everybody), 0)
        for shortest, shortest_long, sign in ((short[0], long[0], 1), (short[-1], long[-1], -1)):
            least = everybody.times(shortest)
            least.add_all(number, shortest_long - shortest)
            program.at_most(least.minus(length).times(sign), 0)
        return number


class Inside:
    """What a group does inside its shifts: how many are on a break, and how many on each task.

    Parameters
    ----------
    group, slot
        The group, and the slot of one of its people.
    """

    def __init__(self, group: Group, slot: TemplateSlot) -> None:
        """No variables yet."""
        self._group = group
        self._template = slot.template
        self._windows = [policy for policy in slot.template.breaks if policy.window is not None]
        self._tasks = slot.allowed() if isinstance(slot, InnerSlot) else frozenset()
        times = {*group.starts(), *group.ends(), *(cell for _, cell in self._tasks)}
        if self._windows:
            times |= set(_break_times(slot))
        self.times = sorted(times)
        self._away: dict[int, int] = {}
        self._doing: dict[tuple[str, int], int] = {}

    def count(self, program: Program, people: int) -> None:
        """Create the counts and let them add up to those who are there."""
        for minute in self.times if self._windows else ():
            self._away[minute] = program.amount(people)
        for minute in self.times:
            for skill in self._template.tasks:
                if (skill, self._cell(minute)) in self._tasks:
                    self._doing[skill, minute] = program.amount(people)
        for minute in self.times if self._windows or self._tasks else ():
            at_work = self._group.covering(minute).minus(self.away(minute))
            if self._tasks:
                busy = Linear.total(self.doing(minute, skill) for skill in self._template.tasks)
                program.equal(busy.minus(at_work), 0)
            else:
                program.at_least(at_work, 0)

    def _cell(self, minute: int) -> int:
        first, step = self.times[0], self._template.task_step
        return first + (minute - first) // step * step

    def _place(self, minute: int) -> int | None:
        """The last of the times that is not after a minute."""
        place = bisect_right(self.times, minute) - 1
        return self.times[place] if place >= 0 else None

    def away(self, minute: int) -> Linear:
        """How many are on a break."""
        place = self._place(minute)
        return Linear.of(self._away[place]) if place in self._away else Linear()

    def doing(self, minute: int, skill: str) -> Linear:
        """How many are on a task, and on no break."""
        place = self._place(minute)
        known = None if place is None else self._doing.get((skill, place))
        return Linear() if known is None else Linear.of(known)

    def tie(self, program: Program) -> None:
        """The minutes of breaks add up to what the lengths of the shifts ask for."""
        if not self._windows:
            return
        total = Linear()
        for minute, until in pairwise(self.times):
            total.add(self._away[minute], until - minute)
        for policy in self._windows:
            total.add_all(self._group.with_break(program, policy.from_minutes), -policy.minutes)
        program.equal(total, 0)


def _break_times(slot: TemplateSlot) -> Iterable[int]:
    for start, end in slot.pairs:
        for policy in slot.template.breaks:
            if policy.window is not None and end - start >= policy.from_minutes:
                for offset in policy.window.offsets(end - start, policy.minutes):
                    yield start + offset
                    yield start + offset + policy.minutes
