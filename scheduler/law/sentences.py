"""Breaches of law in words: what is wrong and what would do, in local time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler.law.values import ClockWindow, Duration
from scheduler.law.words import amount
from solver.problem import Problem
from solver.rules.breaks import Breaks
from solver.rules.clock_ban import ClockBan
from solver.rules.consecutive_days import ConsecutiveDays
from solver.rules.daily_rest import DailyRest
from solver.rules.days_worked import DaysWorked
from solver.rules.min_rest import MinRest
from solver.rules.rest_within import RestWithin
from solver.rules.rule import Rule, timeline
from solver.rules.start_spacing import StartSpacing
from solver.rules.window_sum import WindowSum
from solver.spans import Span, gaps
from solver.violation import Violation
from solver.work import Roster

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAY_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class Words:
    """A breach in words.

    Parameters
    ----------
    sentence
        What is wrong.
    remedy
        What would do.
    """

    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Puts breaches of law of one roster into words.

    Parameters
    ----------
    problem
        The problem, with names and times.
    roster
        The roster that was checked.
    zone
        In whose time to speak.
    """

    problem: Problem
    roster: Roster
    zone: ZoneInfo

    def words(self, rule: Rule, violation: Violation) -> Words:
        """The breach in words, by the family of its rule."""
        who = self._name(violation)
        if isinstance(rule, DailyRest):
            return self._daily_rest(who, rule, violation)
        if isinstance(rule, StartSpacing):
            return self._start_spacing(who, violation)
        if isinstance(rule, RestWithin):
            return self._rest_within(who, rule, violation)
        if isinstance(rule, Breaks):
            return self._breaks(who, rule, violation)
        if isinstance(rule, ClockBan):
            return self._clock_ban(who, rule, violation)
        if isinstance(rule, WindowSum):
            return self._window_sum(who, violation)
        if isinstance(rule, MinRest):
            return self._rest_between(who, violation)
        if isinstance(rule, DaysWorked | ConsecutiveDays):
            return self._too_many_days(who, rule, violation)
        return self._too_long(who, violation)

    def clock(self, minute: int) -> str:
        """A minute of the problem on the local clock.

        Examples
        --------
        >>> from datetime import UTC
        >>> from solver.problem import Day
        >>> days = (Day("2026-11-23", 0, 1440),)
        >>> monday = Problem(origin=datetime(2026, 11, 22, 23, tzinfo=UTC), days=days)
        >>> Speaker(monday, Roster(), ZoneInfo("Europe/Warsaw")).clock(1350)
        'Mon 23 Nov 22:30'
        """
        at = self.problem.at(minute).astimezone(self.zone)
        return f"{DAYS[at.weekday()]} {_date(at)} {at:%H:%M}"

    def _name(self, violation: Violation) -> str:
        person = self.problem.employee_by_id.get(violation.employee or "")
        return (person.name or person.id) if person else "The roster"

    def _between(self, span: Span) -> str:
        return f"{self.clock(span.start)} to {self.clock(span.end)}"

    def _daily_rest(self, who: str, rule: DailyRest, violation: Violation) -> Words:
        start = violation.spans[0].start
        sentence = (
            f"{who} has {_length(violation.facts['actual'])} of uninterrupted rest in the 24 h from "
            f"{self.clock(start)}; {_length(rule.minutes)} are due."
        )
        rest = _longest(gaps(start, start + DAY_MINUTES, violation.spans))
        more = f"{violation.short_by} more minutes"
        if rest is None:
            return Words(sentence, f"Give {more} of rest in these 24 h.")
        if any(span.start == rest.end for span in violation.spans):
            between = f"between {self.clock(rest.start)} and {self.clock(rest.end)}"
            return Words(sentence, f"Give {more} {between}.")
        return Words(sentence, f"End {violation.short_by} minutes before {self.clock(rest.start)}.")

    def _start_spacing(self, who: str, violation: Violation) -> Words:
        first, second = violation.spans
        twice = f"{who} starts work twice in the 24 h from {self.clock(first.start)}"
        sentence = f"{twice}: again on {self.clock(second.start)}."
        earliest = self.clock(second.start + violation.short_by)
        remedy = f"Start no earlier than {earliest}, or give one of the two shifts to somebody else."
        return Words(sentence, remedy)

    def _rest_within(self, who: str, rule: RestWithin, violation: Violation) -> Words:
        if len(violation.spans) > 1:
            return self._windows_worked(who, violation)
        (window,) = violation.spans
        due = _length(violation.facts["required"])
        sentence = (
            f"The longest rest of {who} from {self._between(window)} "
            f"is {_length(violation.facts['actual'])}; {due} are due."
        )
        employee = self.problem.employee_by_id[violation.employee or ""]
        works = timeline(employee, self.roster.of(employee.id))
        busy = [work.span for work in works if work.end > window.start and work.start < window.end]
        rest = _longest(gaps(window.start, window.end, busy))
        if rest is None:
            return Words(sentence, f"Leave {due} without work in that time.")
        return Words(
            sentence, f"Give {violation.short_by} more minutes to the rest from {self._between(rest)}."
        )

    def _windows_worked(self, who: str, violation: Violation) -> Words:
        days = ", ".join(self._day(span.start) for span in violation.spans)
        last = violation.spans[-1]
        return Words(
            f"{who} has none of these days free: {days}.",
            f"Leave one of them free, such as {self._between(last)}.",
        )

    def _breaks(self, who: str, rule: Breaks, violation: Violation) -> Words:
        (span,) = violation.spans
        kind = "paid break" if rule.paid_only else "break"
        return Words(
            f"The shift of {who} from {self._between(span)} "
            f"has {_length(violation.facts['actual'])} of {kind}; {_length(rule.minutes)} are due.",
            f"Put {violation.short_by} more minutes of {kind} into it.",
        )

    def _clock_ban(self, who: str, rule: ClockBan, violation: Violation) -> Words:
        (span,) = violation.spans
        hours = ClockWindow(rule.start, rule.end)
        return Words(
            f"{who} works {_length(violation.short_by)} of {hours}, when work is forbidden: "
            f"{self._between(span)}.",
            f"Move the shift out of {hours}, or give it to somebody who may work then.",
        )

    def _too_long(self, who: str, violation: Violation) -> Words:
        (span,) = violation.spans
        return Words(
            f"The shift of {who} from {self._between(span)} counts {_length(violation.facts['actual'])}; "
            f"at most {_length(violation.facts['maximum'])} are allowed.",
            f"Shorten it by {violation.short_by} minutes.",
        )

    def _window_sum(self, who: str, violation: Violation) -> Words:
        facts, unit = violation.facts, violation.unit
        given = (facts["actual"], facts["maximum"])
        actual, maximum = (amount(int(one), unit) for one in given)
        since = datetime.fromisoformat(str(facts["from"]))
        return Words(
            f"{who} has {actual} in the period from {_date(since)}; at most {maximum} are allowed.",
            f"Take {amount(violation.short_by, unit)} off {who} in this roster.",
        )

    def _rest_between(self, who: str, violation: Violation) -> Words:
        first, second = violation.spans
        actual, due = (_length(violation.facts[key]) for key in ("actual", "required"))
        between = f"{self.clock(first.end)} to {self.clock(second.start)}"
        return Words(
            f"{who} rests {actual} from {between}; {due} are due.",
            f"Start no earlier than {self.clock(first.end + int(violation.facts['required']))}, or give one "
            "of the two shifts to somebody else.",
        )

    def _too_many_days(self, who: str, rule: DaysWorked | ConsecutiveDays, violation: Violation) -> Words:
        facts = violation.facts
        since = _date(datetime.fromisoformat(str(facts["from"])))
        how = "in a row" if isinstance(rule, ConsecutiveDays) else "in the week"
        return Words(
            f"{who} works {facts['actual']} days {how} from {since}; at most {facts['maximum']} are allowed.",
            f"Leave {violation.short_by} of these days free.",
        )

    def _day(self, minute: int) -> str:
        at = self.problem.at(minute).astimezone(self.zone)
        return f"{DAYS[at.weekday()]} {_date(at)}"


def _date(at: datetime) -> str:
    return f"{at.day} {MONTHS[at.month - 1]}"


def _length(minutes: int | str) -> str:
    return str(Duration(int(minutes)))


def _longest(spans: Sequence[Span]) -> Span | None:
    return max(spans, key=lambda span: span.minutes, default=None)
