"""Pay for days without work: public holidays and paid leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

from scheduler.kernel.clock import days_between, local_day
from scheduler.kernel.effective import in_force
from scheduler.law.amounts import Factor
from scheduler.law.values import of_kind
from scheduler.law.wages.day_kinds import DayKinds
from scheduler.law.wages.item import Item, ItemKind, code_of, timed
from scheduler.law.wages.pay_law import PayLaw
from scheduler.law.wages.rates import contract_rate
from scheduler.law.wages.segments import Segment
from scheduler.law.wages.work import PayCase, Terms

DAY = timedelta(days=1)
WORKING_DAYS = 5
FULL_DAY_MINUTES = 480
PAID_LEAVE = "PAID_LEAVE"


def absence_items(case: PayCase, law: PayLaw, segments: Sequence[Segment]) -> Iterator[Item]:
    """Holidays that are paid though nobody worked, and paid leave; of who is paid by the hour."""
    worked = {one.civil_day for one in segments}
    kinds = DayKinds(case, law)
    for day in days_between(case.first, case.end):
        terms = in_force(case.worker.terms, day)
        if terms is None or terms.hourly is None:
            continue
        topic = kinds.of(day).unworked
        found = law.of(topic, case.worker.subject, day) if topic and day not in worked else None
        minutes = _lost_minutes(case, law, day, terms)
        if found is not None and minutes and not _forfeited(case, law, day):
            rate = contract_rate(case, law, terms, day)
            yield timed(
                ItemKind.ABSENCE, code_of(found, "HOLIDAY_PAY"), minutes, rate,
                Fraction(of_kind(found.value, Factor).of), day=day, due_on=day, week=_week(case, day),
                terms=terms, rules=(found,),
            )  # fmt: skip
    for leave in sorted(case.leave, key=lambda one: one.day):
        terms = in_force(case.worker.terms, leave.day)
        if terms is not None and terms.hourly is not None:
            factor = law.value("paid_leave_factor", Factor, case.worker.subject, leave.day)
            yield timed(
                ItemKind.ABSENCE, PAID_LEAVE, leave.minutes, contract_rate(case, law, terms, leave.day),
                Fraction(factor.of) if factor else Fraction(1), day=leave.day, due_on=leave.day,
                week=_week(case, leave.day), terms=terms,
            )  # fmt: skip


def _week(case: PayCase, day: date) -> date:
    return day - timedelta(days=(day.weekday() - case.employer.week_starts_on) % 7)


def _lost_minutes(case: PayCase, law: PayLaw, day: date, terms: Terms) -> int:
    """The work that a holiday takes: what was planned, or a day's part of the agreed week."""
    planned = sum(one.minutes for one in case.planned if local_day(one.start, case.zone) == day)
    which = law.name("holiday_unworked_of", case.worker.subject, day, "every_day")
    if which == "lost_hours" and not planned and day.weekday() >= WORKING_DAYS:
        return 0
    return planned or min(FULL_DAY_MINUTES, terms.weekly_minutes // WORKING_DAYS)


def _forfeited(case: PayCase, law: PayLaw, day: date) -> bool:
    """Whether absence without excuse on the working day next to a holiday loses its pay."""
    unless = law.name("holiday_unworked_unless", case.worker.subject, day, "never")
    before = _next_working_day(case, day, -DAY) in case.unexcused_on
    after = _next_working_day(case, day, DAY) in case.unexcused_on
    return (before and unless != "never") or (after and unless == "absent_before_or_after")


def _next_working_day(case: PayCase, day: date, step: timedelta) -> date:
    """The next day that is neither holiday nor rest day nor, without a plan, a weekend's end."""
    at = day + step
    for _ in range(14):
        if at not in case.holidays and at not in case.worker.rest_days and at.weekday() < WORKING_DAYS:
            return at
        at += step
    return at
