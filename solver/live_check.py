"""The live check: what a move changes, judged in milliseconds, because every drop of a drag asks for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from solver.evaluate import Evaluation, refuse_strangers
from solver.problem import Problem
from solver.score import Score, Sums, add_up, score_from
from solver.violation import Violation
from solver.work import Assignment, Roster


@dataclass(frozen=True, slots=True)
class Move:
    """Some assignments taken out of a roster and some put into it.

    Parameters
    ----------
    gone
        Taken out; each must be in the roster.
    come
        Put in.

    Examples
    --------
    >>> early = Assignment(employee="ann", start=0, end=480)
    >>> late = Assignment(employee="bo", start=600, end=960)
    >>> [(work.employee, work.start) for work in Move.swap(early, late).come]
    [('bo', 0), ('ann', 600)]
    """

    gone: tuple[Assignment, ...] = ()
    come: tuple[Assignment, ...] = ()

    @classmethod
    def swap(cls, one: Assignment, other: Assignment) -> Move:
        """Two assignments exchange their people."""
        return cls(
            (one, other), (replace(one, employee=other.employee), replace(other, employee=one.employee))
        )


@dataclass(frozen=True)
class LiveCheck:
    """A roster judged by all rules, ready to judge what a move makes of it.

    Says the same as `solver.evaluate.evaluate` of the whole roster, and asks again only what a move touches:
    rules about one person for the people concerned, coverage where people come or go, and rules about
    several people as quickly as they can tell (see `solver.rules.rule.Rule.recheck`). It never changes: a
    move makes another one, which the caller keeps if the move is made and drops if it was only asked about.

    Not slotted: it puts score and evaluation together once.

    Parameters
    ----------
    problem, roster
        What is judged; built by `of`.
    found
        The violations of each of the problem's rules, in order.
    added, removed
        The violations the last move brought and took away; both empty without a move.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from solver.problem import Day, Employee, Shift
    >>> problem = Problem(origin=datetime(2026, 11, 23, tzinfo=UTC), days=(Day("2026-11-23", 0, 1440),),
    ...                   employees=(Employee(id="ann"),), shifts=(Shift(id="early", start=360, end=840),))
    >>> empty = LiveCheck.of(problem, Roster())
    >>> moved = empty.after(Move(come=(problem.fill("ann", "early"),)))
    >>> [violation.rule for violation in moved.removed], moved.added
    (['open_shifts'], ())
    >>> empty.score.mandatory, moved.score.mandatory
    (480, 0)
    """

    problem: Problem
    roster: Roster
    found: tuple[Sequence[Violation], ...]
    _sums: Sums
    added: tuple[Violation, ...] = ()
    removed: tuple[Violation, ...] = ()

    @classmethod
    def of(cls, problem: Problem, roster: Roster) -> LiveCheck:
        """Judge a whole roster.

        Raises
        ------
        ValueError
            If the roster names an employee or a shift that the problem does not have.
        """
        refuse_strangers(problem, roster)
        found = tuple(rule.check(problem, roster) for rule in problem.all_rules)
        sums: Sums = {}
        for violations in found:
            add_up(sums, violations, 1)
        return cls(problem, roster, found, sums)

    def after(self, move: Move) -> LiveCheck:
        """The roster after a move, judged.

        Raises
        ------
        ValueError
            If the move takes out what is not in the roster, or names a stranger.
        """
        people = {work.employee for work in (*move.gone, *move.come)}
        rows = [work for who in people for work in self.roster.of(who)]
        for work in move.gone:
            if work not in rows:
                raise ValueError(f"{work.label} of {work.employee} is not in the roster")
            rows.remove(work)
        others = (work for work in self.roster if work.employee not in people)
        return self.with_roster(Roster((*others, *rows, *move.come)))

    def with_roster(self, roster: Roster) -> LiveCheck:
        """Another roster of the same problem, judged; quick where only a few people work otherwise.

        Raises
        ------
        ValueError
            If it names an employee or a shift that the problem does not have.
        """
        changed = _changed(self.roster, roster)
        refuse_strangers(self.problem, changed)
        if not changed:
            return replace(self, roster=roster, added=(), removed=())
        rules = zip(self.problem.all_rules, self.found, strict=True)
        found = tuple(rule.recheck(self.problem, roster, changed, before) for rule, before in rules)
        added, removed = [], []
        for before, now in zip(self.found, found, strict=True):
            if before is not now:
                added += _beyond(now, before)
                removed += _beyond(before, now)
        sums = dict(self._sums)
        add_up(sums, removed, -1)
        add_up(sums, added, 1)
        return LiveCheck(self.problem, roster, found, sums, tuple(added), tuple(removed))

    @cached_property
    def score(self) -> Score:
        """What `evaluate` says the roster costs."""
        return score_from(self._sums)

    @cached_property
    def evaluation(self) -> Evaluation:
        """What `evaluate` says of the roster."""
        return Evaluation(self.score, tuple(violation for found in self.found for violation in found))


def _changed(before: Roster, now: Roster) -> list[Assignment]:
    """The assignments that are in one of two rosters only."""
    changed: list[Assignment] = []
    for who in {work.employee for work in (*before, *now)}:
        if before.of(who) != now.of(who):
            was, has = Counter(before.of(who)), Counter(now.of(who))
            changed += [*(was - has).elements(), *(has - was).elements()]
    return changed


def _beyond(these: Sequence[Violation], others: Sequence[Violation]) -> list[Violation]:
    """The violations of one rule that are among ``these`` and not among ``others``."""
    known = set(map(id, others))
    new = [each for each in these if id(each) not in known]
    if not new:
        return []
    same = set(map(id, these))
    left: dict[tuple[object, ...], list[Violation]] = {}
    for each in others:
        if id(each) not in same:
            left.setdefault(_what(each), []).append(each)
    found: list[Violation] = []
    for each in new:
        akin = left.get(_what(each), [])
        if each in akin:
            akin.remove(each)
        else:
            found.append(each)
    return found


def _what(violation: Violation) -> tuple[object, ...]:
    """Enough of a violation to tell it from nearly all others of its rule."""
    return violation.employee, violation.short_by, violation.shifts, violation.spans
