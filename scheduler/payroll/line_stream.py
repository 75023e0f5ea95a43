"""Pay lines of closed periods, read without holding all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row as DatabaseRow
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from scheduler.organisation.models import Location
from scheduler.pay.lines import PayrollLine
from scheduler.pay.models import PayLine, PayPeriod
from scheduler.timekeeping.models import Punch

LINES_AT_ONCE = 2000
ONE_DAY = timedelta(days=1)


class StreamedLine(NamedTuple):
    """A pay line, and when it was clocked."""

    line: PayrollLine
    started_at: datetime | None = None
    ended_at: datetime | None = None


def stream_lines(
    session: Session, period_ids: Collection[UUID], *, with_punches: bool = False
) -> Iterator[StreamedLine]:
    """The lines of some periods, by employee number, day, pay code and id.

    Parameters
    ----------
    with_punches
        Look up the first and the last punch behind each line too.
    """
    query = _query(period_ids)
    if with_punches:
        query = query.add_columns(PayLine.punch_ids)
    rows = session.execute(query, execution_options={"yield_per": LINES_AT_ONCE})
    for some in rows.partitions(LINES_AT_ONCE):
        clocked = _clocked(session, some) if with_punches else {}
        for row in some:
            yield StreamedLine(_line(row), *clocked.get(row.id, (None, None)))


def _query(period_ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    corrected = aliased(PayPeriod)
    # In the order in which `_line` takes them.
    return (
        select(
            PayLine.id,
            PayPeriod.starts_on,
            PayPeriod.ends_on,
            Location.code,
            PayLine.employee_number,
            PayLine.employee_name,
            PayLine.day,
            PayLine.pay_code,
            PayLine.minutes,
            PayLine.hourly_rate_cents,
            PayLine.amount_cents,
            PayLine.currency,
            corrected.starts_on,
            PayLine.corrects_id,
            PayLine.reason,
            PayLine.multiplier,
            PayLine.rule,
            PayLine.pack,
            PayLine.citation,
            PayLine.rate,
        )
        .join(PayPeriod, PayPeriod.id == PayLine.pay_period_id)
        .join(Location, Location.id == PayPeriod.location_id)
        .outerjoin(corrected, corrected.id == PayLine.corrects_period_id)
        .where(PayLine.pay_period_id.in_(period_ids))
        .order_by(PayLine.employee_number, PayLine.day, PayLine.pay_code, PayLine.id)
    )


def _line(row: Sequence[Any]) -> PayrollLine:
    line_id, starts_on, ends_on, location, number, name, day, pay_code, minutes, rate, cents, *rest = row
    currency, corrects_on, corrects_id, reason, multiplier, rule, pack, citation, exact_rate = rest[:9]
    return PayrollLine(
        line_id, starts_on, ends_on - ONE_DAY, location, number, name, day, str(pay_code), minutes, rate,
        cents, currency, corrects_on, corrects_id, reason, multiplier, rule, pack, citation, exact_rate,
    )  # fmt: skip


def _clocked(session: Session, rows: Sequence[DatabaseRow[Any]]) -> dict[UUID, tuple[datetime, datetime]]:
    """First and last punch of each line that has any."""
    wanted = sorted({punch_id for row in rows for punch_id in row.punch_ids})
    at: dict[str, datetime] = {}
    for start in range(0, len(wanted), LINES_AT_ONCE):
        some = [UUID(punch_id) for punch_id in wanted[start : start + LINES_AT_ONCE]]
        query = select(Punch.id, Punch.at).where(Punch.id.in_(some))
        at.update({str(punch_id): when for punch_id, when in session.execute(query)})
    found = {}
    for row in rows:
        times = [at[punch_id] for punch_id in row.punch_ids if punch_id in at]
        if times:
            found[row.id] = (min(times), max(times))
    return found
