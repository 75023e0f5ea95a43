"""From an amount back to its grounds: the sum in words, the rule, the contract, the punches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from scheduler.kernel.effective import in_force
from scheduler.kernel.errors import SchedulerError
from scheduler.kernel.money import major_units
from scheduler.law.agreements import layers_in
from scheduler.law.words import plain
from scheduler.organisation.locations import find_location
from scheduler.organisation.models import Location
from scheduler.pay.models import Allowance, PayFact, PayLine, PayPeriod
from scheduler.pay.pay_facts import ToldFact, told
from scheduler.timekeeping.models import Punch

RecordT = TypeVar("RecordT", PayFact, Allowance)


@dataclass(frozen=True, slots=True)
class LineGrounds:
    """Everything that stands behind a pay line.

    Parameters
    ----------
    sum
        How the amount comes about, in figures.
    rule_words
        What the rule is about; empty for what the contract pays.
    punches
        The punches behind it, in order of time.
    corrects
        The line that this one corrects; None where that day had none, and for a line of its own period.
    corrected_by
        Later lines about this one.
    facts, allowances
        What else is behind it: bonuses, being sent home, another rate and so on; allowances.
    """

    line: PayLine
    period: PayPeriod
    location: Location
    sum: str
    rule_words: str
    punches: Sequence[Punch]
    corrects: PayLine | None
    corrected_by: Sequence[PayLine]
    facts: Sequence[ToldFact]
    allowances: Sequence[Allowance]


def grounds_of(session: Session, line_id: UUID) -> LineGrounds:
    """The grounds of a pay line.

    Raises
    ------
    SchedulerError
        ``not_found``.
    """
    line = session.get(PayLine, line_id)
    period = session.get(PayPeriod, line.pay_period_id) if line else None
    if line is None or period is None:
        raise SchedulerError("not_found", what="pay line", id=str(line_id))
    location = find_location(session, period.location_id)
    ids = [UUID(punch_id) for punch_id in line.punch_ids]
    punches = session.scalars(select(Punch).where(Punch.id.in_(ids)).order_by(Punch.at, Punch.id)).all()
    later = session.scalars(select(PayLine).where(PayLine.corrects_id == line.id).order_by(PayLine.id)).all()
    return LineGrounds(
        line=line,
        period=period,
        location=location,
        sum=sum_of(line),
        rule_words=_rule_words(session, location, line),
        punches=punches,
        corrects=session.get(PayLine, line.corrects_id) if line.corrects_id else None,
        corrected_by=later,
        facts=told(session, session.scalars(_named(PayFact, line, "pay_fact")).all()),
        allowances=session.scalars(_named(Allowance, line, "allowance")).all(),
    )


def _named(model: type[RecordT], line: PayLine, kind: str) -> Select[RecordT]:
    """The records of one kind that a line names."""
    ids = [UUID(name.partition(":")[2]) for name in line.records or () if name.startswith(f"{kind}:")]
    return select(model).where(model.id.in_(ids)).order_by(model.id)


def sum_of(line: PayLine) -> str:
    """How the amount of a line comes about.

    Examples
    --------
    >>> line = PayLine(
    ...     minutes=120, hourly_rate_cents=2000, multiplier="1.5", amount_cents=6000, currency="USD"
    ... )
    >>> sum_of(line)
    '2 h x 20.00 USD x 1.5 = 60.00 USD'
    """
    amount = f"{major_units(line.amount_cents, line.currency)} {line.currency}"
    if not line.minutes:
        return f"an amount of {amount}"
    whole, rest = divmod(abs(line.minutes), 60)
    time = " ".join(part for part in (f"{whole} h" if whole else "", f"{rest} min" if rest else "") if part)
    rate = line.rate or str(major_units(line.hourly_rate_cents, line.currency))
    factors = [f"{'-' if line.minutes < 0 else ''}{time}", f"{rate} {line.currency}"]
    if line.multiplier and line.multiplier != "1":
        factors.append(line.multiplier)
    return f"{' x '.join(factors)} = {amount}"


def _rule_words(session: Session, location: Location, line: PayLine) -> str:
    """What the rule is about, with its value on the day as the packs have it now."""
    if line.rule is None:
        return ""
    for pack in layers_in(session, location.jurisdiction):
        found = pack.parameters.get(line.rule)
        if found is not None:
            dated = in_force(found.values, line.day)
            return found.label if dated is None else f"{found.label}: {plain(dated.value)}"
    return ""
