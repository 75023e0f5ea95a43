"""Why somebody does not have some work: it is given to them, and the roster judged again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from solver.explain.judged import Judged, total
from solver.explain.sentences import Speaker
from solver.explain.who_could import Candidate, as_assignment, candidate
from solver.explain.why_open import reasons, work_for
from solver.open_shifts import open_shifts
from solver.problem import Problem
from solver.score import Part
from solver.work import Assignment, Roster, Work

Verdict = Literal["has", "against", "worse", "as_good", "better"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """What giving some work to somebody would do.

    Parameters
    ----------
    work
        The work as that person's.
    verdict
        ``has``: it is theirs already; ``against``: hard rules would be broken; ``worse``, ``as_good``,
        ``better``: what the score would be. ``better`` means that the search has not found it.
    candidate
        What stands against it, what the score changes by, and what could be given up for it.
    taken_from
        Who would have to leave it, because nobody more is needed.
    """

    work: Assignment
    verdict: Verdict
    candidate: Candidate
    taken_from: tuple[Assignment, ...] = ()


def why_not(problem: Problem, roster: Roster, employee: str, work: Work) -> WhyNot:
    """What it would do to give some work to somebody.

    Parameters
    ----------
    work
        An assignment of anybody in the roster is taken from them; a given shift is taken, if it is full, from
        the one of its people from whom it is best taken; any other span, though somebody has the same, comes
        on top.
    """
    judged, mine = Judged(problem, roster), as_assignment(employee, work)
    if isinstance(work, Assignment) and any(
        own == mine or (own.shift and own.shift == mine.shift) for own in roster.of(employee)
    ):
        return WhyNot(work=mine, verdict="has", candidate=Candidate(employee, (), 0))
    options: list[tuple[Assignment, ...]] = [(each,) for each in _holders(problem, roster, work)] or [()]
    found = [
        WhyNot(work=mine, verdict=_verdict(each), candidate=each, taken_from=option)
        for option in options
        for each in [candidate(judged, employee, work, option)]
    ]
    return min(found, key=_easiest)


def why_not_on(problem: Problem, roster: Roster, employee: str, day: str) -> tuple[WhyNot, ...]:
    """The same for all work that starts on a day: given shifts, what others have, and what is open.

    Parameters
    ----------
    day
        ISO date of the horizon.

    Raises
    ------
    ValueError
        If the day or the employee is not in the problem.
    """
    if employee not in problem.employee_by_id:
        raise ValueError(f"employee {employee!r} is not in the problem")
    if day not in {each.on for each in problem.days}:
        raise ValueError(f"{day!r} is no day of the problem, {problem.days[0].on} to {problem.days[-1].on}")
    asked = [
        work
        for work in _work(problem, roster)
        if problem.calendar.date(problem.calendar.index(work.start)) == day
    ]
    found = (why_not(problem, roster, employee, work) for work in sorted(asked, key=lambda each: each.start))
    told: dict[Assignment, WhyNot] = {}
    for each in found:
        told[each.work] = min(told.get(each.work, each), each, key=_easiest)
    return tuple(told.values())


def _easiest(why: WhyNot) -> tuple[bool, tuple[int, int, int]]:
    return bool(why.candidate.obstacles), total(why.candidate.change)


def _work(problem: Problem, roster: Roster) -> Iterator[Assignment]:
    for shift in problem.shifts:
        yield problem.fill("", shift.id)
    yield from (work for work in roster if work.shift is None)
    for gap in open_shifts(problem, roster):
        if gap.shift is None and (work := work_for(problem, gap)) is not None:
            yield work


def _holders(problem: Problem, roster: Roster, work: Work) -> list[Assignment]:
    """Whoever has to leave the work for somebody else to take it."""
    if not isinstance(work, Assignment):
        return []
    if work.shift is None:
        return [each for each in roster if each == work]
    shift = work.shift
    holders = [each for each in roster if each.shift == shift]
    return holders if len(holders) >= problem.shift_by_id[shift].headcount else []


def _verdict(found: Candidate) -> Verdict:
    if not found.able:
        return "against"
    worth = total(found.change)
    return "worse" if worth > (0, 0, 0) else "better" if worth < (0, 0, 0) else "as_good"


def sentence(speaker: Speaker, why: WhyNot, against: str | None = None) -> str:
    """What would happen, in words.

    Parameters
    ----------
    against
        What stands against it, where the caller can say it better.
    """
    found = why.candidate
    told = speaker.say(
        f"why_not.{why.verdict}",
        person=speaker.person(found.employee),
        work=speaker.work(why.work),
        reasons=reasons(speaker, found, why.work) if against is None else against,
        why=speaker.change(_without_hard(found.change)),
    )
    if found.instead is not None:
        given = speaker.listed([speaker.work(each) for each in found.instead.gives_up])
        change = speaker.change(_without_hard(found.instead.change))
        told = speaker.say("why_not.instead", told=told, gives_up=given, why=change)
    if why.taken_from and (found.able or found.instead is not None):
        people = speaker.people([each.employee for each in why.taken_from])
        told = speaker.say("why_not.from", told=told, other=people)
    return told


def _without_hard(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.level != "hard")
