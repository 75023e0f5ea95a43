"""What a closed pay period cost at each place and in each job."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.clock import day_start, minutes_between, utc_now
from scheduler.organisation.locations import find_location
from scheduler.pay.models import PayLine, PayPeriod
from scheduler.pay.periods import find_period, refuse_unless_closed
from scheduler.people.hold_employees import CHUNK
from scheduler.timekeeping.derive import zones
from scheduler.timekeeping.models import Punch
from scheduler.timekeeping.pairing import Clocking, Worked, pair

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PlaceCost:
    """Worked minutes and pay of one place and job; ``job_role_id`` of None is people's own jobs."""

    location_id: UUID
    job_role_id: UUID | None
    currency: str
    worked_minutes: int
    amount_cents: int


def place_costs(session: Session, period_id: UUID) -> list[PlaceCost]:
    """The lines of a closed period by place, job and currency; together they are the lines to the cent.

    A line goes to where the work behind it was done. Work that a transfer parts shares its lines by the
    minutes at each place, of the line's civil day where some lie on it. What no punch stands behind, such as
    a bonus, is the location's whose period it is. Lines and punches never change, and so these never do.

    Raises
    ------
    SchedulerError
        ``pay_period_not_found``, ``period_not_closed``.
    """
    period = find_period(session, period_id)
    refuse_unless_closed(period)
    lines = session.scalars(select(PayLine).where(PayLine.pay_period_id == period_id)).all()
    clockings = _clockings(session, {UUID(each) for line in lines for each in line.punch_ids})
    zone = ZoneInfo(find_location(session, period.location_id).zone)
    sums: dict[tuple[UUID, UUID | None, str], list[int]] = defaultdict(lambda: [0, 0])
    for line in lines:
        weights = _weights(line, period, [clockings[UUID(each)] for each in line.punch_ids], zone)
        minutes = shared(line.minutes if line.counts_time else 0, list(weights.values()))
        cents = shared(line.amount_cents, list(weights.values()))
        for (location_id, job_role_id), some, worth in zip(weights, minutes, cents, strict=True):
            kept = sums[location_id, job_role_id, line.currency]
            kept[0] += some
            kept[1] += worth
    keys = sorted(sums, key=lambda key: (str(key[0]), str(key[1] or ""), key[2]))
    return [PlaceCost(*key, *sums[key]) for key in keys]


def shared(amount: int, weights: Sequence[int]) -> list[int]:
    """Whole parts of an amount in the ratio of some weights, which together are the amount.

    The units that rounding down leaves go to the largest remainders, the first ones where those are equal.

    Examples
    --------
    >>> shared(100, [1, 1, 1]), shared(-100, [1, 1, 1]), shared(7, [0, 3])
    ([34, 33, 33], [-34, -33, -33], [0, 7])
    """
    whole, sign = sum(weights), -1 if amount < 0 else 1
    parts = [divmod(abs(amount) * weight, whole) for weight in weights]
    left = abs(amount) - sum(part for part, _ in parts)
    order = sorted(range(len(parts)), key=lambda index: -parts[index][1])
    more = set(order[:left])
    return [sign * (part + (index in more)) for index, (part, _) in enumerate(parts)]


def _weights(
    line: PayLine, period: PayPeriod, clockings: Iterable[Clocking], zone: ZoneInfo
) -> dict[tuple[UUID, UUID | None], int]:
    """Minutes behind a line by place and job; one of any weight where there are none."""
    spans = pair(clockings, as_of=utc_now()).worked
    found = _by_place(spans, *_of_day(line.day, zone)) or _by_place(spans)
    return found or {(period.location_id, None): 1}


def _of_day(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    return day_start(day, zone), day_start(day + DAY, zone)


def _by_place(
    spans: Iterable[Worked], first: datetime | None = None, end: datetime | None = None
) -> dict[tuple[UUID, UUID | None], int]:
    """Minutes of work by place and job, of those between two instants."""
    found: dict[tuple[UUID, UUID | None], int] = defaultdict(int)
    for span in spans:
        inside = _overlap(span.starts_at, span.ends_at, first, end)
        inside -= sum(_overlap(start, stop, first, end) for start, stop in span.breaks)
        if inside > 0:
            found[span.location_id, span.job_role_id] += inside
    return found


def _overlap(start: datetime, stop: datetime, first: datetime | None, end: datetime | None) -> int:
    start = start if first is None else max(start, first)
    stop = stop if end is None else min(stop, end)
    return max(0, minutes_between(start, stop)) if start < stop else 0


def _clockings(session: Session, punch_ids: set[UUID]) -> dict[UUID, Clocking]:
    zone_of, ids = zones(session), sorted(punch_ids)
    found: dict[UUID, Clocking] = {}
    for start in range(0, len(ids), CHUNK):
        for punch in session.scalars(select(Punch).where(Punch.id.in_(ids[start : start + CHUNK]))):
            found[punch.id] = Clocking(
                punch.id, punch.at, punch.kind, punch.location_id, zone_of[punch.location_id],
                job_role_id=punch.job_role_id,
            )  # fmt: skip
    return found
