"""What would have to give so that open work is filled: the cheapest steps, each of them tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from solver.explain.judged import Judged, score_change
from solver.explain.sentences import Speaker
from solver.explain.steps import Step, apply_steps, steps_against
from solver.explain.who_could import Candidate, as_assignment, obstacles_in, who_could
from solver.problem import Problem, ProblemError
from solver.score import Part
from solver.work import Roster, Work

MOST_STEPS = 2
"""Steps taken together for one person; a list of more is no proposal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """One way to fill open work: what would have to change for one person.

    Parameters
    ----------
    employee
        Who would take the work.
    steps
        What would have to change, each of them needed.
    price
        Sum of the prices of the steps, to compare ways by.
    change
        What the score changes by, by rule, once the steps are taken and the person has the work.
    """

    employee: str
    steps: tuple[Step, ...]
    price: int
    change: tuple[Part, ...]


def what_would_do(
    problem: Problem,
    roster: Roster,
    work: Work,
    *,
    people: Sequence[Candidate] | None = None,
    most: int = 5,
    most_steps: int = MOST_STEPS,
    allowed: Callable[[Step], bool] = lambda step: True,
) -> tuple[Relaxation, ...]:
    """The cheapest ways to let one person take some work on top of a roster, cheapest first.

    Each way is applied before it is proposed: in the changed problem the person takes the work and no hard
    rule is broken more than before, and without any one of the steps one would be.

    Parameters
    ----------
    people
        What `who_could` says of the work, where it is known already.
    most
        So many ways at most, each for another person.
    most_steps
        So many steps of one person at most.
    allowed
        Which steps may be proposed at all; for instance none that bend the law.
    """
    asked = who_could(problem, roster, work) if people is None else people
    found: list[Relaxation] = []
    for price, employee, steps in sorted(_ways(problem, work, asked, most_steps), key=lambda way: way[:2]):
        if len(found) == most:
            break
        if not all(map(allowed, steps)):
            continue
        change = _tried(problem, roster, employee, work, steps)
        if change is not None:
            found.append(Relaxation(employee=employee, steps=steps, price=price, change=change))
    return tuple(found)


def _ways(
    problem: Problem, work: Work, people: Sequence[Candidate], most_steps: int
) -> Iterator[tuple[int, str, tuple[Step, ...]]]:
    for each in people:
        if each.able:
            continue
        steps = steps_against(problem, as_assignment(each.employee, work), each.obstacles)
        if steps is not None and len(steps) <= most_steps:
            yield sum(step.price for step in steps), each.employee, steps


def _tried(
    problem: Problem, roster: Roster, employee: str, work: Work, steps: Sequence[Step]
) -> tuple[Part, ...] | None:
    """What the score changes by if the steps are taken; None if they do not suffice."""
    try:
        changed = apply_steps(problem, steps)
    except ProblemError:
        return None
    change = Judged(changed, roster).change(added=[as_assignment(employee, work)])
    return None if obstacles_in(change) else score_change(change)


def proposal(speaker: Speaker, way: Relaxation) -> str:
    """One way in words."""
    return speaker.say("would_do", person=speaker.person(way.employee), steps=_steps(speaker, way))


def proposals(speaker: Speaker, ways: Sequence[Relaxation], most: int = 3) -> list[str]:
    """Ways in words, each thing to do once with the people for whom it would do; cheapest first.

    Parameters
    ----------
    most
        So many things to do at most, and of each so many people by name.
    """
    people: dict[str, list[str]] = {}
    for way in ways:
        people.setdefault(_steps(speaker, way), []).append(speaker.person(way.employee))
    return [
        speaker.say("would_do", person=_any_of(speaker, who, most), steps=steps)
        for steps, who in list(people.items())[:most]
    ]


def _any_of(speaker: Speaker, people: Sequence[str], most: int) -> str:
    if len(people) > most:
        return speaker.say("would_do.or_more", listed=", ".join(people[:most]))
    if len(people) == 1:
        return people[0]
    return speaker.say("would_do.or", first=", ".join(people[:-1]), last=people[-1])


def _steps(speaker: Speaker, way: Relaxation) -> str:
    return speaker.listed([step_in_words(speaker, step) for step in way.steps])


def step_in_words(speaker: Speaker, step: Step) -> str:
    """One step in words, with the source of the rule it bends."""
    told = speaker.say(
        f"step.{step.kind}",
        person=speaker.person(step.employee),
        rule=speaker.rule(step.rule, step.name),
        before=speaker.quantity(step.before, step.unit),
        after=speaker.quantity(step.after, step.unit),
        amount=speaker.quantity(step.amount, step.unit),
        what=speaker.listed([speaker.called(each) for each in step.what]),
        when=speaker.spans(step.spans),
        count=step.amount,
    )
    return speaker.cited(told, step.citation)
