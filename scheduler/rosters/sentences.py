"""Breaches of rules in words a manager would use, in local time."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from scheduler.law.compliance import parameters
from scheduler.law.sentences import Speaker
from scheduler.rosters.problem import PlannedProblem
from solver.rules.rule import Rule
from solver.violation import Violation
from solver.work import Roster

HOUR = 60


def sentence_of(planned: PlannedProblem, violation: Violation) -> str:
    """What is wrong: in the words of the law for its rules, in ours for those of the company."""
    speaker = Speaker(planned.problem, Roster(), ZoneInfo(planned.problem.zone))
    if violation.name in parameters():
        return speaker.words(_rule_of(planned, violation), violation).sentence
    when = ", ".join(f"{speaker.clock(span.start)} to {speaker.clock(span.end)}" for span in violation.spans)
    facts = {
        "who": _who(planned, violation),
        "when": when,
        "short": length(violation.short_by),
        "skill": planned.names.get(str(violation.facts.get("skill")), "that skill"),
        "place": planned.names.get(str(violation.facts.get("location")), "this place"),
        "actual": length(int(violation.facts.get("actual", 0))),
        "limit": length(int(violation.facts.get("maximum", violation.facts.get("minimum", 0)))),
    }
    words = _WORDS.get(violation.name) or _WORDS.get(violation.rule)
    return words.format_map(facts) if words else violation.sentence()


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
    "contract_maximum": "{who} would work {actual} in these days; the contract allows {limit}.",
    "contract_daily_maximum": "{who} would work {actual} in a day; the contract allows {limit}.",
    "one_shift_a_day": "{who} would have more than one shift in a day: {when}.",
    "pins": "{who} has a pinned shift that is not kept: {when}.",
    "below_minimum": "{short} of {skill} in {place} are missing from {when}.",
    "above_maximum": "{short} of {skill} in {place} are too many from {when}.",
    "open_shifts": "A shift that must be filled is open: {when}.",
}
