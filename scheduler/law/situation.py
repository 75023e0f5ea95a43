"""Who is under which law on which day: what the rules of a roster are compiled from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from scheduler.kernel.clock import days_between, week_start
from scheduler.law.pack import NO_BOUND, Enforcement, Pack, Parameter
from scheduler.law.provisions import Provision, provision, provisions
from scheduler.law.settlement import Settlement
from scheduler.law.subject import LawSubject
from scheduler.law.values import Count
from solver.rules.rule import Scope

WEEK = timedelta(days=7)
LOOKED_AHEAD = timedelta(days=366)
"""No rule asks for the law of a later day: settlement periods are a year at most."""
BEFORE = timedelta(days=2)
"""How long before the roster a start of work can still matter to a rest in it."""


@dataclass(frozen=True)
class Situation:
    """A roster's days and people under the layers of law of one place.

    Not slotted: it looks each provision up once.

    Parameters
    ----------
    layers
        Packs, nearest first.
    first_day, end_day
        Civil days of the roster, half-open.
    people
        Everybody who may work.
    settlement
        Settlement periods of the employer.
    """

    layers: tuple[Pack, ...]
    first_day: date
    end_day: date
    people: tuple[LawSubject, ...]
    settlement: Settlement

    @cached_property
    def days(self) -> list[date]:
        """The days of the roster and those before it whose work can still matter to a rest in it."""
        return days_between(self.first_day - BEFORE, self.end_day)

    def held(self, topic: str) -> list[tuple[Provision, Scope]]:
        """Each provision of a topic that rosters must keep, with the people and days it holds for."""
        by_days: dict[tuple[Provision, tuple[date, ...]], list[LawSubject]] = {}
        for alike in self._alike:
            days: dict[Provision, list[date]] = {}
            for day in self.days:
                for found in self._hard(topic, alike[0], day):
                    days.setdefault(found, []).append(day)
            for found, when in days.items():
                by_days.setdefault((found, tuple(when)), []).extend(alike)
        return [
            (found, Scope(employees=self.employees(self._ids(who)), days=self._named(when)))
            for (found, when), who in by_days.items()
        ]

    def held_on(self, topic: str, day: date) -> list[tuple[Provision, tuple[LawSubject, ...]]]:
        """Each provision of a topic that rosters must keep on one day, with its people."""
        found: dict[Provision, list[LawSubject]] = {}
        for alike in self._alike:
            for held in self._hard(topic, alike[0], day):
                found.setdefault(held, []).extend(alike)
        return [(held, tuple(sorted(people, key=self._place))) for held, people in found.items()]

    def employees(self, ids: Sequence[str]) -> tuple[str, ...] | None:
        """Ids for a scope: None where they are everybody."""
        return None if len(ids) == len(self.people) else tuple(ids)

    def weeks(self) -> list[tuple[date, date]]:
        """The weeks of the law that touch the roster; a last, shorter one where a settlement period ends."""
        if self.defined("week_anchor") is not None:
            return self.settlement.weeks(self.first_day, self.end_day)
        first = week_start(self.first_day)
        return [
            (first + n * WEEK, first + (n + 1) * WEEK)
            for n in range(-(-(self.end_day - first).days // 7))
        ]  # fmt: skip

    def sundays(self) -> list[date]:
        """The Sundays whose hours touch the roster; the hours of one can run into the Monday."""
        days = days_between(self.first_day - timedelta(days=1), self.end_day)
        return [day for day in days if day.weekday() == 6]

    def defined(self, topic: str) -> Provision | None:
        """A definition as it stands for an adult in the basic system on the last day of the roster."""
        return provision(self.layers, topic, LawSubject(id="adult"), self.end_day - timedelta(days=1))

    def too_long_settlement(self) -> Iterable[tuple[Provision, tuple[str, ...]]]:
        """The limits on settlement periods that the employer's exceed, with the people for whom they hold."""
        exceeded: dict[Provision, list[str]] = {}
        for person in self.people:
            for found in provisions(self.layers, "reference_months", person, self.first_day):
                if isinstance(found.value, Count) and self.settlement.months > found.value.number:
                    exceeded.setdefault(found, []).append(person.id)
        return [(found, tuple(who)) for found, who in exceeded.items()]

    @cached_property
    def _alike(self) -> list[list[LawSubject]]:
        """People whom the law does not tell apart on any day it looks at."""
        found: dict[tuple[object, ...], list[LawSubject]] = {}
        for person in self.people:
            found.setdefault(self._kind(person), []).append(person)
        return list(found.values())

    def _kind(self, person: LawSubject) -> tuple[object, ...]:
        """What the law can tell a person by on any day it looks at."""
        first, last = self.first_day - BEFORE, self.end_day + LOOKED_AHEAD
        turns = None
        if person.born_on is not None:
            turns = tuple(min(max(person.turns(age), first), last) for age in self._ages)
        traits = (person.system, person.hazardous_night, person.night_worker, person.sector)
        return (turns, *traits, person.grounds, person.consents)

    @cached_property
    def _ages(self) -> list[int]:
        """The ages at which other rules begin to hold."""
        every = [parameter.population for parameter in self.parameters().values()]
        return sorted({age for one in every for age in (one.age_from, one.age_below)} - {0, NO_BOUND})

    @cached_property
    def _places(self) -> dict[str, int]:
        return {person.id: place for place, person in enumerate(self.people)}

    def _place(self, person: LawSubject) -> int:
        return self._places[person.id]

    def _ids(self, people: list[LawSubject]) -> list[str]:
        return [person.id for person in sorted(people, key=self._place)]

    def _hard(self, topic: str, person: LawSubject, day: date) -> tuple[Provision, ...]:
        key = (topic, person.age_on(day), _traits(person, day), day)
        if key not in self._found:
            self._found[key] = tuple(
                found
                for found in provisions(self.layers, topic, person, day)
                if found.parameter.enforcement == Enforcement.HARD
            )
        return self._found[key]

    @cached_property
    def _found(self) -> dict[tuple[object, ...], tuple[Provision, ...]]:
        return {}

    def _named(self, days: tuple[date, ...]) -> tuple[str, ...] | None:
        return None if len(days) == len(self.days) else tuple(day.isoformat() for day in days)

    def parameters(self) -> dict[str, Parameter]:
        """All parameters of the layers by id."""
        every = (parameter for pack in self.layers for parameter in pack.parameters.values())
        return {parameter.id: parameter for parameter in every}


def _traits(person: LawSubject, day: date) -> tuple[object, ...]:
    """What, besides age, decides which rules hold for a person on a day."""
    grounds = person.grounds_on(day)
    return (person.system, person.hazardous_night, person.night_worker, person.sector, grounds)
