"""Reporting time: what is owed to who came to work and was given little of it, or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from scheduler.kernel.clock import local_day
from scheduler.kernel.effective import in_force
from scheduler.law.amounts import Share
from scheduler.law.nominal_time import minutes_in
from scheduler.law.provisions import Provision
from scheduler.law.values import of_kind
from scheduler.law.wages.item import Item, ItemKind, code_of, timed
from scheduler.law.wages.pay_law import PayLaw
from scheduler.law.wages.rates import contract_rate
from scheduler.law.wages.segments import Segment
from scheduler.law.wages.work import PayCase

FULL_DAY_MINUTES = 480
WORKING_DAYS = 5


@dataclass(frozen=True, slots=True)
class OwedTime:
    """So many minutes, > 0, and the rule that asks for them."""

    rule: Provision
    minutes: int


def owed_for_coming(case: PayCase, law: PayLaw, day: date, worked_minutes: int) -> OwedTime | None:
    """Part of what was scheduled, between a least and a most, where less than that part was given.

    Where nothing was scheduled, a usual day of the contract counts: a fifth of its week, at most 8 h.
    None where nobody was sent home on the day, the law of the place asks for nothing, or enough was given.
    """
    subject = case.worker.subject
    found = law.of("reporting_time_share", subject, day)
    if found is None or day not in case.sent_home_on:
        return None
    planned = sum(one.minutes for one in case.planned if local_day(one.start, case.zone) == day)
    terms = in_force(case.worker.terms, day)
    if not planned and terms is not None:
        planned = min(FULL_DAY_MINUTES, terms.weekly_minutes // WORKING_DAYS)
    part = planned * Fraction(of_kind(found.value, Share).percent) / 100
    if worked_minutes and worked_minutes >= part:
        return None
    least, most = law.of("reporting_time_min", subject, day), law.of("reporting_time_max", subject, day)
    due = max(int(part), minutes_in(least.value) if least else 0)
    due = min(due, minutes_in(most.value)) if most else due
    return OwedTime(found, due - worked_minutes) if due > worked_minutes else None


def sent_home_items(case: PayCase, law: PayLaw, segments: Sequence[Segment]) -> Iterator[Item]:
    """What is owed for the days on which somebody came and was given no work at all."""
    worked = {one.span.day for one in segments}
    for day in sorted(case.sent_home_on - worked):
        terms = in_force(case.worker.terms, day)
        owed = owed_for_coming(case, law, day, 0)
        if terms is not None and owed is not None:
            week = day - timedelta(days=(day.weekday() - case.employer.week_starts_on) % 7)
            yield timed(
                ItemKind.PREMIUM, code_of(owed.rule, "REPORTING_TIME"), owed.minutes,
                contract_rate(case, law, terms, day), Fraction(1), day=day, due_on=day, week=week,
                terms=terms, rules=(owed.rule,),
            )  # fmt: skip
