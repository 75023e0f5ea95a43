"""What pay is worked out from besides punches: recorded, approved, paid at the close, settled after it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.law.wages.work import BonusKind
from scheduler.pay.close_period import close_period
from scheduler.pay.corrections import pending, settle
from scheduler.pay.decide_pay_fact import decide_pay_fact
from scheduler.pay.line_grounds import grounds_of
from scheduler.pay.models import AllowancePer, PayFact, PayFactKind, PayFactVerdict, PayLine
from scheduler.pay.pay_facts import PayFactState, find_pay_fact
from scheduler.pay.periods import changed_periods, period_for
from scheduler.pay.record_pay_fact import NewPayFact, record_pay_facts
from scheduler.pay.save_allowance import NewAllowance, add_allowance, end_allowance
from scheduler.pay.sheet_pay import sheet_pay
from scheduler.people.contracts import ContractTerms
from scheduler.people.correct_contract import correct_contract
from scheduler.people.models import NightWork, PartOfMonth
from scheduler.timekeeping.approve_many import approve_all
from tests.scheduler.pay.paid_weeks import PAYROLL, lines
from tests.scheduler.pay.test_pay_cases import close, day, move_to, said
from tests.scheduler.timekeeping.clock_company import MANAGER, punch, timesheet

MONDAY = date(2026, 11, 16)
LONG_WEEK = [time for number in range(16, 22) for time in day(number, "08:00", "16:00")]
"""Six days of eight hours: 48 h."""


def new(clocked, kind, **more):
    return NewPayFact(employee_id=clocked.ann.id, kind=kind, reason="agreed with Ann", **more)


def recorded(session, clocked, kind, *, may_approve=True, actor=PAYROLL, **more):
    (fact,) = record_pay_facts(session, [new(clocked, kind, **more)], may_approve=may_approve, actor=actor)
    return fact


def amounts(session, code):
    return [line.amount_cents for line in lines(session) if line.pay_code == code]


def test_a_bonus_that_was_promised_is_paid_and_raises_overtime_of_its_week(tenant_session, clocked):
    session = tenant_session
    move_to(session, clocked, "us")
    fact = recorded(session, clocked, PayFactKind.BONUS, day=MONDAY, amount_cents=4800)
    close(session, clocked, *LONG_WEEK)
    assert amounts(session, "bonus_nondiscretionary") == [4800]
    premium = next(line for line in lines(session) if line.rule and line.rule.startswith("us.overtime"))
    assert (premium.minutes, premium.rate, premium.hourly_rate_cents) == (480, None, 4100)
    bonus = next(line for line in lines(session) if line.pay_code == "bonus_nondiscretionary")
    for line in (premium, bonus):
        assert line.records == [f"pay_fact:{fact.id}"]
        assert [each.fact.id for each in grounds_of(session, line.id).facts] == [fact.id]


def test_payments_and_deductions_change_nothing_else(sqlite_tenant_session, clocked_sqlite):
    session = sqlite_tenant_session
    move_to(session, clocked_sqlite, "us")
    recorded(session, clocked_sqlite, PayFactKind.PAYMENT, day=MONDAY, amount_cents=1234, pay_code="taxi")
    recorded(session, clocked_sqlite, PayFactKind.DEDUCTION, day=MONDAY, amount_cents=500)
    gift = {"amount_cents": 10000, "effect": BonusKind.DISCRETIONARY}
    recorded(session, clocked_sqlite, PayFactKind.BONUS, day=MONDAY, **gift)
    close(session, clocked_sqlite, *LONG_WEEK)
    assert (amounts(session, "taxi"), amounts(session, "deduction")) == ([1234], [-500])
    assert amounts(session, "bonus_discretionary") == [10000]
    premium = next(line for line in lines(session) if line.rule and line.rule.startswith("us.overtime"))
    assert premium.hourly_rate_cents == 4000


def test_money_of_a_manager_counts_once_payroll_approved_it(sqlite_tenant_session, clocked_sqlite):
    session = sqlite_tenant_session
    told = {"day": MONDAY, "amount_cents": 1000, "may_approve": False, "actor": MANAGER}
    waiting = recorded(session, clocked_sqlite, PayFactKind.PAYMENT, **told)
    agreed = recorded(session, clocked_sqlite, PayFactKind.PAYMENT, **told | {"amount_cents": 700})
    refused = recorded(session, clocked_sqlite, PayFactKind.PAYMENT, **told | {"amount_cents": 50})
    with pytest.raises(SchedulerError) as own:
        decide_pay_fact(session, agreed.id, PayFactVerdict.APPROVED, reason="mine", actor=MANAGER)
    assert own.value.code == "pay_fact_own"
    decide_pay_fact(session, agreed.id, PayFactVerdict.APPROVED, reason="seen", actor=PAYROLL)
    decide_pay_fact(session, refused.id, PayFactVerdict.REFUSED, reason="no receipt", actor=PAYROLL)
    close(session, clocked_sqlite, *day(16, "08:00", "12:00"))
    assert amounts(session, "one_off_payment") == [700]
    states = [find_pay_fact(session, each.id).state for each in (waiting, agreed, refused)]
    assert states == [PayFactState.WAITING, PayFactState.COUNTS, PayFactState.REFUSED]
    with pytest.raises(SchedulerError) as twice:
        decide_pay_fact(session, refused.id, PayFactVerdict.APPROVED, reason="after all", actor=PAYROLL)
    assert twice.value.code == "pay_fact_decided"


def test_what_comes_after_the_close_is_a_difference_and_so_is_taking_it_back(
    sqlite_tenant_session, clocked_sqlite, now
):
    session = sqlite_tenant_session
    move_to(session, clocked_sqlite, "us")
    period = close(session, clocked_sqlite, *LONG_WEEK)
    assert changed_periods(session, clocked_sqlite.location_id) == []
    now.shift(timedelta(minutes=1))
    fact = recorded(session, clocked_sqlite, PayFactKind.BONUS, day=MONDAY, amount_cents=4800)
    assert changed_periods(session, clocked_sqlite.location_id) == [period]
    now.shift(timedelta(minutes=1))
    settled = settle(session, period.id, reason="bonus of November", actor=PAYROLL)
    told = {
        line.pay_code: (line.amount_cents, line.records) for line in settled.lines if line.amount_cents > 0
    }
    assert told["bonus_nondiscretionary"] == (4800, [f"pay_fact:{fact.id}"])
    assert sum(line.amount_cents for line in settled.lines) == 4800 + 480 * 100 // 60 // 2
    assert pending(session, period.id).differences == ()
    assert changed_periods(session, clocked_sqlite.location_id) == []
    now.shift(timedelta(minutes=1))
    sheet = timesheet(session, clocked_sqlite.ann)
    told_ann = {each.pay_code: each for each in sheet_pay(session, sheet).corrected}
    bonus = told_ann["bonus_nondiscretionary"]
    assert (bonus.before_cents, bonus.after_cents, bonus.reasons) == (0, 4800, ("bonus of November",))
    assert bonus.causes == ("bonus of 48.00 PLN added (agreed with Ann)",)
    decide_pay_fact(session, fact.id, PayFactVerdict.TAKEN_BACK, reason="wrong person", actor=PAYROLL)
    assert changed_periods(session, clocked_sqlite.location_id) == [period]
    now.shift(timedelta(minutes=1))
    back = settle(session, period.id, reason="wrong person", actor=PAYROLL)
    assert sum(line.amount_cents for line in back.lines) == -(4800 + 400)
    told_ann = {each.pay_code: each for each in sheet_pay(session, sheet).corrected}
    assert told_ann["bonus_nondiscretionary"].after_cents == 0
    assert changed_periods(session, clocked_sqlite.location_id) == []


def test_a_bonus_over_weeks_counts_for_closed_ones_once_its_day_has_come(
    sqlite_tenant_session, clocked_sqlite, now
):
    session, here = sqlite_tenant_session, clocked_sqlite.location_id
    move_to(session, clocked_sqlite, "us")
    earned = {"earned_from": MONDAY, "earned_until": MONDAY + timedelta(days=14)}
    told = {"day": date(2026, 11, 29), "amount_cents": 9600}
    recorded(session, clocked_sqlite, PayFactKind.BONUS, **told, **earned)
    period = close(session, clocked_sqlite, *LONG_WEEK)
    premium = next(line for line in lines(session) if line.rule and line.rule.startswith("us.overtime"))
    assert premium.hourly_rate_cents == 4000
    assert pending(session, period.id).differences == ()
    now.move_to("2026-11-30T15:00:00Z")
    second = [time.replace("-16 ", "-23 ") for time in day(16, "08:00", "16:00")]
    punch(session, clocked_sqlite.ann, *second)
    approve_all(session, here, date(2026, 11, 23), actor=MANAGER)
    close_period(session, period_for(session, here, date(2026, 11, 23)).id, actor=PAYROLL)
    assert amounts(session, "bonus_nondiscretionary") == [9600]
    found = pending(session, period.id).differences
    # Half of it is the first week's: 48.00 by 48 h is 1.00 more, half of which for 8 h of overtime.
    assert sum(each.amount_cents for each in found) == 400


def test_who_is_sent_home_is_paid_for_coming(sqlite_tenant_session, clocked_sqlite):
    session = sqlite_tenant_session
    move_to(session, clocked_sqlite, "us-ca")
    fact = recorded(session, clocked_sqlite, PayFactKind.SENT_HOME, day=MONDAY)
    close(session, clocked_sqlite, *day(16, "08:00", "09:00"))
    assert said(session) == [
        ("2026-11-16", "regular", 60, 4000),
        ("2026-11-16", "reporting_time", 180, 12000),
    ]
    line = next(line for line in lines(session) if line.pay_code == "reporting_time")
    assert line.records == [f"pay_fact:{fact.id}"]


def test_work_at_another_rate_is_paid_at_it_and_averaged_into_overtime(sqlite_tenant_session, clocked_sqlite):
    session = sqlite_tenant_session
    move_to(session, clocked_sqlite, "us")
    first, *_ = punch(session, clocked_sqlite.ann, *LONG_WEEK[:2])
    fact = recorded(session, clocked_sqlite, PayFactKind.OTHER_RATE, punch_id=first.id, amount_cents=10000)
    close(session, clocked_sqlite, *LONG_WEEK[2:])
    regular = [line for line in lines(session) if line.pay_code == "regular"]
    assert [line.amount_cents for line in regular] == [80000, *[32000] * 5]
    assert regular[0].records == [f"pay_fact:{fact.id}"]
    premium = next(line for line in lines(session) if line.rule and line.rule.startswith("us.overtime"))
    assert premium.hourly_rate_cents == 5000


def test_values_that_cannot_be_are_named_and_nothing_is_stored(sqlite_tenant_session, clocked_sqlite):
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    wrong = [
        new(clocked_sqlite, PayFactKind.BONUS, day=MONDAY),
        new(clocked_sqlite, PayFactKind.SENT_HOME, day=MONDAY, amount_cents=5),
        new(clocked_sqlite, PayFactKind.PAYMENT, day=date(2025, 12, 31), amount_cents=5),
        new(clocked_sqlite, PayFactKind.PAYMENT, day=MONDAY, amount_cents=5, currency="EUR"),
        new(clocked_sqlite, PayFactKind.PAYMENT, day=MONDAY, amount_cents=0, pay_code="regular"),
        new(clocked_sqlite, PayFactKind.CALLED_BACK, punch_id=ann.id),
        NewPayFact(employee_id=ann.id, kind=PayFactKind.RESTS_GIVEN, day=MONDAY, count=99),
    ]
    with pytest.raises(InvalidInput) as refused:
        record_pay_facts(session, wrong, may_approve=True, actor=PAYROLL)
    assert [error.field for error in refused.value.errors] == [
        "pay_facts[0].amount_cents", "pay_facts[1].amount_cents", "pay_facts[2].day",
        "pay_facts[3].currency", "pay_facts[4].amount_cents", "pay_facts[4].pay_code",
        "pay_facts[5].punch_id", "pay_facts[6].count", "pay_facts[6].reason",
    ]  # fmt: skip
    assert session.scalars(select(PayFact)).all() == []


def test_the_same_external_id_is_the_same_fact_and_the_same_day_is_not_told_twice(
    sqlite_tenant_session, clocked_sqlite
):
    session = sqlite_tenant_session
    told = {"day": MONDAY, "amount_cents": 500, "external_id": "b-1"}
    one = recorded(session, clocked_sqlite, PayFactKind.BONUS, **told)
    assert recorded(session, clocked_sqlite, PayFactKind.BONUS, **told).id == one.id
    with pytest.raises(SchedulerError) as other:
        recorded(session, clocked_sqlite, PayFactKind.BONUS, **told | {"amount_cents": 501})
    assert other.value.code == "pay_fact_known"
    recorded(session, clocked_sqlite, PayFactKind.SENT_HOME, day=MONDAY)
    with pytest.raises(InvalidInput):
        recorded(session, clocked_sqlite, PayFactKind.SENT_HOME, day=MONDAY)


def allowance(clocked, **more):
    given: dict[str, Any] = {
        "pay_code": "meal_allowance", "name": "Meals", "per": AllowancePer.DAY, "amount_cents": 1500,
        "currency": "PLN", "cite": "House agreement, s. 7", "valid_from": date(2026, 1, 1),
    }  # fmt: skip
    return NewAllowance(**given | more)


def test_allowances_are_paid_by_day_shift_and_night_to_whom_they_are_for(
    sqlite_tenant_session, clocked_sqlite
):
    session, clocked = sqlite_tenant_session, clocked_sqlite
    move_to(session, clocked, "gb")
    meal = add_allowance(session, allowance(clocked, least_minutes=360), actor=PAYROLL)
    per_shift = {"pay_code": "tools", "per": AllowancePer.SHIFT, "amount_cents": 100}
    add_allowance(session, allowance(clocked, **per_shift), actor=PAYROLL)
    per_night = {"pay_code": "nights", "per": AllowancePer.NIGHT, "amount_cents": 700}
    add_allowance(session, allowance(clocked, **per_night), actor=PAYROLL)
    for_ben = {"pay_code": "bens", "employee_id": clocked.ben.id}
    add_allowance(session, allowance(clocked, **for_ben), actor=PAYROLL)
    times = [*day(16, "08:00", "11:00"), *day(16, "12:00", "15:00"), *day(17, "08:00", "10:00")]
    close(session, clocked, *times, *day(18, "18:00", "23:30"))
    found = [(line.day.day, line.pay_code, line.amount_cents) for line in lines(session) if not line.minutes]
    assert sorted(found) == [
        (16, "meal_allowance", 1500), (16, "tools", 200), (17, "tools", 100), (18, "nights", 700),
        (18, "tools", 100),
    ]  # fmt: skip
    line = next(line for line in lines(session) if line.pay_code == "meal_allowance")
    assert line.records == [f"allowance:{meal.id}"]
    assert len(line.punch_ids) == 4
    assert [each.id for each in grounds_of(session, line.id).allowances] == [meal.id]


def test_an_allowance_that_ended_earlier_is_taken_back_as_a_difference(
    sqlite_tenant_session, clocked_sqlite, now
):
    session = sqlite_tenant_session
    meal = add_allowance(session, allowance(clocked_sqlite), actor=PAYROLL)
    period = close(session, clocked_sqlite, *day(16, "08:00", "12:00"), *day(17, "08:00", "12:00"))
    now.shift(timedelta(minutes=1))
    end_allowance(session, meal.id, date(2026, 11, 17), actor=PAYROLL)
    assert changed_periods(session, clocked_sqlite.location_id) == [period]
    now.shift(timedelta(minutes=1))
    back = settle(session, period.id, reason="ended on Monday", actor=PAYROLL)
    assert [(line.day.day, line.amount_cents) for line in back.lines] == [(17, -1500)]
    assert changed_periods(session, clocked_sqlite.location_id) == []


@pytest.mark.parametrize("ends", ["valid_until", "left_on"])
def test_a_salary_is_paid_with_the_last_day_of_its_month_or_contract(
    sqlite_tenant_session, clocked_sqlite, ends
):
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    contract = ann.contracts[0]
    contract.monthly_salary_cents, contract.salary_by = 600000, PartOfMonth.CALENDAR_DAYS
    contract.valid_from = date(2026, 11, 7)
    setattr(ann if ends == "left_on" else contract, ends, date(2026, 11, 22))
    close(session, clocked_sqlite, *day(16, "08:00", "12:00"))
    assert [(line.day.day, line.pay_code, line.amount_cents) for line in lines(session)] == [
        (16, "salaried", 0), (21, "salary", 300000),
    ]  # fmt: skip
    words = lines(session)[-1].contract_version or ""
    assert words.endswith("6000.00 PLN a month, 40 h a week, a part of a month by calendar days")


def test_what_contracts_say_of_all_work_holds_from_their_first_day(sqlite_tenant_session, clocked_sqlite):
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    move_to(session, clocked_sqlite, "us-ca")
    before = ann.contracts[0]
    copied = {name: getattr(before, name) for name in (
        "kind", "weekly_minutes", "min_weekly_minutes", "max_weekly_minutes", "max_daily_minutes",
        "hourly_rate_cents", "currency",
    )}  # fmt: skip
    before.valid_until = date(2026, 11, 18)
    exempt = type(before)(valid_from=date(2026, 11, 18), exempt_by="Labor Code 515", **copied)
    ann.contracts.append(exempt)
    session.flush()
    close(session, clocked_sqlite, *day(17, "06:00", "16:00"), *day(18, "06:00", "16:00"))
    assert said(session) == [
        ("2026-11-17", "meal_premium", 60, 4000), ("2026-11-17", "ot", 120, 12000),
        ("2026-11-17", "regular", 480, 32000), ("2026-11-18", "regular", 600, 40000),
    ]  # fmt: skip
    assert any((line.contract_version or "").endswith("exempt by Labor Code 515") for line in lines(session))


def test_an_agreed_week_and_a_night_worker_are_paid_by_the_contract(sqlite_tenant_session, clocked_sqlite):
    session, contract = sqlite_tenant_session, clocked_sqlite.ann.contracts[0]
    move_to(session, clocked_sqlite, "us-ca")
    contract.agreed_week, contract.night_work = [600, 600, 600, 600, 0, 0, 0], NightWork.NORMAL_COURSE
    session.flush()
    close(session, clocked_sqlite, *day(17, "06:00", "11:00"), *day(17, "12:00", "17:00"))
    assert said(session) == [("2026-11-17", "regular", 600, 40000)]


def test_the_person_reads_which_punch_and_which_contract_became_otherwise(
    sqlite_tenant_session, clocked_sqlite, now
):
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    period = close(session, clocked_sqlite, *day(16, "08:00", "12:00"))
    now.shift(timedelta(minutes=1))
    punch(session, ann, *day(16, "13:00", "15:00"))
    held = ann.contracts[0]
    terms = ContractTerms(
        held.kind, held.weekly_minutes, held.min_weekly_minutes, held.max_weekly_minutes,
        held.max_daily_minutes, 5000, "PLN",
    )  # fmt: skip
    correct_contract(session, held.id, terms, valid_from=held.valid_from, actor=PAYROLL)
    settle(session, period.id, reason="a raise and forgotten punches", actor=PAYROLL)
    (told,) = sheet_pay(session, timesheet(session, ann)).corrected
    assert (told.before_cents, told.after_cents) == (16000, 30000)
    assert told.causes == (
        "the contract says: from 2026-01-01, 40.00 PLN an hour, 40 h a week before, "
        "from 2026-01-01, 50.00 PLN an hour, 40 h a week now",
        "punch added: in 16.11.2026 13:00",
        "punch added: out 16.11.2026 15:00",
    )


def test_money_on_a_day_without_contract_stops_the_close(sqlite_tenant_session, clocked_sqlite):
    session = sqlite_tenant_session
    recorded(session, clocked_sqlite, PayFactKind.PAYMENT, day=date(2026, 11, 20), amount_cents=500)
    clocked_sqlite.ann.contracts[0].valid_until = date(2026, 11, 18)
    session.flush()
    with pytest.raises(SchedulerError) as refused:
        close(session, clocked_sqlite, *day(16, "08:00", "12:00"))
    assert refused.value.facts["without_contract"][0]["days"] == ["2026-11-20"]
    assert session.scalars(select(PayLine)).all() == []


def test_facts_are_seen_by_their_own_organisation_alone(sqlite_tenant_session, clocked_sqlite):
    fact = recorded(sqlite_tenant_session, clocked_sqlite, PayFactKind.SENT_HOME, day=MONDAY)
    assert fact.organisation_id == clocked_sqlite.ann.organisation_id
