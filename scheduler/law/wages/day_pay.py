"""What a day of work brings besides its hours: missed breaks, split shifts, guarantees, allowances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from itertools import pairwise

from scheduler.kernel.clock import minutes_between
from scheduler.law.amounts import Factor, Money
from scheduler.law.nominal_time import minutes_in
from scheduler.law.provisions import Provision
from scheduler.law.values import Breaks, of_kind
from scheduler.law.wages.day_kinds import DayKinds
from scheduler.law.wages.item import Item, ItemKind, code_of, flat, timed
from scheduler.law.wages.pay_law import PayLaw
from scheduler.law.wages.rates import minimum_wage_hour, own_rate
from scheduler.law.wages.reporting_pay import owed_for_coming
from scheduler.law.wages.segments import Segment, hours
from scheduler.law.wages.work import Instants, PayCase, Ref, WorkedTime

MEAL_MINUTES = 30
"""Shortest break that is a meal."""
FULL_DAY_MINUTES = 480


@dataclass(frozen=True, slots=True)
class WorkedDay:
    """One working day: its pieces in order of time and the spans they come from."""

    segments: Sequence[Segment]

    @property
    def first(self) -> Segment:
        """Its first piece."""
        return self.segments[0]

    @property
    def spans(self) -> list[WorkedTime]:
        """Each span once, in order of time."""
        return list({id(one.span): one.span for one in self.segments}.values())

    @property
    def minutes(self) -> int:
        """Worked minutes."""
        return sum(one.minutes for one in self.segments)

    @property
    def refs(self) -> tuple[Ref, ...]:
        """What stands behind it."""
        return tuple(dict.fromkeys(ref for span in self.spans for ref in span.refs))

    @property
    def gaps(self) -> list[Instants]:
        """Time off between its pieces, breaks among it."""
        pairs = pairwise(self.segments)
        return [(one.end, other.start) for one, other in pairs if other.start > one.end]

    @property
    def split_gaps(self) -> list[int]:
        """Minutes off between two spans."""
        spans = self.spans
        return [
            minutes_between(one.end, other.start) for one, other in pairwise(spans) if other.start > one.end
        ]


class DayPricing:
    """Prices what days bring besides their hours.

    Parameters
    ----------
    case, law
        Whose pay, under which law.
    regular_rates
        Of each workweek; premiums of an hour are paid at it where overtime is.
    """

    def __init__(self, case: PayCase, law: PayLaw, regular_rates: Mapping[date, Fraction | None]) -> None:
        self.case, self.law, self.regular_rates = case, law, regular_rates
        self.subject = case.worker.subject
        self.kinds = DayKinds(case, law)

    def items(self, day: WorkedDay) -> Iterator[Item]:
        """All of a working day."""
        yield from self._breaks(day)
        yield from self._sent_home(day)
        yield from self._split(day)
        yield from self._least(day)
        yield from self._allowances(day)

    # --- breaks -------------------------------------------------------------------------------------------

    def _breaks(self, day: WorkedDay) -> Iterator[Item]:
        meal = self._law("meal_premium", day)
        if meal is not None and all(span.breaks_known for span in day.spans) and self._meal_missed(day):
            yield self._hour(day, meal, "MEAL_PREMIUM")
        rest = self._law("rest_premium", day)
        given = [span.rests_given for span in day.spans if span.rests_given is not None]
        if rest is not None and given and sum(given) < self._rests_due(day):
            yield self._hour(day, rest, "REST_PREMIUM")

    def _meal_missed(self, day: WorkedDay) -> bool:
        """Whether a meal that is due was not taken, was short, or began too late."""
        due = self._break_minutes("break", day) // MEAL_MINUTES
        meals = [gap for gap in day.gaps if minutes_between(*gap) >= MEAL_MINUTES]
        if len(meals) < due:
            return True
        latest = ("meal_first_latest", "meal_second_latest")
        for (start, _), topic in zip(meals[:due], latest, strict=False):
            limit = self._law(topic, day)
            if limit is not None and self._worked_before(day, start) > minutes_in(limit.value):
                return True
        return False

    def _worked_before(self, day: WorkedDay, at: datetime) -> int:
        return sum(one.minutes for one in day.segments if one.end <= at)

    def _rests_due(self, day: WorkedDay) -> int:
        told = [span.rests_due for span in day.spans if span.rests_due is not None]
        return sum(told) if told else self._break_minutes("rest_break", day) // 10

    def _break_minutes(self, topic: str, day: WorkedDay) -> int:
        held = self.law.every(topic, self.subject, day.first.civil_day)
        due = [one.value.least_minutes(day.minutes) for one in held if isinstance(one.value, Breaks)]
        return max(due, default=0)

    # --- guarantees ---------------------------------------------------------------------------------------

    def _sent_home(self, day: WorkedDay) -> Iterator[Item]:
        """What is owed to who was sent home early."""
        found = owed_for_coming(self.case, self.law, day.first.span.day, day.minutes)
        if found is not None:
            yield self._paid_minutes(day, found.rule, "REPORTING_TIME", found.minutes)

    def _split(self, day: WorkedDay) -> Iterator[Item]:
        """An hour at the minimum wage for a split shift, less what the day pays above the minimum wage."""
        found, gap = self._law("split_shift_premium", day), self._law("split_shift_gap", day)
        if found is None or gap is None or not any(one > minutes_in(gap.value) for one in day.split_gaps):
            return
        least = minimum_wage_hour(self.case, self.law, day.first.civil_day)
        paid = sum(hours(one.minutes) * own_rate(self.case, self.law, one) for one in day.segments)
        owed = least * hours(day.minutes + minutes_in(found.value)) - paid
        if owed > 0:
            yield self._amount(day, found, "SPLIT_SHIFT_PREMIUM", owed)

    def _least(self, day: WorkedDay) -> Iterator[Item]:
        """What a call back, or a day of work, pays at least."""
        called = self._law("call_back_min", day)
        for span in day.spans if called else ():
            if called is not None and span.called_back and span.minutes < minutes_in(called.value):
                yield self._paid_minutes(day, called, "CALL_BACK", minutes_in(called.value) - span.minutes)
        least = self._law("guaranteed_day", day)
        if least is not None and day.minutes < minutes_in(least.value):
            yield self._paid_minutes(day, least, "GUARANTEED_DAY", minutes_in(least.value) - day.minutes)

    def _allowances(self, day: WorkedDay) -> Iterator[Item]:
        allowance = self._law("shift_allowance", day)
        if allowance is not None:
            amount = Fraction(of_kind(allowance.value, Money).amount)
            yield self._amount(day, allowance, "SHIFT_ALLOWANCE", amount)
        if self.case.worker.daily_allowance:
            found = self._law("allowance_holiday_factor", day)
            kind = self.kinds.of(day.first.civil_day)
            doubled = found is not None and kind.unworked
            factor = Fraction(of_kind(found.value, Factor).of) if found is not None and doubled else 1
            part = Fraction(min(day.minutes, FULL_DAY_MINUTES), FULL_DAY_MINUTES)
            amount = self.case.worker.daily_allowance * factor * part
            code = "COLA" if found is None else code_of(found, "COLA")
            rules = (found,) if found is not None and doubled else ()
            first = day.first
            yield flat(
                code, amount, day=first.span.day, week=first.week, terms=first.terms, rules=rules,
                refs=day.refs,
            )  # fmt: skip

    # --- items --------------------------------------------------------------------------------------------

    def _law(self, topic: str, day: WorkedDay) -> Provision | None:
        return self.law.of(topic, self.subject, day.first.civil_day)

    def _hour(self, day: WorkedDay, found: Provision, code: str) -> Item:
        return self._paid_minutes(day, found, code, minutes_in(found.value))

    def _paid_minutes(self, day: WorkedDay, found: Provision, code: str, minutes: int) -> Item:
        first = day.first
        regular = self.law.name("premium_base", self.subject, first.civil_day, "own_rate") == "regular_rate"
        rate = self.regular_rates.get(first.week) if regular else None
        return timed(
            ItemKind.PREMIUM, code_of(found, code), minutes, rate or own_rate(self.case, self.law, first),
            Fraction(1), day=first.span.day, due_on=first.span.day, week=first.week, terms=first.terms,
            rules=(found,), refs=day.refs,
        )  # fmt: skip

    def _amount(self, day: WorkedDay, found: Provision, code: str, amount: Fraction) -> Item:
        first = day.first
        return flat(
            code_of(found, code), amount, day=first.span.day, week=first.week, terms=first.terms,
            rules=(found,), refs=day.refs, kind=ItemKind.PREMIUM,
        )  # fmt: skip
