"""What it would gain to train one of the people there are in a skill of which something is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from solver.explain.best_week import BestWeek, Deadline, best_week
from solver.explain.hiring import Staffed
from solver.explain.judged import total
from solver.explain.missing import Filled, Kind, Step, filled_by, missing_work
from solver.explain.steps import Step as Change
from solver.explain.steps import apply_steps
from solver.problem import Employee
from solver.score import Part, difference
from solver.spans import gaps
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
    takes, gives_up
        What the person works in the one week and not in the other, by start.
    filled
        What is less missing, by kind of work.
    change
        What the score changes by, by rule.
    """

    employee: str
    takes: tuple[Assignment, ...]
    gives_up: tuple[Assignment, ...]
    filled: tuple[Filled, ...]
    change: tuple[Part, ...]


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
    steps = {kind: missing.steps for kind, missing in now.missing.items() if kind.skill == skill}
    people = _nearest(now, skill, steps)
    found: list[Training] = []
    tried = 0
    for person in people[:most]:
        proven, training = _trained(now, person, skill, deadline, without)
        tried += proven
        if training is not None:
            found.append(training)
    found.sort(key=lambda each: (total(each.change), each.employee))
    return SkillTraining(skill=skill, lacking=len(people), tried=tried, best=tuple(found[:told]))


def _trained(
    now: Staffed, person: Employee, skill: str, deadline: Deadline, without: dict[str, BestWeek]
) -> tuple[bool, Training | None]:
    """Whether there was time to find out, and what the skill gains for the person, None for nothing."""
    train = Change(kind="train", employee=person.id, rule="skills", what=(skill,))
    changed = apply_steps(now.problem, [train])
    found = best_week(changed, now.roster, person.id, deadline)
    if found.roster is now.roster or not found.proven:
        return found.proven, None
    if person.id not in without:
        without[person.id] = best_week(now.problem, now.roster, person.id, deadline)
    old = without[person.id]
    change = difference(found.evaluation.score, old.evaluation.score)
    filled = filled_by(missing_work(now.problem, old.roster), missing_work(changed, found.roster))
    gains = total(change) < (0, 0, 0) and any(each.minutes > 0 for each in filled)
    if not old.proven or not gains:
        return old.proven, None
    before, after = old.roster.of(person.id), found.roster.of(person.id)
    return True, Training(
        employee=person.id,
        takes=tuple(work for work in after if work not in before),
        gives_up=tuple(work for work in before if work not in after),
        filled=filled,
        change=change,
    )


def _nearest(now: Staffed, skill: str, steps: Mapping[Kind, Sequence[Step]]) -> list[Employee]:
    """Who lacks a skill while it is missing, those with the most time for it first."""
    lacking = [
        (person, time)
        for person in now.problem.employees
        for missing in [_within_reach(person, skill, steps)]
        if missing
        for time in [_time_for(now, person, missing)]
    ]
    return [person for person, _ in sorted(lacking, key=lambda each: (-each[1], each[0].id))]


def _within_reach(person: Employee, skill: str, steps: Mapping[Kind, Sequence[Step]]) -> list[Step]:
    """What is missing where somebody may work, while they lack the skill for it."""
    return [
        step
        for kind, missing in steps.items()
        if person.locations is None or kind.location in (None, *person.locations)
        for step in missing
        if not person.can(skill, step.start, step.end)
    ]


def _time_for(now: Staffed, person: Employee, missing: Sequence[Step]) -> int:
    """Minutes of what is missing in which somebody is free, no more than the contract leaves."""
    own = now.roster.of(person.id)
    busy = [*person.unavailable, *(work.span for work in (*person.history, *own, *person.upcoming))]
    free = 0
    for step in missing:
        never = () if person.available is None else gaps(step.start, step.end, person.available)
        free += sum(gap.minutes for gap in gaps(step.start, step.end, [*busy, *never]))
    if person.maximum_minutes is None:
        return free
    return min(free, person.maximum_minutes - sum(work.paid for work in own))
