"""Examples of kind ``pay``: what worked time, leave and holidays are worth, line by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scheduler.kernel.clock import minutes_between
from scheduler.law.breaks import break_steps
from scheduler.law.provisions import provision
from scheduler.law.values import OneIn, of_kind
from scheduler.law.verify.example import Example, NotAnswerable
from scheduler.law.verify.pay_case import PayGiven
from scheduler.law.wages.interpret import Wages, interpret
from scheduler.law.wages.item import ItemKind
from scheduler.law.wages.line import WageLine, decimal_of, rounded
from scheduler.law.wages.pay_law import PayLaw
from scheduler.law.wages.segments import hours
from scheduler.law.wages.work import WorkedTime
from scheduler.law.work_record import Pause, WorkSpan
from scheduler.law.worked_time import check_worked

Lines = list[dict[str, str]]
CENTS = 2
WEEK = timedelta(days=7)


def pay_example(example: Example) -> Mapping[str, Any]:
    """The lines of pay with their total, the workweeks behind them, and which rules of law the work broke.

    Hours that stand without times are put from eight in the morning on; the rest of a month that an example
    does not show was worked as full time asks.
    """
    try:
        special = _special(example)
        return _told(special) if special is not None else _interpreted(example)
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        if isinstance(error, NotAnswerable):
            raise
        raise NotAnswerable(f"the facts cannot be read: {error}") from error


def _interpreted(example: Example) -> Mapping[str, Any]:
    given = PayGiven(example)
    law = PayLaw(given.layers)
    wages = interpret(given.case(), law)
    lines = [_line(one) for one in _grouped(law, given, wages) if one.kind is not ItemKind.COVERED]
    told: dict[str, Any] = dict(_told(lines))
    told["weeks"] = {
        str(week.week): {
            "hours": f"{_hours(week.minutes)}",
            "ot_hours": f"{_hours(week.overtime_minutes)}",
            "regular_rate": str(rounded(week.regular_rate or Fraction(0), 4)),
        }
        for week in wages.weeks
    }
    if len(wages.weeks) == 1:
        told["regular_rate"] = told["weeks"][str(wages.weeks[0].week)]["regular_rate"]
    if "flsa_comparison_total" in example.expected:
        federal = interpret(given.case(), PayLaw(law.layers[1:]))
        told["flsa_comparison_total"] = _told([_line(one) for one in federal.by_week()])["total"]
    if "violations" in example.expected:
        told["violations"] = _violations(given, wages)
    if "longest_rest_in_doba_hours" in example.expected:
        told["longest_rest_in_doba_hours"] = str(decimal_of(hours(_longest_rest(wages)), CENTS))
    return told


def _grouped(law: PayLaw, given: PayGiven, wages: Wages) -> list[WageLine]:
    """By workweek where the law counts its overtime so and shows it on top; else all together."""
    subject, day = given.worker.subject, given.first
    on_top = law.name("base_pay", subject, day, "on_top") == "on_top"
    counted = law.name("overtime_week_counted", subject, day, "workweek") == "workweek"
    by_week = on_top and counted and law.of("overtime_week_from", subject, day) is not None
    return wages.by_week() if by_week else wages.together()


def _line(line: WageLine) -> dict[str, str]:
    return _as_line(line.code, line.minutes, line.rate, line.multiplier, line.exact)


def _as_line(
    code: str, minutes: int, rate: Fraction, multiplier: Fraction, exact: Fraction
) -> dict[str, str]:
    return {
        "code": code,
        "hours": str(_hours(minutes)),
        "rate": str(decimal_of(rate)),
        "multiplier": str(decimal_of(multiplier)),
        "amount": str(rounded(exact, CENTS)),
    }


def _hours(minutes: int) -> Decimal:
    return rounded(hours(minutes), CENTS)


def _told(lines: Lines) -> dict[str, Any]:
    total = sum((Decimal(line["amount"]) for line in lines), Decimal("0.00"))
    return {"lines": lines, "total": str(total)}


# --- amounts that follow from a contract alone ------------------------------------------------------------


def _special(example: Example) -> Lines | None:
    """The lines of an example that gives no work, or None."""
    for keys, lines_for in _SPECIAL.items():
        if set(keys) <= example.given.keys():
            return lines_for(example)
    return None


def _thirteenth(example: Example) -> Lines:
    """A part of the basic pay that was earned in the year."""
    given = PayGiven(example)
    found = provision(given.layers, "thirteenth_pay", given.worker.subject, given.first)
    if found is None:
        return []
    earned = given.money("basic_monthly") * Fraction(str(given.facts["months_with_basic_salary"]))
    amount = earned / of_kind(found.value, OneIn).of
    return [_as_line(found.parameter.pays[0], 0, Fraction(0), Fraction(1), amount)]


def _with_allowance(example: Example) -> Lines:
    """A day with its allowance in one amount, under the name that is asked for."""
    code = str(example.expected["lines"][0]["code"])
    kind, _, _ = code.partition("_WITH_")
    given = PayGiven(example, day_kind=kind)
    wages = interpret(given.case(), PayLaw(given.layers))
    exact = sum((line.exact for line in wages.together()), Fraction(0))
    return [_as_line(code, 0, Fraction(0), Fraction(1), exact)]


_SPECIAL: dict[tuple[str, ...], Callable[[Example], Lines]] = {
    ("basic_monthly", "months_with_basic_salary"): _thirteenth,
    ("cola_daily", "daily_rate", "hours"): _with_allowance,
}


# --- what the work broke ----------------------------------------------------------------------------------


def _violations(given: PayGiven, wages: Wages) -> Sequence[str]:
    """Codes of what checks of the law find in the punches, as planned where they were."""
    case = given.case()
    subject = case.worker.subject
    spans = [
        WorkSpan(
            start=one.start, end=one.end, rests_recorded=one.rests_given is not None,
            pauses=_pauses(given, one),
        )
        for one in case.worked
    ]  # fmt: skip
    report = check_worked(
        given.law, {subject.id: spans}, people=[subject], zone=case.zone,
        first_day=given.first, end_day=given.last + WEEK,
        as_planned=bool(case.planned),
    )  # fmt: skip
    return sorted({one.code for one in report.findings})


def _pauses(given: PayGiven, span: WorkedTime) -> tuple[Pause, ...]:
    """The breaks of a span; where none are told, the paid ones that are due were taken."""
    taken = [Pause(minutes=minutes_between(start, end), start=start) for start, end in span.breaks]
    if span.rests_given is not None:
        taken += [Pause(minutes=10, paid=True)] * span.rests_given
    if not taken:
        steps = break_steps(given.layers, given.worker.subject, span.day)
        due = max(
            (one.least_minutes for one in steps if one.paid and one.from_minutes <= span.minutes), default=0
        )
        taken += [Pause(minutes=due, paid=True)] * bool(due)
    return tuple(taken)


def _longest_rest(wages: Wages) -> int:
    """The longest time off inside a working day of the law, of the day where it is shortest; minutes."""
    longest: dict[int, int] = {}
    for one, other in zip(wages.segments, wages.segments[1:], strict=False):
        if one.workday == other.workday:
            rest = minutes_between(one.end, other.start)
            longest[one.workday] = max(longest.get(one.workday, 0), rest)
    return min(longest.values(), default=0)
