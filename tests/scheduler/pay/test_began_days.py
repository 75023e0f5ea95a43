"""Pay by law is the same whichever day the employer counts work over midnight for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.law.settlement import Settlement
from scheduler.law.wages.interpret import interpret
from scheduler.law.wages.work import Employer, PayCase, WorkedTime
from scheduler.organisation.models import DayRule
from scheduler.pay.began_days import with_began_days
from scheduler.timekeeping.day_rules import DatedRule, given_days
from scheduler.timekeeping.pairing import Worked
from tests.scheduler.law.wages.cases import LAWS, MONDAY, ZONES, case

PLACE = UUID(int=1)
WEEK = timedelta(days=7)
FORTNIGHT = 14

stints = st.lists(st.tuples(st.integers(30, 800), st.integers(60, 2000)), min_size=1, max_size=12)


def work(drawn: Sequence[tuple[int, int]], zone: ZoneInfo) -> list[Worked]:
    """Stays of some minutes, some time apart, from the first Monday afternoon on."""
    at, found = datetime(2026, 5, 4, 21, tzinfo=ZoneInfo("UTC")), []
    for number, (minutes, gap) in enumerate(drawn):
        end = at + timedelta(minutes=minutes)
        ids = (UUID(int=2 * number), UUID(int=2 * number + 1))
        found.append(Worked(at.astimezone(zone).date(), PLACE, at, end, (), ids))
        at = end + timedelta(minutes=gap)
    return [one for one in found if one.ends_at < datetime(2026, 5, 17, 0, tzinfo=ZoneInfo("UTC"))]


def counted(worked: Sequence[Worked], rule: DayRule, zone: ZoneInfo) -> list[WorkedTime]:
    dated = DatedRule(date(2020, 1, 1), rule, 300 if rule is DayRule.WORKDAY else 0)
    spans = [
        WorkedTime(day=one.day, start=one.starts_at, end=one.ends_at, breaks=one.breaks, refs=one.punch_ids)
        for one in given_days(worked, {PLACE: [dated]}, {PLACE: zone})
    ]
    return with_began_days(spans, zone)


def due(law: str, cases: Sequence[PayCase]) -> dict[str, Fraction]:
    """What the cases bring together, by pay code."""
    found: dict[str, Fraction] = defaultdict(Fraction)
    for one in cases:
        for item in interpret(one, LAWS[law]).items:
            found[item.code] += item.amount
    return {code: amount for code, amount in found.items() if amount}


@pytest.mark.parametrize("law", ["us", "us-ca", "pl", "ph", "de", "gb"])
@given(drawn=stints)
@settings(max_examples=15)
def test_pay_of_a_fortnight_does_not_depend_on_the_rule_about_days(law: str, drawn: list[tuple[int, int]]):
    zone = ZoneInfo(ZONES[law])
    worked = work(drawn, zone)
    # The settlement period ends after the fortnight, so that what it brings is not due in it.
    employer = Employer(settlement=Settlement(date(2026, 1, 1), months=12))
    wide = {"first": MONDAY - WEEK, "days": 4 * 7, "employer": employer}
    by_start = due(law, [case(law, counted(worked, DayRule.START, zone), **wide)])
    for rule in DayRule:
        spans = counted(worked, rule, zone)
        assert due(law, [case(law, spans, **wide)]) == by_start, rule
        whole = case(law, spans, **wide)
        halves = [
            replace(whole, first=whole.first, end=MONDAY + WEEK),
            replace(whole, first=MONDAY + WEEK, end=whole.end),
        ]
        assert due(law, halves) == by_start, rule


def test_lines_are_due_on_the_day_the_rule_gives():
    zone = ZoneInfo(ZONES["us"])
    worked = work([(600, 60)], zone)
    told = {}
    for rule in (DayRule.START, DayRule.END, DayRule.MIDNIGHT):
        wages = interpret(case("us", counted(worked, rule, zone)), LAWS["us"])
        told[rule.value] = [(f"{one.day:%d}", one.minutes) for one in wages.by_day()]
    assert told == {
        "start": [("04", 600)],
        "end": [("05", 600)],
        "midnight": [("04", 420), ("05", 180)],
    }
