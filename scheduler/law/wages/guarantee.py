"""Hours of a week that a contract guarantees, whether there is work or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

from scheduler.kernel.clock import days_between
from scheduler.kernel.effective import in_force
from scheduler.law.wages.item import Item, ItemKind, timed
from scheduler.law.wages.pay_law import PayLaw
from scheduler.law.wages.rates import contract_rate
from scheduler.law.wages.segments import Segment
from scheduler.law.wages.work import PayCase, Terms

DAY, WEEK = timedelta(days=1), timedelta(days=7)
DAYS_OF_WEEK = 7
WORKING_DAYS = 5
GUARANTEED_WEEK = "GUARANTEED_WEEK"


def guarantee_items(
    case: PayCase, law: PayLaw, segments: Sequence[Segment], absences: Sequence[Item]
) -> Iterator[Item]:
    """What a week lacks of the guaranteed hours, due on its last day; of who is paid by the hour.

    Worked time, paid leave and holidays that are paid count towards it. Days of the week without the contract
    take their seventh of it away, each weekday of other absence its fifth, and absence without excuse all.
    """
    if not any(one.guaranteed_weekly_minutes for one in case.worker.terms):
        return
    week = case.first - timedelta(days=(case.first.weekday() - case.employer.week_starts_on) % DAYS_OF_WEEK)
    while week + WEEK <= case.end:
        held = [in_force(case.worker.terms, day) for day in days_between(week, week + WEEK)]
        last = next((one for one in reversed(held) if one is not None), None)
        if last is not None and last.hourly is not None and last.guaranteed_weekly_minutes:
            paid = sum(one.minutes for one in segments if week <= one.span.day < week + WEEK)
            paid += sum(one.minutes for one in absences if week <= one.day < week + WEEK)
            missing = _guaranteed(case, held, week) - paid
            if missing > 0:
                day = max(day for day, one in zip(days_between(week, week + WEEK), held, strict=True) if one)
                yield timed(
                    ItemKind.PREMIUM, GUARANTEED_WEEK, missing, contract_rate(case, law, last, day),
                    Fraction(1), day=week + WEEK - DAY, due_on=week + WEEK - DAY, week=week, terms=last,
                )  # fmt: skip
        week += WEEK


def _guaranteed(case: PayCase, held: Sequence[Terms | None], week: date) -> int:
    """Minutes guaranteed in a week by the terms of its days, whole."""
    days = set(days_between(week, week + WEEK))
    if days & case.unexcused_on:
        return 0
    paid_leave = {one.day for one in case.leave}
    absent = sum(
        day in case.worker.subject.absent_on and day not in paid_leave
        for day in days
        if day.weekday() < WORKING_DAYS
    )
    full = Fraction(sum(one.guaranteed_weekly_minutes for one in held if one is not None), DAYS_OF_WEEK)
    return max(0, int(full * (1 - Fraction(absent, WORKING_DAYS))))
