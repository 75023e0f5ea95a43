"""A roster judged once, and what a few assignments more or fewer would change about it, hundreds of times."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property
from typing import Generic, TypeVar

from solver.problem import Coverage, Problem
from solver.rules.coverage import CoverageCurves
from solver.rules.headcount import Headcount, OpenShifts
from solver.rules.rule import PersonalRule, Rule
from solver.score import Part, difference, score_of
from solver.spans import Span, merged
from solver.violation import Violation
from solver.work import Assignment, Roster

_Timed = TypeVar("_Timed", Coverage, Assignment)

Change = tuple[list[Violation], list[Violation]]
"""Violations before and after, less those that stay as they are."""


class Judged:
    """A roster whose changes are judged by what they concern, for comparing many changes of one roster.

    Like `solver.live_check.LiveCheck` it asks only what a change concerns. It keeps no judgement of the
    changed rosters, and asks once where the answer is the same whoever works.

    Parameters
    ----------
    problem, roster
        What is judged.
    """

    def __init__(self, problem: Problem, roster: Roster) -> None:
        """Judge nothing until it is asked for."""
        self.problem, self.roster = problem, roster
        personal = [rule for rule in problem.all_rules if isinstance(rule, PersonalRule)]
        self._personal = [(rule, {who.id for who in rule.scope.people(problem)}) for rule in personal]
        others = [rule for rule in problem.all_rules if not isinstance(rule, PersonalRule)]
        self._nameless = [rule for rule in others if isinstance(rule, _NAMELESS)]
        self._group = [rule for rule in others if not isinstance(rule, _NAMELESS)]
        self._own_rules: dict[str, list[PersonalRule]] = {}
        self._own: dict[str, list[Violation]] = {}
        self._known: dict[object, Change] = {}

    def rules_of(self, employee: str) -> list[PersonalRule]:
        """The personal rules that hold for somebody."""
        if employee not in self._own_rules:
            self._own_rules[employee] = [rule for rule, people in self._personal if employee in people]
        return self._own_rules[employee]

    def change(self, removed: Collection[Assignment] = (), added: Sequence[Assignment] = ()) -> Change:
        """What some assignments less and some more change: violations that go and violations that come."""
        before, after = self.personal_change(removed, added)
        for gone, come in self._whole_changes(removed, added):
            before += gone
            after += come
        return before, after

    def personal_change(
        self, removed: Collection[Assignment] = (), added: Sequence[Assignment] = ()
    ) -> Change:
        """The same of the rules that look at one person."""
        before: list[Violation] = []
        after: list[Violation] = []
        for who in sorted({work.employee for work in (*removed, *added)}):
            if who not in self._own:
                self._own[who] = self._check_person(who, self.roster.of(who))
            before += self._own[who]
            after += self._check_person(who, Roster(self._row(who, removed, added)).of(who))
        return before, after

    def _row(
        self, who: str, removed: Collection[Assignment], added: Iterable[Assignment]
    ) -> list[Assignment]:
        kept = [work for work in self.roster.of(who) if work not in removed]
        return [*kept, *(work for work in added if work.employee == who)]

    def _check_person(self, who: str, own: Sequence[Assignment]) -> list[Violation]:
        person = self.problem.employee_by_id[who]
        return [
            found for rule in self.rules_of(who) for found in rule.check_person(self.problem, person, own)
        ]

    def _whole_changes(
        self, removed: Collection[Assignment], added: Sequence[Assignment]
    ) -> Iterable[Change]:
        """What the rules about several people say."""
        nameless = (frozenset(map(_of_nobody, removed)), tuple(map(_of_nobody, added)))
        if nameless not in self._known:
            self._known[nameless] = self._times.change(removed, added)
        yield self._known[nameless]
        if self._group:
            roster = self.roster
            for who in {work.employee for work in (*removed, *added)}:
                roster = roster.with_row(who, self._row(who, removed, added))
            for rule, was in self._group_before:
                now = rule.recheck(self.problem, roster, (*removed, *added), was)
                if now is not was:
                    stay = {id(each) for each in was}.intersection(map(id, now))
                    yield _without(was, stay), _without(now, stay)

    @cached_property
    def _group_before(self) -> list[tuple[Rule, list[Violation]]]:
        return [(rule, rule.check(self.problem, self.roster)) for rule in self._group]

    @cached_property
    def _times(self) -> _Times:
        return _Times(self.problem, self.roster, self._nameless)


def _without(violations: Iterable[Violation], ids: Collection[int]) -> list[Violation]:
    return [each for each in violations if id(each) not in ids]


_NAMELESS = (CoverageCurves, Headcount, OpenShifts)
"""Rules that count people at a time or on a given shift and do not ask who they are."""


class _Times:
    """Rules that count people, asked only about the times and shifts at which some come and go."""

    def __init__(self, problem: Problem, roster: Roster, rules: Sequence[Rule]) -> None:
        self._problem, self._roster, self._rules = problem, roster, rules
        self._works, self._covers = _Timeline(roster), _Timeline(problem.coverage)
        start = min((cover.start for cover in problem.coverage), default=0)
        end = max((cover.end for cover in problem.coverage), default=0)
        # Work outside the horizon covers too, if it reaches into it: few people have any.
        self._around = tuple(
            who
            for who in problem.employees
            if any(work.end > start and work.start < end for work in (*who.history, *who.upcoming))
        )

    def change(self, removed: Collection[Assignment], added: Sequence[Assignment]) -> Change:
        """The violations there, before and after."""
        concerned = (*removed, *added)
        times = merged(work.span for work in concerned)
        covers = tuple(
            cover
            for cover in self._covers.within(times)
            if _seen_by(cover, removed) != _seen_by(cover, added)
        )
        near = self._works.within(merged([*times, *(Span(each.start, each.end) for each in covers)]))
        filled = {work.shift for work in concerned}
        part = copy(self._problem)  # of a valid problem, so it need not be validated again
        object.__setattr__(part, "employees", self._around)
        object.__setattr__(part, "coverage", covers)
        object.__setattr__(part, "shifts", tuple(s for s in self._problem.shifts if s.id in filled))
        after = Roster((*(work for work in near if work not in removed), *added))
        before = [found for cover in covers for found in self._off.get(cover.id, ())]
        was = Roster(near)
        for rule in self._rules:
            if not isinstance(rule, CoverageCurves):
                before += rule.check(part, was)
        return before, [found for rule in self._rules for found in rule.check(part, after)]

    @cached_property
    def _off(self) -> dict[str, list[Violation]]:
        """The violations of each coverage requirement."""
        off: dict[str, list[Violation]] = {}
        for rule in self._rules:
            if isinstance(rule, CoverageCurves):
                for found in rule.check(self._problem, self._roster):
                    off.setdefault(found.shifts[0], []).append(found)
        return off


def _of_nobody(work: Assignment) -> Assignment:
    return replace(work, employee="")


def _seen_by(cover: Coverage, works: Iterable[Assignment]) -> list[tuple[int, int]]:
    """The parts of some work that a requirement counts; where they are the same, so is the coverage."""
    return sorted(
        (max(start, cover.start), min(end, cover.end))
        for work in works
        if cover.location in (None, work.location)
        for start, end, skill in work.pieces
        if start < cover.end and cover.start < end and cover.skill in (None, skill)
    )


class _Timeline(Generic[_Timed]):
    """Things by start, so that those in a span are found without looking at all."""

    def __init__(self, things: Iterable[_Timed]) -> None:
        self._things: list[_Timed] = sorted(things, key=_start)
        self._longest: int = max((each.end - each.start for each in self._things), default=0)

    def within(self, spans: Iterable[Span]) -> tuple[_Timed, ...]:
        """What overlaps any of some spans, each once."""
        found: dict[int, _Timed] = {}
        for span in spans:
            first = bisect_left(self._things, span.start - self._longest, key=_start)
            last = bisect_left(self._things, span.end, key=_start)
            found |= {id(each): each for each in self._things[first:last] if span.start < each.end}
        return tuple(found.values())


def _start(thing: Coverage | Assignment) -> int:
    return thing.start


def score_change(change: Change) -> tuple[Part, ...]:
    """By rule, what a change costs; negative where it is better."""
    before, after = change
    return difference(score_of(after), score_of(before))


def total(parts: Iterable[Part]) -> tuple[int, int, int]:
    """The costs of a difference of scores by level, the highest first; less than zeros is better.

    Examples
    --------
    >>> total([Part("soft", "min_rest", "", 5, 1), Part("mandatory", "coverage", "", -60, -1)])
    (0, -60, 5)
    """
    sums = {"hard": 0, "mandatory": 0, "soft": 0}
    for part in parts:
        sums[part.level] += part.cost
    return sums["hard"], sums["mandatory"], sums["soft"]
