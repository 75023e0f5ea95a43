"""A whole answer explained: what is open, why, and what would have to give; what costs most, and whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from solver.evaluate import evaluate
from solver.explain.sentences import Speaker
from solver.explain.what_would_do import MOST_STEPS, Relaxation, proposals, what_would_do
from solver.explain.why_open import WhyOpen, nearest, summary, why_open
from solver.open_shifts import open_shifts
from solver.problem import Problem
from solver.result import OpenShift
from solver.score import Part
from solver.spans import Span
from solver.violation import LEVELS, Level, Violation
from solver.work import Roster

GAPS_EXPLAINED = 3
"""Of each group, the longest ones."""
GROUPS_EXPLAINED = 6
WAYS = 12
"""People for each gap; those for whom the same would do are told together."""
PARTS = 5
CASES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedGap:
    """One gap, why it is open, and the cheapest ways to fill it where nobody could."""

    why: WhyOpen
    ways: tuple[Relaxation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GapGroup:
    """The gaps of one skill and location at one level.

    Parameters
    ----------
    minutes
        Person-minutes open in all of them.
    gaps
        How many there are.
    explained
        The longest ones, by time.
    """

    level: Level
    skill: str | None
    location: str | None
    minutes: int
    gaps: int
    explained: tuple[ExplainedGap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedCost:
    """What one rule costs, and its dearest violations.

    Parameters
    ----------
    cases
        How many violations there are, those of coverage that follow each other at once counted as one.
    """

    part: Part
    cases: int
    dearest: tuple[Violation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What there is to say about a roster.

    Parameters
    ----------
    open
        Mandatory gaps first, then the groups with the most person-minutes.
    costs
        The dearest rules, higher levels first; what is open is not told again.
    more_costs
        How many more rules cost something.
    """

    open: tuple[GapGroup, ...]
    costs: tuple[ExplainedCost, ...]
    more_costs: int = 0


def report_on(problem: Problem, roster: Roster) -> Report:
    """Explain a roster of a problem; only so much of it that a person can read."""
    groups: dict[tuple[int, str, str], list[OpenShift]] = {}
    for gap in open_shifts(problem, roster):
        key = (LEVELS.index(gap.level), gap.skill or "", gap.location or "")
        groups.setdefault(key, []).append(gap)
    ordered = sorted(groups.items(), key=lambda item: (item[0][0], -_minutes(item[1]), item[0]))
    found = [
        _group(problem, roster, gaps, GAPS_EXPLAINED if place < GROUPS_EXPLAINED else 0)
        for place, (_, gaps) in enumerate(ordered)
    ]
    costs, more = _costs(problem, roster)
    return Report(open=tuple(found), costs=costs, more_costs=more)


def _minutes(gaps: Sequence[OpenShift]) -> int:
    return sum(gap.people * (gap.end - gap.start) for gap in gaps)


def _group(problem: Problem, roster: Roster, gaps: list[OpenShift], most: int) -> GapGroup:
    longest = sorted(gaps, key=lambda gap: (-_minutes([gap]), gap.start))[:most]
    return GapGroup(
        level=gaps[0].level,
        skill=gaps[0].skill,
        location=gaps[0].location,
        minutes=_minutes(gaps),
        gaps=len(gaps),
        explained=tuple(
            _explained(problem, roster, gap) for gap in sorted(longest, key=lambda gap: (gap.start, gap.end))
        ),
    )


def _explained(problem: Problem, roster: Roster, gap: OpenShift) -> ExplainedGap:
    why = why_open(problem, roster, gap)
    if why.work is None or why.able:
        return ExplainedGap(why=why)
    ways = what_would_do(problem, roster, why.work, people=why.people, most=WAYS)
    return ExplainedGap(why=why, ways=ways)


def _costs(problem: Problem, roster: Roster) -> tuple[tuple[ExplainedCost, ...], int]:
    judged = evaluate(problem, roster)
    parts = [part for part in judged.score.parts if part.cost and not _is_open(part)]
    parts.sort(key=lambda part: (LEVELS.index(part.level), -part.cost))
    found = []
    for part in parts[:PARTS]:
        same = [
            each
            for each in judged.violations
            if (each.level, each.rule, each.name) == (part.level, part.rule, part.name)
        ]
        cases = _joined(same) if part.rule == "coverage" else same
        dearest = sorted(cases, key=lambda each: -each.cost)[:CASES]
        found.append(ExplainedCost(part=part, cases=len(cases), dearest=tuple(dearest)))
    return tuple(found), max(0, len(parts) - PARTS)


def _joined(violations: Sequence[Violation]) -> list[Violation]:
    """Violations of coverage; those of one kind of work that follow each other at once are one."""
    found: dict[tuple[object, ...], Violation] = {}
    for each in sorted(violations, key=lambda each: each.spans[0].start):
        (span,) = each.spans
        kind = tuple(sorted(each.facts.items()))
        before = found.pop((kind, span.start), None)
        if before is not None:
            each = replace(
                before,
                short_by=before.short_by + each.short_by,
                cost=before.cost + each.cost,
                shifts=(*before.shifts, *each.shifts),
                spans=(Span(before.spans[0].start, span.end),),
            )
        found[kind, span.end] = each
    return list(found.values())


def _is_open(part: Part) -> bool:
    return part.rule == "open_shifts" or (
        part.rule == "coverage" and part.name in ("below_minimum", "below_target")
    )


Line = tuple[int, str]
"""How far it is indented, and what it says; 0 is a heading."""


def lines(speaker: Speaker, report: Report) -> Iterator[Line]:
    """The report in sentences."""
    asked = speaker.problem.shifts or speaker.problem.coverage
    nothing = "report.nothing_open" if asked else "report.nothing_asked"
    yield 0, speaker.say("report.open" if report.open else nothing)
    for group in report.open:
        yield 1, _heading(speaker, group)
        for each in group.explained:
            yield from _gap_lines(speaker, each)
        told = sum(_minutes([each.why.gap]) for each in group.explained)
        if group.explained and group.gaps > len(group.explained):
            hours = speaker.length(group.minutes - told)
            yield 2, speaker.say("report.more_open", count=group.gaps - len(group.explained), hours=hours)
    if not report.costs:
        return
    yield 0, speaker.say("report.costs")
    yield 1, speaker.say("report.cost_is")
    for cost in report.costs:
        yield from _cost_lines(speaker, cost)
    if report.more_costs:
        yield 1, speaker.say("report.more_rules", count=report.more_costs)


def _heading(speaker: Speaker, group: GapGroup) -> str:
    doing = speaker.doing(group.skill, group.location)
    what = doing if group.skill else doing[:1].upper() + doing[1:]
    hours = speaker.length(group.minutes)
    return speaker.say(f"report.group.{group.level}", what=what, hours=hours, count=group.gaps)


def _gap_lines(speaker: Speaker, explained: ExplainedGap) -> Iterator[Line]:
    why = explained.why
    span = speaker.span(Span(why.gap.start, why.gap.end))
    yield 2, speaker.say("report.gap", when=span, count=why.gap.people)
    if why.work is not None and why.work.span != Span(why.gap.start, why.gap.end):
        yield 3, speaker.say("report.as_shift", when=speaker.span(why.work.span))
    yield 3, summary(speaker, why)
    if why.able or why.work is None:
        return
    if explained.ways:
        yield 3, speaker.say("report.would_do")
        yield from ((4, each) for each in proposals(speaker, explained.ways))
    elif why.people:
        yield from ((3, each) for each in nearest(speaker, why))
        yield 3, speaker.say("would_do.nothing", count=MOST_STEPS)


def _cost_lines(speaker: Speaker, cost: ExplainedCost) -> Iterator[Line]:
    part = cost.part
    level = speaker.say(f"level.{part.level}")
    name = speaker.rule(part.rule, part.name)
    yield 1, speaker.say("report.cost", rule=name, cost=part.cost, level=level, count=cost.cases)
    for each in cost.dearest:
        phrase = speaker.reason(each)
        if each.employee is None:
            yield 2, phrase
        else:
            yield 2, speaker.say("report.case", person=speaker.person(each.employee), phrase=phrase)
    if cost.cases > len(cost.dearest):
        yield 2, speaker.say("report.more", count=cost.cases - len(cost.dearest))
