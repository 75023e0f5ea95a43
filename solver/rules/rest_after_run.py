"""Rest after a run: a longer rest once somebody has worked so many days of a kind in a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.rules.rule import PersonalRule, after, timeline
from solver.rules.work_kind import elements_by_day, works_by_day
from solver.violation import Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.elements import Element
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class RestAfterRun(PersonalRule):
    """After a run of ``days`` or more days in a row with such work there are ``minutes`` of rest.

    With ``tags=("night",), days=3, minutes=2760`` it is 46 h after a series of three nights or more. A run
    ends with a day on which no such work starts; the rest is from each such span of its last day to the next
    start of work that is not of the run. Runs that begin in history count, and runs that go on in upcoming
    work. Soft levels charge each minute short.

    Parameters
    ----------
    days
        Shortest run that is followed by the rest, days, >= 1.
    minutes
        Required rest, minutes, > 0.

    References
    ----------
    Arbeidstijdenwet, art. 5:8: 46 h of rest after a series of three or more night shifts.
    """

    id: ClassVar[str] = "rest_after_run"
    narrows: ClassVar[tuple[str, ...]] = ("employees", "tags")

    days: int = 3
    minutes: int = 2760

    def check_parameters(self) -> None:
        """A run and a rest have a length."""
        if self.days < 1:
            raise ValueError(f"days is {self.days}; a run lasts at least 1 day")
        if self.minutes < 1:
            raise ValueError(f"minutes is {self.minutes}; a rest lasts at least 1 minute")

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each span that ends a run and whose next work starts too early."""
        found: list[Violation] = []
        works = timeline(employee, own)
        by_day = works_by_day(problem, self.counted(problem, works))
        for day, ending in by_day.items():
            run = range(day - self.days + 1, day + 1)
            if day + 1 in by_day or not all(at in by_day for at in run):
                continue
            for last in ending:
                following = self._next(works, last, ending)
                rest = self.minutes if following is None else following.start - last.end
                if following is None or rest >= self.minutes:
                    continue
                added = isinstance(last, Assignment) or isinstance(following, Assignment)
                if added or self._in_horizon(problem, run):
                    facts: dict[str, int | str] = {
                        "required": self.minutes,
                        "actual": rest,
                        "from": problem.calendar.date(run[0]),
                    }
                    short_by = self.minutes - rest
                    found.append(
                        self.breach(short_by, employee=employee.id, works=[last, following], facts=facts)
                    )
        return found

    def _next(self, works: Sequence[Work], last: Work, ending: Sequence[Work]) -> Work | None:
        """The first work after the last span of a run that is not of the run itself."""
        later = after(works, works.index(last))
        return next((work for work in later if work not in ending), None)

    def _in_horizon(self, problem: Problem, run: range) -> bool:
        return run.start < problem.calendar.size and run.stop > 0

    def post(self, model: Model) -> None:
        """For each span that can end a run: whatever comes next starts late enough if it does."""
        for person in model.people(self):
            by_day = elements_by_day(e for e in person.everything if e.counts(self.scope))
            for day, ending in by_day.items():
                run = range(day - self.days + 1, day + 1)
                if all(at in by_day for at in run):
                    unless = [~model.any_of([e.present for e in by_day.get(day + 1, ())])]
                    is_run = [model.any_of([e.present for e in by_day[at]]) for at in run]
                    for last in ending:
                        self._post_rest(model, person, last, ending, run, [*is_run, *unless])

    def _post_rest(
        self,
        model: Model,
        person: Person,
        last: Element,
        ending: Sequence[Element],
        run: range,
        given: Sequence[int],
    ) -> None:
        charged = last.own or self._in_horizon(model.problem, run)
        others = [other for other in person.everything if all(other is not each for each in ending)]
        if not charged and person.settled(last, others):
            return
        close = [
            other
            for other in person.near(last, self.minutes)
            if (charged or other.own) and all(other is not each for each in ending)
        ]
        if model.is_hard(self):
            for other in close:
                model.rest_after(last, other, self.minutes, given)
        elif close:
            model.charge_shortest_gap(self, last, close, self.minutes, given)
