"""Who can be at work at the same time: the words of rules that count people at each minute."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from solver.cpsat.linear import Linear
from solver.spans import Span

if TYPE_CHECKING:
    from solver.cpsat.elements import Element
    from solver.cpsat.model import Model
    from solver.rules.rule import Rule
    from solver.rules.staff import Pick

Group = Sequence[tuple["Element", Sequence[Span]]]
"""Elements, each with the times in which it counts."""


def own_and_fixed(model: Model, pick: Pick) -> tuple[Group, Group]:
    """What the roster may have of those a rule picks, kept work included, and their fixed work."""
    own: list[tuple[Element, Sequence[Span]]] = []
    fixed: list[tuple[Element, Sequence[Span]]] = []
    for person in model.persons.values():
        for element in person.everything:
            if times := pick(person.employee, element.work):
                (own if element.own else fixed).append((element, times))
    return own, fixed


def linear_steps(*groups: Group, cuts: Iterable[int] = ()) -> Iterator[tuple[int, int, list[list[Linear]]]]:
    """The pieces between two possible changes, with what covers each, by group: (start, end, covers)."""
    reaches = [
        (place, element, max(span.start, element.earliest_start), min(span.end, element.latest_end))
        for place, group in enumerate(groups)
        for element, times in group
        for span in times
        if span.start < element.latest_end and element.earliest_start < span.end
    ]
    minutes = {minute for _, _, first, last in reaches for minute in (first, last)} | set(cuts)
    for _, element, first, last in reaches:
        minutes.update(t for t in (*element.starts(), *element.ends()) if first < t < last)
    times = sorted(minutes)
    covers: list[list[list[Linear]]] = [[[] for _ in groups] for _ in times]
    for place, element, first, last in reaches:
        for at in range(bisect_left(times, first), bisect_left(times, last)):
            covers[at][place].append(element.covering(times[at]))
    for at in range(len(times) - 1):
        yield times[at], times[at + 1], covers[at]


def charge_minutes(model: Model, rule: Rule, over: Linear, minutes: int) -> None:
    """An expression is at most 0, or each of so many minutes is charged its excess."""
    if model.is_hard(rule):
        model.program.at_most(over, 0)
    else:
        model.program.charge_excess(rule.level, rule.weight * minutes, over)
