"""Fair share: what somebody has to take is shared out, over this roster and the ones before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import gcd
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.cpsat.linear import Linear, Lit
from solver.rules.rule import Rule
from solver.rules.weekend_days import SATURDAY_AND_SUNDAY, check_weekend, weekend_of
from solver.violation import Level, Violation
from solver.work import Roster, Work

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class FairShare(Rule):
    """Everybody in scope gets about the same of some work, or pro rata to the target minutes.

    Counted is what the employee's ``carried`` entry of the ledger says and what the roster adds; each
    person's fair share is the person's part of all of it. Only whole units away from the fair share count:
    of seven nights among two, one has three and the other four. Each unit beyond the tolerance is charged,
    once more beyond each further ``step`` (up to ``steps`` times in all).

    Carry balances, not counts, where people come and go: a newcomer with a count of 0 would be given
    everything. A balance is how many more than the fair share somebody has had so far.

    Parameters
    ----------
    of
        What is shared: paid ``minutes``, ``shifts``, ``days`` or ``weekends`` with work in the rule's scope.
    by
        ``equal``, or pro rata to ``target`` minutes; then who has none is left out.
    ledger
        Name of the carried entry.
    tolerance
        Units away from the fair share that cost nothing, >= 0.
    step, steps
        Width of a step, > 0, and number of steps, >= 1.
    weekdays
        The days of a weekend, which follow each other: 0 = Monday to 6 = Sunday.
    """

    id: ClassVar[str] = "fair_share"
    unit: ClassVar[str] = "shifts"

    level: Level = "soft"
    of: Literal["minutes", "shifts", "days", "weekends"] = "shifts"
    by: Literal["equal", "target"] = "equal"
    ledger: str = "fair_share"
    tolerance: int = 0
    step: int = 1
    steps: int = 3
    weekdays: tuple[int, ...] = SATURDAY_AND_SUNDAY

    def check_parameters(self) -> None:
        """Steps have a width and there is one; there is a weekend and a ledger."""
        if self.step < 1 or self.steps < 1:
            raise ValueError(f"step {self.step} and steps {self.steps} must be 1 or more")
        if self.steps > 100:
            raise ValueError(f"steps is {self.steps}; use at most 100")
        if self.tolerance < 0:
            raise ValueError(f"tolerance is {self.tolerance}; use 0 or more {self.of}")
        if not self.ledger:
            raise ValueError("ledger is empty; name the carried entry of employees")
        check_weekend(self.weekdays)

    def charge_for(self, away: int) -> int:
        """What so many units away from the fair share are charged.

        Examples
        --------
        >>> FairShare(tolerance=1, step=1, steps=2).charge_for(4)
        5
        """
        return sum(max(0, away - self.tolerance - step * self.step) for step in range(self.steps))

    def ignores_times(self) -> bool:
        """It does."""
        return True

    def check(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One violation for each person who is too far from the fair share."""
        shares = self.shares(problem)
        counts = {
            who: self._carried(problem.employee_by_id[who])
            + self._count(problem, problem.employee_by_id[who], roster.of(who))
            for who in shares
        }
        parts, total = sum(shares.values()), sum(counts.values())
        found: list[Violation] = []
        for who, share in shares.items():
            away = abs(parts * counts[who] - share * total) // parts
            if away > self.tolerance:
                carried = self._carried(problem.employee_by_id[who])
                facts = {"actual": counts[who], "carried": carried, "fair": share * total // parts}
                charged = self.charge_for(away)
                breach = self.breach(away - self.tolerance, employee=who, facts=facts, charged=charged)
                found.append(replace(breach, unit=self.of))
        return found

    def shares(self, problem: Problem) -> Mapping[str, int]:
        """How many parts each person in scope has."""
        people = self.scope.people(problem)
        if self.by == "equal":
            return {person.id: 1 for person in people}
        targets = {person.id: person.target_minutes for person in people if person.target_minutes}
        common = gcd(*targets.values())
        return {who: target // common for who, target in targets.items()}

    def _carried(self, employee: Employee) -> int:
        carried = employee.brought(self.ledger)
        return carried.amount if carried else 0

    def _count(self, problem: Problem, employee: Employee, own: Sequence[Work]) -> int:
        """What the roster adds; asked again about the same work it has been counted already."""
        last: list[tuple[Sequence[Work], int]] = problem.remember(self, employee.id, list)
        if not last or last[-1][0] != own:
            last[:] = [(own, self._counted(problem, employee, own))]
        return last[-1][1]

    def _counted(self, problem: Problem, employee: Employee, own: Sequence[Work]) -> int:
        counted = [work for work in own if self.scope.counts(problem, work)]
        if self.of == "minutes":
            return sum(work.paid for work in counted)
        if self.of == "shifts":
            return len(counted)
        days = (problem.calendar.index(work.start) for work in counted)
        return len({thing for day in days for thing in self._things(problem, employee, day)})

    def _things(self, problem: Problem, employee: Employee, day: int) -> Iterable[int]:
        """The day, or the weekend to which it belongs, unless that was worked outside the horizon already."""
        if self.of == "days":
            return (day,)
        weekend = weekend_of(problem.calendar, day, self.weekdays)
        fixed = (*employee.history, *employee.upcoming)
        if weekend is None or any(
            problem.calendar.index(work.start) in weekend and self.scope.counts(problem, work)
            for work in fixed
        ):
            return ()
        return (weekend.start,)

    def post(self, model: Model) -> None:
        """For each person the whole units away from the part of the sum, and for each step those beyond."""
        program, shares = model.program, self.shares(model.problem)
        if not shares:
            return
        amounts = {
            who: self._amount(model, model.persons[who]).plus(self._carried(model.persons[who].employee))
            for who in shares
        }
        parts, total = sum(shares.values()), program.named(Linear.total(amounts.values()))
        for who, share in shares.items():
            above = amounts[who].times(parts).minus(total.times(share))
            most = max(map(abs, program.bounds(above))) // parts
            if most <= self.tolerance:
                continue
            away = Linear.of(program.amount(most))
            for side in (above, above.times(-1)):
                program.at_most(side.minus(away.times(parts)), parts - 1)
            for step in range(self.steps):
                model.at_most(self, away, self.tolerance + step * self.step)

    def _amount(self, model: Model, person: Person) -> Linear:
        """What the roster adds."""
        elements = [element for element in person.own if element.counts(self.scope)]
        if self.of == "minutes":
            return Linear.total(element.minutes("paid") for element in elements)
        if self.of == "shifts":
            return Linear.total(element.presence() for element in elements)
        found: dict[int, list[Lit]] = {}
        for element in elements:
            for thing in self._things(model.problem, person.employee, element.day):
                found.setdefault(thing, []).append(element.present)
        return Linear.total(Linear.of(model.any_of(literals)) for literals in found.values())
