"""What pay facts and allowances change in a case of pay, and which of them stand behind a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from scheduler.kernel.clock import local_instant
from scheduler.kernel.effective import holds_on, in_force
from scheduler.kernel.errors import SchedulerError
from scheduler.kernel.money import minor_digits
from scheduler.law.subject import LawSubject
from scheduler.law.values import ClockWindow
from scheduler.law.wages.line import WageLine
from scheduler.law.wages.pay_law import PayLaw
from scheduler.law.wages.work import Bonus, BonusKind, Terms, WorkedTime
from scheduler.pay.models import Allowance, AllowancePer, PayFact, PayFactKind

DAY, WEEK = timedelta(days=1), timedelta(days=7)
OF_TOPIC = {
    "reporting_time_share": PayFactKind.SENT_HOME,
    "call_back_min": PayFactKind.CALLED_BACK,
    "free_day_share": PayFactKind.NO_DAY_OFF,
    "rest_premium": PayFactKind.RESTS_GIVEN,
}
"""Topic of a line's rule -> the facts of its day that are behind it."""
OVERTIME = ("overtime", "double_time", "seventh_day", "part_time_share")


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What counts for one person besides punches.

    Parameters
    ----------
    facts
        In order of day.
    allowances
        Those the person gets, some of them on some days only.
    """

    facts: Sequence[PayFact] = ()
    allowances: Sequence[Allowance] = ()

    def marked(self, spans: Iterable[WorkedTime]) -> list[WorkedTime]:
        """The spans with what was said of their punches, and rest breaks with the first span of their day."""
        of_punch: dict[str, list[PayFact]] = {}
        for fact in self.facts:
            if fact.punch_id is not None:
                of_punch.setdefault(str(fact.punch_id), []).append(fact)
        rests = {fact.day: fact.count for fact in self.of_kind(PayFactKind.RESTS_GIVEN)}
        found = []
        for span in sorted(spans, key=lambda one: one.start):
            for fact in of_punch.get(str(span.refs[0]), ()) if span.refs else ():
                span = _said(span, fact)
            if span.day in rests:
                span = replace(span, rests_given=rests.pop(span.day))
            found.append(span)
        return found

    @property
    def punch_ids(self) -> frozenset[UUID]:
        """The punches of which something was said."""
        return frozenset(fact.punch_id for fact in self.facts if fact.punch_id is not None)

    def unpaid_days(self, terms: Sequence[Terms], first: date, end: date) -> Iterator[date]:
        """Days of money in ``[first, end)`` for which there is no contract in its currency."""
        for fact in self.facts:
            held = in_force(terms, fact.day)
            is_payable = held is not None and held.currency == fact.currency
            if fact.amount_cents is not None and first <= fact.day < end and not is_payable:
                yield fact.day

    def of_kind(self, kind: PayFactKind) -> list[PayFact]:
        """Those of one kind."""
        return [fact for fact in self.facts if fact.kind is kind]

    def days(self, kind: PayFactKind) -> frozenset[date]:
        """The days of one kind."""
        return frozenset(fact.day for fact in self.facts if fact.kind is kind)

    def amounts(self, terms: Sequence[Terms], known_until: date) -> Iterator[Bonus]:
        """Bonuses, payments and deductions of days before ``known_until`` on which a contract holds."""
        for fact in self.facts:
            held = in_force(terms, fact.day)
            if fact.amount_cents is None or fact.kind is PayFactKind.OTHER_RATE or held is None:
                continue
            if fact.day < known_until and held.currency == fact.currency:
                sign = -1 if fact.kind is PayFactKind.DEDUCTION else 1
                amount = Fraction(sign * fact.amount_cents, 10 ** minor_digits(held.currency))
                yield Bonus(
                    on=fact.day, amount=amount, kind=BonusKind(fact.effect or BonusKind.DISCRETIONARY),
                    earned_from=fact.earned_from, earned_until=fact.earned_until,
                    code=(fact.pay_code or "").upper(), refs=(ref_of(fact),),
                )  # fmt: skip

    def paid_allowances(
        self,
        spans: Sequence[WorkedTime],
        terms: Sequence[Terms],
        law: PayLaw,
        who: LawSubject,
        zone: ZoneInfo,
    ) -> Iterator[Bonus]:
        """What allowances pay for the work of each day.

        Raises
        ------
        SchedulerError
            ``pay_law_unknown`` for one by the night where nothing says which hours are night.
        """
        for day, group in groupby(sorted(spans, key=lambda one: (one.day, one.start)), lambda one: one.day):
            mine, held = list(group), in_force(terms, day)
            for each in self.allowances:
                if held is None or each.currency != held.currency or not holds_on(each, day):
                    continue
                times = _times(each, mine, day, law, who, zone)
                if times:
                    amount = Fraction(times * each.amount_cents, 10 ** minor_digits(each.currency))
                    punches = tuple(ref for span in mine for ref in span.refs)
                    yield Bonus(
                        on=day, amount=amount, kind=BonusKind(each.effect), code=each.pay_code.upper(),
                        refs=(f"allowance:{each.id}", *dict.fromkeys(punches)),
                    )  # fmt: skip

    def behind(self, line: WageLine, week_starts_on: int) -> tuple[str, ...]:
        """The facts behind a line that its work does not name: by its rule, and bonuses behind overtime."""
        if not self.facts or not line.rules:
            return ()
        topic = line.rules[0].parameter.topic.id
        if topic.startswith(OVERTIME):
            week = line.day - timedelta(days=(line.day.weekday() - week_starts_on) % 7)
            return tuple(ref_of(fact) for fact in self.facts if _raises(fact, week))
        kind = OF_TOPIC.get(topic)
        return tuple(ref_of(fact) for fact in self.facts if fact.kind is kind and fact.day == line.day)


NOTHING = PersonFacts()


def ref_of(fact: PayFact) -> str:
    """How a pay line names a fact."""
    return f"pay_fact:{fact.id}"


def _said(span: WorkedTime, fact: PayFact) -> WorkedTime:
    refs = (*span.refs, ref_of(fact))
    if fact.kind is PayFactKind.CALLED_BACK:
        return replace(span, called_back=True, refs=refs)
    if fact.kind is PayFactKind.OTHER_RATE and fact.amount_cents is not None and fact.currency is not None:
        return replace(span, rate=Fraction(fact.amount_cents, 10 ** minor_digits(fact.currency)), refs=refs)
    return span


def _raises(fact: PayFact, week: date) -> bool:
    """Whether a bonus is part of the regular rate of a workweek."""
    if fact.kind is not PayFactKind.BONUS or fact.effect == BonusKind.DISCRETIONARY:
        return False
    if fact.earned_from is None or fact.earned_until is None:
        return week <= fact.day < week + WEEK
    return week < fact.earned_until and fact.earned_from < week + WEEK


def _times(
    allowance: Allowance, spans: Sequence[WorkedTime], day: date, law: PayLaw, who: LawSubject, zone: ZoneInfo
) -> int:
    """How often an allowance is paid for the work of a day."""
    if allowance.per is AllowancePer.SHIFT:
        return sum(one.minutes >= max(1, allowance.least_minutes) for one in spans)
    if sum(one.minutes for one in spans) < max(1, allowance.least_minutes):
        return 0
    if allowance.per is AllowancePer.DAY:
        return 1
    window = law.value("night_window", ClockWindow, who, day)
    if window is None:
        raise SchedulerError("pay_law_unknown", topic="night_window", on=day.isoformat())
    nights = [
        (local_instant(at, window.start_minute, zone), local_instant(at, window.end_minute, zone))
        for at in (day - DAY, day, day + DAY)
    ]
    return int(any(start < one.end and one.start < end for one in spans for start, end in nights))
