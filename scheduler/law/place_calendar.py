"""What an organisation knows of a place that its law asks about: settlement periods and days of school."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.kernel.clock import days_between
from scheduler.law.nominal_time import count_in, public_holidays
from scheduler.law.pack import Pack
from scheduler.law.provisions import Provision, provision, provisions
from scheduler.law.settlement import Settlement
from scheduler.law.subject import LawSubject
from scheduler.law.values import Count
from scheduler.organisation.law_calendar import LawCalendar, Periods, Term, law_calendar

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
SCHOOL = ("school_day_max", "school_week_max", "school_ban")
"""Topics of law that ask for days of school."""
GROWN = 21
"""No law here asks for the school of anybody of so many years."""


@dataclass(frozen=True, slots=True)
class PlaceCalendar:
    """What is known for some civil days and people of a location.

    Parameters
    ----------
    settlement
        In force on the first of the days; None where none is known, or it is longer than the law allows.
    school_on
        Days of school of each person whom the law asks about; nobody where they are not known.
    notes
        What is not known, and what was taken.
    """

    settlement: Settlement | None
    school_on: Mapping[str, frozenset[date]]
    notes: tuple[str, ...]


def place_calendar(
    session: Session,
    location_id: UUID,
    layers: Sequence[Pack],
    people: Sequence[LawSubject],
    first: date,
    end: date,
) -> PlaceCalendar:
    """What is known of a location for civil days ``[first, end)``, and a sentence on what is not."""
    return known_for(law_calendar(session, location_id), layers, people, first, end)


def known_for(
    calendar: LawCalendar, layers: Sequence[Pack], people: Sequence[LawSubject], first: date, end: date
) -> PlaceCalendar:
    """The same of a calendar at hand."""
    settlement, notes = _settlement(calendar.settlement, layers, people, first, end)
    asked = [person for person in people if _asked_for_school(layers, person, first, end)]
    if not asked:
        return PlaceCalendar(settlement, {}, tuple(notes))
    notes += _about_school(calendar.school, len(asked), first, end)
    if not _known(calendar.school, first, end):
        return PlaceCalendar(settlement, {}, tuple(notes))
    days = _days_of_school(calendar.school, layers, first - WEEK, end + WEEK)
    return PlaceCalendar(settlement, {person.id: days for person in asked}, tuple(notes))


def _settlement(
    known: Sequence[Periods], layers: Sequence[Pack], people: Sequence[LawSubject], first: date, end: date
) -> tuple[Settlement | None, list[str]]:
    """Those in force on the first day, unless they are longer than the law allows for somebody."""
    begun = [each for each in known if each.starts_on <= first]
    if not begun or provision(layers, "week_anchor", LawSubject(id="adult"), first) is None:
        return None, []
    latest = max(begun, key=lambda each: each.starts_on)
    following = [each.starts_on for each in known if first < each.starts_on < end]
    notes = [f"Other settlement periods begin on {day}; those before it were taken." for day in following]
    too_long = list(_too_long(layers, people, first, latest.months))
    if too_long:
        least = min(too_long, key=lambda one: count_in(one.value))
        notes.append(
            f"Settlement periods of {latest.months} months are set for this location, but are longer than "
            f"the {least.value} the law allows for some people here ({least.citation}); they were left aside."
        )
        return None, notes
    return Settlement(latest.starts_on, latest.months), notes


def _too_long(
    layers: Sequence[Pack], people: Iterable[LawSubject], day: date, months: int
) -> Iterator[Provision]:
    for person in people:
        for found in provisions(layers, "reference_months", person, day):
            if isinstance(found.value, Count) and months > found.value.number:
                yield found


def _asked_for_school(layers: Sequence[Pack], person: LawSubject, first: date, end: date) -> bool:
    """Whether the law says something about the days of school of a person on some of the days."""
    if person.born_on is None or person.turns(GROWN) <= first:
        return False
    return any(provisions(layers, topic, person, day) for topic in SCHOOL for day in (first, end - DAY))


def _known(terms: Sequence[Term], first: date, end: date) -> bool:
    """Whether some of the days are between the first day of the first term and the end of the last."""
    return bool(terms) and terms[0].starts_on < end and first < terms[-1].ends_on


def _about_school(terms: Sequence[Term], young: int, first: date, end: date) -> list[str]:
    who = f"{young} young {'person' if young == 1 else 'people'}"
    if not _known(terms, first, end):
        return [
            f"Days of school are not known at this location on these days: the hours of {who} on days of "
            f"school were not checked. Say when there is school among the facts of the location."
        ]
    told = [f"{who} were taken to have school from Monday to Friday in the school terms of the location, "
            "public holidays left out."]  # fmt: skip
    if first < terms[0].starts_on or terms[-1].ends_on < end:
        last = terms[-1].ends_on - DAY
        told.append(f"School terms are known from {terms[0].starts_on} to {last} only.")
    return told


def _days_of_school(terms: Sequence[Term], layers: Sequence[Pack], first: date, end: date) -> frozenset[date]:
    free = public_holidays(layers, first, end)
    return frozenset(
        day
        for term in terms
        for day in days_between(max(first, term.starts_on), min(end, term.ends_on))
        if day.weekday() < 5 and day not in free
    )
