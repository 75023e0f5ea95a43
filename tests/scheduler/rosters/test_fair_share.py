"""The fair share of a week follows the contract, its dates and leave."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from scheduler.people.models import Contract
from scheduler.rosters.fair_share import carried_balance, contract_minutes, fair_minutes
from solver.civil_days import Calendar, Day
from solver.work import Work
from tests.scheduler.rosters.company import MONDAY

NEXT = MONDAY + timedelta(days=7)


def contract(first: date = date(2026, 1, 1), until: date | None = None, weekly: int = 2400) -> Contract:
    return Contract(valid_from=first, valid_until=until, weekly_minutes=weekly)


@pytest.mark.parametrize(("days", "minutes"), [(0, 2400), (1, 1920), (2, 1440), (5, 0), (7, 0)])
def test_each_day_of_leave_takes_a_fifth_of_the_week(days: int, minutes: int):
    leave = [(MONDAY, MONDAY + timedelta(days=days))]
    assert contract_minutes(2400, contract(), (MONDAY, NEXT), leave) == minutes


def test_leave_that_overlaps_or_lies_outside_counts_once_or_not():
    leave = [(MONDAY, MONDAY + timedelta(2)), (MONDAY, MONDAY + timedelta(1)), (NEXT, NEXT + timedelta(9))]
    assert contract_minutes(2400, contract(), (MONDAY, NEXT), leave) == 1440


def test_a_change_of_contract_in_the_week_adds_the_parts_up():
    thursday = MONDAY + timedelta(days=3)
    terms = [contract(until=thursday, weekly=2400), contract(thursday, weekly=1200)]
    assert fair_minutes(terms, (MONDAY, NEXT), []) == 2400 * 15 // 35 + 1200 * 20 // 35


def test_a_contract_outside_the_days_gives_nothing():
    assert contract_minutes(2400, contract(NEXT), (MONDAY, NEXT)) == 0
    assert contract_minutes(2400, contract(until=MONDAY), (MONDAY, NEXT)) == 0


def test_the_balance_counts_work_in_the_weeks_given_and_no_other():
    calendar = Calendar([Day(NEXT.isoformat(), 0, 1440)], [])
    history = [Work(start=-1440 * 20, end=-1440 * 20 + 480), Work(start=-1440, end=-1440 + 480)]
    assert carried_balance([contract()], [(MONDAY, NEXT)], [], history, calendar) == 480 - 2400
    assert carried_balance([contract()], [], [], history, calendar) == 0
