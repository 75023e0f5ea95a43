"""Who could take a span of work, and what stands against everybody else: the reason why a shift is open."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields

from solver.problem import Employee, Problem
from solver.rules.rule import PersonalRule
from solver.violation import Violation
from solver.work import Assignment, Roster, Work

_Key = tuple[object, ...]


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
    """

    employee: str
    obstacles: tuple[Violation, ...]
    cost: int

    @property
    def able(self) -> bool:
        """Whether no hard rule stands against it."""
        return not self.obstacles


def who_could(
    problem: Problem, roster: Roster, work: Work, among: Iterable[Employee] | None = None
) -> list[Candidate]:
    """Everybody in the problem for one span of work, the likeliest first.

    First those whom nothing stands against, cheapest first; then the others, nearest first: people with
    obstacles that moving other shifts can mend (hours, rest) before people with obstacles of their own
    (skill, place, the times they can work), then the fewest obstacles, then by how much.

    Parameters
    ----------
    roster
        As it is; if it holds the work already, whoever has it is judged as having it twice.
    work
        A span with its skill and location.
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
    rules = [rule for rule in problem.all_rules if isinstance(rule, PersonalRule)]
    scopes = [(rule, {person.id for person in rule.scope.people(problem)}) for rule in rules]
    found = []
    for employee in problem.employees if among is None else among:
        own = [rule for rule, people in scopes if employee.id in people]
        found.append(_judged(problem, employee, own, roster.of(employee.id), work))
    return sorted(found, key=_rank)


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


def _judged(
    problem: Problem,
    employee: Employee,
    rules: Iterable[PersonalRule],
    own: tuple[Assignment, ...],
    work: Work,
) -> Candidate:
    more = with_work(employee, own, work)
    before: list[Violation] = []
    after: list[Violation] = []
    for rule in rules:
        before += rule.check_person(problem, employee, own)
        after += rule.check_person(problem, employee, more)
    hard = worsened([v for v in before if v.level == "hard"], [v for v in after if v.level == "hard"])
    cost = sum(v.cost for v in after if v.level != "hard") - sum(v.cost for v in before if v.level != "hard")
    return Candidate(employee.id, tuple(hard), cost)


def with_work(employee: Employee, own: tuple[Assignment, ...], work: Work) -> tuple[Assignment, ...]:
    """Somebody's assignments by start, with more work."""
    given = {each.name: getattr(work, each.name) for each in fields(Work)}
    return Roster((*own, Assignment(employee=employee.id, **given))).of(employee.id)


def _rank(candidate: Candidate) -> tuple[int, int, int, int, str]:
    in_person = sum(violation.rule in _IN_PERSON for violation in candidate.obstacles)
    minutes = sum(violation.short_by for violation in candidate.obstacles)
    return in_person, len(candidate.obstacles), minutes, candidate.cost, candidate.employee


_IN_PERSON = frozenset({"skills", "locations", "availability"})
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
