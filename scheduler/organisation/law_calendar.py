"""What the law asks of the calendar of a location: how working time is settled, and when there is school."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.organisation.locations import find_location
from scheduler.organisation.models import SchoolTerm, SettlementPeriods

LAST_DAY_OF_MONTH = 28
"""Settlement periods begin on a day that every month has."""


@dataclass(frozen=True, slots=True)
class Periods:
    """Settlement periods of some months from a day on, until others begin."""

    starts_on: date
    months: int


@dataclass(frozen=True, slots=True)
class Term:
    """The civil days ``[starts_on, ends_on)`` between two holidays of schools."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class LawCalendar:
    """Both, each by its first day; what is empty is not known."""

    settlement: tuple[Periods, ...] = ()
    school: tuple[Term, ...] = ()

    def errors(self) -> list[FieldError]:
        """Everything that cannot be, with its place in what was sent."""
        found = []
        for place, each in enumerate(self.settlement):
            path = f"settlement_periods[{place}]"
            if not 1 <= each.months <= 12:
                found.append(FieldError(f"{path}.months", str(each.months), "cannot be", "1 to 12 months"))
            if each.starts_on.day > LAST_DAY_OF_MONTH:
                hint = "a day from 1 to 28, which every month has"
                found.append(
                    FieldError(f"{path}.starts_on", str(each.starts_on), "is not in every month", hint)
                )
        first_days = sorted(each.starts_on for each in self.settlement)
        for day, following in pairwise(first_days):
            if day == following:
                hint = "one length of period from each day on"
                found.append(FieldError("settlement_periods", str(day), "is there twice", hint))
        for place, term in enumerate(self.school):
            if term.ends_on <= term.starts_on:
                hint = f"after {term.starts_on}; it is the first day of the holidays"
                found.append(
                    FieldError(f"school_terms[{place}].ends_on", str(term.ends_on), "ends too early", hint)
                )
        for one, other in pairwise(sorted(self.school, key=lambda term: term.starts_on)):
            if other.starts_on < one.ends_on:
                hint = f"from {one.ends_on} on, or as one term"
                found.append(FieldError("school_terms", str(other.starts_on), "begins in another term", hint))
        return found


def law_calendar(session: Session, location_id: UUID) -> LawCalendar:
    """What is known of the calendar of a location."""
    periods = select(SettlementPeriods).where(SettlementPeriods.location_id == location_id)
    terms = select(SchoolTerm).where(SchoolTerm.location_id == location_id)
    return LawCalendar(
        tuple(
            Periods(each.starts_on, each.months)
            for each in session.scalars(periods.order_by(SettlementPeriods.starts_on))
        ),
        tuple(
            Term(each.starts_on, each.ends_on)
            for each in session.scalars(terms.order_by(SchoolTerm.starts_on))
        ),
    )


def set_law_calendar(session: Session, location_id: UUID, new: LawCalendar, *, actor: str) -> LawCalendar:
    """The calendar as said, in place of what was known before.

    Raises
    ------
    InvalidInput
        With everything that cannot be.
    SchedulerError
        ``location_not_found``.
    """
    location = find_location(session, location_id)
    if errors := new.errors():
        raise InvalidInput(errors)
    before = law_calendar(session, location_id)
    for model in (SettlementPeriods, SchoolTerm):
        session.execute(delete(model).where(model.location_id == location_id))
    session.add_all(
        SettlementPeriods(location_id=location_id, starts_on=each.starts_on, months=each.months)
        for each in new.settlement
    )
    session.add_all(
        SchoolTerm(location_id=location_id, starts_on=term.starts_on, ends_on=term.ends_on)
        for term in new.school
    )
    session.flush()
    facts = {"before": _plain(before), "after": _plain(new)}
    record(session, actor, "location.law_calendar", "location", location.id, **facts)
    return law_calendar(session, location_id)


def _plain(calendar: LawCalendar) -> dict[str, Sequence[str]]:
    return {
        "settlement": [f"{each.starts_on} {each.months}" for each in calendar.settlement],
        "school": [f"{term.starts_on} {term.ends_on}" for term in calendar.school],
    }
