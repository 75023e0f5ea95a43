"""Settlement periods and days of school come from what is known of the location, or are said not to be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from scheduler.kernel.errors import InvalidInput
from scheduler.law.library import layers_of
from scheduler.law.place_calendar import PlaceCalendar, known_for
from scheduler.law.settlement import Settlement
from scheduler.law.subject import LawSubject, WorkingTimeSystem
from scheduler.organisation.law_calendar import LawCalendar, Periods, Term, law_calendar, set_law_calendar
from scheduler.organisation.models import Location
from scheduler.people.models import Employee
from scheduler.rosters.compliance import report
from scheduler.rosters.problem import problem_for
from tests.scheduler.rosters.company import MONDAY, Company
from tests.scheduler.rosters.conftest import lite, today

__all__ = ["lite", "today"]

ADULT = LawSubject(id="ann", born_on=date(1990, 1, 1))
YOUNG = LawSubject(id="bo", born_on=date(2012, 8, 1))
LONG_DAYS = LawSubject(id="cy", system=WorkingTimeSystem.EQUIVALENT)
QUARTERS = Periods(date(2026, 1, 1), 3)
AUTUMN = Term(date(2026, 9, 1), date(2026, 12, 19))
SPRING = Term(date(2027, 1, 4), date(2027, 6, 12))


def known(
    law: str, *people: LawSubject, settlement: tuple[Periods, ...] = (), school: tuple[Term, ...] = (),
    first: date = MONDAY,
) -> PlaceCalendar:  # fmt: skip
    calendar = LawCalendar(settlement, school)
    return known_for(calendar, layers_of(law), people, first, first + timedelta(days=7))


def test_the_periods_in_force_on_the_first_day_are_taken():
    later = Periods(date(2027, 1, 1), 1)
    assert known("pl", ADULT, settlement=(QUARTERS, later)).settlement == Settlement(date(2026, 1, 1), 3)
    january = known("pl", ADULT, settlement=(QUARTERS, later), first=date(2027, 1, 4))
    assert january.settlement == Settlement(date(2027, 1, 1), 1)


def test_periods_that_begin_later_are_not_known_yet_and_those_that_begin_meanwhile_are_told():
    assert known("pl", ADULT, settlement=(Periods(date(2027, 1, 1), 1),)).settlement is None
    found = known("pl", ADULT, settlement=(QUARTERS, Periods(MONDAY + timedelta(days=2), 1)))
    assert found.settlement == Settlement(date(2026, 1, 1), 3)
    assert "Other settlement periods begin on 2026-11-25" in found.notes[0]


def test_periods_longer_than_the_law_allows_for_somebody_are_left_aside_and_named():
    found = known("pl", ADULT, LONG_DAYS, settlement=(QUARTERS,))
    assert found.settlement is None
    assert "3 months" in found.notes[0]
    assert "art. 135" in found.notes[0]


def test_a_law_without_settlement_periods_asks_for_none():
    assert known("us-ca", ADULT, settlement=(QUARTERS,)) == PlaceCalendar(None, {}, ())


def test_nobody_asks_for_the_school_of_adults():
    assert known("us", ADULT, LawSubject(id="dee")).notes == ()


def test_days_of_school_that_nobody_knows_are_said_not_to_be_known():
    for first in (date(2026, 8, 3), date(2027, 7, 5)):
        found = known("us", YOUNG, ADULT, school=(AUTUMN, SPRING), first=first)
        assert found.school_on == {}
        assert "Days of school are not known at this location" in found.notes[0]
        assert "1 young person" in found.notes[0]
    assert known("us", YOUNG).school_on == {}


def test_days_of_school_are_weekdays_of_terms_without_holidays_and_vacations():
    found = known("us", YOUNG, school=(AUTUMN, SPRING))
    days = sorted(day for day in found.school_on["bo"] if MONDAY <= day < MONDAY + timedelta(days=7))
    thanksgiving = date(2026, 11, 26)
    assert days == [MONDAY + timedelta(days=n) for n in (0, 1, 2, 4)]
    assert thanksgiving not in found.school_on["bo"]
    vacation = known("us", YOUNG, school=(AUTUMN, SPRING), first=date(2026, 12, 21))
    assert not [day for day in vacation.school_on["bo"] if date(2026, 12, 19) <= day < date(2027, 1, 4)]
    assert "were taken to have school" in vacation.notes[0]


def test_terms_that_end_within_the_days_are_told():
    found = known("us", YOUNG, school=(AUTUMN,), first=date(2026, 12, 14))
    assert found.notes[-1] == "School terms are known from 2026-09-01 to 2026-12-18 only."


def test_a_roster_is_checked_by_what_is_known(lite: Session, lite_company: Company):
    """Four hours of a fifteen-year-old on a day of school: an hour too many under federal law."""
    c = lite_company
    place = lite.get_one(Location, c.location.id)
    place.zone, place.jurisdiction, c.location.zone = "America/Chicago", "us", "America/Chicago"
    lite.get_one(Employee, c.people["Ann"].id).born_on = date(2011, 6, 1)
    lite.flush()
    roster = c.roster(lite)
    version = c.draft(lite, roster, [c.shift("Ann", MONDAY, 15, 19, break_minutes=0)])
    before = report(lite, version.id)
    assert "us.minor.14_15.school_day" not in {each.parameter for each in before.findings}
    assert any("Days of school are not known" in note for note in before.notes)
    set_law_calendar(lite, place.id, LawCalendar((), (AUTUMN,)), actor=c.actor)
    after = report(lite, version.id)
    (found,) = [each for each in after.findings if each.parameter == "us.minor.14_15.school_day"]
    assert (found.short_by, found.unit) == (60, "minutes")
    assert not any("Days of school are not known" in note for note in after.notes)


def test_a_roster_is_planned_by_the_settlement_periods_of_its_location(lite: Session, lite_company: Company):
    c = lite_company
    for person in c.people.values():
        lite.get_one(Employee, person.id).contracts[0].max_daily_minutes = 480
    lite.flush()
    roster = c.roster(lite)
    assert any(
        "Settlement periods are not known" in note["text"] for note in problem_for(lite, roster.id).notes
    )
    set_law_calendar(lite, c.location.id, LawCalendar((Periods(date(2026, 10, 5), 3),)), actor=c.actor)
    planned = problem_for(lite, roster.id)
    assert planned.law.settlement == Settlement(date(2026, 10, 5), 3)
    assert not any("Settlement periods are not known" in note["text"] for note in planned.notes)
    assert planned.problem.past_days[0].on == "2026-10-05"


@pytest.mark.parametrize(
    ("calendar", "field"),
    [
        (LawCalendar((Periods(date(2026, 1, 29), 1),)), "settlement_periods[0].starts_on"),
        (LawCalendar((Periods(date(2026, 1, 1), 13),)), "settlement_periods[0].months"),
        (LawCalendar((QUARTERS, Periods(date(2026, 1, 1), 1))), "settlement_periods"),
        (LawCalendar((), (Term(date(2026, 9, 1), date(2026, 9, 1)),)), "school_terms[0].ends_on"),
        (LawCalendar((), (AUTUMN, Term(date(2026, 12, 1), date(2027, 1, 1)))), "school_terms"),
    ],
)
def test_a_calendar_that_cannot_be_is_refused_and_changes_nothing(
    lite: Session, lite_company: Company, calendar: LawCalendar, field: str
):
    good = LawCalendar((QUARTERS,), (AUTUMN,))
    where = lite_company.location.id
    assert set_law_calendar(lite, where, good, actor="system") == good
    with pytest.raises(InvalidInput) as refused:
        set_law_calendar(lite, where, calendar, actor="system")
    assert [error.field for error in refused.value.errors] == [field]
    assert law_calendar(lite, where) == good
