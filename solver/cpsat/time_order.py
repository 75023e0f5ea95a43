"""What comes before what in a model: the order of one person's spans, and the time between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from solver.cpsat.board import Board
from solver.cpsat.elements import Element
from solver.cpsat.linear import FALSE, TRUE, Lit
from solver.cpsat.person import Person
from solver.problem import Problem
from solver.rules.no_overlap import NoOverlap
from solver.rules.rule import Rule
from solver.work import Assignment


class TimeOrder(Board):
    """A board with a program, and the words in which rules speak of the order of spans.

    Parameters
    ----------
    problem, rules
        As in `Board`; the rules say which spans may overlap.
    """

    def __init__(self, problem: Problem, rules: Sequence[Rule]) -> None:
        """No literals yet."""
        super().__init__(problem, rules)
        self._literals: dict[tuple[object, ...], Lit] = {}
        self._overlap_rules = [rule for rule in rules if isinstance(rule, NoOverlap)]
        self._one_at_a_time = any(
            not rule.allowed and rule.scope.employees is None for rule in self._overlap_rules
        )

    def before(self, one: Element, other: Element) -> Lit:
        """If both are there, ``one`` has ended when ``other`` starts.

        Unless the two may overlap it is without this literal that ``other`` has ended when ``one`` starts.
        """
        if self.may_overlap(one, other):
            return self._ended_before(one, other)
        if one.latest_start < other.earliest_start:
            return TRUE
        if other.latest_start < one.earliest_start:
            return FALSE
        key, opposite = ("before", id(one), id(other)), ("before", id(other), id(one))
        if opposite in self._literals:
            return ~self._literals[opposite]
        if key not in self._literals:
            first = self._literals[key] = self.program.literal()
            self._push([first], one, other, 0)
            self._push([~first], other, one, 0)
        return self._literals[key]

    def _ended_before(self, one: Element, other: Element) -> Lit:
        """The same of two spans that may overlap: what the literal says holds exactly where it does."""
        if other.latest_start < one.earliest_end or one.latest_end <= other.earliest_start:
            return FALSE if other.latest_start < one.earliest_end else TRUE
        key = ("ended_before", id(one), id(other))
        if key not in self._literals:
            ended = self._literals[key] = self.program.literal()
            self._push([ended], one, other, 0)
            for end in one.ends():
                overlaps = [~other.present, other.started_before(end)]
                self.program.clause([ended, ~one.ended_by(end), *overlaps])
        return self._literals[key]

    def may_overlap(self, one: Element, other: Element) -> bool:
        """Whether no rule keeps two spans of a person from overlapping."""
        if self._one_at_a_time:
            return False
        works = (one.example(), other.example())
        people = {work.employee for work in works if isinstance(work, Assignment)}
        concerned = (
            rule
            for rule in self._overlap_rules
            if rule.scope.employees is None or people.intersection(rule.scope.employees)
        )
        return all(rule.allows(*works) for rule in concerned)

    def earlier(self, one: Element, other: Element) -> Lit:
        """If both are there, ``one`` comes first in a list by start; without it, ``other`` does."""
        if not self.may_overlap(one, other):
            return self.before(one, other)
        if one.latest_start < other.earliest_start:
            return TRUE
        if other.latest_start < one.earliest_start:
            return FALSE
        key, opposite = ("earlier", id(one), id(other)), ("earlier", id(other), id(one))
        if opposite in self._literals:
            return ~self._literals[opposite]
        if key not in self._literals:
            first = self._literals[key] = self.program.literal()
            self._start_in_order(first, one, other)
            self._start_in_order(~first, other, one)
        return self._literals[key]

    def _start_in_order(self, given: Lit, first: Element, second: Element) -> None:
        """``given`` implies that ``first`` comes first by start, end and name."""
        unless = [~given, ~first.present, ~second.present]
        tied = int(_name(first) > _name(second))
        for start in second.starts():
            self.program.clause([*unless, ~second.started_before(start + 1), first.started_before(start + 1)])
            if start in first.starts():
                apart = [first.started_before(start), second.started_before(start)]
                together = [~first.started_before(start + 1), ~second.started_before(start + 1)]
                for end in second.ends():
                    ends = [~second.ended_by(end), first.ended_by(end - tied)]
                    self.program.clause([*unless, *apart, *together, *ends])

    def _push(self, given: Sequence[Lit], first: Element, second: Element, minutes: int) -> None:
        """If all of ``given`` hold and both are there, ``minutes`` or more lie between the two."""
        unless = [~literal for literal in given]
        last: Lit = FALSE
        for end in first.ends():
            too_early = second.started_before(end + minutes)
            if too_early not in (FALSE, last):
                still_on = [~first.present, first.ended_by(end - 1)]
                self.program.clause([*unless, *still_on, ~too_early])
                last = too_early

    def directly(self, first: Element, second: Element, among: Iterable[Element]) -> Lit:
        """A literal that must hold if both are there and none of ``among`` starts between the two."""
        follows = self.before(first, second)
        if follows == FALSE:
            return FALSE
        literal = self.program.literal()
        between = [self._between(first, each, second) for each in among]
        self.program.clause([literal, ~first.present, ~second.present, ~follows, *between])
        return literal

    def _between(self, first: Element, each: Element, second: Element) -> Lit:
        """A literal that implies that ``each`` is there and starts after ``first`` but before ``second``."""
        too_early = each.latest_start < first.earliest_start
        if each in (first, second) or too_early or second.latest_start < each.earliest_start:
            return FALSE
        key = ("between", id(first), id(each), id(second))
        if key not in self._literals:
            literal = self._literals[key] = self.program.literal()
            for implied in (each.present, self.before(first, each), self.earlier(each, second)):
                self.program.clause([~literal, implied])
        return self._literals[key]

    def rest_after(self, work: Element, other: Element, minutes: int, given: Sequence[Lit] = ()) -> None:
        """Where all of ``given`` hold: if ``other`` comes after ``work``, so many minutes lie between."""
        self._push([*given, self.before(work, other)], work, other, minutes)

    def rest_free_after(self, rests: Lit, last: Element, minutes: int, person: Person) -> None:
        """``rests`` implies that ``last`` is there and so many minutes after its end are free."""
        self.program.clause([~rests, last.present])
        for other in () if self._one_at_a_time else person.everything:
            if other is not last and self.may_overlap(last, other):
                self._free_after(rests, last, other, minutes)
        for other in person.near(last, minutes):
            if not self.may_overlap(last, other):
                self._push([rests, self.before(last, other)], last, other, minutes)

    def _free_after(self, rests: Lit, last: Element, other: Element, minutes: int) -> None:
        """Of two spans that may overlap: ``other`` has ended with ``last``, or starts so much later."""
        before: Lit = FALSE
        for end in last.ends():
            free = [~other.present, other.ended_by(end), ~other.started_before(end + minutes)]
            self.program.clause([~rests, ~last.ended_by(end), before, *free])
            before = last.ended_by(end)

    def ends_within(self, rests: Lit, last: Element, work: Element, minutes: int) -> None:
        """``rests`` implies that ``last`` is ``work`` or after it and ends so soon after its start."""
        if last is not work and self.may_overlap(work, last):
            for end in last.ends():
                self.program.clause([~rests, ~last.ended_by(end), work.started_before(end + 1)])
        elif last is not work:
            self.program.clause([~rests, self.before(work, last)])
        for end in last.ends():
            too_early = work.started_before(end - minutes)
            self.program.clause([~rests, ~last.present, last.ended_by(end - 1), ~too_early])


def _name(element: Element) -> tuple[str, str, str, str]:
    """What rosters are sorted by after start and end."""
    work = element.example()
    shift, template = (work.shift, work.template) if isinstance(work, Assignment) else (None, None)
    return shift or "", template or "", work.skill or "", work.location or ""
