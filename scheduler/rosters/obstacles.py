"""What stands against giving somebody a shift: how hard it is to change, and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.kernel.clock import local_day
from scheduler.law.compliance import parameters
from scheduler.rosters.company_rules import COMPANY
from scheduler.rosters.problem import PlannedProblem
from scheduler.rosters.sentences import figures_of, quantity, sentence_of, spans_in_words
from solver.explain.sentences import Speaker
from solver.violation import Violation
from solver.work import Work


@dataclass(frozen=True, slots=True)
class Kind:
    """Obstacles that are equally hard to change.

    Parameters
    ----------
    one, many
        What they say of one person and of several; ``{skill}`` and ``{place}`` are the shift's.
    rules
        Ids of families of rules, or names of rules whose family is of another kind.
    """

    one: str
    many: str
    rules: frozenset[str]

    def of_people(self, people: int, skill: str, place: str) -> str:
        """So many people, in words."""
        words = self.one if people == 1 else self.many
        return f"{people} {words.format(skill=skill, place=place)}"


KINDS: tuple[Kind, ...] = (
    Kind("lacks the skill {skill}", "lack the skill {skill}", frozenset({"skills"})),
    Kind("does not work in {place}", "do not work in {place}", frozenset({"locations"})),
    Kind("is not available", "are not available", frozenset({"availability"})),
    Kind("may not work at that time of day", "may not work at that time of day", frozenset({"clock_ban"})),
    Kind("works already at that time", "work already at that time", frozenset({"no_overlap"})),
    Kind("has another shift that day", "have another shift that day", frozenset({"one_shift_a_day"})),
    Kind(
        "would rest too little",
        "would rest too little",
        frozenset({"min_rest", "daily_rest", "start_spacing", "weekly_rest", "rest_within"}),
    ),
    Kind(
        "would work too many hours",
        "would work too many hours",
        frozenset({"minutes", "shift_minutes", "contract_range"}),
    ),
    Kind(
        "would work too many days",
        "would work too many days",
        frozenset({"shift_count", "consecutive_days", "days_off"}),
    ),
    Kind(
        "cannot for another reason",
        "cannot for other reasons",
        frozenset({"breaks", "preferences", "fairness", "labour_cost", "pins", "stability"}),
    ),
)
"""All kinds, the hardest to change first."""

_BY_NAME: Mapping[str, int] = {name: place for place, kind in enumerate(KINDS) for name in kind.rules}


def hardness(rule: str, name: str) -> int:
    """Place in `KINDS` of a rule with that id and name: the smaller, the harder to change.

    A family of rules that has no kind is of the last one, "another reason".

    Examples
    --------
    >>> hardness("skills", "") < hardness("shift_count", "one_shift_a_day") < hardness("shift_count", "")
    True
    """
    return _BY_NAME[name] if name in _BY_NAME else _BY_NAME.get(rule, len(KINDS) - 1)


def somebody_can(names: Sequence[str]) -> str:
    """Who could take a shift, the first three by name.

    Examples
    --------
    >>> somebody_can(["Ann", "Bo"]), somebody_can(["Ann", "Bo", "Cy", "Di"])
    ('Ann, Bo could take it without breaking a rule.', 'Ann, Bo, Cy and 1 more could take it without breaking a rule.')
    """  # noqa: E501 (one sentence)
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"{', '.join(names[:3])}{more} could take it without breaking a rule."


def nobody_can(counts: Mapping[int, int], *, skill: str, place: str) -> str:
    """Why nobody can take a shift, each person counted once.

    Parameters
    ----------
    counts
        People by the place in `KINDS` of what is hardest to change about them.

    Examples
    --------
    >>> nobody_can({6: 1, 0: 44, 2: 3}, skill="Forklift licence", place="Inbound")
    'Nobody of 48 people can take it: 44 lack the skill Forklift licence, 3 are not available, 1 would rest too little.'
    """  # noqa: E501 (one sentence)
    people = sum(counts.values())
    if not people:
        return "Nobody with a contract works at this location in this week."
    told = ", ".join(
        kind.of_people(counts[place_in], skill, place)
        for place_in, kind in enumerate(KINDS)
        if counts.get(place_in)
    )
    return f"Nobody of {people} {'person' if people == 1 else 'people'} can take it: {told}."


def reasons_of(planned: PlannedProblem, work: Work, obstacles: Sequence[Violation]) -> tuple[str, ...]:
    """What stands against giving the work to somebody, a phrase each with its source, the hardest first.

    What follows from another reason is left out: another shift that day from work at that very time, and a
    rule of the company from a rule of law of the same kind.
    """
    kinds = {_hardness_of(each) for each in obstacles}
    by_law = {_hardness_of(each) for each in obstacles if each.name in parameters()}
    told = [
        each
        for each in sorted(obstacles, key=_hardness_of)
        if not (each.name == "one_shift_a_day" and _BY_NAME["no_overlap"] in kinds)
        and not (each.citation == COMPANY and _hardness_of(each) in by_law)
    ]
    return tuple(_reason(planned, work, each) for each in told)


def _hardness_of(violation: Violation) -> int:
    return hardness(violation.rule, violation.name)


def _reason(planned: PlannedProblem, work: Work, violation: Violation) -> str:
    """Rules of law speak in the words of the law, the others in ours."""
    by_law = violation.name in parameters()
    told = _in_words_of_law(planned, violation) if by_law else _in_our_words(planned, work, violation)
    return f"{told} ({violation.citation})" if violation.citation not in ("", "contract") else told


def _in_words_of_law(planned: PlannedProblem, violation: Violation) -> str:
    """The sentence without the person's name at its beginning: nothing has happened yet, so it "would"."""
    sentence = sentence_of(planned, violation).removesuffix(".")
    name = planned.problem.employee_by_id[violation.employee or ""].name
    if not sentence.startswith(f"{name} "):
        return sentence[:1].lower() + sentence[1:]
    verb, _, rest = sentence.removeprefix(f"{name} ").partition(" ")
    return f"{_WOULD.get(verb, verb)} {rest}"


def _in_our_words(planned: PlannedProblem, work: Work, violation: Violation) -> str:
    if violation.rule == "availability" and is_on_leave(planned, work, violation.employee):
        return "is on leave"
    names = {"skill": planned.names.get(work.skill or ""), "place": planned.names.get(work.location or "")}
    others = list(violation.spans)
    if work.span in others:
        others.remove(work.span)
    facts = {
        **figures_of(violation),
        **names,
        "short": quantity(violation.short_by, violation.unit),
        "when": spans_in_words(planned, others),
    }
    words = words_of(violation)
    if words is None:
        named = {name: planned.names.get(str(value), value) for name, value in violation.facts.items()}
        return Speaker(planned.problem).phrase(replace(violation, facts=named), work)
    return words.format_map(facts)


def words_of(violation: Violation) -> str | None:
    """The words for a rule that is not one of law, names of figures in braces; None if there are none."""
    if violation.name in _REASONS:
        return _REASONS[violation.name]
    if violation.rule in _REASONS and "minimum" in violation.facts:
        return _TOO_FEW
    return _REASONS.get(violation.rule)


def is_on_leave(planned: PlannedProblem, work: Work, employee: str | None) -> bool:
    """Whether the person is on leave on a day of the work."""
    zone = planned.frame.zone
    days = {local_day(planned.frame.instant(minute), zone) for minute in (work.start, work.end - 1)}
    return not days.isdisjoint(planned.on_leave.get(employee or "", frozenset()))


_WOULD = {"has": "would have", "starts": "would start", "works": "would work"}

_TOO_FEW = "would have {actual} in the days from {from}; at least {minimum} are due"

_REASONS: Mapping[str, str] = {
    "skills": "has no valid skill {skill} at that time",
    "locations": "does not work in {place}",
    "availability": "is not available for {short} of it",
    "clock_ban": "may not work from {start} to {end}, {short} of it",
    "no_overlap": "already works at that time: {when}",
    "one_shift_a_day": "already has a shift that day: {when}",
    "min_rest": "would rest {actual} between two shifts; at least {required} are due",
    "daily_rest": "would have {actual} of uninterrupted rest in 24 h; {required} are due",
    "start_spacing": "would start again {actual} after another start; {required} are due",
    "weekly_rest": "would have {actual} as the longest rest in {when}; {required} are due",
    "rest_within": "would have {actual} as the longest rest in {when}; {required} are due",
    "contract_daily_maximum": "would work {actual} that day; the contract allows {maximum}",
    "contract_range": "would work {actual} in these days; the contract allows {maximum}",
    "minutes": "would work {actual} in the days from {from}; at most {maximum} are allowed",
    "shift_minutes": "would work {actual} in one shift; at most {maximum} are allowed",
    "shift_count": "would have {actual} in the days from {from}; at most {maximum} are allowed",
    "consecutive_days": "would work {actual} in a row; at most {maximum} are allowed",
    "days_off": "would have {actual} off in the days from {from} instead of {required}",
    "breaks": "needs {required} of break in it; it has {actual}",
    "preferences": "would rather not work for {short} of it",
    "fairness": "would be {short} away from the fair share of {target}",
    "labour_cost": "would cost {short}",
    "overtime": "would work overtime",
    "pins": "is pinned not to work then",
    "stability": "was told something else: {short}",
}
"""What families of personal rules say, and single rules that can say it better.

Other families speak in the words of `solver.explain`.
"""
