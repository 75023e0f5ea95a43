"""A roster judged once, and what a few more or fewer assignments would change about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from copy import copy
from functools import cached_property

from solver.problem import Problem
from solver.rules.coverage import CoverageCurves
from solver.rules.headcount import Headcount, OpenShifts
from solver.rules.rule import PersonalRule, Rule
from solver.score import Part, difference, score_of
from solver.violation import Violation
from solver.work import Assignment, Roster

Change = tuple[list[Violation], list[Violation]]
"""The violations of what is concerned: before and after."""


class Judged:
    """A roster whose changes are judged by what they concern, not by judging everything again.

    Personal rules are checked for the people concerned, coverage and given shifts where something changes,
    and every other rule as a whole.

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
        self._local = [rule for rule in problem.all_rules if isinstance(rule, _LOCAL)]
        self._group = [rule for rule in problem.all_rules if not isinstance(rule, (PersonalRule, *_LOCAL))]
        self._own_rules: dict[str, list[PersonalRule]] = {}
        self._was: dict[str, list[Violation]] = {}

    def rules_of(self, employee: str) -> list[PersonalRule]:
        """The personal rules that hold for somebody."""
        if employee not in self._own_rules:
            self._own_rules[employee] = [rule for rule, people in self._personal if employee in people]
        return self._own_rules[employee]

    def change(self, removed: Collection[Assignment] = (), added: Sequence[Assignment] = ()) -> Change:
        """The violations that some assignments less and some more concern, before and after."""
        before: list[Violation] = []
        after: list[Violation] = []
        for who in sorted({work.employee for work in (*removed, *added)}):
            before += self._before(who)
            kept = [work for work in self.roster.of(who) if work not in removed]
            new = Roster((*kept, *(work for work in added if work.employee == who)))
            after += self._check_person(who, new.of(who))
        for found, works in ((before, ()), (after, (removed, added))):
            found += self._check_locally((*removed, *added), *works)
        if self._group:
            before += self._group_before
            changed = self.roster.without(*removed).with_(*added)
            after += _check(self._group, self.problem, changed)
        return before, after

    @cached_property
    def _group_before(self) -> list[Violation]:
        return _check(self._group, self.problem, self.roster)

    def _before(self, who: str) -> list[Violation]:
        if who not in self._was:
            self._was[who] = self._check_person(who, self.roster.of(who))
        return self._was[who]

    def _check_person(self, who: str, own: Sequence[Assignment]) -> list[Violation]:
        person = self.problem.employee_by_id[who]
        return [
            found for rule in self.rules_of(who) for found in rule.check_person(self.problem, person, own)
        ]

    def _check_locally(
        self,
        concerned: Sequence[Assignment],
        removed: Collection[Assignment] = (),
        added: Iterable[Assignment] = (),
    ) -> list[Violation]:
        """Coverage and given shifts that some work concerns, as if there were nothing else."""
        covers = tuple(
            cover
            for cover in self.problem.coverage
            if any(work.start < cover.end and cover.start < work.end for work in concerned)
        )
        filled = {work.shift for work in concerned if work.shift is not None}
        if not covers and not filled:
            return []
        start = min((cover.start for cover in covers), default=0)
        end = max((cover.end for cover in covers), default=0)
        kept = [
            work
            for work in self.roster
            if ((work.start < end and start < work.end) or work.shift in filled) and work not in removed
        ]
        narrow = copy(self.problem)  # a valid problem: its copy need not be validated again
        object.__setattr__(narrow, "coverage", covers)
        object.__setattr__(narrow, "shifts", tuple(s for s in self.problem.shifts if s.id in filled))
        return _check(self._local, narrow, Roster((*kept, *added)))


_LOCAL = (CoverageCurves, Headcount, OpenShifts)
"""Rules that are about times and given shifts one by one, whoever works."""


def _check(rules: Iterable[Rule], problem: Problem, roster: Roster) -> list[Violation]:
    return [found for rule in rules for found in rule.check(problem, roster)]


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
    parts = tuple(parts)
    hard, mandatory, soft = (
        sum(part.cost for part in parts if part.level == level) for level in ("hard", "mandatory", "soft")
    )
    return hard, mandatory, soft
