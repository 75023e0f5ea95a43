"""Lines about the days on which clocks change."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.demand.models import CoverageRequirement, DemandObservation
from scheduler.imports.report import ImportReport
from scheduler.imports.run_import import ImportFile, import_files
from scheduler.timekeeping.models import Punch
from tests.scheduler.imports.company_files import COMPANY, instead, load

SPRING, AUTUMN = date(2026, 3, 23), date(2026, 10, 19)
OPEN_ALL_NIGHT = instead("opening_hours", "WAW,mon-sat,06:00,22:00", "WAW,daily,00:00,24:00")


def company(session: Session) -> None:
    report = load(session, opening_hours=OPEN_ALL_NIGHT, punches=None, coverage=None, demand=None)
    assert report.stored


def import_one(session: Session, kind: str, lines: list[str], week: date | None = None) -> ImportReport:
    text = "\n".join([COMPANY[kind].splitlines()[0], *lines])
    return import_files(session, [ImportFile(f"{kind}.csv", text.encode())], actor="system", week=week)


def spans(session: Session) -> list[tuple[datetime, datetime]]:
    rows = session.scalars(select(CoverageRequirement).order_by(CoverageRequirement.starts_at))
    return [(row.starts_at, row.ends_at) for row in rows]


def quarters(day: str) -> list[str]:
    marks = [f"{minute // 60:02}:{minute % 60:02}" for minute in range(0, 361, 15)]
    return [f"WAW,OUT,picking,{day},{start},{end},1,," for start, end in itertools.pairwise(marks)]


def test_coverage_in_the_hour_that_is_jumped_over_asks_for_nobody(sqlite_tenant_session: Session):
    company(sqlite_tenant_session)
    report = import_one(sqlite_tenant_session, "coverage", quarters("sun"), SPRING)
    assert report.stored
    assert [warning.value for warning in report.warnings] == ["02:00", "02:15", "02:30", "02:45"]
    assert report.warnings[0].problem == "clocks jump over this time on 2026-03-29"
    stored = spans(sqlite_tenant_session)
    assert len(stored) == 20
    assert all(one[1] == two[0] for one, two in itertools.pairwise(stored))
    assert stored[-1][1] - stored[0][0] == timedelta(hours=5)


def test_coverage_of_the_hour_that_comes_twice_has_no_hole(sqlite_tenant_session: Session):
    company(sqlite_tenant_session)
    report = import_one(sqlite_tenant_session, "coverage", quarters("sun"), AUTUMN)
    assert (report.stored, report.warnings) == (True, ())
    stored = spans(sqlite_tenant_session)
    assert all(one[1] == two[0] for one, two in itertools.pairwise(stored))
    assert stored[-1][1] - stored[0][0] == timedelta(hours=7)
    longest = max(stored, key=lambda span: span[1] - span[0])
    assert longest == (
        datetime(2026, 10, 25, 0, 45, tzinfo=UTC),
        datetime(2026, 10, 25, 2, 0, tzinfo=UTC),
    )


def test_a_night_of_coverage_is_as_long_as_the_night(sqlite_tenant_session: Session):
    company(sqlite_tenant_session)
    for week in (SPRING, AUTUMN):
        import_one(sqlite_tenant_session, "coverage", ["WAW,OUT,picking,sat,22:00,06:00,1,,"], week)
    hours = [(end - start) / timedelta(hours=1) for start, end in spans(sqlite_tenant_session)]
    assert hours == [7, 9]


def test_a_punch_in_the_hour_that_comes_twice_is_the_first_unless_it_has_an_offset(
    sqlite_tenant_session: Session,
):
    company(sqlite_tenant_session)
    lines = [
        "1,,2026-10-25,02:10,in,d-1,",
        "1,,2026-10-25,02:20+01:00,break_start,d-2,",
        "1,,2026-10-25,02:40+01:00,out,d-3,",
        "1,,2026-10-24,27:30,out,d-4,",
    ]
    report = import_one(sqlite_tenant_session, "punches", lines)
    assert report.errors == ()
    assert [(warning.line, warning.value) for warning in report.warnings] == [(2, "02:10")]
    assert report.warnings[0].hint == "add the offset if it is not"
    at = dict(sqlite_tenant_session.execute(select(Punch.external_id, Punch.at)).all())
    assert at == {
        "d-1": datetime(2026, 10, 25, 0, 10, tzinfo=UTC),
        "d-2": datetime(2026, 10, 25, 1, 20, tzinfo=UTC),
        "d-3": datetime(2026, 10, 25, 1, 40, tzinfo=UTC),
        "d-4": datetime(2026, 10, 25, 2, 30, tzinfo=UTC),
    }


def test_demand_of_an_hour_that_did_not_exist_is_left_out_with_a_warning(sqlite_tenant_session: Session):
    company(sqlite_tenant_session)
    lines = [f"WAW,orders,2026-03-29,{hour:02}:00,60,{hour}" for hour in range(5)]
    report = import_one(sqlite_tenant_session, "demand", lines)
    assert (report.count("demand").lines, report.count("demand").created) == (5, 4)
    assert [(warning.value, warning.hint) for warning in report.warnings] == [("02:00", "left out")]
    stored = sqlite_tenant_session.execute(
        select(DemandObservation.starts_at, DemandObservation.quantity).order_by(DemandObservation.starts_at)
    ).all()
    assert [(at.hour, quantity) for at, quantity in stored] == [(23, 0), (0, 1), (1, 3), (2, 4)]


def test_manila_has_no_clock_changes(sqlite_tenant_session: Session):
    company(sqlite_tenant_session)
    for week in (SPRING, AUTUMN):
        report = import_one(sqlite_tenant_session, "coverage", ["MNL,CARE,voice,sun,00:00,24:00,1,,"], week)
        assert (report.stored, report.warnings) == (True, ())
    assert {end - start for start, end in spans(sqlite_tenant_session)} == {timedelta(hours=24)}
