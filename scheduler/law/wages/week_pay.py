"""What the work of one workweek is worth, with its premiums stacked as the law of the place declares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from operator import itemgetter

from scheduler.law.amounts import Share
from scheduler.law.provisions import Provision
from scheduler.law.values import of_kind
from scheduler.law.wages.day_kinds import DayKinds
from scheduler.law.wages.item import Item, ItemKind, code_of, extra_of, timed
from scheduler.law.wages.pay_law import PayLaw
from scheduler.law.wages.rates import minimum_wage_of_month, own_rate
from scheduler.law.wages.segments import Segment, hours
from scheduler.law.wages.work import PayCase

BASE = "BASE"
SALARIED = "SALARIED"
SIX_DAYS = timedelta(days=6)
CREDITABLE = Fraction(1, 2)
"""A premium of a special day of at least this much is no part of the regular rate (29 CFR 778.203)."""


@dataclass(frozen=True, slots=True)
class Premium:
    """What one rule adds to an hour.

    Parameters
    ----------
    found
        The rule.
    rate
        What it is a part of, per hour.
    extra
        The part.
    is_overtime
        Whether it is paid for overtime, on the rate the law names for that.
    of_special_day
        Whether it is paid for the day as such.
    """

    found: Provision
    rate: Fraction
    extra: Fraction
    is_overtime: bool = False
    of_special_day: bool = False


@dataclass(frozen=True, slots=True)
class WeekPay:
    """The items of a workweek and what was found on the way.

    Parameters
    ----------
    regular_rate
        All pay of the week that counts for it, by all hours; None without work.
    """

    week: date
    items: tuple[Item, ...]
    minutes: int
    overtime_minutes: int
    regular_rate: Fraction | None


class WeekPricing:
    """Prices the workweeks of one person.

    Parameters
    ----------
    case, law
        Whose pay, under which law.
    """

    def __init__(self, case: PayCase, law: PayLaw) -> None:
        self.case, self.law = case, law
        self.subject = case.worker.subject
        self.kinds = DayKinds(case, law)

    def price(self, week: date, segments: Sequence[Segment], bonus: Fraction) -> WeekPay:
        """The pay of a workweek.

        Parameters
        ----------
        segments
            Its work, in order of time, with overtime marked.
        bonus
            Promised bonuses earned in it that are part of the regular rate.
        """
        last = week + SIX_DAYS
        rates = [own_rate(self.case, self.law, one) for one in segments]
        stacked = [self._premiums(one, rate) for one, rate in zip(segments, rates, strict=True)]
        minutes = sum(one.minutes for one in segments)
        regular = self._regular_rate(segments, rates, stacked, bonus)
        of_overtime = self.law.name("premium_base", self.subject, last, "own_rate") == "regular_rate"
        if of_overtime and regular is not None:
            stacked = [[_on(one, regular) for one in each] for each in stacked]
        priced = list(zip(segments, rates, stacked, strict=True))
        one_rate = all(p.rate == rate for _, rate, each in priced for p in each if p.is_overtime)
        items: list[Item] = []
        covered = self._covered(segments)
        for segment, rate, premiums in priced:
            free = min(covered, segment.minutes)
            covered -= free
            found = self._items(segment, rate, premiums, covered_minutes=free, whole=one_rate)
            items += (_due_at_end(item, last) if of_overtime and late else item for item, late in found)
        overtime = sum(one.minutes for one in segments if one.tier is not None)
        return WeekPay(week, tuple(items), minutes, overtime, regular)

    def _regular_rate(
        self, segments: Sequence[Segment], rates: Sequence[Fraction],
        stacked: Sequence[Sequence[Premium]], bonus: Fraction,
    ) -> Fraction | None:  # fmt: skip
        """Straight pay with differentials and promised bonuses, by all hours; not rounded."""
        total, minutes = bonus, 0
        for rate, alike in groupby(zip(rates, segments, strict=True), key=itemgetter(0)):
            length = sum(one.minutes for _, one in alike)
            total += hours(length) * rate
            minutes += length
        for segment, premiums in zip(segments, stacked, strict=True):
            for one in premiums:
                if not one.is_overtime and not (one.of_special_day and one.extra >= CREDITABLE):
                    total += hours(segment.minutes) * one.rate * one.extra
        return total / hours(minutes) if minutes else None

    def _covered(self, segments: Sequence[Segment]) -> int:
        """How many minutes of the week a salary pays already."""
        if not segments or segments[0].terms.monthly is None:
            return 0
        covers = self.law.name("salary_covers", self.subject, segments[0].civil_day, "agreed_week")
        return 10**6 if covers == "nominal_time" else segments[0].terms.weekly_minutes

    # --- premiums of one piece ----------------------------------------------------------------------------

    def _premiums(self, segment: Segment, rate: Fraction) -> list[Premium]:
        """What the rules add to an hour of a piece: of the day, of overtime, of the night, in this order."""
        found = [*self._of_day(segment, rate)]
        if segment.tier is not None:
            found.append(Premium(segment.tier, rate, extra_of(segment.tier.value), is_overtime=True))
        found += self._of_night(segment, rate)
        stacking = self.law.name("stacking", self.subject, segment.civil_day, "additive")
        if stacking == "highest" and found:
            return [max(found, key=lambda one: one.rate * one.extra)]
        return found

    def _of_day(self, segment: Segment, rate: Fraction) -> Iterator[Premium]:
        day = segment.civil_day
        kind, free = self.kinds.of(day), self.kinds.of(segment.free_day)
        factor = self._factor(kind.factor, day)
        if factor is not None:
            yield Premium(factor, rate, extra_of(factor.value), of_special_day=True)
        held = (
            ("holiday_share", free.is_holiday),
            ("sunday_share", segment.free_day.weekday() == 6),
            ("saturday_share", day.weekday() == 5),
            ("rest_day_share", kind.is_rest),
            ("free_day_share", segment.free_day in self.case.free_days_owed and segment.tier is None),
        )
        for topic, holds in held:
            share = self.law.of(topic, self.subject, day) if holds else None
            if share is not None:
                yield Premium(share, rate, extra_of(share.value), of_special_day=True)

    def _factor(self, topic: str, day: date) -> Provision | None:
        """The rate of a kind of day; where the law knows no rest day, that of the day alone."""
        if not topic:
            return None
        plain = topic.replace("_rest_day", "") if topic.endswith("holiday_rest_day_factor") else topic
        return self.law.of(topic, self.subject, day) or self.law.of(plain, self.subject, day)

    def _of_night(self, segment: Segment, rate: Fraction) -> Iterator[Premium]:
        if not segment.is_night:
            return
        day = segment.civil_day
        permanent = self.case.worker.permanent_nights
        share = self.law.of("night_share_permanent", self.subject, day) if permanent else None
        share = share or self.law.of("night_share", self.subject, day)
        if share is not None and self._enough_night(segment):
            yield Premium(share, rate, extra_of(share.value))
        of_least = self.law.of("night_share_of_minimum_wage", self.subject, day)
        if of_least is not None:
            month = minimum_wage_of_month(self.case, self.law, day)
            part = Fraction(of_kind(of_least.value, Share).percent) / 100
            yield Premium(of_least, month * part / hours(self.law.nominal_month(day)), Fraction(1))

    def _enough_night(self, segment: Segment) -> bool:
        """Whether the work of a day has enough night in it to be night work."""
        from_here = self.law.minutes("night_minutes", self.subject, segment.civil_day)
        return from_here is None or self._night_minutes.get(segment.workday, 0) > from_here

    _night_minutes: dict[int, int]

    def look_at(self, segments: Sequence[Segment]) -> None:
        """Count the night in each working day, before anything is priced."""
        self._night_minutes = {}
        for one in segments:
            if one.is_night:
                known = self._night_minutes.get(one.workday, 0)
                self._night_minutes[one.workday] = known + one.minutes

    # --- items of one piece -------------------------------------------------------------------------------

    def _items(
        self, segment: Segment, rate: Fraction, premiums: Sequence[Premium], *,
        covered_minutes: int, whole: bool,
    ) -> Iterator[tuple[Item, bool]]:  # fmt: skip
        """The items of a piece, each with whether it is a premium of overtime by itself."""
        base = self.law.of("base_pay", self.subject, segment.civil_day)
        in_one = base is not None and str(base.value) == "whole_rate"
        if self.law.name("stacking", self.subject, segment.civil_day, "additive") == "multiplicative":
            yield self._multiplied(segment, rate, premiums, base), False
            return
        code = BASE if base is None else code_of(base, BASE, on_top=in_one and not whole)
        joined = next((one for one in premiums if one.is_overtime), None) if in_one and whole else None
        if joined is not None:
            name, multiplier = code_of(joined.found, "OT"), 1 + joined.extra
            rules = _rules(joined, segment)
            yield self._of_piece(ItemKind.WORK, name, segment, rate, multiplier, rules), False
        else:
            yield from ((item, False) for item in self._base(segment, code, rate, covered_minutes))
        for one in premiums:
            if one is not joined:
                name = code_of(one.found, one.found.parameter.topic.id.upper(), on_top=True)
                rules = _rules(one, segment)
                item = self._of_piece(ItemKind.PREMIUM, name, segment, one.rate, one.extra, rules)
                yield item, one.is_overtime

    def _base(self, segment: Segment, code: str, rate: Fraction, covered: int) -> Iterator[Item]:
        if covered:
            head = segment.cut(covered)[0] if covered < segment.minutes else segment
            yield self._of_piece(ItemKind.COVERED, SALARIED, head, rate, Fraction(0), ())
        if covered < segment.minutes:
            tail = segment.cut(covered)[1] if covered else segment
            yield self._of_piece(ItemKind.WORK, code, tail, rate, Fraction(1), ())

    def _multiplied(
        self, segment: Segment, rate: Fraction, premiums: Sequence[Premium], base: Provision | None
    ) -> Item:
        """One item with the product of all factors, called after all of them."""
        multiplier, codes = Fraction(1), [BASE if base is None else code_of(base, BASE)]
        rules: list[Provision] = []
        for one in premiums:
            multiplier *= 1 + one.extra
            name = code_of(one.found, one.found.parameter.topic.id.upper())
            codes = [name] if one.of_special_day else [*codes, name]
            rules += _rules(one, segment)
        return self._of_piece(ItemKind.WORK, "_".join(codes), segment, rate, multiplier, tuple(rules))

    def _of_piece(
        self, kind: ItemKind, code: str, segment: Segment, rate: Fraction, multiplier: Fraction,
        rules: tuple[Provision, ...],
    ) -> Item:  # fmt: skip
        return timed(
            kind, code, segment.minutes, rate, multiplier, day=segment.span.day, due_on=segment.span.day,
            week=segment.week, terms=segment.terms, rules=rules, refs=segment.span.refs,
        )  # fmt: skip


def weeks_of(segments: Sequence[Segment]) -> list[tuple[date, list[Segment]]]:
    """The segments by workweek, in order."""
    return [(week, list(mine)) for week, mine in groupby(segments, key=lambda one: one.week)]


def _on(premium: Premium, regular: Fraction) -> Premium:
    """The premium, on the regular rate if it is one of overtime."""
    if not premium.is_overtime:
        return premium
    return Premium(premium.found, regular, premium.extra, is_overtime=True)


def _rules(premium: Premium, segment: Segment) -> tuple[Provision, ...]:
    if premium.is_overtime and segment.threshold is not None:
        return (premium.found, segment.threshold)
    return (premium.found,)


def _due_at_end(item: Item, last: date) -> Item:
    """A premium on the regular rate is known when the week is over."""
    return replace(item, day=last, due_on=last)
