"""The week as it is drawn: chips by local day, hours short by day, coverage as steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from api.pages.week_view import coverage_view, short_by_day, week_view
from scheduler.db.session import Database
from scheduler.demand.models import CoverageRequirement
from scheduler.rosters.week import Week, week_of
from tests.scheduler.rosters.company import MONDAY, Company, store_company, week

AUTUMN_MONDAY = date(2026, 10, 19)
"""Of the week at whose end clocks go back in Warsaw."""


@pytest.fixture
def company(sqlite_database: Database) -> Company:
    return store_company(sqlite_database)


@pytest.fixture
def session(sqlite_database: Database, company: Company) -> Iterator[Session]:
    with sqlite_database.write(company.organisation_id) as session:
        yield session
        session.rollback()


def planned(session: Session, company: Company, *shifts: tuple[str | None, int, float, float]) -> Week:
    roster = company.roster(session)
    made = [company.shift(who, week()[day], start, end) for who, day, start, end in shifts]
    company.draft(session, roster, made)
    return week_of(session, roster.id)


def test_a_night_shift_is_drawn_on_the_day_it_starts(session: Session, company: Company):
    view = week_view(planned(session, company, ("Ann", 2, 22, 30), (None, 2, 6, 14)))
    [ann] = [row for row in view.rows if row.name == "Ann Nowak"]
    assert [[chip.times for chip in cell] for cell in ann.cells] == [
        [],
        [],
        ["22:00–06:00 +1"],
        [],
        [],
        [],
        [],
    ]
    assert [(chip.person, chip.times) for chip in view.of_day(week()[2])] == [
        (None, "06:00–14:00"),
        ("Ann Nowak", "22:00–06:00 +1"),
    ]
    assert (view.open_on(week()[2]), view.open_on(week()[1]), view.shift_count) == (1, 0, 2)


def test_a_department_shows_its_shifts_and_its_people_only(session: Session, company: Company):
    found = planned(session, company, ("Ann", 0, 8, 16))
    assert week_view(found, company.outbound).rows == ()
    assert len(week_view(found, company.inbound).rows) == 4


def test_what_is_short_counts_people_times_minutes_on_its_own_day(session: Session, company: Company):
    company.cover(session, [MONDAY], 8, 16, 3)
    company.cover(session, [week()[1]], 22, 24, 1)
    short = short_by_day(planned(session, company, ("Ann", 0, 8, 16)))
    assert [short[day] for day in week()] == [2 * 480, 120, 0, 0, 0, 0, 0]


def test_the_curve_steps_down_where_nobody_is_asked_for(session: Session, company: Company):
    company.cover(session, [MONDAY], 6, 10, 1, 2)
    company.cover(session, [MONDAY], 14, 24, 2)
    view = coverage_view(planned(session, company, ("Ann", 0, 6, 14)), MONDAY, None)
    assert view is not None
    assert view.steps == {
        "hours": [6, 10, 14, 24],
        "minimum": [1, 0, 2, 0],
        "target": [2, 0, 2, 0],
        "scheduled": [1, 0, 0, 0],
    }
    assert view.missing_minutes == 2 * 600


def test_without_demand_there_is_no_curve(session: Session, company: Company):
    assert coverage_view(planned(session, company, ("Ann", 0, 8, 16)), MONDAY, None) is None


def test_hours_are_those_of_the_wall_clock_on_the_day_clocks_go_back(session: Session, company: Company):
    sunday = AUTUMN_MONDAY + timedelta(days=6)
    session.add(
        CoverageRequirement(
            location_id=company.location.id,
            department_id=company.inbound.id,
            skill_id=company.picking.id,
            starts_at=company.at(sunday, 6),
            ends_at=company.at(sunday, 14),
            minimum=1,
            target=1,
        )
    )
    session.flush()
    roster = company.roster(session, AUTUMN_MONDAY)
    view = coverage_view(week_of(session, roster.id), sunday, "no such need")
    assert view is not None
    assert view.steps["hours"] == [6, 14]


def test_a_shift_on_leave_is_marked_in_words(session: Session, company: Company):
    company.leave(session, "Ann", week()[2], week()[3])
    view = week_view(planned(session, company, ("Ann", 2, 8, 16), ("Ann", 3, 8, 16)))
    [chip] = view.odd
    assert (chip.person, chip.day, chip.remarks) == ("Ann Nowak", week()[2], ("on leave",))
    assert chip.label.endswith(", on leave")
