"""What human resources are told about overtime, contracts and skills."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from scheduler.pay.close_period import close_period
from scheduler.pay.models import PayLine
from scheduler.pay.periods import period_for
from scheduler.people.models import EmployeeSkill
from scheduler.reporting.hr_facts import hr_facts
from scheduler.reporting.models import HrRecordKind
from scheduler.timekeeping.approve_many import approve_all
from tests.scheduler.pay.paid_weeks import PAYROLL, WEEK, lines
from tests.scheduler.reporting.pulls import TODAY, YEAR, Reader, query
from tests.scheduler.timekeeping.clock_company import MANAGER, ClockCompany, punch


def overtime_lines(session: Session) -> list[PayLine]:
    return [line for line in lines(session) if line.rule == "pl.overtime.rate_50"]


def test_overtime_is_told_by_month_and_pay_code_as_it_was_paid(
    tenant_session: Session, clocked: ClockCompany
):
    for day in (16, 17):
        punch(tenant_session, clocked.ann, f"2026-11-{day} 06:00 in", f"2026-11-{day} 16:00 out")
    reader = Reader(tenant_session, query(HrRecordKind.OVERTIME, WEEK, date(2026, 11, 17)))
    assert reader.pull() == 0
    approve_all(tenant_session, clocked.location_id, WEEK, actor=MANAGER)
    close_period(tenant_session, period_for(tenant_session, clocked.location_id, WEEK).id, actor=PAYROLL)
    paid = overtime_lines(tenant_session)
    assert paid, "ten hours on a day of eight are overtime"
    assert sum(line.minutes for line in paid) == 240
    reader.pull()
    assert reader.told("day", "pay_code", "paid_minutes") == [("2026-11-01", "ot_supplement_50", 240)]


def test_the_dates_of_a_contract_are_told_a_year_ahead(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    session, ann, ben = sqlite_tenant_session, clocked_sqlite.ann, clocked_sqlite.ben
    ann.hired_on = date(2020, 2, 29)
    ann.contracts[0].valid_until = date(2027, 2, 1)
    ben.left_on = date(2026, 12, 1)
    session.flush()
    reader = Reader(session, query(HrRecordKind.CONTRACT_DATES, date(2026, 11, 1)))
    reader.pull()
    assert reader.told("day", "employee_name", "event") == [
        ("2026-11-30", "Ben Nowak", "employment_end"),
        ("2027-01-31", "Ann Nowak", "contract_end"),
        ("2027-02-28", "Ann Nowak", "anniversary"),
    ]
    far = Reader(session, query(HrRecordKind.CONTRACT_DATES, date(2026, 11, 1), date(2030, 1, 1)))
    far.pull()
    assert ("2028-02-29", 8) in [
        (facts["day"], facts["years"]) for facts in far.known.values() if facts["event"] == "anniversary"
    ]
    # What one reader was told of later years stays true for all, and is withdrawn for all.
    reader.pull()
    assert reader.known == far.known
    ann.left_on = date(2028, 1, 1)
    session.flush()
    reader.pull()
    far.pull()
    assert reader.known == far.known
    assert "2028-02-29" not in [day for (day,) in far.told("day")]


def test_a_skill_that_ends_is_told_on_its_last_day_and_whether_it_was_renewed(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    ann.skills[0].valid_until = date(2026, 12, 1)
    session.flush()
    asked = query(HrRecordKind.EXPIRING_SKILLS, TODAY, date(2026, 12, 24))
    reader = Reader(session, asked)
    reader.pull()
    assert reader.told("day", "skill_code", "is_renewed") == [("2026-11-30", "pick", False)]
    skill_id = ann.skills[0].skill_id
    ann.skills.append(EmployeeSkill(skill_id=skill_id, valid_from=date(2026, 12, 1), valid_until=None))
    session.flush()
    reader.pull()
    assert reader.told("day", "skill_code", "is_renewed") == [("2026-11-30", "pick", True)]
    ann.left_on = date(2026, 11, 30)
    session.flush()
    assert (reader.pull(), reader.known) == (1, {})
    assert hr_facts(session, query(HrRecordKind.EXPIRING_SKILLS, YEAR, TODAY), today=TODAY) == []
