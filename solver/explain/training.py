"""What it would gain to train one of the people there are in a skill of which something is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from solver.explain.best_week import BestWeek, Deadline, best_week
from solver.explain.hiring import Staffed
from solver.explain.judged import total
from solver.explain.missing import Filled, filled_by, missing_work
from solver.explain.steps import Step as Change
from solver.explain.steps import apply_steps
from solver.problem import Employee, Problem
from solver.score import Part, difference
from solver.spans import Span, gaps, merged
from solver.work import Assignment


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """One person trained in a skill, while everybody else's work stays as it is.

    Compared are the person's best week with the skill and the best week without it, both proven, so that
    nothing counts that the person's other skills would have gained as well.

    Parameters
    ----------
    employee
        Whom.
    week, week_without
        What the person works with the skill and without it, by start.
    filled
        What is less missing, by kind of work.
    change
        What the score changes by, by rule.
    """

    employee: str
    week: tuple[Assignment, ...]
    week_without: tuple[Assignment, ...]
    filled: tuple[Filled, ...]
    change: tuple[Part, ...]

    @property
    def takes(self) -> tuple[Assignment, ...]:
        """What the person works with the skill only."""
        return tuple(work for work in self.week if work not in self.week_without)

    @property
    def gives_up(self) -> tuple[Assignment, ...]:
        """What the person works without the skill only."""
        return tuple(work for work in self.week_without if work not in self.week)


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillTraining:
    """Whom to train in one skill.

    Parameters
    ----------
    skill
        The skill.
    lacking
        How many people lack it while it is missing and may work where it is.
    tried
        How many of them were tried and an answer proven, those with the most time for it first.
    best
        Those with whom the roster gets better, best first.
    """

    skill: str
    lacking: int
    tried: int
    best: tuple[Training, ...] = ()


def trainings(
    now: Staffed, skill: str, deadline: Deadline, without: dict[str, BestWeek], *, most: int, told: int
) -> SkillTraining:
    """Whom to train in a skill of which something is missing.

    Parameters
    ----------
    without
        Best weeks of people as they are, where they are known; more are added.
    most
        So many people are tried.
    told
        So many of them are told of.
    """
    lacking = _lacking(now, skill)
    people = [] if deadline.over else _nearest(now, lacking)
    tried = 0
    found: list[_Pair] = []
    for person in people[:most]:
        if deadline.over:
            break
        pair = _pair(now, person.id, skill, deadline, without)
        tried += pair is not None
        if pair is not None and total(pair.change) < (0, 0, 0):
            found.append(pair)
    found.sort(key=lambda each: (total(each.change), each.employee))
    best = tuple(_training(now, each, deadline) for each in found[:told])
    return SkillTraining(skill=skill, lacking=len(lacking), tried=tried, best=best)


@dataclass(frozen=True)
class _Pair:
    """The best weeks of a person without a skill and with it, and the problem in which they have it."""

    employee: str
    trained: Problem
    without: BestWeek
    with_it: BestWeek

    @property
    def change(self) -> tuple[Part, ...]:
        """What the score changes by with the skill."""
        return difference(self.with_it.evaluation.score, self.without.evaluation.score)


def _pair(
    now: Staffed, employee: str, skill: str, deadline: Deadline, without: dict[str, BestWeek]
) -> _Pair | None:
    """Both weeks of a person; None if there was no time to prove them best."""
    train = Change(kind="train", employee=employee, rule="skills", what=(skill,))
    trained = apply_steps(now.problem, [train])
    found = best_week(trained, now.roster, employee, deadline, plain=False)
    if not found.proven:
        return None
    if found.roster is now.roster:
        return _Pair(employee, trained, found, found)
    if employee not in without:
        without[employee] = best_week(now.problem, now.roster, employee, deadline, plain=False)
    return _Pair(employee, trained, without[employee], found) if without[employee].proven else None


def _training(now: Staffed, pair: _Pair, deadline: Deadline) -> Training:
    """What a person gains, told by weeks in which nothing changes that need not."""
    old = _plainer(now, now.problem, pair.employee, pair.without, deadline)
    new = _plainer(now, pair.trained, pair.employee, pair.with_it, deadline)
    return Training(
        employee=pair.employee,
        week=new.roster.of(pair.employee),
        week_without=old.roster.of(pair.employee),
        filled=filled_by(missing_work(now.problem, old.roster), missing_work(pair.trained, new.roster)),
        change=difference(new.evaluation.score, old.evaluation.score),
    )


def _plainer(now: Staffed, problem: Problem, employee: str, week: BestWeek, deadline: Deadline) -> BestWeek:
    if week.roster is now.roster:
        return week
    again = best_week(problem, now.roster, employee, deadline)
    return again if again.evaluation.score == week.evaluation.score else week


def _lacking(now: Staffed, skill: str) -> list[tuple[Employee, Sequence[Span]]]:
    """Who lacks a skill while it is missing where they may work, and when that is."""
    missing = {
        kind.location: [Span(step.start, step.end) for step in found.steps]
        for kind, found in now.missing.items()
        if kind.skill == skill
    }
    everywhere = merged(span for spans in missing.values() for span in spans)
    lacking: list[tuple[Employee, Sequence[Span]]] = []
    for person in now.problem.employees:
        spans: Sequence[Span] = everywhere
        if person.locations is not None:
            spans = merged(
                span for place, some in missing.items() if place in (None, *person.locations) for span in some
            )
        held = person.validity(skill)
        lacks = [gap for span in spans for gap in gaps(span.start, span.end, held)] if held else spans
        if lacks:
            lacking.append((person, lacks))
    return lacking


def _nearest(now: Staffed, lacking: Iterable[tuple[Employee, Sequence[Span]]]) -> list[Employee]:
    """The same people, those with the most time for it first."""
    times = [(_time_for(now, person, spans), person) for person, spans in lacking]
    return [person for _, person in sorted(times, key=lambda each: (-each[0], each[1].id))]


def _time_for(now: Staffed, person: Employee, spans: Iterable[Span]) -> int:
    """Minutes of some spans in which somebody is free, no more than the contract leaves."""
    own = now.roster.of(person.id)
    busy = merged([*person.unavailable, *(work.span for work in (*person.history, *own, *person.upcoming))])
    free = 0
    for span in spans:
        never = () if person.available is None else gaps(span.start, span.end, person.available)
        free += sum(gap.minutes for gap in gaps(span.start, span.end, (*busy, *never)))
    if person.maximum_minutes is None:
        return free
    return min(free, person.maximum_minutes - sum(work.paid for work in own))
