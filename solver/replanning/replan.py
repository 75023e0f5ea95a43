"""Re-planning a published roster with as little change as possible. Importing it loads OR-Tools."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from time import perf_counter

from solver.cpsat.clash import find_clash
from solver.cpsat.draft import Draft
from solver.cpsat.linear import Linear
from solver.cpsat.model import Model
from solver.cpsat.part import Part
from solver.cpsat.run import Limits, search
from solver.cpsat.slots import Values
from solver.evaluate import evaluate
from solver.explain.who_could import who_could
from solver.open_shifts import open_shifts
from solver.problem import Problem
from solver.replanning.changes import Change, changes_between
from solver.replanning.events import Event
from solver.replanning.starting_point import StartingPoint, starting_point
from solver.replanning.terms import Terms
from solver.result import Clash, OpenShift, Status
from solver.rules.rule import Rule
from solver.rules.stability import Stability, keeps
from solver.score import Score
from solver.standing import Disagreement
from solver.stop import Standing, Stop, TimeLimit
from solver.work import Roster, Work

Costs = tuple[int, int, int]
"""Cost of the mandatory level, price of the changes, soft cost of everything else."""

DEFAULT_STOP = TimeLimit(15)

SIZES = (2500, 12_000)
"""About how many variables the parts have that are decided before everything is."""

SMALL = 15_000
"""About how many variables a problem has at most that is decided as a whole even where nobody is missing."""

SHARES = (0.4, 0.6, 1.0)
"""The part of the time left that each stage may take: mandatory cost, changes, the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanned:
    """What re-planning gave.

    Parameters
    ----------
    status
        ``optimal``: proven best in all three stages; ``feasible``: keeps the hard rules; ``infeasible``: no
        roster keeps what is fixed and the hard rules, see ``clash``; ``stopped_empty``: stopped before any
        such roster was found.
    problem
        As it was solved: after the events, what is fixed as pins, what is published with its prices.
    roster, score
        The roster and what `solver.evaluate` says of it by that problem. Where none keeps the hard rules,
        what is left of the published one, mended as far as possible, with the breaches it has.
    costs, bound
        Mandatory cost, price of changes, soft cost of everything else, and what none can be below: each
        bound holds among rosters that are as good in the stages before it. Of large problems the last is
        not known and stays 0.
    changes
        What is different for whom.
    open_shifts
        What the people do not suffice for.
    clash
        For ``infeasible``: a smallest set of pins and rules that cannot all hold.
    seconds
        How long it took.
    """

    status: Status
    problem: Problem
    roster: Roster
    score: Score
    costs: Costs
    bound: Costs
    changes: tuple[Change, ...] = ()
    open_shifts: tuple[OpenShift, ...] = ()
    clash: tuple[Clash, ...] = ()
    seconds: float = 0.0


def replan(
    problem: Problem,
    published: Roster,
    *,
    now: int,
    events: Sequence[Event],
    terms: Terms | None = None,
    stop: Stop = DEFAULT_STOP,
    seed: int = 0,
    workers: int = 2,
    observer: Callable[[float, Costs], None] | None = None,
) -> Replanned:
    """The published roster after something has happened, changed as little as it takes.

    What is past or about to start is fixed. Then comes first what comes first everywhere, hard rules and
    the mandatory level (people below a minimum); second the price of all changes of published work, which
    rises as the work comes near; third everything else. So no wish is granted by moving somebody who was told
    otherwise, and nobody is moved twice where once will do.

    Parameters
    ----------
    problem
        As it was when the roster was published.
    published
        The roster everybody knows.
    now
        The moment of re-planning, minutes from the origin.
    events
        What has happened.
    terms
        What is fixed and what changes cost.
    stop
        When to stop; it also ends when the roster is proven best.
    observer
        Told seconds and costs of every better roster.

    Raises
    ------
    ProblemError
        If the events make no sense, with every fault.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from solver.problem import Day, Employee, Shift
    >>> from solver.replanning.events import Absence
    >>> early = Shift(id="early", start=360, end=840)
    >>> problem = Problem(origin=datetime(2026, 11, 23, tzinfo=UTC), days=(Day("2026-11-23", 0, 1440),),
    ...                   employees=(Employee(id="ann"), Employee(id="bo")), shifts=(early,))
    >>> published = Roster([problem.fill("ann", "early")])
    >>> sick = Absence(employee="ann", start=0, end=1440)
    >>> found = replan(problem, published, now=0, events=[sick], workers=1)
    >>> found.status, [(change.kind, change.employee) for change in found.changes]
    ('optimal', [('withdrawn', 'ann'), ('added', 'bo')])
    """
    terms = terms or Terms()
    start = starting_point(problem, published, now, events, terms)
    stages = _Stages(start, stop, seed=seed, workers=workers, observer=observer)
    status = stages.run()
    clash: tuple[Clash, ...] = ()
    if status == "infeasible":
        clash = find_clash(start.problem, Limits(seed=seed, workers=workers), stages.stopped)
    roster = stages.roster
    return Replanned(
        status=status,
        problem=start.problem,
        roster=roster,
        score=evaluate(start.problem, roster).score,
        costs=costs_of(start.problem, roster),
        bound=stages.bound,
        changes=changes_between(start.problem, published, roster, now=now, terms=terms, lost=start.lost),
        open_shifts=open_shifts(start.problem, roster),
        clash=clash,
        seconds=stages.seconds,
    )


def costs_of(problem: Problem, roster: Roster) -> Costs:
    """Mandatory cost, price of the changes, soft cost of everything else."""
    score = evaluate(problem, roster).score
    changes = sum(part.cost for part in score.parts if part.rule == Stability.id)
    return score.mandatory, changes, score.soft - changes


class _StagedModel(Model):
    """A model whose price of changes is an objective of its own.

    Attributes
    ----------
    objectives
        What is minimised one after the other.
    """

    def __init__(self, draft: Draft, base: Roster, part: Part) -> None:
        super().__init__(draft, base=base, part=part)
        costs = self.program.costs
        rest, costs["soft"] = costs["soft"], Linear()
        for rule in draft.rules:
            if isinstance(rule, Stability):
                rule.post(self)
        changes, costs["soft"] = costs["soft"], rest
        self.objectives = (costs["mandatory"], changes, rest)

    def posts(self, rule: Rule) -> bool:
        """All but the rule whose costs are apart."""
        return not isinstance(rule, Stability)

    def changes_in(self, roster: Roster) -> int:
        """What a roster's changes cost, of the people about whom there is something to decide."""
        return sum(
            violation.cost
            for rule in self.rules
            if isinstance(rule, Stability)
            for person in self.people(rule)
            for violation in rule.check_person(self.problem, person.employee, roster.of(person.employee.id))
        )


class _Stages:
    """The search: part after part, and in each one objective after the other."""

    def __init__(
        self,
        start: StartingPoint,
        stop: Stop,
        *,
        seed: int,
        workers: int,
        observer: Callable[[float, Costs], None] | None,
    ) -> None:
        self._start = start
        self._problem = start.problem
        self._stop = stop
        self._seed = seed
        self._workers = workers
        self._observer = observer
        self._begun = perf_counter()
        self._work = 0.0
        self._draft = Draft(self._problem, self._problem.all_rules)
        self.roster = start.roster
        self.bound: Costs = (0, _least_changes(self._draft, start), 0)
        self._costs = costs_of(self._problem, self.roster)
        self._found = not evaluate(self._problem, self.roster).score.hard

    @property
    def seconds(self) -> float:
        return perf_counter() - self._begun

    def stopped(self) -> bool:
        return self._stop.reached(self._standing())

    def _standing(self) -> Standing:
        return Standing(seconds=self.seconds, gap=None, work=self._work)

    def run(self) -> Status:
        """Decide larger and larger parts anew; at last all, where that is small or people are missing."""
        for part in _parts(self._draft, self._start):
            if not self.stopped():
                self._decide(part, share=0.3)
        small = sum(person.size for person in self._draft.persons.values()) <= SMALL
        if not self.stopped() and (small or self._costs[0] > self.bound[0] or not self._found):
            ended = self._decide(Part(), share=1.0)
            if ended != "feasible":
                return ended
        return "feasible" if self._found else "stopped_empty"

    def _decide(self, part: Part, share: float) -> Status:
        """The best roster that differs from the one so far in a part only."""
        model = _StagedModel(self._draft, self.roster, part)
        model.hint(self.roster)
        values: Values | None = None
        proven = True
        bounds = [0, 0, 0]
        for stage, (objective, of_time) in enumerate(zip(model.objectives, SHARES, strict=True)):
            best = self._best_already(stage, model) if values is None and proven else None
            if best is None and objective.terms:
                model.program.minimise(objective)
                found = search(model.program, self._limits(share * of_time), lambda *_: self.stopped())
                self._work += found.work
                if found.ending == "infeasible" and stage == 0:
                    return "infeasible"
                if found.values is None:
                    proven = False
                    break
                values = found.values
                proven = proven and found.ending == "optimal"
                bounds[stage] = found.bound or 0
                best = _value(objective, values)
                model.hint(model.roster(values))
            elif best is None:
                best = bounds[stage] = objective.constant
            else:
                bounds[stage] = best
            model.program.at_most(objective, best)
        if values is not None:
            self._offer(model.roster(values))
        if part == Part():
            self.bound = (bounds[0], max(bounds[1], self.bound[1]), bounds[2])
            return "optimal" if proven else "feasible"
        return "feasible"

    def _best_already(self, stage: int, model: _StagedModel) -> int | None:
        """What an objective of a model is for the roster so far, where no roster can have less."""
        if not self._found or self._costs[: stage + 1] != self.bound[: stage + 1] or stage == 2:
            return None
        return 0 if stage == 0 else model.changes_in(self.roster)

    def _limits(self, share: float) -> Limits:
        standing = self._standing()
        seconds, work = self._stop.seconds_left(standing), self._stop.work_left(standing)
        return Limits(
            seed=self._seed,
            workers=self._workers,
            seconds=None if seconds is None else share * seconds,
            work=None if work is None else share * work,
            relaxed=True,
        )

    def _offer(self, roster: Roster) -> None:
        """Keep a roster if it is better, and refuse one that breaks more hard rules than was there."""
        before, now = evaluate(self._problem, self.roster).score, evaluate(self._problem, roster).score
        if now.hard > before.hard:
            raise Disagreement(f"re-planning breaks hard rules: {now.parts}", roster)
        costs = costs_of(self._problem, roster)
        if (now.hard, *costs) < (before.hard, *self._costs):
            self.roster, self._costs = roster, costs
            if self._observer is not None:
                self._observer(self.seconds, costs)
        self._found = self._found or not now.hard


def _least_changes(draft: Draft, start: StartingPoint) -> int:
    """What the changes cost at least: all that is lost, as altered where the person could still work then."""
    problem = start.problem
    rule = next(rule for rule in problem.all_rules if isinstance(rule, Stability))
    total = 0
    for one in problem.published:
        work = problem.pinned(one)
        if not any(keeps(one, kept) for kept in start.roster.of(one.employee)):
            day = problem.calendar.index(work.start)
            able = any(slot.day == day for slot in draft.persons[one.employee].slots)
            total += rule.altered_price(one) if able else one.price
    return total


def _value(objective: Linear, values: Values) -> int:
    return objective.constant + sum(factor * values(variable) for variable, factor in objective.terms.items())


def _parts(draft: Draft, start: StartingPoint) -> Iterator[Part]:
    """The work near what has happened, of the people concerned and of those likeliest to help.

    First on the days around it, then on all days; none where the whole is as small.
    """
    whole = sum(person.size for person in draft.persons.values())
    concerned = _concerned(draft.problem, start)
    days = _days(draft.problem, start)
    for size, near in zip_longest(SIZES, (days,)):
        if size >= whole:
            return
        share = 1.0 if near is None else len(near) / len(draft.problem.days)
        chosen: list[str] = []
        taken = 0.0
        for who in concerned:
            taken += draft.persons[who].size * share
            if chosen and taken > size:
                break
            chosen.append(who)
        if chosen:
            yield Part(employees=frozenset(chosen), days=near)


def _wanted(problem: Problem, start: StartingPoint) -> list[Work]:
    """Work that was lost, then work that is missing, mandatory work first."""
    missing = sorted(open_shifts(problem, start.roster), key=lambda one: (one.level, one.start))
    spans = (Work(start=one.start, end=one.end, skill=one.skill, location=one.location) for one in missing)
    return [*start.lost, *spans]


def _concerned(problem: Problem, start: StartingPoint) -> list[str]:
    """Everybody, those first whose work was lost, then those who could take what is missing."""
    first = [work.employee for work in start.lost]
    ranked = [
        [each.employee for each in who_could(problem, start.roster, _plain(work))]
        for work in _wanted(problem, start)[:ASKED]
    ]
    others = [who for row in zip_longest(*ranked) for who in row if who is not None]
    return list(dict.fromkeys([*first, *others, *problem.employee_by_id]))


ASKED = 8
"""Spans of missing work for which people are ranked."""


def _plain(work: Work) -> Work:
    """The span alone, whoever had it."""
    return Work(
        start=work.start,
        end=work.end,
        breaks=work.breaks,
        skill=work.skill,
        location=work.location,
        tags=work.tags,
    )


def _days(problem: Problem, start: StartingPoint) -> frozenset[int]:
    """The days of what is wanted, and the day before and after each."""
    near = {
        problem.calendar.index(work.start) + more for work in _wanted(problem, start) for more in (-1, 0, 1)
    }
    return frozenset(near.intersection(range(len(problem.days))))
