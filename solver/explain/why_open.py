"""Why work is open: what stands against each person, nearest first, or what taking it would cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from solver.cpsat.slots import pairs_of
from solver.explain.judged import total
from solver.explain.obstacle_kinds import hardest_first, people_by_kind
from solver.explain.sentences import Speaker
from solver.explain.who_could import Candidate, who_could
from solver.problem import Problem, ShiftTemplate
from solver.result import OpenShift
from solver.work import Assignment, Roster, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyOpen:
    """What stands against filling one gap of a roster.

    Parameters
    ----------
    gap
        What is open.
    work
        What somebody would take: the given shift or, where only cover is missing, the shift of a template
        that covers most of the gap and least besides. Its employee is empty. None where no template fits.
    people
        Everybody for that work, as `solver.explain.who_could.who_could` ranks them.
    against
        People by the kind of what is hardest to change about them (see `solver.explain.obstacle_kinds`);
        whoever could take it is not counted.
    """

    gap: OpenShift
    work: Assignment | None
    people: tuple[Candidate, ...] = ()
    against: Mapping[str, int] = field(default_factory=dict)

    @property
    def able(self) -> tuple[Candidate, ...]:
        """Those whom no hard rule stands against, best first."""
        return tuple(each for each in self.people if each.able)


def why_open(problem: Problem, roster: Roster, gap: OpenShift) -> WhyOpen:
    """Everybody for a gap of a roster, and what stands against them.

    Parameters
    ----------
    roster
        As it is.
    gap
        One of its `solver.result.Result.open_shifts`.
    """
    work = work_for(problem, gap)
    if work is None:
        return WhyOpen(gap=gap, work=None)
    people = who_could(problem, roster, work)
    return WhyOpen(
        gap=gap,
        work=work,
        people=tuple(people),
        against=people_by_kind(each.obstacles for each in people),
    )


def work_for(problem: Problem, gap: OpenShift) -> Assignment | None:
    """The work that fills a gap, of nobody; None where no template could cover any of it."""
    if gap.shift is not None:
        return problem.fill("", gap.shift)
    fitting = (
        problem.create("", template.id, start, end - start)
        for template in problem.templates
        if gap.skill in (None, template.skill) and gap.location in (None, template.location)
        for start, end in _possible(problem, template)
        if start < gap.end and gap.start < end
    )
    return max(fitting, key=lambda work: (_shared(work, gap), -work.minutes, -work.start), default=None)


def _possible(problem: Problem, template: ShiftTemplate) -> Iterator[tuple[int, int]]:
    for day in range(problem.calendar.size):
        yield from pairs_of(template, day, problem)


def _shared(work: Assignment, gap: OpenShift) -> int:
    return min(work.end, gap.end) - max(work.start, gap.start)


NEAREST = 3
"""So many people are named."""
REASONS = 3
"""So many reasons are told of one person: work at the same time alone breaks half a dozen rules."""


def summary(speaker: Speaker, why: WhyOpen) -> str:
    """One sentence: who could take it and at what price, or what stands against everybody."""
    if why.work is None:
        return speaker.say("open.no_template")
    if not why.people:
        return speaker.say("open.no_people")
    if not why.able:
        told = [counted(speaker, kind, count, why.work) for kind, count in why.against.items()]
        return speaker.say("open.nobody", count=len(why.people), reasons=", ".join(told))
    best = why.able[0]
    worth = total(best.change)
    as_good = [each.employee for each in why.able if total(each.change) == worth]
    message = "open.better" if worth < (0, 0, 0) else "open.dearer" if worth > (0, 0, 0) else "open.as_good"
    return speaker.say(message, people=speaker.people(as_good), why=speaker.change(best.change))


def counted(speaker: Speaker, kind: str, count: int, work: Assignment) -> str:
    """So many people with that kind of obstacle."""
    if kind == "skill" and work.skill is None:
        kind = "skills"
    skill, location = speaker.called(work.skill), speaker.called(work.location)
    return speaker.say(f"kind.{kind}", count=count, skill=skill, location=location)


def nearest(speaker: Speaker, why: WhyOpen, most: int = NEAREST) -> list[str]:
    """For each of the people nearest to being able what stands against them, or what they could give up."""
    if why.work is None:
        return []
    told = []
    for each in [each for each in why.people if not each.able][:most]:
        person = speaker.person(each.employee)
        instead = each.instead
        if instead is not None and total(instead.change) < (0, 0, 0):
            given = speaker.listed([speaker.work(work) for work in instead.gives_up])
            change = speaker.change([part for part in instead.change if part.level != "hard"])
            told.append(speaker.say("nearest.instead", person=person, gives_up=given, why=change))
        else:
            told.append(speaker.say("nearest", person=person, reasons=reasons(speaker, each, why.work)))
    return told


def reasons(speaker: Speaker, candidate: Candidate, work: Work, most: int = REASONS) -> str:
    """What stands against somebody, the hardest to change first; of many reasons the last are counted."""
    found = [speaker.reason(violation, work) for violation in hardest_first(candidate.obstacles)]
    told = list(dict.fromkeys(found))
    listed, more = "; ".join(told[:most]), len(told) - most
    return speaker.say("reasons.more", listed=listed, count=more) if more > 0 else listed
