"""What is kept with little to spare: rests, weeks and averages that a little more work would break."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.law.pack import Parameter
from scheduler.law.words import amount
from solver.problem import Problem
from solver.rules.consecutive_days import ConsecutiveDays
from solver.rules.daily_rest import DailyRest
from solver.rules.days_worked import DaysWorked
from solver.rules.min_rest import MinRest
from solver.rules.minutes import Minutes
from solver.rules.rest_within import RestWithin
from solver.rules.rule import Rule
from solver.violation import Violation
from solver.work import Roster

REST_MINUTES = 60
"""A daily rest with less than so much to spare is close."""
WEEKLY_REST_MINUTES = 120
SHARE = 20
"""Hours of weeks are close when less than one part in so many is left."""
WEEK_DAYS = 7
NORMS = frozenset({"norm_week_avg", "days_off"})
"""What full-time work reaches by design: no roster is close to breaking it by keeping it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCall:
    """A rule that somebody's work keeps, with little to spare.

    Parameters
    ----------
    code, parameter, citation
        As of a finding of the rule.
    employee, employee_name
        Whose work.
    spans
        The times concerned, UTC, half-open.
    left, unit
        How much is to spare: ``minutes`` or ``days``; 0 means that the next one breaks it.
    sentence
        In plain words.
    """

    code: str
    parameter: str
    citation: str
    employee: str | None
    employee_name: str
    spans: tuple[tuple[datetime, datetime], ...]
    left: int
    unit: str
    sentence: str

    def as_dict(self) -> dict[str, object]:
        """Plain JSON values."""
        return {
            "code": self.code,
            "parameter": self.parameter,
            "citation": self.citation,
            "employee": self.employee,
            "employee_name": self.employee_name,
            "spans": [[start.isoformat(), end.isoformat()] for start, end in self.spans],
            "left": self.left,
            "unit": self.unit,
            "sentence": self.sentence,
        }


def close_calls(
    problem: Problem, roster: Roster, rules: Iterable[Rule], known: Mapping[str, Parameter]
) -> list[CloseCall]:
    """What is kept with little to spare: each rule is asked again for somewhat more, and what fails is close.

    Single shifts, breaks and forbidden hours are left out: nothing comes near them by more work of a week.

    Parameters
    ----------
    problem, roster
        As for `scheduler.law.compliance.check`.
    rules
        Rules of law of the problem.
    known
        Parameters by the names of the rules.
    """
    found: list[CloseCall] = []
    for rule in rules:
        parameter = known[rule.name]
        stricter = None if parameter.topic.id in NORMS else _stricter(rule)
        if stricter is None:
            continue
        tightened, by = stricter
        for violation in tightened.check(problem, roster):
            left = by - violation.short_by
            if left >= 0:
                found.append(_close(problem, parameter, violation, left))
    return found


def _stricter(rule: Rule) -> tuple[Rule, int] | None:
    """The rule asking for more, and how much more; None for a rule nothing comes near to."""
    if isinstance(rule, DailyRest | MinRest):
        return replace(rule, minutes=rule.minutes + REST_MINUTES), REST_MINUTES
    if isinstance(rule, RestWithin):
        return _longer_rest(rule)
    if isinstance(rule, Minutes) and rule.maximum is not None and (rule.period.days or 0) >= WEEK_DAYS:
        by = rule.maximum // SHARE
        return replace(rule, maximum=rule.maximum - by), by
    if isinstance(rule, DaysWorked | ConsecutiveDays) and rule.maximum:
        return replace(rule, maximum=rule.maximum - 1), 1
    return None


def _longer_rest(rule: RestWithin) -> tuple[Rule, int] | None:
    """A rest that may also begin in the window and end as much later as it is longer."""
    if len(rule.windows) != 1 or rule.minutes is None:
        return None
    by = WEEKLY_REST_MINUTES
    (window,) = rule.windows
    if window.end + by >= 1440:
        return None
    return replace(rule, minutes=rule.minutes + by, windows=(replace(window, end=window.end + by),)), by


def _close(problem: Problem, parameter: Parameter, violation: Violation, left: int) -> CloseCall:
    person = problem.employee_by_id.get(violation.employee or "")
    name = (person.name or person.id) if person else ""
    spare = amount(left, violation.unit) if left else "nothing"
    return CloseCall(
        code=parameter.code,
        parameter=parameter.id,
        citation=violation.citation,
        employee=violation.employee,
        employee_name=name,
        spans=tuple((problem.at(span.start), problem.at(span.end)) for span in violation.spans),
        left=left,
        unit=violation.unit,
        sentence=f"{name or 'The roster'} keeps it with {spare} to spare: {parameter.label}.",
    )
