"""Rules by which some people work only while others do."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from solver.cpsat.linear import Linear
from solver.rules.at_once import ALL_TIME, AtWork, judge_again, steps
from solver.rules.people_at_once import unbroken
from solver.rules.rule import Rule
from solver.spans import Span
from solver.violation import Violation
from solver.work import Assignment, Roster

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.problem import Problem
    from solver.rules.staff import Pick


@dataclass(frozen=True, slots=True)
class Company:
    """Those who need company and those who give it.

    Parameters
    ----------
    needing, giving
        Who they are. Somebody may be both.
    employee
        Whose need it is, where it is one person's.
    """

    needing: Pick
    giving: Pick
    employee: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accompanied(Rule):
    """At each minute in which the roster has some people at work, so many others are too.

    Charged are the person-minutes of those who are missing. Work of history and upcoming work is company too;
    minutes in which nobody needs it but people of the past are not the roster's.
    """

    unit: ClassVar[str] = "person_minutes"

    @abstractmethod
    def companies(self, problem: Problem) -> Iterable[Company]:
        """Who needs whom."""

    def ratio(self) -> tuple[int, int | None]:
        """How many it takes, and for how many of those who need it; None is for any number."""
        return 1, None

    def check(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One violation for each unbroken span in which somebody is missing."""
        return [
            violation
            for company in self.companies(problem)
            for violation in self._check(problem, roster, company, ALL_TIME)
        ]

    def recheck(
        self, problem: Problem, roster: Roster, changed: Sequence[Assignment], before: Sequence[Violation]
    ) -> Sequence[Violation]:
        """What `check` gives, asking again only when somebody who needs or gives company comes or goes."""
        companies = list(self.companies(problem))
        met = [
            work
            for work in changed
            for who in [problem.employee_by_id[work.employee]]
            if any(one.needing(who, work) or one.giving(who, work) for one in companies)
        ]
        if not met:
            return before
        if len(companies) > 1:
            return self.check(problem, roster)
        return judge_again(before, met, partial(self._check, problem, roster, companies[0]))

    def _check(self, problem: Problem, roster: Roster, company: Company, window: Span) -> Iterator[Violation]:
        needing = AtWork.of(problem, roster, company.needing, window)
        if not needing.own:
            return
        giving = AtWork.of(problem, roster, company.giving, window)
        off: list[tuple[int, int, int, int]] = []
        for start, end, (own, fixed, there) in steps(
            needing.added, needing.fixed, (*giving.added, *giving.fixed)
        ):
            missing = self._required(own + fixed) - there if own else 0
            if missing > 0:
                off.append((start, end, missing, there))
        for run in unbroken(off):
            start, end = run[0][0], run[-1][1]
            worst = max(run, key=lambda piece: piece[2])
            amount = sum((until - at) * missing for at, until, missing, _ in run)
            facts: dict[str, int | str] = {"required": worst[2] + worst[3], "actual": worst[3]}
            works = needing.during(start, end)
            spans = [Span(start, end)]
            yield self.breach(amount, employee=company.employee, works=works, spans=spans, facts=facts)

    def _required(self, people: int) -> int:
        required, per = self.ratio()
        return required if per is None else required * -(-people // per)

    def post(self, model: Model) -> None:
        """For each piece between two possible changes: enough company if there is need of it."""
        from solver.cpsat.at_once import charge_minutes, linear_steps, own_and_fixed

        for company in self.companies(model.problem):
            own, past = own_and_fixed(model, company.needing)
            own_given, past_given = own_and_fixed(model, company.giving)
            for start, end, (needing, fixed, giving) in linear_steps(own, past, (*own_given, *past_given)):
                if needing:
                    there = Linear.total(giving)
                    missing = self._required_of(model, needing, len(fixed)).minus(there)
                    charge_minutes(model, self, missing, end - start)

    def _required_of(self, model: Model, needing: Sequence[Linear], fixed: int) -> Linear:
        """At least as many as it takes, if any of ``needing`` is there."""
        required, per = self.ratio()
        program = model.program
        need = needing[0]
        if len(needing) > 1:
            need = Linear.of(program.literal())
            for one in needing:
                program.at_most(one.minus(need), 0)
        if per is None or len(needing) + fixed <= per:
            return need.times(required)
        groups = Linear.of(program.amount(-(-(len(needing) + fixed) // per)))
        people = Linear.total(needing)
        people.add_all(need, fixed)
        program.at_most(people.minus(groups.times(per)), 0)
        return groups.times(required)
