"""Straight swaps: who could take somebody's work and give them work of their own for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from solver.explain.judged import Judged, score_change, total
from solver.explain.sentences import Speaker
from solver.explain.who_could import as_assignment, obstacles_in
from solver.problem import Employee, Problem
from solver.score import Part
from solver.violation import Violation
from solver.work import Assignment, Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """Two people exchange one assignment each.

    Parameters
    ----------
    gives, takes
        What the one who asks gives and takes; both as they are in the roster.
    change
        What the score changes by, by rule.
    """

    gives: Assignment
    takes: Assignment
    change: tuple[Part, ...]


def swaps(
    problem: Problem, roster: Roster, gives: Assignment, among: Iterable[Employee] | None = None
) -> list[Swap]:
    """Every swap of an assignment against one of another person that breaks no hard rule, best score first.

    Parameters
    ----------
    gives
        An assignment of the roster.
    among
        With whom; None asks everybody else.

    Raises
    ------
    ValueError
        If the assignment is not in the roster.
    """
    if gives not in roster.of(gives.employee):
        raise ValueError(f"{gives.label} of {gives.employee} is not in the roster")
    judged = Judged(problem, roster)
    people = problem.employees if among is None else among
    found = [each for who in people if who.id != gives.employee for each in _with(judged, gives, who.id)]
    return sorted(found, key=lambda each: (total(each.change), each.takes.employee, each.takes.start))


def _with(judged: Judged, gives: Assignment, other: str) -> Iterator[Swap]:
    if _never(judged, gives, other):
        return
    for takes in judged.roster.of(other):
        if _never(judged, takes, gives.employee):
            continue
        move = ([gives, takes], [as_assignment(other, gives), as_assignment(gives.employee, takes)])
        if not obstacles_in(judged.personal_change(*move)):
            change = judged.change(*move)
            if not obstacles_in(change):
                yield Swap(gives=gives, takes=takes, change=score_change(change))


def _never(judged: Judged, work: Assignment, who: str) -> bool:
    """Whether somebody cannot have the work whatever else they have."""
    person = judged.problem.employee_by_id[who]
    found: list[Violation] = []
    for rule in judged.rules_of(who):
        if rule.level == "hard" and rule.id != "pins" and rule.looks_at() == "work":
            found += rule.check_person(judged.problem, person, [as_assignment(who, work)])
    return bool(found)


def sentence(speaker: Speaker, swap: Swap) -> str:
    """Who takes what, and what it is worth."""
    return speaker.say(
        "swap",
        person=speaker.person(swap.takes.employee),
        work=speaker.work(swap.gives),
        other=speaker.person(swap.gives.employee),
        gives_up=speaker.work(swap.takes),
        why=speaker.change(swap.change),
    )
