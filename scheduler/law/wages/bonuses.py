"""Bonuses, and what they add to overtime."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from scheduler.kernel.effective import in_force
from scheduler.law.wages.item import Item, ItemKind, code_of, extra_of, flat, timed
from scheduler.law.wages.pay_law import PayLaw
from scheduler.law.wages.segments import Segment, hours
from scheduler.law.wages.work import Bonus, BonusKind, PayCase

WEEK = timedelta(days=7)


def earned_by_week(
    case: PayCase, law: PayLaw, weeks: Sequence[tuple[date, Sequence[Segment]]]
) -> dict[date, Fraction]:
    """What of the promised bonuses is part of the regular rate of each workweek, in equal parts."""
    found: dict[date, Fraction] = {}
    for bonus in case.bonuses:
        if bonus.kind is BonusKind.DISCRETIONARY or _by_straight_hours(case, law, bonus):
            continue
        mine = [week for week, _ in weeks if _earned_in(bonus, week)]
        for week in mine:
            found[week] = found.get(week, Fraction(0)) + bonus.amount / len(mine)
    return found


def bonus_items(
    case: PayCase, law: PayLaw, weeks: Sequence[tuple[date, Sequence[Segment]]]
) -> Iterator[Item]:
    """Each bonus, and what one of a flat sum adds to overtime where the law counts it by straight hours."""
    for bonus in case.bonuses:
        terms = in_force(case.worker.terms, bonus.on)
        if terms is None:
            continue
        week = next((week for week, _ in weeks if week <= bonus.on < week + WEEK), bonus.on)
        code = bonus.code or f"BONUS_{bonus.kind.value.upper()}"
        yield flat(code, bonus.amount, day=bonus.on, week=week, terms=terms, refs=bonus.refs)
        found = law.of("flat_bonus_divisor", case.worker.subject, bonus.on)
        if found is None or not _by_straight_hours(case, law, bonus):
            continue
        mine = [one for week, each in weeks if _earned_in(bonus, week) for one in each]
        straight = sum(one.minutes for one in mine if one.tier is None)
        for factor, minutes in _overtime(mine).items():
            if straight:
                yield timed(
                    ItemKind.PREMIUM, code_of(found, "OT_ON_FLAT_SUM_BONUS"), minutes,
                    bonus.amount / hours(straight), factor, day=bonus.on, due_on=bonus.on, week=week,
                    terms=terms, rules=(found,), refs=bonus.refs,
                )  # fmt: skip


def _by_straight_hours(case: PayCase, law: PayLaw, bonus: Bonus) -> bool:
    how = law.name("flat_bonus_divisor", case.worker.subject, bonus.on, "all_hours")
    return bonus.kind is BonusKind.FLAT_SUM and how == "straight_hours"


def _earned_in(bonus: Bonus, week: date) -> bool:
    """Whether a bonus was earned in a workweek."""
    if bonus.earned_from is None or bonus.earned_until is None:
        return week <= bonus.on < week + WEEK
    return week < bonus.earned_until and bonus.earned_from < week + WEEK


def _overtime(segments: Sequence[Segment]) -> Mapping[Fraction, int]:
    """Minutes of overtime by the whole factor they are paid at."""
    found: dict[Fraction, int] = {}
    for one in segments:
        if one.tier is not None:
            factor = 1 + extra_of(one.tier.value)
            found[factor] = found.get(factor, 0) + one.minutes
    return found
