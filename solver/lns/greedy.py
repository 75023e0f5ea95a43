"""A first roster: one person after the other takes what is worth most, within all hard rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from solver.cpsat.draft import Draft
from solver.cpsat.person import Person
from solver.cpsat.slots import ShiftSlot, Slot, TemplateSlot
from solver.lns.gains import MANDATORY_FACTOR, Gains
from solver.problem import Employee
from solver.rules.coverage import fixed_work
from solver.rules.headcount import place_price
from solver.rules.pins import matches
from solver.rules.rule import PersonalRule
from solver.work import Assignment, Roster

TRIED = 8
"""How many of the most valuable candidates are judged by all personal rules at each step; as many more if
none of them will do."""

OF_A_DAY = 2
"""How many of a day's given shifts are candidates: of those worth the same, one does as well as another."""

Candidate = tuple[int, Assignment]
"""What some work would save, and the work."""

Verdict = tuple[list[int], int]
"""What a person's work costs: by each hard rule, and by all others together."""


def greedy(
    draft: Draft, seed_roster: Roster | None = None, stopped: Callable[[], bool] = lambda: False
) -> Roster:
    """A roster that people put together one after the other, those with the fewest possibilities first.

    Fixed pins come first. Each person then repeatedly takes the work that saves most, as long as no hard
    rule of that person gets worse and it is worth more than it costs. Hard minimums (a contract's hours, a
    least run of days) can stay unmet.

    Parameters
    ----------
    draft
        What everybody could work.
    seed_roster
        Assignments to begin with.
    stopped
        Whether to be content with what there is; asked before each step.
    """
    return _Greedy(draft, seed_roster or Roster(), stopped).run()


class _Greedy:
    def __init__(self, draft: Draft, base: Roster, stopped: Callable[[], bool]) -> None:
        self.draft = draft
        self.stopped = stopped
        self.problem = draft.problem
        self.rules = [
            rule for rule in draft.rules if isinstance(rule, PersonalRule) and not draft.thins(rule)
        ]
        self.works = {employee.id: list(base.of(employee.id)) for employee in self.problem.employees}
        self._pin()
        everything = [work for works in self.works.values() for work in works]
        self.gains = Gains(self.problem, [*everything, *fixed_work(self.problem)])
        self.filled = Counter(work.shift for work in everything if work.shift)

    def _pin(self) -> None:
        for pin in self.problem.pins:
            works = self.works[pin.employee]
            if pin.kind == "fixed" and not any(matches(pin, work) for work in works):
                works.append(self.problem.pinned(pin))

    def run(self) -> Roster:
        for person in sorted(self.draft.persons.values(), key=lambda p: (len(p.slots), p.employee.id)):
            self._fill(person)
        return Roster(work for works in self.works.values() for work in works)

    def _fill(self, person: Person) -> None:
        employee = person.employee
        works = self.works[employee.id]
        now = self._judge(employee, works)
        while not self.stopped():
            candidates = self._candidates(person, works, self._wish(employee, works))
            few = (candidates[place : place + TRIED] for place in range(0, len(candidates), TRIED))
            best = next((best for some in few if (best := self._best(employee, works, now, some))), None)
            if best is None:
                return
            now = best[2]
            self._take(works, best[1])

    def _best(
        self, employee: Employee, works: Sequence[Assignment], now: Verdict, candidates: Sequence[Candidate]
    ) -> tuple[int, Assignment, Verdict] | None:
        """The candidate that saves most, with what is then said of the person's work."""
        best: tuple[int, Assignment, Verdict] | None = None
        for gain, work in candidates:
            then = self._judge(employee, sorted([*works, work], key=lambda w: w.start))
            worse = any(after > before for before, after in zip(now[0], then[0], strict=True))
            value = gain + now[1] - then[1]
            if not worse and value > 0 and (best is None or value > best[0]):
                best = (value, work, then)
        return best

    def _take(self, works: list[Assignment], work: Assignment) -> None:
        works.append(work)
        works.sort(key=lambda w: w.start)
        self.gains.add(work)
        if work.shift:
            self.filled[work.shift] += 1

    def _judge(self, employee: Employee, works: Sequence[Assignment]) -> Verdict:
        """Cost of each hard rule, and of all others together."""
        hard, paid = [], 0
        for rule in self.rules:
            if rule.scope.employees is not None and employee.id not in rule.scope.employees:
                continue
            cost = sum(violation.cost for violation in rule.check_person(self.problem, employee, works))
            if rule.level == "hard":
                hard.append(cost)
            else:
                paid += cost * (MANDATORY_FACTOR if rule.level == "mandatory" else 1)
        return hard, paid

    def _wish(self, employee: Employee, works: Sequence[Assignment]) -> int | None:
        """The length of shift that would bring the person to the target in five days; None if any will do."""
        goal = employee.target_minutes or employee.maximum_minutes
        if goal is None:
            return None
        days = max(1, 5 - len(works))
        return (goal - employee.balance_minutes - sum(work.paid for work in works)) // days

    def _candidates(self, person: Person, works: Sequence[Assignment], wish: int | None) -> list[Candidate]:
        """The most valuable work of each template and day and of each day's given shifts, best first."""
        day_of = self.problem.calendar.index
        taken = {day_of(work.start) for work in works} if person.one_a_day else set()
        created = {(work.template, day_of(work.start)) for work in works}
        forbidden = [
            p for p in self.problem.pins if p.employee == person.employee.id and p.kind == "forbidden"
        ]
        found = [
            (gain, work)
            for slot in person.slots
            if slot.day not in taken
            if not (isinstance(slot, TemplateSlot) and (slot.template.id, slot.day) in created)
            for gain, work in self._best_of(slot, wish)
            if not any(matches(pin, work) for pin in forbidden)
        ]
        seen: Counter[int] = Counter()
        best: list[Candidate] = []
        for gain, work in sorted(found, key=lambda one: -one[0]):
            day = day_of(work.start)
            if work.template is None:
                seen[day] += 1
            if work.template is not None or seen[day] <= OF_A_DAY:
                best.append((gain, work))
        return best

    def _best_of(self, slot: Slot, wish: int | None) -> Iterator[Candidate]:
        if isinstance(slot, ShiftSlot):
            yield from self._place(slot.assignment)
        elif isinstance(slot, TemplateSlot):
            template = slot.template
            lengths = {end - start for start, end in slot.pairs}
            fitting = sorted(lengths, key=lambda n: (abs(template.paid_of(n) - (wish or 0)), n))
            fitting = fitting if wish is None else fitting[:2]
            for length in fitting:
                works = [slot.made(start, end) for start, end in slot.pairs if end - start == length]
                yield max(((self.gains.of(work), work) for work in works), key=lambda one: one[0])

    def _place(self, work: Assignment) -> Iterator[Candidate]:
        gain = self.gains.of(work)
        shift = self.problem.shift_by_id.get(work.shift or "")
        if shift is not None:
            if self.filled[shift.id] >= shift.headcount:
                return
            gain += place_price(shift) * (MANDATORY_FACTOR if shift.mandatory else 1)
        yield gain, work
