"""Two laws side by side: what they say to the same person on a day, and what they find in the same work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from scheduler.law.findings import Finding
from scheduler.law.pack import Pack, Parameter
from scheduler.law.provisions import Provision, provisions
from scheduler.law.subject import LawSubject
from scheduler.law.topics import TOPICS, Topic
from scheduler.law.words import plain


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that two sets of layers answer differently.

    Parameters
    ----------
    topic
        The question.
    before, after
        What holds under each; empty where nothing does.
    """

    topic: Topic
    before: tuple[Provision, ...]
    after: tuple[Provision, ...]

    def __str__(self) -> str:
        return f"{self.topic.label}: {_told(self.before)} becomes {_told(self.after)}"


def differences(
    before: Sequence[Pack], after: Sequence[Pack], subject: LawSubject, day: date
) -> list[Difference]:
    """What holds for a person on a civil day under one set of layers and does not under the other.

    An agreement shows so what it changes before it counts, and a place what another law would mean there.

    Parameters
    ----------
    before, after
        Packs of each set, nearest first.
    subject
        The person.
    day
        Civil day.

    Examples
    --------
    >>> from scheduler.law.library import layers_of
    >>> poland, france = layers_of("pl"), layers_of("fr")
    >>> found = differences(poland, france, LawSubject(id="ann"), date(2026, 11, 23))
    >>> [str(one) for one in found if one.topic.id == "day_max"]
    ['longest working time of a day: 8 h (Kodeks pracy, art. 129 par. 1) becomes 10 h (C. trav. L3121-18)']
    """
    found = (
        Difference(topic, provisions(before, name, subject, day), provisions(after, name, subject, day))
        for name, topic in TOPICS.items()
    )
    return [one for one in found if _values(one.before) != _values(one.after)]


def _values(held: Sequence[Provision]) -> frozenset[object]:
    return frozenset(one.value for one in held)


def _told(held: Sequence[Provision]) -> str:
    return " and ".join(f"{plain(one.value)} ({one.citation})" for one in held) or "nothing"


@dataclass(frozen=True, slots=True)
class ComparedFinding:
    """What two laws find about one question in the same work of one person.

    Parameters
    ----------
    now, then
        Under each law; None where that one finds nothing.
    """

    now: Finding | None
    then: Finding | None

    @property
    def more_by(self) -> int | None:
        """By how much further the other law is from being kept; None where that cannot be said."""
        if self.now is None or self.then is None or self.now.unit != self.then.unit:
            return None
        return self.then.short_by - self.now.short_by


def compared(
    now: Sequence[Finding], then: Sequence[Finding], known: Mapping[str, Parameter]
) -> list[ComparedFinding]:
    """Findings of two laws in pairs: of one person, about one topic, at times that touch; each is used once.

    Parameters
    ----------
    now, then
        Under each law.
    known
        Parameters of both laws by id.

    Returns
    -------
    list of ComparedFinding
        Those of the first law in its order, then what only the other one finds.
    """
    rest = list(then)
    found: list[ComparedFinding] = []
    for one in now:
        alike = [other for other in rest if _about_the_same(one, other, known)]
        match = max(
            alike,
            key=lambda other: (other.parameter == one.parameter, other.spans == one.spans),
            default=None,
        )
        if match is not None:
            rest.remove(match)
        found.append(ComparedFinding(one, match))
    return [*found, *(ComparedFinding(None, other) for other in rest)]


def _about_the_same(one: Finding, other: Finding, known: Mapping[str, Parameter]) -> bool:
    if one.employee != other.employee or known[one.parameter].topic.id != known[other.parameter].topic.id:
        return False
    if not one.spans or not other.spans:
        return one.spans == other.spans
    return _first(one) < _last(other) and _first(other) < _last(one)


def _first(finding: Finding) -> datetime:
    return min(start for start, _ in finding.spans)


def _last(finding: Finding) -> datetime:
    return max(end for _, end in finding.spans)
