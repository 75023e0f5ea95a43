"""Explanations in words: names of people, times on their clocks, amounts with units, rules with citations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from string import Formatter

from solver.explain.english import ENGLISH, Template
from solver.local_time import local_time
from solver.problem import Problem
from solver.score import Part
from solver.spans import Span
from solver.violation import LEVELS, Violation
from solver.work import Work

HOUR = 60

_UNIT_OF_FACT = {
    "wanted": "people",
    "headcount": "people",
    "paid": "minutes",
    "balance": "minutes",
    "length": "minutes",
    "days": "days",
    "hours": "number",
    "days_later": "number",
    "day_of_cycle": "number",
}
"""Facts that are not in the unit of their violation."""


def one_or_other(count: int) -> str:
    """The plural category of English."""
    return "one" if count == 1 else "other"


@dataclass(frozen=True, slots=True)
class Language:
    """A catalogue of messages and how numbers choose among their forms.

    Parameters
    ----------
    messages
        Templates with named places by message id (see `solver.explain.english`).
    category
        The plural category of a number.

    Examples
    --------
    >>> Language(ENGLISH).say("unit.days", count=1), Language(ENGLISH).say("unit.days", count=7)
    ('1 day', '7 days')
    """

    messages: Mapping[str, Template]
    category: Callable[[int], str] = one_or_other

    def say(self, message: str, **places: object) -> str:
        """A message with its places filled."""
        template = self.messages[message]
        if not isinstance(template, str):
            count = places["count"]
            template = template[self.category(count if isinstance(count, int) else 0)]
        return template.format_map(places)

    def first_of(self, ids: Iterable[str], places: Mapping[str, object]) -> str:
        """The first message there is all of whose places can be filled."""
        for message in ids:
            template = self.messages.get(message)
            if isinstance(template, str) and _places(template) <= places.keys():
                return template.format_map(dict(places))
        raise KeyError(message)


def _date(text: str) -> date | None:
    """The civil day a text names, if it does."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _places(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@dataclass(frozen=True)
class Speaker:
    """Says things about one problem in one language and the problem's local time.

    Examples
    --------
    >>> from datetime import UTC
    >>> from solver.problem import Day, Employee
    >>> problem = Problem(origin=datetime(2026, 11, 22, 23, tzinfo=UTC), zone="Europe/Warsaw",
    ...                   days=(Day("2026-11-23", 0, 1440),), employees=(Employee(id="a", name="Ann"),))
    >>> Speaker(problem).work(Work(start=480, end=960, skill="till"))
    'Mon 23 Nov 08:00 to 16:00, till'
    >>> Speaker(problem).reason(Violation(rule="min_rest", level="hard", short_by=60, unit="minutes", cost=60,
    ...     employee="a", facts={"required": 660, "actual": 600}, citation="art. 3"))
    '10 h of rest between two shifts instead of 11 h (art. 3)'
    """

    problem: Problem
    language: Language = Language(ENGLISH)

    def say(self, message: str, **places: object) -> str:
        """A message with its places filled."""
        return self.language.say(message, **places)

    def person(self, employee: str | None) -> str:
        """The name of an employee, the id where there is none."""
        known = self.problem.employee_by_id.get(employee or "")
        return known.name or known.id if known else employee or ""

    def people(self, employees: Sequence[str], most: int = 3) -> str:
        """The first few names and how many more there are."""
        return self.listed([self.person(each) for each in employees], most)

    def listed(self, items: Sequence[str], most: int = 3) -> str:
        """Some items with commas, the first few and how many more there are.

        Examples
        --------
        >>> from datetime import UTC
        >>> from solver.problem import Day
        >>> speaker = Speaker(Problem(origin=datetime(2026, 11, 23, tzinfo=UTC),
        ...                           days=(Day("2026-11-23", 0, 1440),)))
        >>> speaker.listed(["a", "b"]), speaker.listed(["a", "b", "c", "d", "e"])
        ('a and b', 'a, b, c and 2 more')
        """
        shown, more = items[:most], len(items) - most
        if more > 0:
            return self.say("and_more", listed=", ".join(shown), count=more)
        if len(shown) < 2:
            return "".join(shown)
        return self.say("and", first=", ".join(shown[:-1]), last=shown[-1])

    def day(self, on: date) -> str:
        """A civil day."""
        weekday, month = self._word("weekdays", on.weekday()), self._word("months", on.month - 1)
        return self.say("day", weekday=weekday, day=on.day, month=month)

    def _word(self, message: str, place: int) -> str:
        return self.say(message).split()[place]

    def local(self, minute: int) -> datetime:
        """A minute on the clocks of the place."""
        return local_time(self.problem, minute)

    def span(self, span: Span) -> str:
        """From when to when; the day of the end only where it is another one and not midnight."""
        start, end = self.local(span.start), self.local(span.end)
        overnight = (end.date() - start.date()).days == 1 and span.minutes <= 24 * HOUR
        ends = f"{end:%H:%M}" if end.date() == start.date() or overnight else self._moment(end)
        if overnight and ends == "00:00":
            ends = self.say("midnight")
        return self.say("span", start=self._moment(start), end=ends)

    def _moment(self, at: datetime) -> str:
        return self.say("moment", date=self.day(at.date()), time=f"{at:%H:%M}")

    def spans(self, spans: Sequence[Span]) -> str:
        """Several times."""
        return self.listed([self.span(each) for each in spans])

    def work(self, work: Work) -> str:
        """When, what and where."""
        named = (work.skill is not None, work.location is not None)
        message = {(True, True): "work.both", (True, False): "work.skill", (False, True): "work.location"}
        places = {"skill": self.called(work.skill), "location": self.called(work.location)}
        return self.say(message.get(named, "work"), when=self.span(work.span), **places)

    def called(self, what: str | None) -> str:
        """The name of a skill or location, the id where there is none."""
        return self.problem.names.get(what or "", what or "")

    def doing(self, skill: str | None, location: str | None) -> str:
        """What is done and where, without a time.

        Examples
        --------
        >>> from datetime import UTC
        >>> from solver.problem import Day
        >>> speaker = Speaker(Problem(origin=datetime(2026, 11, 23, tzinfo=UTC),
        ...                           days=(Day("2026-11-23", 0, 1440),), names={"s7": "Till"}))
        >>> speaker.doing("s7", "Shop"), speaker.doing(None, None)
        ('Till in Shop', 'work')
        """
        named = [name for name, what in (("skill", skill), ("location", location)) if what]
        places = {"skill": self.called(skill), "location": self.called(location)}
        return self.say(f"doing.{'_'.join(named) or 'any'}", **places)

    def quantity(self, amount: int, unit: str) -> str:
        """An amount with its unit."""
        if unit in ("minutes", "person_minutes"):
            return self.length(amount)
        if f"unit.{unit}" in self.language.messages:
            return self.say(f"unit.{unit}", count=amount)
        return str(amount) if unit in ("price", "number") else f"{amount} {unit.replace('_', ' ')}"

    def length(self, minutes: int) -> str:
        """Minutes as hours and minutes; negative ones, such as a rest between overlapping shifts, as none."""
        hours, rest = divmod(max(0, minutes), HOUR)
        told = [self.say("hours", hours=hours)] if hours else []
        if rest or not told:
            told.append(self.say("minutes", minutes=rest))
        return " ".join(told)

    def clock(self, wall_minutes: int) -> str:
        """Minutes after midnight as a clock shows them."""
        return f"{wall_minutes // HOUR % 24:02}:{wall_minutes % HOUR:02}"

    def rule(self, rule: str, name: str = "") -> str:
        """The name of a rule: the caller's own for it, or that of its family."""
        for message in (f"name.{rule}.{name}", "" if name else f"name.{rule}"):
            if message in self.language.messages:
                return self.say(message)
        return (name or rule).replace("_", " ")

    def cited(self, phrase: str, citation: str) -> str:
        """A phrase with its source, if it has one."""
        if not citation or citation in phrase:  # "by contract" needs no source "contract"
            return phrase
        return self.say("cited", phrase=phrase, citation=citation)

    def reason(self, violation: Violation, work: Work | None = None) -> str:
        """What a violation says, as a phrase with its citation.

        Parameters
        ----------
        work
            The work that is spoken of, whose own time is not said again.
        """
        return self.cited(self.phrase(violation, work), violation.citation)

    def phrase(self, violation: Violation, work: Work | None = None) -> str:
        """The same without the citation."""
        others = [span for span in violation.spans if work is None or span != work.span]
        places: dict[str, object] = {
            **{name: self._fact(violation, name, value) for name, value in violation.facts.items()},
            "rule": self.rule(violation.rule, violation.name),
            "short": self.quantity(violation.short_by, violation.unit),
            "when": self.spans(violation.spans),
            "doing": self.doing(_named(violation, "skill"), _named(violation, "location")),
        }
        if work is not None and others and len(others) < len(violation.spans):
            places["others"] = self.spans(others)
        return self.language.first_of(_messages(violation), places)

    def _fact(self, violation: Violation, name: str, value: int | str) -> str:
        if isinstance(value, str):
            on = _date(value)
            if on is not None:
                return self.day(on)
            return self.person(value) if value in self.problem.employee_by_id else self.called(value)
        if name in ("start", "end"):
            return self.clock(value)
        # Rules that charge person-minutes are about so many people at a time.
        unit = "people" if violation.unit == "person_minutes" else violation.unit
        return self.quantity(value, _UNIT_OF_FACT.get(name, unit))

    def change(self, parts: Sequence[Part], most: int = 3) -> str:
        """A difference of scores: what decides first, the largest of one level first."""
        decisive = sorted(parts, key=lambda part: (LEVELS.index(part.level), -abs(part.cost)))
        told = [
            self.say(
                "better" if part.cost < 0 else "worse",
                rule=self.rule(part.rule, part.name),
                amount=abs(part.cost),
            )
            for part in decisive
            if part.cost
        ]
        return self.listed(told, most) if told else self.say("no_difference")


def _named(violation: Violation, fact: str) -> str | None:
    """A skill or location that is a fact of a violation."""
    value = violation.facts.get(fact)
    return value if isinstance(value, str) else None


def _is_no_bound(fact: str) -> bool:
    return fact not in ("minimum", "maximum")


def _messages(violation: Violation) -> list[str]:
    """The messages that could say it, the most special first."""
    rule, facts = f"rule.{violation.rule}", violation.facts
    found = [f"{rule}.{violation.name}"] if violation.name else []
    if facts.get("kind") == "forbidden":
        found.append(f"{rule}.forbidden")
    found += [f"{rule}.{fact}" for fact in sorted(facts, key=_is_no_bound)]
    if "minimum" not in facts:
        found.append(rule)
    bounds = [f"rule.any.{bound}" for bound in ("maximum", "minimum", "required") if bound in facts]
    return [*found, f"{rule}.all", *bounds, "rule.any"]
