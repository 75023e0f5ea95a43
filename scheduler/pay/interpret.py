"""From worked time and contracts to pay: pure, in whole minutes and whole cents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from scheduler.kernel.clock import day_start, local_day, minutes_between
from scheduler.kernel.effective import in_force
from scheduler.kernel.money import wage_cents
from scheduler.pay.models import PayCode
from scheduler.timekeeping.pairing import Worked


@dataclass(frozen=True, slots=True)
class Terms:
    """What one contract pays on the civil days ``[valid_from, valid_until)``."""

    contract_id: UUID
    valid_from: date
    valid_until: date | None
    hourly_rate_cents: int
    currency: str


@dataclass(frozen=True, slots=True, order=True)
class PayKey:
    """What minutes must have in common to be one line: person, day, pay code and price."""

    employee_id: UUID
    day: date
    pay_code: PayCode
    contract_id: UUID
    hourly_rate_cents: int
    currency: str


@dataclass(frozen=True, slots=True)
class PayRule:
    """The rule of law that asks for a line.

    Parameters
    ----------
    rule
        Id of the parameter.
    pack
        Id, version and hash of the rule pack it was worked out under.
    citation
        Where it is written.
    multiplier
        Of the hourly rate, as a decimal number.
    """

    rule: str
    pack: str
    citation: str
    multiplier: str


@dataclass(frozen=True, slots=True)
class Earned:
    """Minutes of one line and their worth.

    Parameters
    ----------
    minutes
        Worked minutes, > 0; of a premium the minutes paid, 0 where it is an amount by itself.
    amount_cents
        Minor units of the key's currency, rounded half up once, from all minutes of the line.
    punch_ids
        The punches behind it, in order of time.
    rule
        The law that asks for it; None for worked time as the contract pays it.
    """

    key: PayKey
    minutes: int
    amount_cents: int
    punch_ids: tuple[UUID, ...]
    rule: PayRule | None = None


@dataclass(frozen=True, slots=True)
class Interpreted:
    """The lines of one employee in order of day, and the civil days worked without a contract."""

    earned: tuple[Earned, ...]
    days_without_contract: tuple[date, ...]


def interpret(
    employee_id: UUID,
    worked: Iterable[Worked],
    terms: Sequence[Terms],
    zones: Mapping[UUID, ZoneInfo],
) -> Interpreted:
    """What one employee earned with some spans of work.

    Hours count for the day on which the span starts. Money follows the contract in force when each minute was
    worked: a night over the first day of a new contract is cut at local midnight and gives two lines of one
    day.

    Parameters
    ----------
    terms
        The employee's contracts; no two in force on one day.
    zones
        Zone of each location worked at.
    """
    minutes: dict[PayKey, int] = {}
    punches: dict[PayKey, dict[UUID, None]] = {}
    missing: set[date] = set()
    for span in sorted(worked, key=lambda span: span.starts_at):
        for day, part in _by_civil_day(span, zones[span.location_id]):
            if part == 0:
                continue
            held = in_force(terms, day)
            if held is None:
                missing.add(day)
                continue
            key = PayKey(
                employee_id,
                span.day,
                PayCode.REGULAR,
                held.contract_id,
                held.hourly_rate_cents,
                held.currency,
            )
            minutes[key] = minutes.get(key, 0) + part
            punches.setdefault(key, {}).update(dict.fromkeys(span.punch_ids))
    earned = [
        Earned(key, total, wage_cents(total, key.hourly_rate_cents), tuple(punches[key]))
        for key, total in sorted(minutes.items())
    ]
    return Interpreted(tuple(earned), tuple(sorted(missing)))


def _by_civil_day(span: Worked, zone: ZoneInfo) -> Iterator[tuple[date, int]]:
    """Each civil day the span touches with the minutes worked on it."""
    start = span.starts_at
    while start < span.ends_at:
        day = local_day(start, zone)
        end = min(span.ends_at, day_start(day + timedelta(days=1), zone))
        resting = sum(_overlap_minutes(start, end, rest) for rest in span.breaks)
        yield day, minutes_between(start, end) - resting
        start = end


def _overlap_minutes(start: datetime, end: datetime, rest: tuple[datetime, datetime]) -> int:
    return max(0, minutes_between(max(start, rest[0]), min(end, rest[1])))
