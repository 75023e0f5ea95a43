"""What a settlement period brings when it is over: work beyond its average week, and beyond a salary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

from scheduler.law.nominal_time import counts_nominal_time, nominal_of
from scheduler.law.provisions import Provision
from scheduler.law.wages.item import Item, ItemKind, code_of, extra_of, timed
from scheduler.law.wages.pay_law import PayLaw
from scheduler.law.wages.rates import contract_rate
from scheduler.law.wages.segments import Segment
from scheduler.law.wages.work import PayCase, Ref

DAY = timedelta(days=1)


def settlement_items(case: PayCase, law: PayLaw, segments: Sequence[Segment]) -> Iterator[Item]:
    """The items of each settlement period that ends in the days that are paid."""
    subject = case.worker.subject
    for first, end in case.employer.settlement.periods(case.first, case.end):
        last = end - DAY
        if not case.first <= last < case.end or not counts_nominal_time(law.layers, last):
            continue
        mine = [one for one in segments if first <= one.span.law_day < end]
        if not mine:
            continue
        absent = subject.absent_on | {one.day for one in case.leave}
        full = nominal_of(law.layers, first, end, frozenset(absent))
        worked = sum(one.minutes for one in mine) + case.other_minutes
        week = law.minutes("norm_week_avg", subject, last) or mine[-1].terms.weekly_minutes
        beyond = max(0, worked - full * min(week, mine[-1].terms.weekly_minutes) // week)
        normal = law.of("salary_covers", subject, last)
        if normal is not None and str(normal.value) == "nominal_time" and mine[-1].terms.monthly is not None:
            yield from _item(case, law, mine, beyond, Fraction(1), normal, last)
        average = law.of("overtime_share_average", subject, last)
        counted = law.name("overtime_week_counted", subject, last, "workweek")
        if average is not None and counted == "settlement_period":
            paid = sum(one.minutes for one in mine if one.tier or one.free_day in case.free_days_owed)
            yield from _item(case, law, mine, beyond - paid, extra_of(average.value), average, last)


def _item(
    case: PayCase, law: PayLaw, segments: Sequence[Segment], minutes: int, multiplier: Fraction,
    found: Provision, last: date,
) -> Iterator[Item]:  # fmt: skip
    """So many minutes at the rate of the period's end, with the work that came last behind them."""
    if minutes <= 0:
        return
    refs: dict[Ref, None] = {}
    left = minutes
    for one in reversed(segments):
        if left > 0:
            refs.update(dict.fromkeys(one.span.refs))
            left -= one.minutes
    terms = segments[-1].terms
    yield timed(
        ItemKind.PREMIUM, code_of(found, found.parameter.topic.id.upper()), minutes,
        contract_rate(case, law, terms, last), multiplier, day=last, due_on=last,
        week=segments[-1].week, terms=terms, rules=(found,), refs=tuple(refs),
    )  # fmt: skip
