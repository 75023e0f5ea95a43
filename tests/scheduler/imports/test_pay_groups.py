from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.imports.report import ImportReport
from scheduler.people.models import PayGroup
from scheduler.people.pay_calendar import PayCalendar, PayCalendarKind
from scheduler.people.pay_groups import calendars_of
from tests.scheduler.imports.company_files import load

GROUPS = "code,name,calendar,anchor_on,first_day,second_day\n"
MEMBERS = "location,employee,valid_from,pay_group\n"
DAY = date(2027, 2, 20)


def complaints(report: ImportReport) -> list[tuple[str | None, str]]:
    """Column and problem of every error."""
    return [(error.column, error.problem) for error in report.errors]


def test_a_group_has_the_calendar_of_its_line(sqlite_tenant_session: Session):
    assert load(sqlite_tenant_session, punches=None).stored
    groups = {group.code: group for group in sqlite_tenant_session.scalars(select(PayGroup))}
    monthly = PayCalendar(PayCalendarKind.MONTHLY, first_day=1)
    assert calendars_of(groups["office"]).in_force(DAY) == monthly
    assert calendars_of(groups["floor"]).span(DAY) == (date(2027, 2, 8), date(2027, 2, 22))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("x,X,monthly,,,\n", ("first_day", "is missing")),
        ("x,X,weekly,,,\n", ("anchor_on", "is missing")),
        ("x,X,semi_monthly,,16,1\n", ("second_day", "is not the later of the two")),
        ("x,X,weekly,2026-11-02,1,\n", ("first_day", "has no meaning here")),
    ],
)
def test_a_calendar_that_cannot_be_is_refused(
    sqlite_tenant_session: Session, line: str, expected: tuple[str, str]
):
    report = load(sqlite_tenant_session, punches=None, pay_group_members=None, pay_groups=GROUPS + line)
    assert complaints(report) == [expected]


def test_the_calendar_of_a_stored_group_is_not_changed_by_a_file(sqlite_tenant_session: Session):
    load(sqlite_tenant_session, punches=None)
    report = load(sqlite_tenant_session, punches=None, pay_groups=GROUPS + "office,Office,monthly,,2,\n")
    assert complaints(report) == [("calendar", "is another calendar than the stored group has")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("WAW,1,2027-01-01,office\n", ("employee", "names no one, or two")),
        (",,2027-01-01,office\n", ("employee", "names no one, or two")),
        ("WAW,,2027-01-01,nowhere\n", ("pay_group", "there is no such pay group")),
    ],
)
def test_a_member_is_one_location_or_one_person_in_a_known_group(
    sqlite_tenant_session: Session, line: str, expected: tuple[str, str]
):
    report = load(sqlite_tenant_session, punches=None, pay_group_members=MEMBERS + line)
    assert complaints(report) == [expected]


def test_a_group_that_begins_among_recorded_time_is_refused_with_the_day_that_would_do(
    sqlite_tenant_session: Session,
):
    load(sqlite_tenant_session, pay_group_members=None)
    report = load(sqlite_tenant_session, pay_group_members=MEMBERS + ",1,2020-01-01,office\n")
    [error] = report.errors
    assert (error.column, error.problem) == ("valid_from", "is in days that are paid together already")
    assert error.hint.endswith("or later")
