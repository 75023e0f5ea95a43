"""Instances of the Curtois format as problems of our own rules, and problems as instances.

A shift type is a template that starts at midnight, with the type as its skill and its tag. The format knows
no time of day, so cover is asked for the first minute of the day: one person missing for one minute costs
the weight of one missing. Whoever may work none of a type does not have the skill. Requests are soft counts.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from solver.formats.curtois import Cover, Instance, Request, ShiftType, Staff, parse
from solver.problem import Coverage, Day, Employee, Problem, ShiftTemplate, SkillHeld
from solver.rules.consecutive_days import ConsecutiveDays
from solver.rules.consecutive_days_off import ConsecutiveDaysOff
from solver.rules.contract_range import ContractRange
from solver.rules.rule import HORIZON, Rule, Scope
from solver.rules.shift_count import ShiftCount
from solver.rules.successions import Succession, Successions
from solver.rules.weekends import Weekends
from solver.rules.work_kind import WorkKind
from solver.spans import Span
from solver.work import Roster

T = TypeVar("T")

MONDAY = date(2024, 1, 1)
"""Day 0 of every instance: a Monday."""

DAY = 1440


def read(text: str) -> Problem:
    """The problem of a file.

    Raises
    ------
    ProblemError
        With every line that makes no sense.
    """
    return problem_of(parse(text))


def problem_of(instance: Instance) -> Problem:
    """The instance in our own rules; its cost is the soft level's, and its limits are hard."""
    return Problem(
        origin=datetime.combine(MONDAY, datetime.min.time(), UTC),
        days=tuple(Day(_date(day), day * DAY, (day + 1) * DAY) for day in range(instance.days)),
        zone="UTC",
        employees=tuple(_employee(person, instance) for person in instance.staff),
        templates=tuple(
            ShiftTemplate(
                id=shift.id, shortest=shift.minutes, longest=shift.minutes, skill=shift.id, tags=(shift.id,)
            )
            for shift in instance.shifts
        ),
        coverage=tuple(_coverage(place, cover) for place, cover in enumerate(instance.cover)),
        rules=(*_limits(instance), *_wishes(instance.on, "minimum"), *_wishes(instance.off, "maximum")),
    )


def _date(day: int) -> str:
    return (MONDAY + timedelta(days=day)).isoformat()


def _employee(person: Staff, instance: Instance) -> Employee:
    able = [shift.id for shift in instance.shifts if person.most_shifts.get(shift.id) != 0]
    return Employee(
        id=person.id,
        skills=tuple(SkillHeld(shift) for shift in able),
        unavailable=tuple(Span(day * DAY, (day + 1) * DAY) for day in person.days_off),
        minimum_minutes=person.least_minutes,
        maximum_minutes=person.most_minutes,
    )


def _coverage(place: int, cover: Cover) -> Coverage:
    return Coverage(
        id=f"cover{place}",
        start=cover.day * DAY,
        end=cover.day * DAY + 1,
        skill=cover.shift,
        target=cover.required,
        missing_price=cover.under,
        surplus_price=cover.over,
    )


def _limits(instance: Instance) -> Iterator[Rule]:
    """The hard rules, one for all people who share its numbers."""
    yield ShiftCount(maximum=1)
    yield ContractRange()
    table = tuple(
        Succession(after=WorkKind(tags=(shift.id,)), forbidden=WorkKind(tags=shift.not_followed_by))
        for shift in instance.shifts
        if shift.not_followed_by
    )
    if table:
        yield Successions(table=table)
    staff = instance.staff
    for who, (least, most) in _sharing(staff, lambda person: (person.least_days, person.most_days)):
        yield ConsecutiveDays(scope=who, minimum=least, maximum=most)
    for who, least in _sharing(staff, lambda person: person.least_days_off):
        yield ConsecutiveDaysOff(scope=who, minimum=least)
    for who, most in _sharing(staff, lambda person: person.most_weekends):
        yield Weekends(scope=who, maximum=most)
    for shift in instance.shifts:
        for who, cap in _sharing(staff, _cap_of(shift, instance.days)):
            if 0 < cap < instance.days:  # without the skill there is none anyway
                yield ShiftCount(scope=replace(who, tags=(shift.id,)), period=HORIZON, maximum=cap)


def _cap_of(shift: ShiftType, days: int) -> Callable[[Staff], int]:
    return lambda person: person.most_shifts.get(shift.id, days)


def _sharing(staff: Iterable[Staff], number: Callable[[Staff], T]) -> Iterator[tuple[Scope, T]]:
    """The different values of a number, each with the people who have it."""
    people: dict[T, list[str]] = {}
    for person in staff:
        people.setdefault(number(person), []).append(person.id)
    for value, ids in people.items():
        yield Scope(employees=tuple(ids)), value


def _wishes(requests: Iterable[Request], bound: str) -> Iterator[Rule]:
    """A soft count for each employee, shift and weight: every wished day with it, or none without."""
    weights: Counter[tuple[str, str, int]] = Counter()
    for request in requests:
        weights[request.employee, request.shift, request.day] += request.weight
    days: dict[tuple[str, str, int], list[int]] = {}
    for (who, shift, day), weight in weights.items():
        if weight:
            days.setdefault((who, shift, weight), []).append(day)
    for (who, shift, weight), on in days.items():
        yield ShiftCount(
            scope=Scope(employees=(who,), tags=(shift,), days=tuple(map(_date, sorted(on)))),
            level="soft",
            weight=weight,
            period=HORIZON,
            minimum=len(on) if bound == "minimum" else None,
            maximum=0 if bound == "maximum" else None,
        )


def instance_of(problem: Problem) -> Instance:
    """A problem as `problem_of` makes them, as an instance.

    Raises
    ------
    ValueError
        If it has a rule, or a part, for which the format has no words.
    """
    found = _Numbers(problem)
    return Instance(
        days=len(problem.days),
        shifts=tuple(
            ShiftType(template.id, template.shortest, found.not_followed_by.get(template.id, ()))
            for template in problem.templates
        ),
        staff=tuple(found.staff(employee) for employee in problem.employees),
        on=tuple(found.on),
        off=tuple(found.off),
        cover=tuple(
            Cover(one.start // DAY, one.skill or "", one.wanted, one.missing_price, one.surplus_price)
            for one in problem.coverage
        ),
    )


class _Numbers:
    """The numbers of a problem's rules, by employee."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self.not_followed_by: dict[str, tuple[str, ...]] = {}
        self.on: list[Request] = []
        self.off: list[Request] = []
        self._numbers: dict[tuple[str, str], int] = {}
        others = (
            *problem.shifts,
            *problem.pins,
            *problem.published,
            *(each for each in problem.templates if _starts_later(each)),
            *(each for each in problem.coverage if each.minimum or each.maximum is not None),
            *(rule for rule in problem.rules if not self._read(rule)),
        )
        if others:
            raise ValueError(f"the format has no words for {others[0]}")

    def _read(self, rule: Rule) -> bool:
        """Take the numbers of a rule; False where the format cannot say it."""
        if isinstance(rule, ShiftCount):
            return rule == ShiftCount(maximum=1) or self._count(rule)
        if rule.level != "hard" or not rule.scope.all_work:
            return False
        days = len(self._problem.days)
        if isinstance(rule, Successions):
            self._table(rule)
        elif isinstance(rule, ConsecutiveDays):
            self._put(rule, "least_days", rule.minimum or 0)
            self._put(rule, "most_days", days if rule.maximum is None else rule.maximum)
        elif isinstance(rule, ConsecutiveDaysOff):
            self._put(rule, "least_days_off", rule.minimum or 0)
        elif isinstance(rule, Weekends):
            self._put(rule, "most_weekends", days if rule.maximum is None else rule.maximum)
        return isinstance(rule, Successions | ConsecutiveDays | ConsecutiveDaysOff | Weekends | ContractRange)

    def _table(self, rule: Successions) -> None:
        for entry in rule.table:
            for tag in entry.after.tags or ():
                self.not_followed_by[tag] = (entry.forbidden.tags if entry.forbidden else None) or ()

    def _count(self, rule: ShiftCount) -> bool:
        """A cap of a type of shift, or a wish."""
        if rule.period != HORIZON or rule.scope.tags is None or rule.scope.employees is None:
            return False
        shift = rule.scope.tags[0]
        if rule.level == "hard":
            self._put(rule, shift, len(self._problem.days) if rule.maximum is None else rule.maximum)
        for on in rule.scope.days or ():
            day = self._problem.calendar.index_of_date(on)
            request = Request(rule.scope.employees[0], day, shift, rule.weight)
            (self.off if rule.maximum == 0 else self.on).append(request)
        return True

    def _put(self, rule: Rule, name: str, number: int) -> None:
        for employee in rule.scope.people(self._problem):
            self._numbers[employee.id, name] = number

    def staff(self, employee: Employee) -> Staff:
        """The limits of one employee."""
        days = len(self._problem.days)
        skills = {held.skill for held in employee.skills}
        numbers = {name: number for (who, name), number in self._numbers.items() if who == employee.id}
        caps = {
            template.id: numbers.get(template.id, days) if template.id in skills else 0
            for template in self._problem.templates
        }
        most = employee.maximum_minutes
        return Staff(
            id=employee.id,
            most_shifts=caps,
            most_minutes=days * DAY if most is None else most,
            least_minutes=employee.minimum_minutes or 0,
            most_days=numbers.get("most_days", days),
            least_days=numbers.get("least_days", 0),
            least_days_off=numbers.get("least_days_off", 0),
            most_weekends=numbers.get("most_weekends", days),
            days_off=tuple(span.start // DAY for span in employee.unavailable),
        )


def _starts_later(template: ShiftTemplate) -> bool:
    return bool(template.starts or template.latest_start or template.shortest != template.longest)


def write(problem: Problem, roster: Roster) -> str:
    """The roster as JSON: for each employee one entry per day, the type of shift or null."""
    return json.dumps(rows(problem, roster), ensure_ascii=False, indent=1) + "\n"


def rows(problem: Problem, roster: Roster) -> dict[str, list[str | None]]:
    """Who works which type of shift on which day: one entry per day, None for a day off."""
    table: dict[str, list[str | None]] = {who.id: [None] * len(problem.days) for who in problem.employees}
    for work in roster:
        table[work.employee][problem.calendar.index(work.start)] = work.template
    return table


def roster_of(problem: Problem, table: Mapping[str, Sequence[str | None]]) -> Roster:
    """The roster that such rows stand for."""
    return Roster(
        problem.create(who, shift, problem.days[day].start, problem.template_by_id[shift].shortest)
        for who, row in table.items()
        for day, shift in enumerate(row)
        if shift is not None
    )
