"""What a payroll file is made from: pay lines with what the target calls their person, code and place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from scheduler.kernel.money import major_units
from scheduler.pay.lines import PayrollLine

DIMENSIONS = ("place", "department", "job", "cost_centre", "cost_unit", "state")
"""What a mapping of a person or a location can say; what the person's says counts before the location's."""


class Unit(StrEnum):
    """What the quantity of a pay code counts for the target; each is multiplied with the code's factor."""

    HOURS = "hours"
    MINUTES = "minutes"
    DAYS = "days"
    """Hours times the factor: 0.125 for days of eight hours."""
    AMOUNT = "amount"
    """Money, in units of the currency."""
    LINES = "lines"
    """How many lines there are."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as the target knows them."""

    number: str
    own_number: str
    first_name: str
    last_name: str
    dimensions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MappedCode:
    """A pay code as the target knows it.

    Parameters
    ----------
    code
        Theirs.
    slot
        The place in the target's row it belongs in, of those the profile names; empty where there are none.
    factor
        Multiplies the quantity.
    """

    code: str
    slot: str = ""
    unit: Unit = Unit.HOURS
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Place:
    """A location as the target knows it."""

    zone: str
    dimensions: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Row:
    """One line, or several that belong in one row of a file.

    Parameters
    ----------
    line
        The line, or the first of several.
    minutes, amount_cents
        Of all of them.
    started_at, ended_at
        First and last punch behind them; None where there is none.
    count
        How many lines there are.
    parts
        The same by slot, for a row of several lines.
    """

    line: PayrollLine
    person: Person
    code: MappedCode
    place: Place
    minutes: int
    amount_cents: int
    started_at: datetime | None = None
    ended_at: datetime | None = None
    count: int = 1
    parts: dict[str, Row] = field(default_factory=dict)

    def quantity(self) -> Decimal:
        """How much of the code's unit there is, exact to 20 digits."""
        code = self.code
        if code.unit is Unit.AMOUNT:
            return major_units(self.amount_cents, self.line.currency) * code.factor
        if code.unit is Unit.MINUTES:
            return self.minutes * code.factor
        if code.unit is Unit.LINES:
            return self.count * code.factor
        return self.minutes * code.factor / 60


class Kind(StrEnum):
    """Of what kind a value is."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    INSTANT = "instant"
    TRUTH = "truth"


Value = str | int | Decimal | date | datetime | bool | None


@dataclass(frozen=True, slots=True)
class RowField:
    """Something that every row knows.

    Parameters
    ----------
    summed
        Whether rows of several lines hold its sum.
    """

    kind: Kind
    says: str
    get: Callable[[Row], Any]
    summed: bool = False


def _text(says: str, get: Callable[[Row], str | None]) -> RowField:
    return RowField(Kind.TEXT, says, get)


def _number(says: str, get: Callable[[Row], int | Decimal | None], *, summed: bool = False) -> RowField:
    return RowField(Kind.NUMBER, says, get, summed)


def _day(says: str, get: Callable[[Row], date | None]) -> RowField:
    return RowField(Kind.DAY, says, get)


def _dimension(name: str) -> Callable[[Row], str | None]:
    return lambda row: row.person.dimensions.get(name) or row.place.dimensions.get(name)


def _rate(line: PayrollLine) -> Decimal:
    """The price of an hour: exact where a cent is too coarse for it."""
    return Decimal(line.rate) if line.rate else major_units(line.hourly_rate_cents, line.currency)


FIELDS: dict[str, RowField] = {
    "employee_number": _text("number of the person, as the target knows it", lambda r: r.person.number),
    "own_number": _text("number of the person, as we know it", lambda r: r.person.own_number),
    "employee_name": _text("first and last name, as they were on the line", lambda r: r.line.employee_name),
    "first_name": _text("first name, as it is now", lambda r: r.person.first_name),
    "last_name": _text("last name, as it is now", lambda r: r.person.last_name),
    "day": _day("day the time counts for", lambda r: r.line.day),
    "period_first_day": _day(
        "first day of the period the line is paid in", lambda r: r.line.period_first_day
    ),
    "period_last_day": _day("its last day, included", lambda r: r.line.period_last_day),
    "location": _text("our code of the location", lambda r: r.line.location_code),
    "pay_code": _text("our pay code", lambda r: r.line.pay_code),
    "code": _text("the target's code", lambda r: r.code.code),
    "slot": _text("the place of the code in the target's row", lambda r: r.code.slot),
    "unit": _text("what the quantity counts", lambda r: r.code.unit.value),
    "quantity": _number("how much of that unit", lambda r: r.quantity(), summed=True),
    "hours": _number("hours", lambda r: Decimal(r.minutes) / 60, summed=True),
    "minutes": _number("whole minutes", lambda r: r.minutes, summed=True),
    "amount": _number(
        "worth, in units of the currency", lambda r: major_units(r.amount_cents, r.line.currency), summed=True
    ),
    "rate": _number("price of an hour, exact", lambda r: _rate(r.line)),
    "currency": _text("ISO 4217 code", lambda r: r.line.currency),
    "multiplier": _text("of the rate, where the line is a premium", lambda r: r.line.multiplier),
    "place": _text("the target's location, by mapping", _dimension("place")),
    "department": _text("the target's department, by mapping", _dimension("department")),
    "job": _text("the target's job, by mapping", _dimension("job")),
    "cost_centre": _text("the target's cost centre, by mapping", _dimension("cost_centre")),
    "cost_unit": _text("the target's cost unit, by mapping", _dimension("cost_unit")),
    "state": _text("the target's state, by mapping", _dimension("state")),
    "zone": _text("time zone of the location", lambda r: r.place.zone),
    "started_at": RowField(Kind.INSTANT, "first punch behind the line", lambda r: r.started_at),
    "ended_at": RowField(Kind.INSTANT, "last punch behind the line", lambda r: r.ended_at),
    "corrects_period_first_day": _day(
        "first day of the period that a correction is about", lambda r: r.line.corrects_period_first_day
    ),
    "corrects_line_id": _text(
        "line that a correction is about",
        lambda r: None if r.line.corrects_line_id is None else str(r.line.corrects_line_id),
    ),
    "reason": _text("why there is a correction", lambda r: r.line.reason),
    "line_id": _text("the line's own id", lambda r: str(r.line.line_id)),
    "rule": _text("parameter of law that asks for the line", lambda r: r.line.rule),
    "rule_pack": _text("version of its rule pack", lambda r: r.line.pack),
    "citation": _text("where it is written", lambda r: r.line.citation),
}
"""Every field that a profile can name."""

BATCH_FIELDS: dict[str, tuple[Kind, str]] = {
    "batch_number": (Kind.NUMBER, "number of the batch: 1, 2, 3 ... of the target"),
    "made_on": (Kind.DAY, "civil day (UTC) on which the batch was made"),
    "first_day": (Kind.DAY, "first day of the earliest period"),
    "last_day": (Kind.DAY, "last day of the latest period, included"),
}
"""What is the same for every row of a file; the only fields that file names and fixed lines can use."""


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """What is the same for every row of a file; see `BATCH_FIELDS`."""

    batch_number: int
    made_on: date
    first_day: date
    last_day: date
    settings: Mapping[str, str] = field(default_factory=dict)
