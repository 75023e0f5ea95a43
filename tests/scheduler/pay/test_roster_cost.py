"""What a roster costs before it is worked, and that it is what payroll would pay for the same hours."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from scheduler.kernel.ids import new_id
from scheduler.pay.roster_cost import roster_cost
from scheduler.rosters.models import Roster, RosterVersion, Shift
from scheduler.rosters.versions import add_draft
from tests.scheduler.pay.paid_weeks import WEEK, lines
from tests.scheduler.pay.test_pay_cases import close, move_to
from tests.scheduler.timekeeping.clock_company import NOW, ClockCompany, at


def draft(session: Session, clocked: ClockCompany, *times: tuple[str, str]) -> RosterVersion:
    """A draft of the week in which Ann has shifts at some times."""
    end = WEEK + timedelta(days=7)
    roster = Roster(location_id=clocked.location_id, starts_on=WEEK, ends_on=end, created_at=NOW)
    session.add(roster)
    session.flush()
    shifts = [shift(clocked, at(start), at(end)) for start, end in times]
    return add_draft(session, roster.id, actor="user:x", based_on=None, shifts=shifts)


def shift(clocked: ClockCompany, start: datetime, end: datetime, *, open_one: bool = False) -> Shift:
    """Ann's shift with an unpaid break of half an hour in its middle; open ones are nobody's."""
    company = clocked.company
    pause = {"starts_at": (start + (end - start) / 2).isoformat(), "minutes": 30, "paid": False}
    return Shift(
        lineage_id=new_id(), department_id=company.department.id, skill_id=company.skill.id,
        employee_id=None if open_one else clocked.ann.id, starts_at=start, ends_at=end, breaks=[pause],
        paid_minutes=(end - start) // timedelta(minutes=1) - 30,
    )  # fmt: skip


DAYS = tuple((f"2026-11-{number} 08:00", f"2026-11-{number} 17:30") for number in range(16, 21))


def test_overtime_by_day_and_the_base_are_told_apart(sqlite_tenant_session, clocked_sqlite):
    move_to(sqlite_tenant_session, clocked_sqlite, "us-ca")
    (cost,) = roster_cost(
        sqlite_tenant_session, draft(sqlite_tenant_session, clocked_sqlite, *DAYS)
    ).currencies
    assert (cost.currency, cost.worked_minutes) == ("PLN", 5 * 540)
    assert (cost.base_cents, cost.overtime_cents, cost.premium_cents) == (180000, 10000, 0)
    assert dict(cost.by_code) == {"regular": 160000, "ot": 30000}
    assert cost.by_day[WEEK] == 38000
    assert cost.total_cents == 190000


def test_a_night_costs_its_supplement_and_open_shifts_and_people_without_contract_are_told(
    sqlite_tenant_session, clocked_sqlite
):
    session = sqlite_tenant_session
    version = draft(session, clocked_sqlite, ("2026-11-16 20:00", "2026-11-17 04:30"))
    extra = shift(clocked_sqlite, at("2026-11-18 08:00"), at("2026-11-18 16:00"), open_one=True)
    nobody_s = shift(clocked_sqlite, at("2026-11-19 08:00"), at("2026-11-19 16:00"))
    nobody_s.employee_id = clocked_sqlite.ben.id
    version.shifts += [extra, nobody_s]
    session.flush()
    found = roster_cost(session, version)
    (cost,) = found.currencies
    assert (cost.base_cents, cost.overtime_cents, cost.premium_cents) == (32000, 0, 3605)
    assert (found.open_shifts, found.days_without_contract) == (
        1,
        {clocked_sqlite.ben.id: [date(2026, 11, 19)]},
    )


def test_what_is_worked_as_planned_is_paid_what_the_plan_cost(sqlite_tenant_session, clocked_sqlite):
    session = sqlite_tenant_session
    move_to(session, clocked_sqlite, "us-ca")
    (cost,) = roster_cost(session, draft(session, clocked_sqlite, *DAYS)).currencies
    times = [time for start, end in DAYS for time in (f"{start} in", f"{end} out")]
    pauses = [f"{start[:10]} {clock}" for start, _ in DAYS for clock in ("12:45 break", "13:15 back")]
    close(session, clocked_sqlite, *times, *pauses)
    assert sum(line.amount_cents for line in lines(session)) == cost.total_cents


def test_an_empty_roster_costs_nothing(sqlite_tenant_session, clocked_sqlite):
    found = roster_cost(sqlite_tenant_session, draft(sqlite_tenant_session, clocked_sqlite))
    assert (found.currencies, found.open_shifts) == ([], 0)


def test_a_break_without_a_time_is_left_out_of_the_hours_too(sqlite_tenant_session, clocked_sqlite):
    session = sqlite_tenant_session
    version = draft(session, clocked_sqlite, DAYS[0])
    for one in version.shifts:
        one.breaks = [{**pause, "starts_at": None} for pause in one.breaks]
    session.flush()
    (cost,) = roster_cost(session, version).currencies
    assert (cost.worked_minutes, cost.base_cents) == (540, 36000)
