"""A roster judged once, and what a few assignments more or fewer would change about it, hundreds of times."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from copy import copy
from dataclasses import replace
from functools import cached_property
from typing import Generic, TypeVar

from solver.problem import Coverage, Problem
from solver.rules.coverage import CoverageCurves
from solver.rules.headcount import Headcount, OpenShifts
from solver.rules.rule import PersonalRule, Rule
from solver.score import Part, Sums, add_up
from solver.spans import Span, merged
from solver.violation import Violation
from solver.work import Assignment, Piece, Roster

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
        self._split: dict[str, tuple[list[PersonalRule], list[PersonalRule]]] = {}
        self._own: dict[str, list[Violation]] = {}
        self._known: dict[object, Change] = {}

    def rules_of(self, employee: str) -> list[PersonalRule]:
        """The personal rules that hold for somebody."""
        if employee not in self._own_rules:
            self._own_rules[employee] = [rule for rule, people in self._personal if employee in people]
        return self._own_rules[employee]

    def change(self, removed: Collection[Assignment] = (), added: Sequence[Assignment] = ()) -> Change:
        """What some assignments less and some more change: violations that go and violations that come."""
        return self.with_others(self.personal_change(removed, added), removed, added)

    def with_others(
        self, personal: Change, removed: Collection[Assignment] = (), added: Sequence[Assignment] = ()
    ) -> Change:
        """What `personal_change` says and what the rules that look at several people add to it."""
        before, after = map(list, personal)
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
            had = self.roster.of(who)
            alone, together = self._split_rules_of(who)
            gone = [work for work in had if work in removed]
            come = [work for work in added if work.employee == who]
            before += self._check(alone, who, gone) if gone else []
            after += self._check(alone, who, come) if come else []
            if who not in self._own:
                self._own[who] = self._check(together, who, had)
            before += self._own[who]
            after += self._check(together, who, Roster(self._row(who, removed, added)).of(who))
        return before, after

    def change_of_times(self, added: Sequence[Assignment]) -> Change:
        """What some work more changes for the rules that count people and do not ask who they are."""
        return self._times.change((), added)

    def _split_rules_of(self, who: str) -> tuple[list[PersonalRule], list[PersonalRule]]:
        """The rules that judge each assignment by itself: what stays needs no asking; and the others."""
        if who not in self._split:
            rules = self.rules_of(who)
            alone = [rule for rule in rules if rule.looks_at() == "work"]
            self._split[who] = alone, [rule for rule in rules if rule.looks_at() != "work"]
        return self._split[who]

    def _row(
        self, who: str, removed: Collection[Assignment], added: Iterable[Assignment]
    ) -> list[Assignment]:
        kept = [work for work in self.roster.of(who) if work not in removed]
        return [*kept, *(work for work in added if work.employee == who)]

    def _check(self, rules: Iterable[PersonalRule], who: str, own: Sequence[Assignment]) -> list[Violation]:
        person = self.problem.employee_by_id[who]
        return [found for rule in rules for found in rule.check_person(self.problem, person, own)]

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
        self._problem, self._roster = problem, roster
        self._curves = [rule for rule in rules if isinstance(rule, CoverageCurves)]
        self._places = [rule for rule in rules if not isinstance(rule, CoverageCurves)]
        self._works, self._covers = _Timeline(roster), _Timeline(problem.coverage)
        self._sights: dict[tuple[tuple[Piece, ...], str | None], dict[str, Sight]] = {}
        self._known: dict[tuple[str, Sight, Sight], list[Violation]] = {}
        start = min((cover.start for cover in problem.coverage), default=0)
        end = max((cover.end for cover in problem.coverage), default=0)
        # Work outside the horizon covers too, if it reaches into it: few people have any.
        self._around = tuple(
            who
            for who in problem.employees
            if any(work.end > start and work.start < end for work in (*who.history, *who.upcoming))
        )

    def change(self, removed: Collection[Assignment], added: Sequence[Assignment]) -> Change:
        """The violations there, before and after; all of ``removed`` are in the roster."""
        gone, come = self._seen(removed), self._seen(added)
        moves = {cover: (gone.get(cover, ()), come.get(cover, ())) for cover in {**gone, **come}}
        moves = {cover: (less, more) for cover, (less, more) in moves.items() if less != more}
        self._count(dict.fromkeys(moves, ((), ())), (), ())
        self._count(moves, removed, added)
        before = [found for cover in moves for found in self._known[cover, (), ()]]
        after = [found for cover, (less, more) in moves.items() for found in self._known[cover, less, more]]
        filled = {work.shift for work in (*removed, *added) if work.shift is not None}
        if filled:
            was, now = self._filled(filled, removed, added)
            before += was
            after += now
        return before, after

    def _seen(self, works: Iterable[Assignment]) -> dict[str, Sight]:
        """By requirement, the parts of some work it counts; where they are the same, so is the coverage."""
        seen: dict[str, Sight] = {}
        for work in works:
            for cover, sight in self._sight(work).items():
                seen[cover] = tuple(sorted(seen[cover] + sight)) if cover in seen else sight
        return seen

    def _sight(self, work: Assignment) -> dict[str, Sight]:
        key = (work.pieces, work.location)
        if key not in self._sights:
            self._sights[key] = {
                cover.id: sight
                for cover in self._covers.within([work.span])
                if (sight := _sight_of(cover, *key))
            }
        return self._sights[key]

    def _count(
        self,
        moves: Mapping[str, tuple[Sight, Sight]],
        removed: Collection[Assignment],
        added: Sequence[Assignment],
    ) -> None:
        """Work out what is not known yet of requirements some people less and some more."""
        unknown = {cover for cover, (less, more) in moves.items() if (cover, less, more) not in self._known}
        if not unknown:
            return
        covers = tuple(self._cover_by_id[cover] for cover in sorted(unknown))
        near = self._works.within(merged(Span(each.start, each.end) for each in covers))
        after = Roster((*(work for work in near if work not in removed), *added))
        part = _part(self._problem, employees=self._around, coverage=covers)
        for cover in unknown:
            self._known[cover, *moves[cover]] = []
        for rule in self._curves:
            for found in rule.check(part, after):
                cover = found.shifts[0]
                self._known[cover, *moves[cover]].append(found)

    def _filled(
        self, filled: Set[str], removed: Collection[Assignment], added: Sequence[Assignment]
    ) -> Change:
        """What the rules about given shifts say of some of them and of their alternatives."""
        groups = tuple(each for each in self._problem.shift_groups if not filled.isdisjoint(each.shifts))
        concerned = {*filled, *(shift for group in groups for shift in group.shifts)}
        shifts = tuple(each for each in self._problem.shifts if each.id in concerned)
        part = _part(self._problem, shifts=shifts, shift_groups=groups)
        had = [work for shift in sorted(concerned) for work in self._on_shift.get(shift, ())]
        was, now = Roster(had), Roster((*(work for work in had if work not in removed), *added))
        before = [found for rule in self._places for found in rule.check(part, was)]
        return before, [found for rule in self._places for found in rule.check(part, now)]

    @cached_property
    def _cover_by_id(self) -> dict[str, Coverage]:
        return {cover.id: cover for cover in self._problem.coverage}

    @cached_property
    def _on_shift(self) -> dict[str, list[Assignment]]:
        """The assignments of each given shift."""
        on: dict[str, list[Assignment]] = {}
        for work in self._roster:
            if work.shift is not None:
                on.setdefault(work.shift, []).append(work)
        return on


def _part(problem: Problem, **of: object) -> Problem:
    """A part of a valid problem, which need not be validated again."""
    part = copy(problem)
    for name, value in of.items():
        object.__setattr__(part, name, value)
    return part


def _of_nobody(work: Assignment) -> Assignment:
    return replace(work, employee="")


Sight = tuple[tuple[int, int], ...]
"""What a requirement sees of some work: starts and ends, sorted."""


def _sight_of(cover: Coverage, pieces: Sequence[Piece], location: str | None) -> Sight:
    if cover.location not in (None, location):
        return ()
    return tuple(
        (max(start, cover.start), min(end, cover.end))
        for start, end, skill in pieces
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
    sums: Sums = {}
    add_up(sums, after)
    add_up(sums, before, -1)
    return tuple(sorted(Part(*key, cost, count) for key, (cost, count) in sums.items() if cost or count))


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
