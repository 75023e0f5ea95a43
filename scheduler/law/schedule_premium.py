"""Pay that is due because a schedule was changed late, or left too short a rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from scheduler.law.amounts import Factor, Money, Share
from scheduler.law.nominal_time import count_in, minutes_in
from scheduler.law.pack import Pack
from scheduler.law.provisions import Provision, provision
from scheduler.law.subject import LawSubject
from scheduler.law.values import DAY_MINUTES, of_kind

CENT = Decimal("0.01")
WHOLE_SHIFT = "whole_shift"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleChange:
    """One change of one shift that was made known.

    Parameters
    ----------
    notice_minutes
        From telling the person to the start of the changed shift, or what the law of the place counts to; 0
        for who is sent home.
    added_minutes, lost_minutes
        By how much work the shift became longer or shorter; at most one of them is not 0.
    moved_minutes
        By how much its start or end was moved, the larger of the two.
    exempt
        Whether the law asks for nothing: the person asked for it, shifts were swapped, a disaster was the
        reason.

    Raises
    ------
    ValueError
        If a length is negative, or work is both added and lost.
    """

    notice_minutes: int
    added_minutes: int = 0
    lost_minutes: int = 0
    moved_minutes: int = 0
    exempt: bool = False

    def __post_init__(self) -> None:
        lengths = (self.notice_minutes, self.added_minutes, self.lost_minutes, self.moved_minutes)
        if min(lengths) < 0:
            raise ValueError(f"a change has no lengths below 0: {lengths}")
        if self.added_minutes and self.lost_minutes:
            raise ValueError("a change adds work or loses it; give what remains of the two")


@dataclass(frozen=True, slots=True, kw_only=True)
class PremiumLine:
    """A line of pay; none of its hours are hours worked.

    Parameters
    ----------
    code
        Pay code.
    minutes
        Minutes that are paid; 0 for an amount by itself.
    rate
        Hourly rate, in units of the currency; 0 for an amount by itself.
    multiplier
        Of the rate.
    amount
        In units of the currency, rounded half up to the cent from the exact product.
    citation
        Where it is written.
    rule
        Id of the parameter that asks for it.
    """

    code: str
    minutes: int
    rate: Decimal
    multiplier: Decimal
    amount: Decimal
    citation: str
    rule: str


def change_premium(
    layers: Sequence[Pack], change: ScheduleChange, *, day: date, rate: Decimal, sector: str = ""
) -> tuple[PremiumLine, ...]:
    """What a late change costs; none where no layer asks for anything.

    Parameters
    ----------
    layers
        Packs, nearest first.
    change
        The change.
    day
        Civil day of the changed shift, which decides the law in force.
    rate
        The person's hourly rate, in units of the currency.
    sector
        Line of business, where the law of the place tells them apart.

    Examples
    --------
    >>> from scheduler.law.library import layers_of
    >>> cancelled = ScheduleChange(notice_minutes=3 * 1440, lost_minutes=480)
    >>> (line,) = change_premium(layers_of("us-or"), cancelled, day=date(2026, 5, 4), rate=Decimal(18))
    >>> line.code, str(line.amount)
    ('PREDICTABILITY_HALF', '72.00')
    """
    said = _Said(layers, LawSubject(id="anybody", sector=sector), day)
    notice = said.of("schedule_notice")
    if change.exempt or notice is None or change.notice_minutes >= count_in(notice.value) * DAY_MINUTES:
        return ()
    grace = said.minutes("change_grace") or 0
    lost = change.lost_minutes >= (said.minutes("change_lost_min") or grace + 1)
    other = max(change.added_minutes, 0 if change.lost_minutes else change.moved_minutes) > grace
    if not (lost or other):
        return ()
    if said.of("change_premium_add_early") is not None:
        return _amount_by_notice(said, change.notice_minutes, lost=lost)
    lost_from = said.minutes("change_premium_lost_from")
    share = said.of("change_premium_lost")
    if lost and share is not None and (lost_from is None or change.notice_minutes < lost_from):
        fraction = of_kind(share.value, Share).fraction
        return (_line("PREDICTABILITY_HALF", change.lost_minutes, rate, fraction, share),)
    hour = said.of("change_premium")
    return (
        () if hour is None else (_line("PREDICTABILITY_1H", minutes_in(hour.value), rate, Decimal(1), hour),)
    )


def short_rest_premium(
    layers: Sequence[Pack],
    *,
    rest_minutes: int,
    shift_minutes: int,
    day: date,
    rate: Decimal,
    sector: str = "",
) -> tuple[PremiumLine, ...]:
    """What a shift costs on top of its pay that starts too soon after that of the day before.

    Parameters
    ----------
    layers
        Packs, nearest first.
    rest_minutes
        From the end of the one shift to the start of the other.
    shift_minutes
        Work of the second shift.
    day
        Civil day of the second shift.
    rate, sector
        As for `change_premium`.
    """
    said = _Said(layers, LawSubject(id="anybody", sector=sector), day)
    due = said.minutes("rest_between")
    if due is None or rest_minutes >= due:
        return ()
    amount, factor = said.of("short_rest_premium"), said.of("short_rest_factor")
    if amount is not None:
        return (_amount("CLOPENING_PREMIUM", amount),)
    if factor is None:
        return ()
    paid_for = said.of("short_rest_paid_for")
    whole = paid_for is not None and str(paid_for.value) == WHOLE_SHIFT
    minutes = shift_minutes if whole else min(shift_minutes, due - rest_minutes)
    return (_line("SHORT_REST_PREMIUM", minutes, rate, of_kind(factor.value, Factor).of - 1, factor),)


@dataclass(frozen=True, slots=True)
class _Said:
    """What the layers say to a person on a day."""

    layers: Sequence[Pack]
    subject: LawSubject
    day: date

    def of(self, topic: str) -> Provision | None:
        return provision(self.layers, topic, self.subject, self.day)

    def minutes(self, topic: str) -> int | None:
        found = self.of(topic)
        return None if found is None else minutes_in(found.value)


def _amount_by_notice(said: _Said, notice_minutes: int, *, lost: bool) -> tuple[PremiumLine, ...]:
    """New York: an amount for each change, by how late it comes and whether hours are cut."""
    late, last = said.minutes("change_notice_late") or 0, said.minutes("change_notice_last") or 0
    when = "last" if lost and notice_minutes < last else "late" if notice_minutes < late else "early"
    found = said.of(f"change_premium_{'cut' if lost else 'add'}_{when}")
    return () if found is None else (_amount("SCHEDULE_CHANGE_PREMIUM", found),)


def _amount(code: str, found: Provision) -> PremiumLine:
    amount = of_kind(found.value, Money).amount.quantize(CENT)
    return PremiumLine(
        code=code,
        minutes=0,
        rate=Decimal(0),
        multiplier=Decimal(1),
        amount=amount,
        citation=found.citation,
        rule=found.parameter.id,
    )


def _line(code: str, minutes: int, rate: Decimal, multiplier: Decimal, found: Provision) -> PremiumLine:
    amount = (rate * multiplier * minutes / 60).quantize(CENT, ROUND_HALF_UP)
    return PremiumLine(
        code=code,
        minutes=minutes,
        rate=rate,
        multiplier=multiplier,
        amount=amount,
        citation=found.citation,
        rule=found.parameter.id,
    )
