"""Who could take a span of work, at what difference of score, and what stands against everybody else."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, fields, replace

from solver.explain.judged import Change, Judged, score_change, total
from solver.problem import Employee, Problem
from solver.score import Part
from solver.violation import Violation
from solver.work import Assignment, Roster, Work

_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Instead:
    """Work to give up so that nothing stands in the way any more.

    Parameters
    ----------
    gives_up
        Assignments of the person, as few as will do.
    change
        What the score then changes by, by rule: what is given up is open again.
    """

    gives_up: tuple[Assignment, ...]
    change: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person for one span of work.

    Parameters
    ----------
    employee
        Id of the person.
    obstacles
        Hard breaches that giving the work to this person would add; empty for somebody who could take it.
    cost
        What it would add to the mandatory and soft cost of the rules that look at one person: preferences,
        fairness, labour cost. The same coverage is won whoever takes it, so it is not in here.
    change
        What the whole score changes by if this person takes it, by rule, coverage included; negative where it
        gets better. Hard parts are the obstacles.
    instead
        For somebody with obstacles who could take it by giving up one assignment.
    """

    employee: str
    obstacles: tuple[Violation, ...]
    cost: int
    change: tuple[Part, ...] = ()
    instead: Instead | None = None

    @property
    def able(self) -> bool:
        """Whether no hard rule stands against it."""
        return not self.obstacles


def who_could(
    problem: Problem, roster: Roster, work: Work, among: Iterable[Employee] | None = None
) -> list[Candidate]:
    """Everybody in the problem for one span of work, the likeliest first.

    First those whom nothing stands against, and then those with whom the roster gets better if they give up
    other work for it, each by the score there would be; then the others, nearest first: people with obstacles
    that moving other shifts can mend (hours, rest) before people with obstacles of their own (skill, place,
    the times they can work), then the fewest obstacles, then by how much.

    Parameters
    ----------
    roster
        As it is; if it holds the work already, whoever has it is judged as having it twice.
    work
        A span with its skill and location; an assignment of anybody means its given shift or template too.
    among
        Whom to ask; None asks everybody.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from solver.problem import Day, SkillHeld
    >>> from solver.spans import Span
    >>> ann = Employee(id="ann", skills=(SkillHeld("till"),), unavailable=(Span(0, 600),))
    >>> bo = Employee(id="bo", skills=(SkillHeld("till"),))
    >>> problem = Problem(origin=datetime(2026, 11, 23, tzinfo=UTC), days=(Day("2026-11-23", 0, 1440),),
    ...                   employees=(ann, bo))
    >>> found = who_could(problem, Roster(), Work(start=540, end=1020, skill="till"))
    >>> [(each.employee, [v.short_by for v in each.obstacles]) for each in found]
    [('bo', []), ('ann', [60])]
    """
    judged = Judged(problem, roster)
    people = problem.employees if among is None else among
    return sorted((candidate(judged, employee.id, work) for employee in people), key=_rank)


def worsened(before: Iterable[Violation], after: Iterable[Violation]) -> list[Violation]:
    """The violations of ``after`` that are new or greater, of rules that somebody breaks by more in all.

    Who breaks a rule by less than ``before``, or by as much at another time, is no worse off. Two violations
    are the same if rule, person and spans agree; those of a rule over a window are compared by the window.
    """
    before, after = list(before), list(after)
    had, has = _sums(before, _whose), _sums(after, _whose)
    was, is_now = _sums(before, _identity), _sums(after, _identity)
    return [
        violation
        for violation in after
        if has[_whose(violation)] > had[_whose(violation)]
        and is_now[_identity(violation)] > was[_identity(violation)]
    ]


def candidate(
    judged: Judged, employee: str, work: Work, taken_from: Collection[Assignment] = ()
) -> Candidate:
    """One person for some work, which is taken from whoever has it."""
    before, after = judged.change(taken_from, [as_assignment(employee, work)])
    obstacles = obstacles_in((before, after))
    personal = {(rule.id, rule.name) for rule in judged.rules_of(employee) if rule.level != "hard"}
    parts = score_change((before, after))
    return Candidate(
        employee,
        tuple(obstacles),
        sum(part.cost for part in parts if part.level != "hard" and (part.rule, part.name) in personal),
        parts,
        _instead(judged, employee, work, taken_from, obstacles),
    )


def _instead(
    judged: Judged,
    employee: str,
    work: Work,
    taken_from: Collection[Assignment],
    obstacles: Sequence[Violation],
) -> Instead | None:
    """The best of the person's assignments to give up; None where none would do."""
    if not obstacles or any(violation.rule in IN_PERSON for violation in obstacles):
        return None
    found: list[Instead] = []
    for own in judged.roster.of(employee):
        # What an obstacle does not name cannot take it away; one that names nothing may be about anything.
        if all(own.label in violation.shifts or not violation.shifts for violation in obstacles):
            move = ([own, *taken_from], [as_assignment(employee, work)])
            personal = judged.personal_change(*move)
            if not obstacles_in(personal):
                change = judged.with_others(personal, *move)
                if not obstacles_in(change):
                    found.append(Instead((own,), score_change(change)))
    return min(found, key=lambda each: total(each.change), default=None)


def obstacles_in(change: Change) -> list[Violation]:
    """The hard breaches that a change adds."""
    before, after = ([v for v in violations if v.level == "hard"] for violations in change)
    return worsened(before, after)


def as_assignment(employee: str, work: Work) -> Assignment:
    """Work given to somebody; an assignment keeps its shift or template."""
    if isinstance(work, Assignment):
        return replace(work, employee=employee)
    return Assignment(employee=employee, **{each.name: getattr(work, each.name) for each in fields(Work)})


def with_work(employee: Employee, own: tuple[Assignment, ...], work: Work) -> tuple[Assignment, ...]:
    """Somebody's assignments by start, with more work."""
    return Roster((*own, as_assignment(employee.id, work))).of(employee.id)


def _rank(each: Candidate) -> tuple[int, tuple[int, int, int], int, int, int, int, str]:
    in_person = sum(violation.rule in IN_PERSON for violation in each.obstacles)
    minutes = sum(violation.short_by for violation in each.obstacles)
    group, worth = 2, (0, 0, 0)
    if each.able:
        group, worth = 0, total(each.change)
    elif each.instead is not None and total(each.instead.change) < (0, 0, 0):
        group, worth = 1, total(each.instead.change)
    return group, worth, in_person, len(each.obstacles), minutes, each.cost, each.employee


IN_PERSON = frozenset({"skills", "locations", "availability"})
"""Obstacles that moving other shifts cannot mend."""


def _sums(violations: Iterable[Violation], key: Callable[[Violation], _Key]) -> Counter[_Key]:
    """By how much they are short in all, by key."""
    sums: Counter[_Key] = Counter()
    for violation in violations:
        sums[key(violation)] += violation.short_by
    return sums


def _whose(violation: Violation) -> _Key:
    return violation.rule, violation.name, violation.employee


def _identity(violation: Violation) -> _Key:
    window = violation.facts.get("from")
    return *_whose(violation), violation.spans if window is None else window
