"""What the layers of law say about pay, looked up once for all people alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

from scheduler.law.nominal_time import minutes_in, nominal_of
from scheduler.law.pack import Pack
from scheduler.law.pay_topics import WEEKDAYS
from scheduler.law.provisions import Provision, provision, provisions
from scheduler.law.subject import LawSubject
from scheduler.law.values import Value, of_kind

V = TypeVar("V", bound=Value)
Person = tuple[object, ...]
LONGEST_MONTH = timedelta(days=31)


class PayLaw:
    """The pay law of a place.

    Kept for as long as one place is paid: answers are remembered by topic, day and what the law asks about a
    person.

    Parameters
    ----------
    layers
        Packs, nearest first.
    """

    def __init__(self, layers: Sequence[Pack]) -> None:
        self.layers = tuple(layers)
        self.topics = frozenset(one.topic.id for pack in layers for one in pack.parameters.values())
        self._packs = {name: pack for pack in layers for name in pack.parameters}
        self._one: dict[Person, Provision | None] = {}
        self._all: dict[Person, tuple[Provision, ...]] = {}
        self._months: dict[date, int] = {}
        self._latest: tuple[LawSubject, date, Person] | None = None

    def of(self, topic: str, subject: LawSubject, day: date) -> Provision | None:
        """The value that holds for a person on a civil day, or None."""
        if topic not in self.topics:
            return None
        key = (topic, day, self._traits(subject, day))
        if key not in self._one:
            self._one[key] = provision(self.layers, topic, subject, day)
        return self._one[key]

    def every(self, topic: str, subject: LawSubject, day: date) -> tuple[Provision, ...]:
        """All values that hold side by side, such as breaks."""
        if topic not in self.topics:
            return ()
        key = (topic, day, self._traits(subject, day))
        if key not in self._all:
            self._all[key] = provisions(self.layers, topic, subject, day)
        return self._all[key]

    def value(self, topic: str, kind: type[V], subject: LawSubject, day: date) -> V | None:
        """The value itself, or None."""
        found = self.of(topic, subject, day)
        return None if found is None else of_kind(found.value, kind)

    def minutes(self, topic: str, subject: LawSubject, day: date) -> int | None:
        """The minutes of a length of time, or None."""
        found = self.of(topic, subject, day)
        return None if found is None else minutes_in(found.value)

    def name(self, topic: str, subject: LawSubject, day: date, default: str) -> str:
        """A name, or what holds where no layer says anything."""
        found = self.of(topic, subject, day)
        return default if found is None else str(found.value)

    def week_starts_on(self, subject: LawSubject, day: date) -> int:
        """The weekday on which workweeks begin, Monday 0, which it is where no layer says anything."""
        return WEEKDAYS.index(self.name("workweek_begins", subject, day, WEEKDAYS[0]))

    def has_lapsed(self, topic: str, subject: LawSubject, day: date) -> bool:
        """Whether a layer's last value has ended by then and no other was written down yet.

        What a layer underneath still says is no answer to that.
        """
        about = (one for pack in self.layers for one in pack.parameters.values() if one.topic.id == topic)
        ends = (one.values[-1].valid_until for one in about if one.population.holds(subject, day))
        return any(end is not None and end <= day for end in ends)

    def nominal_month(self, day: date) -> int:
        """Full working time of the calendar month of a day, minutes."""
        first = day.replace(day=1)
        if first not in self._months:
            following = (first + LONGEST_MONTH).replace(day=1)
            self._months[first] = nominal_of(self.layers, first, following, frozenset())
        return self._months[first]

    def _traits(self, subject: LawSubject, day: date) -> Person:
        """What the law asks about a person; asked again and again for the same one on the same day."""
        if self._latest is None or self._latest[0] is not subject or self._latest[1] != day:
            self._latest = (subject, day, _traits(subject, day))
        return self._latest[2]

    def pack_of(self, found: Provision) -> str:
        """Id, version and hash of the pack a value stands in."""
        pack = self._packs[found.parameter.id]
        return f"{pack.id} {pack.fingerprint}"


def _traits(subject: LawSubject, day: date) -> Person:
    return (
        subject.age_on(day), subject.system, subject.hazardous_night, subject.night_worker, subject.sector,
        subject.location, subject.job, subject.contract, subject.grounds_on(day),
    )  # fmt: skip
