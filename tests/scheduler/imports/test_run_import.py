"""Imports as a whole: what is stored, all or nothing, twice, changed, and in any order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from scheduler.db.models import whole_metadata
from scheduler.demand.models import CoverageRequirement, DemandObservation
from scheduler.imports.kinds.order import KINDS
from scheduler.imports.report import KindCount
from scheduler.imports.run_import import ImportFile, import_files
from scheduler.kernel.errors import InvalidInput
from scheduler.organisation.models import Location, OpeningHours
from scheduler.people.models import (
    Contract,
)
from scheduler.rosters.models import ShiftTemplate
from scheduler.timekeeping.models import Punch, TimeEntry
from scheduler.timeoff.models import TimeOff, TimeOffState
from tests.scheduler.imports.company_files import (
    COMPANY,
    MONDAY,
    count,
    employee,
    files,
    instead,
    load,
    with_line,
)
from tests.scheduler.imports.conftest import make_workbook

SHARED = Path(__file__).parents[4] / "shared" / "demand"


def test_every_kind_is_stored_from_one_import(tenant_session: Session):
    report = load(tenant_session)
    assert report.errors == report.warnings == ()
    assert report.stored
    assert [count.kind for count in report.counts] == [kind.name for kind in KINDS]
    assert {count.kind: (count.lines, count.created) for count in report.counts} == {
        "locations": (2, 2),
        "opening_hours": (2, 13),
        "settlement_periods": (1, 1),
        "school_terms": (1, 1),
        "leave_policies": (2, 2),
        "pay_groups": (2, 2),
        "departments": (2, 2),
        "job_roles": (1, 1),
        "skills": (3, 3),
        "employees": (3, 3),
        "pay_group_members": (3, 3),
        "contracts": (4, 4),
        "employee_skills": (4, 4),
        "availability": (4, 12),
        "availability_exceptions": (1, 1),
        "time_off": (2, 2),
        "leave_opening_balances": (2, 2),
        "shift_templates": (2, 2),
        "coverage": (3, 17),
        "demand": (2, 2),
        "punches": (4, 4),
        "pay_facts": (3, 3),
    }


def test_what_is_stored_is_what_the_lines_say(tenant_session: Session):
    load(tenant_session)
    ann, bea = employee(tenant_session, "1"), employee(tenant_session, "2")
    assert (ann.email, ann.born_on, ann.left_on) == ("ann@example.com", date(1990, 2, 28), None)
    assert bea.left_on == date(2027, 1, 1)
    older, newer = ann.contracts
    assert (older.valid_until, older.hourly_rate_cents, older.currency) == (date(2026, 1, 1), 3310, "PLN")
    assert (newer.min_weekly_minutes, newer.max_weekly_minutes, newer.max_daily_minutes) == (1800, 2640, 720)
    assert (older.min_weekly_minutes, older.max_weekly_minutes) == (0, 2400)
    assert sorted((held.valid_from, held.valid_until) for held in ann.skills) == [
        (date(2024, 1, 1), None),
        (date(2026, 1, 1), date(2027, 1, 1)),
    ]
    (night,) = employee(tenant_session, "3").availability
    assert (night.weekday, night.start_minute, night.end_minute) == (4, 1200, 1680)
    (exam,) = bea.availability_exceptions
    assert (exam.day, exam.start_minute, exam.end_minute, exam.note) == (date(2026, 11, 25), 0, 1440, "exam")
    hours = tenant_session.scalars(select(OpeningHours).join(Location).where(Location.code == "MNL")).all()
    assert {(each.opens_minute, each.closes_minute) for each in hours} == {(0, 1440)}


def test_leave_ends_on_the_day_after_its_last_day(tenant_session: Session):
    load(tenant_session)
    leave = tenant_session.scalars(select(TimeOff).order_by(TimeOff.starts_on)).all()
    assert [(each.starts_on, each.ends_on, each.state) for each in leave] == [
        (date(2026, 11, 26), date(2026, 11, 27), TimeOffState.REQUESTED),
        (date(2026, 12, 21), date(2026, 12, 28), TimeOffState.APPROVED),
    ]


def test_templates_take_the_documented_defaults(tenant_session: Session):
    load(tenant_session)
    night = tenant_session.scalars(select(ShiftTemplate).where(ShiftTemplate.code == "NIGHT")).one()
    assert night.weekdays == [0, 1, 2, 3, 4, 5, 6]
    assert (night.earliest_start_minute, night.latest_start_minute, night.start_step_minutes) == (
        1320,
        1320,
        15,
    )
    assert (night.shortest_minutes, night.longest_minutes, night.length_step_minutes) == (540, 540, 60)
    assert (night.break_from_minutes, night.break_minutes, night.break_paid) == (360, 60, False)


def test_coverage_lies_on_the_clock_of_its_location_in_the_given_week(tenant_session: Session):
    load(tenant_session)
    rows = tenant_session.scalars(select(CoverageRequirement).order_by(CoverageRequirement.starts_at)).all()
    warsaw = [row for row in rows if row.target == 2]
    assert (warsaw[0].starts_at, warsaw[0].ends_at) == (
        datetime(2026, 11, 23, 5, tzinfo=UTC),
        datetime(2026, 11, 23, 13, tzinfo=UTC),
    )
    assert (warsaw[0].minimum, warsaw[0].maximum) == (1, 3)
    nights = [row for row in rows if row.ends_at - row.starts_at == timedelta(hours=8) and row not in warsaw]
    assert min(row.starts_at for row in nights) == datetime(2026, 11, 23, 13, tzinfo=UTC)
    assert {row.target for row in rows if row.maximum is None} == {1}


def test_punches_become_time_entries(tenant_session: Session):
    load(tenant_session)
    punches = tenant_session.scalars(select(Punch).order_by(Punch.external_id)).all()
    assert [(punch.external_id, punch.at, punch.source) for punch in punches] == [
        ("c-1", datetime(2026, 11, 16, 5, 2, tzinfo=UTC), "import"),
        ("c-2", datetime(2026, 11, 16, 13, 3, 20, tzinfo=UTC), "import"),
        ("c-3", datetime(2026, 11, 16, 14, 0, tzinfo=UTC), "import"),
        ("c-4", datetime(2026, 11, 16, 22, 5, tzinfo=UTC), "import"),
    ]
    entries = tenant_session.scalars(select(TimeEntry).order_by(TimeEntry.starts_at)).all()
    assert [entry.worked_minutes for entry in entries] == [481, 485]


@pytest.mark.parametrize("turn", [1, 5, 13])
def test_the_order_of_the_files_does_not_matter(sqlite_tenant_session: Session, turn: int):
    given = files()
    shuffled = (
        [given[(place * turn) % len(given)] for place in range(len(given))] if turn != 5 else given[::-1]
    )
    assert len({file.name for file in shuffled}) == len(given)
    report = import_files(sqlite_tenant_session, shuffled, actor="system", week=MONDAY)
    assert report.stored
    assert report.count("contracts").created == 4


def test_files_may_refer_to_what_is_stored(sqlite_tenant_session: Session):
    people = ("contracts", "employee_skills", "availability", "punches", "coverage", "time_off", "pay_facts")
    first = load(sqlite_tenant_session, **dict.fromkeys(people))
    assert first.stored
    assert {warning.value for warning in first.warnings} == {"1", "2", "3"}
    later = load(sqlite_tenant_session, **{kind: None for kind in COMPANY if kind not in people})
    assert later.stored
    assert [count.kind for count in later.counts] == [kind.name for kind in KINDS if kind.name in people]


def test_an_employee_without_a_contract_is_taken_with_a_warning(sqlite_tenant_session: Session):
    line = "4,Dan,Cruz,,,2026-01-01,,MNL,CARE,"
    report = load(sqlite_tenant_session, employees=with_line("employees", line))
    assert report.stored
    assert [str(warning) for warning in report.warnings] == [
        "employees.csv, line 5, number: '4' is an employee without a contract; "
        "no roster can use them until contracts has a line for this number"
    ]


def test_a_kind_may_come_in_several_files(sqlite_tenant_session: Session):
    more = ImportFile("2026-11 Skills.csv", b"code,name,kind\nchat,Chat,skill\n")
    report = import_files(sqlite_tenant_session, [*files(), more], actor="system", week=MONDAY)
    assert (report.count("skills").lines, report.count("skills").created) == (4, 4)


def test_a_workbook_with_a_sheet_for_each_kind_says_the_same_as_the_files(sqlite_tenant_session: Session):
    load(sqlite_tenant_session)
    sheets = {kind: [line.split(",") for line in text.splitlines()] for kind, text in COMPANY.items()}
    book = ImportFile("company.xlsx", make_workbook(sheets))
    report = import_files(sqlite_tenant_session, [book], actor="system", week=MONDAY)
    assert report.errors == ()
    assert sum(count.created + count.updated + count.replaced for count in report.counts) == 0
    assert sum(count.unchanged for count in report.counts) == 86


def test_errors_in_a_workbook_name_sheet_row_and_title(sqlite_tenant_session: Session):
    sheets = {"Skills": [["Code", "Name", "Kind"], [], ["x", "y", "z"]], "job_roles": [["code", "name"]]}
    report = import_files(
        sqlite_tenant_session, [ImportFile("book.xlsx", make_workbook(sheets))], actor="system"
    )
    assert [(each.file, each.line, each.column) for each in report.errors] == [
        ("book.xlsx#Skills", 3, "Kind")
    ]


def test_typed_cells_of_a_sheet_are_read_like_text(sqlite_tenant_session: Session):
    load(sqlite_tenant_session)
    rows: list[list[Any]] = [
        [
            "employee",
            "first day",
            "last_day",
            "kind",
            "weekly_hours",
            "max weekly hours",
            "max_daily_hours",
            "hourly_rate",
        ],
        [2, date(2024, 1, 1), None, "student", 16, 20.0, 8, 31.4],
    ]
    book = ImportFile("contracts.xlsx", make_workbook({"Sheet1": rows}))
    report = import_files(sqlite_tenant_session, [book], actor="system")
    assert report.count("contracts") == KindCount("contracts", 1, unchanged=1)


def test_a_week_must_start_on_monday(sqlite_tenant_session: Session):
    with pytest.raises(InvalidInput) as refusal:
        import_files(sqlite_tenant_session, files(), actor="system", week=date(2026, 11, 24))
    assert refusal.value.errors[0].field == "week"


def test_amounts_are_in_the_minor_units_of_their_currency(sqlite_tenant_session: Session):
    load(
        sqlite_tenant_session,
        contracts=instead("contracts", "31.40,PLN", "1100,JPY"),
    )
    rates = sqlite_tenant_session.execute(
        select(Contract.hourly_rate_cents).where(Contract.currency == "JPY")
    )
    assert rates.all() == [(1100,)]


def test_the_number_of_queries_does_not_grow_with_the_lines(sqlite_tenant_session: Session):
    def queries(lines: int) -> int:
        statements: list[str] = []

        def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            statements.append(statement)

        engine = sqlite_tenant_session.get_bind()
        event.listen(engine, "before_cursor_execute", listen)
        rows = [f"P{number},A,B,2026-01-01,WAW,OUT" for number in range(lines)]
        text = "\n".join(["number,first_name,last_name,hired_on,location,department", *rows])
        import_files(sqlite_tenant_session, [ImportFile("employees.csv", text.encode())], actor="system")
        event.remove(engine, "before_cursor_execute", listen)
        return len(statements)

    load(sqlite_tenant_session)
    assert queries(5) == queries(400)


@pytest.mark.parametrize(
    ("file", "location", "lines", "stored", "warnings"),
    [
        ("israeli_bank_calls_hourly_1999.csv", "MNL", 8760, 8760, 0),
        ("uihc_ed_arrivals_hourly_2013_2018.csv", "WAW", 41640, 41635, 10),
    ],
)
@pytest.mark.slow
def test_public_files_of_hourly_counts_are_read_as_they_are(
    sqlite_tenant_session: Session, file, location, lines, stored, warnings
):
    path = SHARED / file
    if not path.exists():
        pytest.skip(f"{file} is not at hand")
    load(sqlite_tenant_session, demand=None)
    given = [ImportFile(file, path.read_bytes())]
    report = import_files(sqlite_tenant_session, given, actor="system", location=location)
    assert report.errors == ()
    assert (report.count("demand").lines, report.count("demand").created) == (lines, stored)
    assert len(report.warnings) == warnings
    assert count(sqlite_tenant_session, DemandObservation) == stored
    again = import_files(sqlite_tenant_session, given, actor="system", location=location)
    assert again.count("demand").unchanged == stored


def test_hourly_counts_ask_for_their_location(sqlite_tenant_session: Session):
    content = b"Date,hour,calls\n1999-01-01,0,11\n1999-01-01,23,3\n"
    load(sqlite_tenant_session, demand=None)
    given = [ImportFile("calls.csv", content)]
    none = import_files(sqlite_tenant_session, given, actor="system")
    unknown = import_files(sqlite_tenant_session, given, actor="system", location="MNN")
    assert [(each.problem, each.hint) for each in (*none.errors, *unknown.errors)] == [
        ("this is a file of hourly counts", "say which location it is about, with --location"),
        ("there is no such location", "did you mean 'MNL'?"),
    ]
    assert import_files(sqlite_tenant_session, given, actor="system", location="MNL").stored
    rows = sqlite_tenant_session.execute(
        select(DemandObservation.series, DemandObservation.starts_at, DemandObservation.quantity).order_by(
            DemandObservation.starts_at
        )
    ).all()
    assert rows == [
        ("calls", datetime(1998, 12, 31, 16, tzinfo=UTC), 11.0),
        ("calls", datetime(1999, 1, 1, 15, tzinfo=UTC), 3.0),
    ]


def test_every_kind_writes_a_record_of_the_metadata():
    tables = whole_metadata().tables
    assert all(kind.model.__tablename__ in tables for kind in KINDS)
    assert len({kind.name for kind in KINDS}) == len(KINDS)
