"""What a reader asks about people, and a fact that answers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, true
from sqlalchemy.orm import InstrumentedAttribute

from scheduler.people.models import Employee
from scheduler.reporting.models import HrRecordKind

HORIZON_DAYS = 366
"""So far ahead dates of contracts are told where nobody says until when."""


@dataclass(frozen=True, slots=True)
class HrQuery:
    """Which facts are asked for.

    Parameters
    ----------
    starts_on, ends_on
        Facts that touch the civil days ``[starts_on, ends_on)``; None for no end.
    location_ids
        Of these places only; None for all.
    """

    kind: HrRecordKind
    starts_on: date
    ends_on: date | None
    location_ids: frozenset[UUID] | None

    def at_places(self, location: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
        """Whether a place is asked for, as a condition over its column."""
        return true() if self.location_ids is None else location.in_(self.location_ids)

    def touches(
        self, first: InstrumentedAttribute[date], after: InstrumentedAttribute[date]
    ) -> ColumnElement[bool]:
        """Whether a span touches the days that are asked for, as a condition over its columns."""
        starts = true() if self.ends_on is None else first < self.ends_on
        return and_(after > self.starts_on, starts)

    def has(self, day: date) -> bool:
        """Whether a day is among those that are asked for."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


@dataclass(frozen=True, slots=True)
class HrFact:
    """Something that is true of somebody over the days ``[starts_on, ends_on)``.

    Parameters
    ----------
    key
        Names it among the facts of its kind and place; its days are a part of it.
    facts
        JSON-ready.
    """

    location_id: UUID
    employee_id: UUID
    key: str
    starts_on: date
    ends_on: date
    facts: Mapping[str, Any]


def with_horizon(query: HrQuery, today: date) -> HrQuery:
    """The query with an end: dates of contracts are told `HORIZON_DAYS` ahead, as anniversaries never end."""
    if query.kind is not HrRecordKind.CONTRACT_DATES or query.ends_on is not None:
        return query
    return replace(query, ends_on=today + timedelta(days=HORIZON_DAYS))


def who(employee: Employee) -> dict[str, Any]:
    """Whom a fact is about."""
    return {"employee_number": employee.number, "employee_name": employee.name}


def next_month(day: date) -> date:
    """First day of the month after that of a day."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)
