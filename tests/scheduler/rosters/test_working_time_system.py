"""The longest day of a contract decides in which working-time system the law sees somebody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from scheduler.organisation.models import Location
from scheduler.people.models import Contract, Employee
from scheduler.rosters.compliance import report
from scheduler.rosters.models import Roster
from scheduler.rosters.problem import problem_for
from tests.scheduler.rosters.company import MONDAY, Company, week


def longest_day(session: Session, company: Company, who: str, minutes: int) -> None:
    person = company.people[who].id
    session.execute(update(Contract).where(Contract.employee_id == person).values(max_daily_minutes=minutes))


def findings(session: Session, company: Company, who: str, hours: float) -> set[str]:
    """The rules of law that one shift of so many hours breaks."""
    roster = company.roster(session)
    version = company.draft(session, roster, [company.shift(who, MONDAY, 6, 6 + hours)])
    return {finding.parameter for finding in report(session, version.id).findings}


@pytest.mark.parametrize(
    ("minutes", "hours", "broken"),
    [
        (480, 8, set()),
        (480, 8.25, {"pl.norm.day"}),
        (481, 8.25, set()),
        (720, 12, set()),
        (780, 12.25, {"pl.system.equivalent"}),
    ],
)
def test_the_longest_day_of_the_contract_decides_how_long_a_day_may_be(
    lite: Session, lite_company: Company, minutes: int, hours: float, broken: set[str]
):
    longest_day(lite, lite_company, "Ann", minutes)
    assert findings(lite, lite_company, "Ann", hours) == broken


def test_the_young_stay_at_eight_hours_whatever_their_contract_says(lite: Session, lite_company: Company):
    lite.get_one(Employee, lite_company.people["Ann"].id).born_on = date(2009, 1, 1)
    assert "pl.minor.day_max" in findings(lite, lite_company, "Ann", 9)


def test_of_two_contracts_in_a_week_the_shorter_day_decides(lite: Session, lite_company: Company):
    c = lite_company
    person = c.people["Ann"].id
    lite.execute(
        update(Contract).where(Contract.employee_id == person).values(valid_until=MONDAY + timedelta(days=3))
    )
    old = lite.query(Contract).filter_by(employee_id=person).one()
    lite.add(
        Contract(
            employee_id=person,
            valid_from=MONDAY + timedelta(days=3),
            kind=old.kind,
            weekly_minutes=2400,
            min_weekly_minutes=0,
            max_weekly_minutes=2880,
            max_daily_minutes=480,
            hourly_rate_cents=3140,
            currency="PLN",
        )
    )
    lite.flush()
    assert "pl.norm.day" in findings(lite, c, "Ann", 9)


def system_notes(session: Session, roster: Roster) -> list[str]:
    planned = problem_for(session, roster.id)
    return [note["text"] for note in planned.notes if note["code"] == "equivalent_system"]


def test_the_compliance_report_says_for_how_many_it_was_assumed(lite: Session, lite_company: Company):
    c = lite_company
    longest_day(lite, c, "Ann", 480)
    roster = c.roster(lite)
    (note,) = system_notes(lite, roster)
    assert note == (
        "3 of 4 people were taken to work in the equivalent system, with days of up to 12 h made up for by "
        "shorter ones (Kodeks pracy, art. 135 par. 1), because their contracts allow days of more than 8 h; "
        "everybody else in the basic system."
    )
    version = c.draft(lite, roster, [c.shift("Bo", week()[1])])
    assert note in report(lite, version.id).notes


def test_nothing_is_said_where_nobody_has_longer_days_or_there_is_no_law(
    lite: Session, lite_company: Company
):
    c = lite_company
    roster = c.roster(lite)
    lite.get_one(Location, c.location.id).jurisdiction = "br"
    lite.flush()
    assert system_notes(lite, roster) == []
    lite.get_one(Location, c.location.id).jurisdiction = "pl"
    for who in c.people:
        longest_day(lite, c, who, 480)
    assert system_notes(lite, roster) == []
