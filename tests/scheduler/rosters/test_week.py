"""The week of a location: people by days, open shifts, coverage, in few queries."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from scheduler.db.session import Database
from scheduler.kernel.errors import SchedulerError
from scheduler.rosters.models import VersionState
from scheduler.rosters.week import Headcount, week_of
from tests.scheduler.rosters.company import MONDAY, Company, hire, week

SUNDAY = MONDAY + timedelta(days=6)


def test_rows_are_people_by_name_with_shifts_on_the_local_day_they_start(
    lite: Session, lite_company: Company
):
    c = lite_company
    roster = c.roster(lite)
    c.draft(
        lite, roster, [c.shift("Ann", SUNDAY, 22, 30), c.shift("Ann", MONDAY, 0, 6), c.shift("Bo", MONDAY)]
    )
    found = week_of(lite, roster.id)
    assert [row.employee.name for row in found.rows] == ["Cy Kot", "Bo Lis", "Di Maj", "Ann Nowak"]
    ann = found.rows[-1]
    assert [len(cell) for cell in ann.cells] == [1, 0, 0, 0, 0, 0, 1]
    assert (ann.planned_minutes, ann.contract_minutes) == (480 + 360, 2400)
    assert found.days == tuple(week())


def test_an_empty_roster_shows_its_people_and_what_is_missing(lite: Session, lite_company: Company):
    lite_company.cover(lite, [MONDAY], 8, 16, 2)
    found = week_of(lite, lite_company.roster(lite).id)
    assert (found.version, found.open_shifts, len(found.rows)) == (None, (), 4)
    assert found.missing_minutes == 2 * 480


def test_open_shifts_stand_apart_and_cover_nothing(lite: Session, lite_company: Company):
    c = lite_company
    c.cover(lite, [MONDAY], 8, 12, 1, 2)
    roster = c.roster(lite)
    c.draft(lite, roster, [c.shift(None, MONDAY), c.shift("Ann", MONDAY, 10, 18)])
    found = week_of(lite, roster.id)
    assert len(found.open_shifts) == 1
    (cell,) = found.coverage
    assert (cell.minimum, cell.target, cell.scheduled, cell.missing) == (1, 2, 0, 1)
    assert (cell.department.code, cell.skill.code) == ("IN", "PICK")


def test_a_night_of_the_week_before_covers_monday_morning(lite: Session, lite_company: Company):
    c = lite_company
    before = c.roster(lite, MONDAY - timedelta(days=7))
    version = c.draft(lite, before, [c.shift("Ann", MONDAY - timedelta(days=1), 22, 30)])
    c.cover(lite, [MONDAY], 4, 6, 1)
    roster = c.roster(lite)
    assert week_of(lite, roster.id).coverage[0].scheduled == 0
    version.state = VersionState.PUBLISHED
    lite.flush()
    assert week_of(lite, roster.id).coverage[0].scheduled == 1


def test_leave_and_a_missing_contract_are_shown(lite: Session, lite_company: Company):
    c = lite_company
    hire(lite, c, "E9", "Zoe Zet", contract=False)
    c.leave(lite, "Ann", MONDAY - timedelta(days=3), MONDAY + timedelta(days=2))
    rows = {row.employee.first_name: row for row in week_of(lite, c.roster(lite).id).rows}
    assert rows["Ann"].leave == {MONDAY, MONDAY + timedelta(days=1)}
    assert rows["Zoe"].contract_minutes is None


def test_somebody_of_another_place_with_a_shift_has_a_row(lite: Session, lite_company: Company):
    c = lite_company
    roster = c.roster(lite)
    c.draft(lite, roster, [c.shift("Ann", MONDAY)])
    ann = lite.merge(c.people["Ann"])
    ann.left_on = date(2026, 11, 1)
    lite.flush()
    assert "Ann Nowak" in [row.employee.name for row in week_of(lite, roster.id).rows]


def test_any_version_can_be_looked_at_but_none_of_another_roster(lite: Session, lite_company: Company):
    c = lite_company
    roster, other = c.roster(lite), c.roster(lite, MONDAY + timedelta(days=7))
    first = c.draft(lite, roster, [c.shift("Ann", MONDAY)])
    second = c.draft(lite, roster, [])
    shown = week_of(lite, roster.id)
    assert shown.version is second
    assert week_of(lite, roster.id, first.id).rows[-1].planned_minutes == 480
    for roster_id, version_id in ((other.id, first.id), (roster.id, uuid4())):
        with pytest.raises(SchedulerError, match="version_not_found"):
            week_of(lite, roster_id, version_id)


def test_the_number_of_queries_does_not_grow_with_the_people(
    sqlite_database: Database, lite_company: Company
):
    c = lite_company
    asked: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    counts = []
    for size in (0, 20):
        with sqlite_database.write(c.organisation_id) as session:
            names = [f"P{number} Last{number}" for number in range(size)]
            for number, name in enumerate(names):
                c.people[f"P{number}"] = hire(session, c, f"X{number}", name)
            c.cover(session, [MONDAY + timedelta(days=size // 20)], 8, 16, 2)
            roster = c.roster(session)
            c.draft(session, roster, [c.shift(who, MONDAY) for who in c.people])
        event.listen(sqlite_database.engine, "before_cursor_execute", listen)
        with sqlite_database.read(c.organisation_id) as session:
            asked.clear()
            assert len(week_of(session, roster.id).rows) == 4 + size
            counts.append(len([statement for statement in asked if statement.startswith("SELECT")]))
        event.remove(sqlite_database.engine, "before_cursor_execute", listen)
    assert counts[0] == counts[1]
    assert counts[0] <= 18


def test_the_fewest_people_of_an_interval_are_counted(lite_company: Company):
    c = lite_company
    shifts = [c.shift("Ann", MONDAY, 8, 12), c.shift("Bo", MONDAY, 12, 16), c.shift("Cy", MONDAY, 8, 16)]
    found = Headcount.of([*shifts, c.shift(None, MONDAY, 0, 24)])
    at = {hour: c.at(MONDAY, hour) for hour in (6, 7, 8, 11, 12, 13, 16, 17, 18)}
    assert found.fewest(at[8], at[16]) == 2
    assert found.fewest(at[11], at[13]) == 2
    assert found.fewest(at[7], at[16]) == 0
    assert found.fewest(at[8], at[17]) == 0
    assert found.fewest(at[6], at[7]) == 0
    assert found.fewest(at[17], at[18]) == 0
    assert found.fewest(at[16], at[17]) == 0
    assert Headcount.of([]).fewest(at[8], at[16]) == 0


def test_a_gap_inside_an_interval_is_seen(lite_company: Company):
    c = lite_company
    found = Headcount.of([c.shift("Ann", MONDAY, 8, 11), c.shift("Bo", MONDAY, 12, 16)])
    assert found.fewest(c.at(MONDAY, 10), c.at(MONDAY, 13)) == 0
    assert found.fewest(c.at(MONDAY, 12), c.at(MONDAY, 16)) == 1
