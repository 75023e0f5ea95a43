"""Lines of a leave account and the balance after each."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.timeoff.leave_account import LeaveLine, LineKind, account_lines
from scheduler.timeoff.models import LeaveEntryKind, LeaveGranting, LeaveUnit
from tests.scheduler.timeoff.leave_world import account, employment, entry, leave, policy

MONDAY = date(2026, 6, 1)
WEEK = timedelta(days=7)


def told(lines: tuple[LeaveLine, ...]) -> list[tuple[str, str, int, int]]:
    return [(str(line.day), line.kind.value, line.amount, line.balance) for line in lines]


def test_a_year_begins_with_its_grant_and_leave_takes_working_days_only():
    of = account(taken=[leave(MONDAY, MONDAY + WEEK)], holidays=[date(2026, 6, 4)])
    assert told(account_lines(of, date(2026, 12, 31))) == [
        ("2026-01-01", "grant", 2600, 2600),
        ("2026-06-01", "taken", -400, 2200),
    ]


def test_only_the_days_up_to_the_day_asked_for_are_taken():
    of = account(taken=[leave(MONDAY, MONDAY + WEEK)])
    assert account_lines(of, MONDAY + timedelta(days=1))[-1].balance == 2400


def test_leave_over_the_end_of_the_year_is_taken_from_both_years():
    of = account(policy(carry_over_limit=0), taken=[leave(date(2026, 12, 28), date(2027, 1, 9))])
    lines = told(account_lines(of, date(2027, 6, 30)))
    assert lines == [
        ("2026-01-01", "grant", 2600, 2600),
        ("2026-12-28", "taken", -400, 2200),
        ("2027-01-01", "lapsed", -2200, 0),
        ("2027-01-01", "grant", 2600, 2600),
        ("2027-01-01", "taken", -600, 2000),
    ]


def test_what_is_carried_over_is_taken_first_and_the_rest_lapses_when_its_time_is_over():
    rules = policy(carry_over_limit=1000, carry_over_months=3)
    of = account(rules, taken=[leave(date(2027, 3, 29), date(2027, 4, 3))])
    assert told(account_lines(of, date(2027, 12, 31))) == [
        ("2026-01-01", "grant", 2600, 2600),
        ("2027-01-01", "lapsed", -1600, 1000),
        ("2027-01-01", "grant", 2600, 3600),
        ("2027-03-29", "taken", -500, 3100),
        ("2027-04-01", "lapsed", -700, 2400),
    ]


def test_an_overdrawn_year_is_made_up_for_by_the_next():
    of = account(
        policy(carry_over_limit=0, yearly_amount=100), taken=[leave(MONDAY, MONDAY + timedelta(days=3))]
    )
    lines = told(account_lines(of, date(2027, 1, 1)))
    assert lines[-2:] == [("2026-06-01", "taken", -300, -200), ("2027-01-01", "grant", 100, -100)]


def test_months_add_up_to_the_year_whatever_their_fractions():
    of = account(policy(granting=LeaveGranting.MONTHLY))
    lines = account_lines(of, date(2027, 1, 1))
    assert [line.kind for line in lines] == [LineKind.ACCRUAL] * 12
    assert lines[-1].balance == 2600
    assert {line.amount for line in lines} == {216, 217}
    assert account_lines(of, date(2026, 1, 31)) == ()


def test_whoever_leaves_earns_no_more_months():
    of = account(policy(granting=LeaveGranting.MONTHLY), person=employment(left_on=date(2026, 7, 1)))
    lines = account_lines(of, date(2027, 6, 1))
    assert lines[-1].day == date(2026, 7, 1)
    assert lines[-1].balance == round(2600 * 181 / 365)


def test_an_opening_balance_forgets_what_was_before_and_the_grant_of_its_day_follows():
    opening = entry(date(2027, 1, 1), 350, LeaveEntryKind.OPENING)
    of = account(entries=[entry(date(2026, 2, 1), 100), opening], taken=[leave(MONDAY, MONDAY + WEEK)])
    assert told(account_lines(of, date(2027, 1, 1))) == [
        ("2027-01-01", "opening", 350, 350),
        ("2027-01-01", "grant", 2600, 2950),
    ]
    assert told(account_lines(of, date(2026, 12, 31)))[-1] == ("2026-06-01", "taken", -500, 2200)


def test_an_opening_within_the_year_holds_that_years_grant_already():
    opening = entry(MONDAY, 1250, LeaveEntryKind.OPENING)
    of = account(entries=[opening, entry(date(2026, 7, 1), -50)])
    assert told(account_lines(of, date(2026, 12, 31))) == [
        ("2026-06-01", "opening", 1250, 1250),
        ("2026-07-01", "adjustment", -50, 1200),
    ]


def test_a_later_policy_gives_another_amount_from_its_year_on():
    of = account(policy(), policy(starts_on=date(2027, 1, 1), yearly_amount=3000))
    lines = told(account_lines(of, date(2027, 1, 1)))
    assert [amount for _day, _kind, amount, _balance in lines] == [2600, 3000]


def test_leave_years_may_begin_in_april():
    of = account(policy(starts_on=date(2025, 4, 1)))
    assert of.year_of(date(2026, 3, 31)) == (date(2025, 4, 1), date(2026, 4, 1))
    assert of.year_of(date(2026, 4, 1)) == (date(2026, 4, 1), date(2027, 4, 1))


def test_leave_in_minutes_takes_a_day_of_the_agreed_week():
    of = account(policy(unit=LeaveUnit.MINUTES, yearly_amount=9600), person=employment(weekly_minutes=1230))
    assert of.cost(MONDAY, MONDAY + WEEK) == 5 * 246


def test_an_account_of_who_was_not_hired_yet_is_empty():
    of = account(person=employment(date(2027, 5, 1)))
    assert account_lines(of, date(2026, 12, 31)) == ()


@pytest.mark.parametrize("granting", [LeaveGranting.YEARLY, LeaveGranting.MONTHLY])
@given(
    spans=st.lists(st.tuples(st.integers(0, 1400), st.integers(1, 40)), max_size=6),
    limit=st.one_of(st.none(), st.integers(0, 3000)),
    months=st.one_of(st.none(), st.integers(1, 12)),
    until=st.integers(0, 1500),
)
def test_each_balance_is_the_one_before_and_the_amount_and_days_only_add_lines(
    granting: LeaveGranting, spans: list[tuple[int, int]], limit: int | None, months: int | None, until: int
):
    start = date(2026, 1, 1)
    taken, free = [], start
    for offset, length in sorted(spans):
        first = max(free, start + timedelta(days=offset))
        free = first + timedelta(days=length)
        taken.append(leave(first, free))
    of = account(policy(granting=granting, carry_over_limit=limit, carry_over_months=months), taken=taken)
    day = start + timedelta(days=until)
    lines = account_lines(of, day)
    balance = 0
    for line in lines:
        balance += line.amount
        assert line.balance == balance
        assert line.day <= day
    whole = sum(of.cost(one.starts_on, one.ends_on) for one in taken if one.ends_on <= day)
    assert -sum(line.amount for line in lines if line.kind is LineKind.TAKEN) >= whole
    earlier = account_lines(of, day - timedelta(days=1))
    assert balance - (earlier[-1].balance if earlier else 0) == sum(
        line.amount for line in lines if line.day == day and line.kind is not LineKind.TAKEN
    ) - sum(of.day_cost(day) for one in taken if one.starts_on <= day < one.ends_on)
