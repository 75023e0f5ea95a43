"""Pay as a location's law, agreements, plans, leave and contracts make it, from the records."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from scheduler.kernel.errors import SchedulerError
from scheduler.law.agreements import layers_in
from scheduler.law.save_agreement import save_agreement
from scheduler.law.wages.pay_law import PayLaw
from scheduler.organisation.law_calendar import LawCalendar, Periods, set_law_calendar
from scheduler.pay import close_period as module
from scheduler.pay.close_period import close_period
from scheduler.pay.corrections import pending, settle
from scheduler.pay.models import PayLine, PayPeriod
from scheduler.pay.pay_cases import employer_of
from scheduler.pay.periods import period_for
from scheduler.pay.sheet_cases import cases_of
from scheduler.pay.sheet_pay import sheet_pay
from scheduler.people.contracts import ContractTerms
from scheduler.people.correct_contract import correct_contract
from scheduler.people.models import Contract
from scheduler.timekeeping.approve_many import approve_all
from scheduler.timeoff.models import LeaveKind, TimeOff, TimeOffState
from tests.scheduler.pay.paid_weeks import PAYROLL, WEEK, lines
from tests.scheduler.timekeeping.clock_company import MANAGER, NOW, ClockCompany, at, punch, timesheet

HOUSE = """\
pack: house
title: House agreement
adjective: agreed
version: "1"
layer: agreement
parents: [{law}]
consulted: 2026-11-01
sources: {{A: the agreement}}
notes: []
not_covered: []
parameters:
  sundays:
    topic: sunday_share
    enforce: pay
    pays: [SUNDAY_AGREED]
    values:
      - {{from: 2026-01-01, value: 40 %, cite: "House agreement, s. 4", status: confirmed, source: [A]}}
"""


def close(session: Session, clocked: ClockCompany, *times: str) -> PayPeriod:
    """Ann is clocked so; her week is approved and closed."""
    punch(session, clocked.ann, *times)
    approve_all(session, clocked.location_id, WEEK, actor=MANAGER)
    return close_period(session, period_for(session, clocked.location_id, WEEK).id, actor=PAYROLL)


def said(session: Session) -> list[tuple[str, str, int, int]]:
    """Day, code, minutes and cents of every line, in the order of days and codes."""
    found = [
        (line.day.isoformat(), line.pay_code, line.minutes, line.amount_cents) for line in lines(session)
    ]
    return sorted(found)


def move_to(session: Session, clocked: ClockCompany, law: str) -> None:
    """The location is under another law; its clocks stay."""
    clocked.company.location.jurisdiction = law
    session.flush()


def day(number: int, start: str, end: str) -> tuple[str, str]:
    return f"2026-11-{number} {start} in", f"2026-11-{number} {end} out"


def test_daily_and_weekly_overtime_and_missed_meals_of_california_come_out_of_punches(
    tenant_session, clocked
):
    move_to(tenant_session, clocked, "us-ca")
    week = [time for number in range(16, 22) for time in day(number, "08:00", "12:00")]
    week += [time for number in range(16, 21) for time in day(number, "12:30", "17:30")]
    period = close(tenant_session, clocked, *week)
    assert said(tenant_session) == [
        *(
            line
            for number in range(16, 21)
            for line in (
                (f"2026-11-{number}", "ot", 60, 6000),
                (f"2026-11-{number}", "regular", 480, 32000),
            )
        ),
        ("2026-11-21", "ot", 240, 24000),
    ]
    overtime = next(line for line in lines(tenant_session) if line.pay_code == "ot")
    assert (overtime.multiplier, overtime.hourly_rate_cents, overtime.is_worked) == ("1.5", 4000, True)
    assert (overtime.rule, overtime.citation) == ("us-ca.overtime.rate", "Cal. Lab. Code 510(a)")
    assert (overtime.pack or "").startswith("us-ca 2026")
    assert (overtime.contract_version or "").endswith("40.00 PLN an hour, 40 h a week")
    assert len(overtime.punch_ids) == 2
    assert (period.law or "").startswith("us-ca 2026")


def test_a_long_day_without_a_meal_costs_an_hour_that_is_no_worked_time(
    sqlite_tenant_session, clocked_sqlite
):
    move_to(sqlite_tenant_session, clocked_sqlite, "us-ca")
    close(sqlite_tenant_session, clocked_sqlite, *day(16, "08:00", "14:30"))
    assert said(sqlite_tenant_session) == [
        ("2026-11-16", "meal_premium", 60, 4000),
        ("2026-11-16", "regular", 390, 26000),
    ]
    assert [line.counts_time for line in lines(sqlite_tenant_session)].count(True) == 1


def test_the_organisation_s_own_agreement_counts_and_is_named(sqlite_tenant_session, clocked_sqlite):
    session = sqlite_tenant_session
    move_to(session, clocked_sqlite, "gb")
    save_agreement(session, HOUSE.format(law="gb"), actor=MANAGER)
    close(session, clocked_sqlite, *day(22, "08:00", "12:00"))
    assert said(session) == [
        ("2026-11-22", "regular", 240, 16000),
        ("2026-11-22", "sunday_agreed", 240, 6400),
    ]
    line = next(line for line in lines(session) if line.pay_code == "sunday_agreed")
    assert (line.rule, line.citation) == ("house.sundays", "House agreement, s. 4")


def test_annual_leave_is_paid_on_working_days_and_sick_leave_is_left_to_payroll(
    sqlite_tenant_session, clocked_sqlite
):
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    move_to(session, clocked_sqlite, "gb")
    for first, end, kind in ((20, 23, LeaveKind.ANNUAL), (19, 20, LeaveKind.SICK)):
        session.add(
            TimeOff(
                employee_id=ann.id, starts_on=date(2026, 11, first), ends_on=date(2026, 11, end), kind=kind,
                state=TimeOffState.APPROVED, requested_at=NOW,
            )
        )  # fmt: skip
    session.flush()
    close(session, clocked_sqlite, *day(16, "08:00", "16:00"))
    assert said(session) == [
        ("2026-11-16", "regular", 480, 32000),
        ("2026-11-20", "paid_leave", 480, 32000),
    ]


def test_a_salaried_person_has_hours_without_amounts(sqlite_tenant_session, clocked_sqlite):
    session, (held,) = sqlite_tenant_session, clocked_sqlite.ann.contracts
    held.monthly_salary_cents = 800000
    session.flush()
    close(session, clocked_sqlite, *day(16, "14:00", "22:00"), *day(17, "22:00", "23:00"))
    assert said(session) == [
        ("2026-11-16", "salaried", 480, 0),
        ("2026-11-17", "night_supplement_20_of_min", 60, 601),
        ("2026-11-17", "salaried", 60, 0),
    ]


def test_a_period_closed_before_the_law_counted_is_corrected_by_its_contracts_alone(
    sqlite_tenant_session, clocked_sqlite, monkeypatch
):
    session, plain = sqlite_tenant_session, cases_of
    monkeypatch.setattr(module, "cases_of", lambda *given: plain(*given, by_law=False))
    period = close(session, clocked_sqlite, *day(16, "21:00", "23:00"))
    monkeypatch.undo()
    assert said(session) == [("2026-11-16", "regular", 120, 8000)]
    (night,) = pending(session, period.id).differences
    assert night.key.pay_code == "night_supplement_20_of_min"
    session.execute(text("DROP TRIGGER pay_periods_closed_update"))
    period.law = None
    session.flush()
    assert pending(session, period.id).differences == ()


def test_a_raise_known_late_corrects_premiums_with_the_base_and_says_before_and_after(
    tenant_session, clocked
):
    move_to(tenant_session, clocked, "us-ca")
    meal = ("2026-11-16 12:00 break", "2026-11-16 12:30 back")
    period = close(tenant_session, clocked, *day(16, "08:00", "18:30"), *meal)
    held = tenant_session.scalars(select(Contract).where(Contract.employee_id == clocked.ann.id)).one()
    terms = ContractTerms(**{name: getattr(held, name) for name in asdict(BLANK)})
    raised = replace(terms, hourly_rate_cents=4400)
    correct_contract(tenant_session, held.id, raised, valid_from=held.valid_from, actor=PAYROLL)
    found = {
        (each.key.pay_code, each.before_cents, each.after_cents)
        for each in pending(tenant_session, period.id).differences
    }
    assert found == {("regular", 32000, 0), ("regular", 0, 35200), ("ot", 12000, 0), ("ot", 0, 13200)}
    settlement = settle(tenant_session, period.id, reason="raise", actor=PAYROLL)
    assert sum(line.amount_cents for line in settlement.lines) == 4400
    taken = next(line for line in settlement.lines if line.pay_code == "ot" and line.amount_cents < 0)
    assert (taken.minutes, taken.citation, taken.counts_time) == (-120, "Cal. Lab. Code 510(a)", True)
    assert pending(tenant_session, period.id).differences == ()
    told = sheet_pay(tenant_session, timesheet(tenant_session, clocked.ann))
    assert (told.is_final, told.totals) == (True, [("PLN", 600, 44000)])
    assert [(each.pay_code, each.before_cents, each.after_cents) for each in told.corrected] == [
        ("ot", 12000, 13200), ("regular", 32000, 35200),
    ]  # fmt: skip
    assert told.corrected[0].reasons == ("raise",)


BLANK = ContractTerms(None, 0, 0, 0, 0, 0, "PLN")  # type: ignore[arg-type]  # only its names are used


def test_a_year_without_known_holidays_is_refused_and_nothing_is_closed(
    sqlite_tenant_session, clocked_sqlite, now
):
    session = sqlite_tenant_session
    move_to(session, clocked_sqlite, "ph")
    now.move_to(at("2027-02-01 12:00"))
    period = period_for(session, clocked_sqlite.location_id, date(2027, 1, 18))
    with pytest.raises(SchedulerError, match="law_holidays_unknown"):
        close_period(session, period.id, actor=PAYROLL)
    assert session.scalars(select(PayLine)).all() == []


def test_the_settlement_period_of_the_location_decides_when_the_average_is_due(
    sqlite_tenant_session, clocked_sqlite
):
    session, location_id = sqlite_tenant_session, clocked_sqlite.location_id
    first = date(2026, 11, 23)
    location = clocked_sqlite.company.location

    def period() -> tuple[date, date]:
        law = PayLaw(layers_in(session, location.jurisdiction))
        return employer_of(session, location, law, first).settlement.period_of(first)

    assert period() == (date(2026, 11, 1), date(2026, 12, 1))
    quarters = LawCalendar((Periods(date(2026, 8, 1), 3),), ())
    set_law_calendar(session, location_id, quarters, actor=MANAGER)
    assert period() == (date(2026, 11, 1), date(2027, 2, 1))
