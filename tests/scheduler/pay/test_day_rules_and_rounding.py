"""Closed periods under rules about days and rounding: each minute is paid once, on the day the rule gives."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.organisation.models import DayRule, Location
from scheduler.pay.close_period import close_period
from scheduler.pay.corrections import pending, settle
from scheduler.pay.models import PayLine
from scheduler.pay.periods import changed_periods, period_for
from scheduler.people.models import Contract
from scheduler.timekeeping.approve_many import approve_all
from scheduler.timekeeping.day_rules import DatedRule
from scheduler.timekeeping.refresh import refresh_location
from scheduler.timekeeping.rounding import DatedPolicy
from scheduler.timekeeping.set_day_rule import set_day_rule
from scheduler.timekeeping.set_rounding import set_rounding
from tests.scheduler.pay.paid_weeks import PAYROLL
from tests.scheduler.timekeeping.clock_company import MANAGER, ClockCompany, punch

WEEK = timedelta(days=7)


def close(session: Session, clocked: ClockCompany, monday: date) -> None:
    refresh_location(session, clocked.location_id, monday)
    approve_all(session, clocked.location_id, monday, actor=MANAGER)
    close_period(session, period_for(session, clocked.location_id, monday).id, actor=PAYROLL)


def paid_minutes(session: Session) -> dict[str, int]:
    """Worked minutes that were paid, by day."""
    found: Counter[str] = Counter()
    for line in session.scalars(select(PayLine)):
        if line.counts_time:
            found[f"{line.day:%m-%d}"] += line.minutes
    return dict(found)


NIGHTS = {
    "autumn": ("2026-10-24 22:00 in", "2026-10-25 06:00 out", "2026-10-25 22:00 in", "2026-10-26 06:00 out"),
    "spring": ("2026-03-28 22:00 in", "2026-03-29 06:00 out", "2026-03-29 22:00 in", "2026-03-30 06:00 out"),
}
"""The night the clocks change, and the one after it, which lies over the edge of two weeks."""


@pytest.mark.parametrize(
    ("season", "rule", "expected"),
    [
        ("autumn", "start", {"10-24": 540, "10-25": 480}),
        ("autumn", "end", {"10-25": 540, "10-26": 480}),
        ("autumn", "midnight", {"10-24": 120, "10-25": 540, "10-26": 360}),
        ("autumn", "doba", {"10-24": 540, "10-25": 480}),
        ("spring", "start", {"03-28": 420, "03-29": 480}),
        ("spring", "most", {"03-29": 420, "03-30": 480}),
        ("spring", "midnight", {"03-28": 120, "03-29": 420, "03-30": 360}),
    ],
)
def test_nights_over_the_edge_of_two_periods_are_paid_once(
    sqlite_tenant_session: Session,
    clocked_sqlite: ClockCompany,
    season: str,
    rule: str,
    expected: dict[str, int],
):
    session = sqlite_tenant_session
    monday = date(2026, 10, 19) if season == "autumn" else date(2026, 3, 23)
    new = DatedRule(monday, DayRule(rule))
    set_day_rule(session, clocked_sqlite.location_id, new, actor=MANAGER)
    punch(session, clocked_sqlite.ann, *NIGHTS[season])
    close(session, clocked_sqlite, monday)
    close(session, clocked_sqlite, monday + WEEK)
    assert paid_minutes(session) == expected
    assert changed_periods(session, clocked_sqlite.location_id) == []


def amounts(session: Session) -> dict[str, int]:
    found: Counter[str] = Counter()
    for line in session.scalars(select(PayLine)):
        found[line.pay_code] += line.amount_cents
    return dict(found)


@pytest.mark.parametrize("rule", [DayRule.END, DayRule.MIDNIGHT, DayRule.MOST, DayRule.WORKDAY])
def test_money_by_law_is_the_same_under_every_rule(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany, rule: DayRule
):
    """American overtime of the week, with a night over the edge of two weeks that the law cuts itself."""
    session = sqlite_tenant_session
    place = session.get_one(Location, clocked_sqlite.location_id)
    place.jurisdiction, place.currency = "us", "USD"
    for contract in session.scalars(select(Contract)):
        contract.currency = "USD"
    days = [f"2026-11-{day:02}" for day in range(9, 15)]
    for day in days:
        punch(session, clocked_sqlite.ann, f"{day} 08:00 in", f"{day} 16:00 out")
    punch(session, clocked_sqlite.ann, "2026-11-15 22:00 in", "2026-11-16 06:00 out")
    minute = 240 if rule is DayRule.WORKDAY else 0
    set_day_rule(session, place.id, DatedRule(date(2026, 11, 9), rule, minute), actor=MANAGER)
    for monday in (date(2026, 11, 9), date(2026, 11, 16)):
        close(session, clocked_sqlite, monday)
    # 48 h and 2 h of the Sunday night: 10 h beyond 40 h of the first week; 6 h in the second.
    assert sum(paid_minutes(session).values()) == 56 * 60
    assert sum(amounts(session).values()) == round((56 + 10 / 2) * 4000)


def test_pay_counts_rounded_minutes_where_a_policy_holds_and_corrections_follow_it(
    tenant_session: Session, clocked: ClockCompany
):
    session = tenant_session
    place = session.get_one(Location, clocked.location_id)
    place.jurisdiction, place.currency = "us", "USD"
    for contract in session.scalars(select(Contract)):
        contract.currency = "USD"
    monday = date(2026, 11, 9)
    punch(session, clocked.ann, "2026-11-09 07:53 in", "2026-11-09 16:08 out")
    close(session, clocked, monday)
    assert paid_minutes(session) == {"11-09": 495}
    set_rounding(session, place.id, DatedPolicy(monday + WEEK, "nearest_15"), actor=MANAGER)
    refresh_location(session, place.id, monday)
    assert changed_periods(session, place.id) == []
    punch(session, clocked.ann, "2026-11-16 07:53 in", "2026-11-16 16:07 out")
    close(session, clocked, monday + WEEK)
    assert paid_minutes(session) == {"11-09": 495, "11-16": 480}
    punch(session, clocked.ann, "2026-11-17 07:53 in", "2026-11-17 16:07 out")
    (late,) = changed_periods(session, place.id)
    (difference,) = pending(session, late.id).differences
    assert difference.minutes == 480
    settle(session, late.id, reason="the clock was offline", actor=PAYROLL)
    assert changed_periods(session, place.id) == []
