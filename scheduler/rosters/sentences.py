"""Breaches of rules in words a manager would use, in local time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from scheduler.law.compliance import parameters
from scheduler.law.sentences import MONTHS, Speaker
from scheduler.rosters.problem import PlannedProblem
from solver.rules.rule import Rule
from solver.spans import Span
from solver.violation import Violation
from solver.work import Roster

HOUR = 60


def sentence_of(planned: PlannedProblem, violation: Violation) -> str:
    """What is wrong: in the words of the law for its rules, in ours for those of the company."""
    if violation.name in parameters():
        return _speaker(planned).words(_rule_of(planned, violation), violation).sentence
    facts = {
        **figures_of(violation),
        "who": _who(planned, violation),
        "when": spans_in_words(planned, violation.spans),
        "skill": planned.names.get(str(violation.facts.get("skill")), "that skill"),
        "place": planned.names.get(str(violation.facts.get("location")), "this place"),
        "short": quantity(violation.short_by, violation.unit),
    }
    words = _WORDS.get(violation.name) or _WORDS.get(violation.rule)
    return words.format_map(facts) if words else violation.sentence()


def spans_in_words(planned: PlannedProblem, spans: Iterable[Span]) -> str:
    """Times in the zone of the roster, such as ``Mon 23 Nov 08:00 to 16:00``, with commas between them."""
    speaker = _speaker(planned)
    told = []
    for span in spans:
        start, end = speaker.clock(span.start), speaker.clock(span.end)
        day, _, hour = end.rpartition(" ")
        told.append(f"{start} to {hour if start.startswith(day) else end}")
    return ", ".join(told)


def figures_of(violation: Violation) -> dict[str, str]:
    """The facts of a violation as they are said: amounts with their unit, days, times on the clock."""
    figures = {}
    for name, value in violation.facts.items():
        if not isinstance(value, int):
            figures[name] = _day_and_month(value) if name == "from" else value
        elif name in ("start", "end"):
            figures[name] = f"{value // HOUR % 24:02}:{value % HOUR:02}"
        else:
            figures[name] = quantity(value, violation.unit)
    return figures


def quantity(amount: int, unit: str) -> str:
    """An amount with its unit.

    Examples
    --------
    >>> quantity(90, "minutes"), quantity(1, "days"), quantity(7, "days"), quantity(300, "price")
    ('1 h 30 min', '1 day', '7 days', '300')
    """
    if unit in ("minutes", "person_minutes"):
        return length(amount)
    if unit == "price":
        return str(amount)
    return f"{amount} {unit.removesuffix('s') if amount == 1 else unit}"


def length(minutes: int) -> str:
    """Minutes as hours and minutes.

    Examples
    --------
    >>> length(90), length(480), length(45)
    ('1 h 30 min', '8 h', '45 min')
    """
    hours, rest = divmod(minutes, HOUR)
    return (
        " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)
        or "0 min"
    )


def _speaker(planned: PlannedProblem) -> Speaker:
    return Speaker(planned.problem, Roster(), ZoneInfo(planned.problem.zone))


def _day_and_month(day: str) -> str:
    on = date.fromisoformat(day)
    return f"{on.day} {MONTHS[on.month - 1]}"


def _rule_of(planned: PlannedProblem, violation: Violation) -> Rule:
    """The rule a violation is of: of several of one name, that of the person."""
    return next(
        rule
        for rule in planned.problem.rules
        if (rule.name, rule.id) == (violation.name, violation.rule)
        and (rule.scope.employees is None or violation.employee in rule.scope.employees)
    )


def _who(planned: PlannedProblem, violation: Violation) -> str:
    person = planned.problem.employee_by_id.get(violation.employee or "")
    return person.name if person else str(violation.facts.get("employee", "Somebody"))


_WORDS = {
    "skills": "{who} has no valid skill {skill} on {when}.",
    "locations": "{who} does not work in {place}, but has a shift there on {when}.",
    "availability": "{who} is not available for {short} of {when}.",
    "no_overlap": "{who} would work twice at the same time: {when}.",
    "contract": "{who} has no contract here in these days, but has a shift on {when}.",
    "contract_maximum": "{who} would work {actual} in these days; the contract allows {maximum}.",
    "contract_daily_maximum": "{who} would work {actual} in a day; the contract allows {maximum}.",
    "one_shift_a_day": "{who} would have more than one shift in a day: {when}.",
    "rest_between_shifts": "{who} would rest {actual} between two shifts, {when}; {required} are due.",
    "days_in_a_row": "{who} would work {actual} in a row from {from}; at most {maximum} are allowed.",
    "pins": "{who} has a pinned shift that is not kept: {when}.",
    "below_minimum": "{short} of {skill} in {place} are missing from {when}.",
    "above_maximum": "{short} of {skill} in {place} are too many from {when}.",
    "open_shifts": "A shift that must be filled is open: {when}.",
}
