"""Punched time judged by the law of the place."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from scheduler.kernel.errors import InvalidInput
from scheduler.law.compliance import ComplianceReport
from scheduler.law.give_consent import NewConsent, give_consent
from scheduler.law.worked_time import PAID_BREAKS_UNKNOWN
from scheduler.organisation.models import Location
from scheduler.timekeeping.compliance import worked_report
from scheduler.timekeeping.models import TimesheetState
from tests.scheduler.timekeeping.clock_company import ClockCompany, punch, timesheet, week_of_days

MONDAY = date(2026, 11, 16)
LATE = ("2026-11-17 14:00 in", "2026-11-17 22:00 out", "2026-11-18 08:00 in", "2026-11-18 12:00 out")


def judged(session: Session, clocked: ClockCompany, first: date = MONDAY, days: int = 7) -> ComplianceReport:
    return worked_report(session, clocked.location_id, first, first + timedelta(days=days))


def codes(report: ComplianceReport) -> list[str]:
    return [one.code for one in report.findings]


def test_a_week_as_it_should_be_is_clean_and_says_what_was_not_checked(
    clocked: ClockCompany, tenant_session: Session
):
    punch(tenant_session, clocked.ann, *week_of_days("2026-11-16", "2026-11-17", "2026-11-18"))
    found = judged(tenant_session, clocked)
    assert found.clean
    assert PAID_BREAKS_UNKNOWN in found.notes
    assert found.notes[-1] == "1 of 1 timesheets are not approved yet: their hours can still change."


def test_a_short_rest_between_punches_is_found_with_person_article_and_by_how_much(
    clocked_sqlite: ClockCompany, sqlite_tenant_session: Session
):
    punch(sqlite_tenant_session, clocked_sqlite.ann, *LATE)
    (one,) = judged(sqlite_tenant_session, clocked_sqlite).findings
    assert (one.code, one.employee, one.short_by) == ("PL.DAILY_REST_11H", str(clocked_sqlite.ann.id), 60)
    assert one.employee_name == clocked_sqlite.ann.name
    assert one.citation == "Kodeks pracy, art. 132 par. 1"
    assert "60 more minutes" in one.remedy


def test_a_rest_is_judged_over_both_edges_of_the_days(
    clocked_sqlite: ClockCompany, sqlite_tenant_session: Session
):
    punch(sqlite_tenant_session, clocked_sqlite.ann, *LATE)
    for first in (date(2026, 11, 17), date(2026, 11, 18)):
        assert codes(judged(sqlite_tenant_session, clocked_sqlite, first, 1)) == ["PL.DAILY_REST_11H"]
    assert judged(sqlite_tenant_session, clocked_sqlite, date(2026, 11, 19), 3).findings == ()


def test_rest_over_the_night_the_clocks_go_back_is_elapsed_time(
    clocked_sqlite: ClockCompany, sqlite_tenant_session: Session
):
    """From 21:00 to 07:00 are eleven hours on that night and ten on another one."""
    night = ("2026-10-24 13:00 in", "2026-10-24 21:00 out", "2026-10-25 07:00 in", "2026-10-25 11:00 out")
    punch(sqlite_tenant_session, clocked_sqlite.ann, *night)
    assert codes(judged(sqlite_tenant_session, clocked_sqlite, date(2026, 10, 19))) == []
    other = tuple(line.replace("10-25", "10-18").replace("10-24", "10-17") for line in night)
    punch(sqlite_tenant_session, clocked_sqlite.ann, *other)
    assert codes(judged(sqlite_tenant_session, clocked_sqlite, date(2026, 10, 12))) == ["PL.DAILY_REST_11H"]


def test_hours_that_are_unclear_are_named_and_not_judged(
    clocked_sqlite: ClockCompany, sqlite_tenant_session: Session
):
    punch(sqlite_tenant_session, clocked_sqlite.ann, *week_of_days("2026-11-16"), "2026-11-17 08:00 in")
    found = judged(sqlite_tenant_session, clocked_sqlite)
    name = clocked_sqlite.ann.name
    assert f"{name} on 2026-11-17: hours are unclear (missing out) and were not checked." in found.notes
    assert found.findings == ()


def test_somebody_with_nothing_but_unclear_hours_is_named_too(
    clocked_sqlite: ClockCompany, sqlite_tenant_session: Session
):
    punch(sqlite_tenant_session, clocked_sqlite.ann, "2026-11-17 08:00 in")
    notes = judged(sqlite_tenant_session, clocked_sqlite).notes
    assert any(note.startswith(f"{clocked_sqlite.ann.name} on 2026-11-17: hours") for note in notes)


def test_approved_time_is_not_said_to_be_open(clocked_sqlite: ClockCompany, sqlite_tenant_session: Session):
    punch(sqlite_tenant_session, clocked_sqlite.ann, *week_of_days("2026-11-16"))
    timesheet(sqlite_tenant_session, clocked_sqlite.ann).state = TimesheetState.APPROVED
    assert not any("not approved" in note for note in judged(sqlite_tenant_session, clocked_sqlite).notes)


def test_breaks_that_are_unpaid_by_law_are_checked_on_punches(
    clocked_sqlite: ClockCompany, sqlite_tenant_session: Session
):
    """Germany wants half an hour in more than six hours of work; Poland's break is paid and not punched."""
    punch(sqlite_tenant_session, clocked_sqlite.ann, "2026-11-16 08:00 in", "2026-11-16 16:00 out")
    assert judged(sqlite_tenant_session, clocked_sqlite).findings == ()
    sqlite_tenant_session.get_one(Location, clocked_sqlite.location_id).jurisdiction = "de"
    found = codes(judged(sqlite_tenant_session, clocked_sqlite))
    assert sorted(found) == ["DE.BREAK_30", "DE.MAX_6H_WITHOUT_BREAK"]


def test_an_average_looks_back_over_earlier_weeks_and_an_opt_out_lifts_it(
    clocked_sqlite: ClockCompany, sqlite_tenant_session: Session
):
    session = sqlite_tenant_session
    place = session.get_one(Location, clocked_sqlite.location_id)
    place.jurisdiction, place.zone = "gb", "Europe/London"
    for back in range(17):
        first = MONDAY - timedelta(weeks=back)
        days = (first + timedelta(days=day) for day in range(5))
        punch(session, clocked_sqlite.ann, *(f"{day} {edge}" for day in days for edge in BRITISH_DAY))
    assert set(codes(judged(session, clocked_sqlite))) == {"GB.WEEK_AVG_48H"}
    new = NewConsent("opt_out", given_on=date(2026, 1, 1), valid_from=date(2026, 1, 1))
    give_consent(session, clocked_sqlite.ann.id, new, actor="system")
    assert codes(judged(session, clocked_sqlite)) == []


def test_what_a_law_counts_over_the_year_is_counted_from_its_first_day(
    clocked_sqlite: ClockCompany, sqlite_tenant_session: Session
):
    """Germany wants fifteen Sundays of a year free: the last one worked in December has 38 before it."""
    session = sqlite_tenant_session
    session.get_one(Location, clocked_sqlite.location_id).jurisdiction = "de"
    clocked_sqlite.ann.hired_on = date(2024, 1, 1)
    sundays = [date(2025, 1, 5) + timedelta(weeks=week) for week in range(38)]
    for sunday in (*sundays, date(2025, 12, 28)):
        punch(session, clocked_sqlite.ann, f"{sunday} 08:00 in", f"{sunday} 12:00 out")
    found = judged(session, clocked_sqlite, date(2025, 12, 22))
    assert "DE.FREE_SUNDAYS_15" in codes(found)


BRITISH_DAY = ("08:00 in", "12:00 break", "12:30 back", "18:30 out")


def test_a_place_without_a_pack_says_that_nothing_was_checked(
    clocked_sqlite: ClockCompany, sqlite_tenant_session: Session
):
    punch(sqlite_tenant_session, clocked_sqlite.ann, *LATE)
    sqlite_tenant_session.get_one(Location, clocked_sqlite.location_id).jurisdiction = "br"
    found = judged(sqlite_tenant_session, clocked_sqlite)
    assert (found.checked, found.findings) == (False, ())


def test_a_time_in_which_nobody_worked_is_clean(clocked_sqlite: ClockCompany, sqlite_tenant_session: Session):
    assert judged(sqlite_tenant_session, clocked_sqlite, date(2024, 2, 26)).clean


@pytest.mark.parametrize(("days", "problem"), [(0, "end before they begin"), (367, "367 days are too many")])
def test_days_that_are_none_or_too_many_are_refused(
    clocked_sqlite: ClockCompany, sqlite_tenant_session: Session, days: int, problem: str
):
    with pytest.raises(InvalidInput) as refusal:
        judged(sqlite_tenant_session, clocked_sqlite, MONDAY, days)
    (error,) = refusal.value.errors
    assert error.field == "ends_on"
    assert problem in error.problem
