"""The best work one person can have while everybody else's stays as it is: exact, level by level."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from solver.cpsat.draft import Draft
from solver.cpsat.linear import Linear
from solver.cpsat.part import Part
from solver.evaluate import Evaluation, evaluate
from solver.explain.who_could import worsened
from solver.problem import Problem
from solver.rules.rule import PersonalRule, Rule
from solver.violation import Level
from solver.work import Roster

if TYPE_CHECKING:
    from solver.cpsat.model import Model

PAID_LEVELS: tuple[Level, ...] = ("mandatory", "soft")


class Deadline:
    """So many seconds from now on.

    Parameters
    ----------
    seconds
        How many; None for as many as it takes.
    """

    def __init__(self, seconds: float | None) -> None:
        """The clock runs."""
        self._end = None if seconds is None else perf_counter() + seconds

    @property
    def left(self) -> float | None:
        """Seconds that are left, at least 0; None for as many as it takes."""
        return None if self._end is None else max(0.0, self._end - perf_counter())

    @property
    def over(self) -> bool:
        """Whether none is left."""
        return self.left == 0.0


@dataclass(frozen=True)
class BestWeek:
    """What somebody's work could be.

    Parameters
    ----------
    roster
        With that work; as it was where nothing better was found.
    evaluation
        What the whole roster is worth with it.
    proven
        Whether no other work that this person is offered is better.
    """

    roster: Roster
    evaluation: Evaluation
    proven: bool


def best_week(
    problem: Problem, roster: Roster, employee: str, deadline: Deadline, *, plain: bool = True
) -> BestWeek:
    """Decide all work of one person anew, but for days with work that the problem offers nobody.

    Mandatory cost is made as low as possible first, then soft cost. The answer is never worse than the roster
    and breaks no hard rule by more.

    Parameters
    ----------
    roster
        May break rules; what others break is left as it is.
    plain
        Of weeks as good as each other take one that keeps most of what the person works now, and has least
        work besides; else any, which takes half the time.
    """
    before = evaluate(problem, roster)
    model = _model(problem, roster, employee, deadline, before)
    if model is None:
        return BestWeek(roster, before, proven=False)
    found, proven = _cheapest(model, roster, deadline, before)
    if found is None:
        return BestWeek(roster, before, proven)
    after = evaluate(problem, found)
    if _breaks_more(before, after):
        return BestWeek(roster, before, proven=False)
    if after.score >= before.score:
        return BestWeek(roster, before, proven and after.score == before.score)
    if plain:
        plainer = _least_changed(model, roster, employee, found, deadline)
        judged = evaluate(problem, plainer)
        if judged.score == after.score and not _breaks_more(before, judged):
            return BestWeek(plainer, judged, proven)
    return BestWeek(found, after, proven)


def _breaks_more(before: Evaluation, after: Evaluation) -> bool:
    hard = ([each for each in judged.violations if each.level == "hard"] for judged in (before, after))
    return bool(worsened(*hard))


def _model(
    problem: Problem, roster: Roster, employee: str, deadline: Deadline, before: Evaluation
) -> Model | None:
    """The model of the person's work; None if there was no time to build it."""
    from solver.cpsat.model import Model, OutOfTime  # OR-Tools takes a second or more to load

    try:
        draft = Draft(problem, _kept_rules(problem, before), people=(employee,))
        part = Part(employees=frozenset([employee]), days=_days(draft, roster, employee))
        return Model(draft, base=roster, part=part, stopped=lambda: deadline.over)
    except OutOfTime:
        return None


def _cheapest(
    model: Model, roster: Roster, deadline: Deadline, before: Evaluation
) -> tuple[Roster | None, bool]:
    """The best roster that was found, None for none, and whether it is proven best, or that there is none."""
    from solver.cpsat.run import Limits, search

    best, proven = None, True
    model.hint(roster)
    for level in PAID_LEVELS:
        cost = model.program.costs[level]
        if level == "mandatory" and not before.score.mandatory:
            model.program.at_most(cost, 0)
            continue
        model.program.minimise(cost)
        found = search(model.program, Limits(seconds=deadline.left, relaxed=True))
        if found.values is None or found.objective is None:
            return best, proven and found.ending == "infeasible"
        best = model.roster(found.values)
        proven = proven and found.ending == "optimal"
        model.program.at_most(cost, found.objective)
        model.hint(best)
    return best, proven


def _least_changed(model: Model, roster: Roster, employee: str, found: Roster, deadline: Deadline) -> Roster:
    """Of the rosters as good as the one found, one with most of the work there was and least besides."""
    from solver.cpsat.run import Limits, search

    program, slots = model.program, model.persons[employee].slots
    effort = Linear.total(slot.minutes("present") for slot in slots)
    dearer = program.bounds(effort)[1] + 1
    for work in roster.of(employee):
        for slot in slots:
            if slot.can_be(work):
                kept = program.literal()
                for variable, value in slot.hint(work).items():
                    program.clause([~kept, variable if value else ~variable])
                effort.add(kept, -dearer)
    program.minimise(effort)
    plainer = search(program, Limits(seconds=deadline.left, relaxed=True))
    return found if plainer.values is None else model.roster(plainer.values)


def _days(draft: Draft, roster: Roster, employee: str) -> frozenset[int]:
    """The days to decide: all but those with work that nobody is offered, such as a shift placed by hand."""
    day_of, slots = draft.problem.calendar.index, draft.persons[employee].slots
    by_hand = [work for work in roster.of(employee) if not any(slot.can_be(work) for slot in slots)]
    return frozenset(range(len(draft.problem.days))).difference(day_of(work.start) for work in by_hand)


def _kept_rules(problem: Problem, before: Evaluation) -> list[Rule]:
    """All rules but the hard ones about several people that the roster breaks: nothing would keep those."""
    broken = {(each.rule, each.name) for each in before.violations if each.level == "hard"}
    return [
        rule
        for rule in problem.all_rules
        if isinstance(rule, PersonalRule) or (rule.id, rule.name) not in broken
    ]
