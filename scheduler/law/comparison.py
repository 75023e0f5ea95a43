"""What one set of layers says otherwise than another to the same person on the same day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.law.pack import Pack
from scheduler.law.provisions import Provision, provisions
from scheduler.law.subject import LawSubject
from scheduler.law.topics import TOPICS, Topic


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
    return " and ".join(f"{one.value} ({one.citation})" for one in held) or "nothing"
