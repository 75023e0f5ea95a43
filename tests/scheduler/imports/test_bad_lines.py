"""Every way a line can be wrong: where it is said to be, what it is said to be, and what would do."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from scheduler.imports.run_import import ImportFile, import_files
from tests.scheduler.imports.company_files import COMPANY, MONDAY, files, instead, load, with_line

LATIN_1 = "code,name\nmałpa,x\n".encode("iso-8859-2")


def said(report) -> list[str]:
    """The errors in words; there must be some, and nothing may be stored."""
    assert not report.stored
    return [str(error) for error in report.errors]


BAD_LINES = {
    "an unknown zone": (
        "locations",
        "SFO,San Francisco,America/San_Francisco,us-ca,USD",
        "locations.csv, line 4, zone: 'America/San_Francisco' is no known time zone; "
        "an IANA name such as Europe/Warsaw or Asia/Manila",
    ),
    "an unknown location": (
        "departments",
        "MLN,X,X",
        "departments.csv, line 4, location: 'MLN' there is no such location; did you mean 'MNL'?",
    ),
    "a department of another location": (
        "employees",
        "4,Dan,Cruz,,,2026-01-01,,MNL,OUT,",
        "employees.csv, line 5, department: 'OUT' there is no such department of MNL; known are CARE",
    ),
    "an unknown skill": (
        "employee_skills",
        "2,pikcing,,",
        "employee_skills.csv, line 6, skill: 'pikcing' there is no such skill; did you mean 'picking'?",
    ),
    "an unknown employee": (
        "contracts",
        "99,2026-01-01,,permanent,40,,,12,35,",
        "contracts.csv, line 6, employee: '99' there is no such employee; known are 1, 2, 3",
    ),
    "a date that does not exist": (
        "contracts",
        "2,2026-02-31,,permanent,40,,,12,35,",
        "contracts.csv, line 6, first_day: '2026-02-31' is no date; 2026-02 has the days 01 to 28",
    ),
    "an ambiguous date": (
        "time_off",
        "1,03/04/2027,,annual,,",
        "time_off.csv, line 4, first_day: '03/04/2027' can be read as two dates; "
        "write 2027-03-04 or 2027-04-03",
    ),
    "negative money": (
        "contracts",
        "2,2023-01-01,2023-12-31,permanent,40,,,12,-35,",
        "contracts.csv, line 6, hourly_rate: '-35' is negative; 0 or more, such as 31.40",
    ),
    "overlapping contracts": (
        "contracts",
        "1,2025-12-31,2025-12-31,permanent,40,,,12,35,",
        "contracts.csv, line 6, first_day: '2025-12-31' overlaps line 2; "
        "let the earlier contract end the day before, with last_day in the same file",
    ),
    "a contract without end after which another begins": (
        "contracts",
        "3,2026-11-01,,part_time,20,10,,8,120,",
        "contracts.csv, line 6, first_day: '2026-11-01' overlaps line 5; "
        "let the earlier contract end the day before, with last_day in the same file",
    ),
    "a minimum above the agreed hours": (
        "contracts",
        "2,2023-01-01,2023-12-31,permanent,40,41,,12,35,",
        "contracts.csv, line 6, min_weekly_hours: '41' is more than the agreed hours; at most weekly_hours",
    ),
    "a maximum below the agreed hours": (
        "contracts",
        "2,2023-01-01,2023-12-31,permanent,40,,39,12,35,",
        "contracts.csv, line 6, max_weekly_hours: '39' is less than the agreed hours; at least weekly_hours",
    ),
    "no daily hours": (
        "contracts",
        "2,2023-01-01,2023-12-31,permanent,40,,,0,35,",
        "contracts.csv, line 6, max_daily_hours: '0' is no daily limit; more than 0 and at most 24",
    ),
    "a contract that ends before it starts": (
        "contracts",
        "2,2023-01-02,2023-01-01,permanent,40,,,12,35,",
        "contracts.csv, line 6, last_day: '2023-01-01' is before the first day, 2023-01-02; "
        "a later day, or empty for no end",
    ),
    "overlapping availability of one weekday": (
        "availability",
        "1,wed-thu,13:59,20:00,available",
        "availability.csv, line 6, start: '13:59' overlaps line 2; no two lines may share any time",
    ),
    "a duplicate line": (
        "employees",
        "2,Bea,Zając,,,2024-01-01,,WAW,OUT,",
        "employees.csv, line 5: says the same record as line 3; keep one of the two lines",
    ),
    "somebody born after the day of hiring": (
        "employees",
        "4,Dan,Cruz,,2026-01-01,2026-01-01,,MNL,CARE,",
        "employees.csv, line 5, born_on: '2026-01-01' is not before the day of hiring, 2026-01-01; "
        "check both dates",
    ),
    "somebody who left before the day of hiring": (
        "employees",
        "4,Dan,Cruz,,,2026-01-02,2026-01-01,MNL,CARE,",
        "employees.csv, line 5, last_day: '2026-01-01' is before the day of hiring, 2026-01-02; "
        "a day on or after it, or leave it empty",
    ),
    "an unknown job role": (
        "employees",
        "4,Dan,Cruz,,,2026-01-02,,MNL,CARE,adviser",
        "employees.csv, line 5, job_role: 'adviser' there is no such job role; known are picker",
    ),
    "an empty cell": (
        "skills",
        "drive,,skill",
        "skills.csv, line 5, name: is empty; this column must be filled: text, at most 200 characters",
    ),
    "overlapping validity of one certificate": (
        "employee_skills",
        "1,forklift,2026-06-01,",
        "employee_skills.csv, line 6, skill: 'forklift' overlaps line 3; "
        "one validity at a time: let the earlier one end the day before",
    ),
    "overlapping leave": (
        "time_off",
        "1,2026-12-27,2026-12-28,annual,,",
        "time_off.csv, line 4, first_day: '2026-12-27' overlaps line 2; "
        "one leave for each day: shorten or cancel the other one",
    ),
    "leave that ends before it begins": (
        "time_off",
        "1,2026-10-27,2026-10-26,annual,,",
        "time_off.csv, line 4, last_day: '2026-10-26' is before the first day, 2026-10-27; "
        "a day on or after it",
    ),
    "coverage before opening": (
        "coverage",
        "WAW,OUT,forklift,tue,05:00,07:00,1,,",
        "coverage.csv, line 5, start: '05:00' is outside opening hours: WAW is open 06:00 to 22:00; "
        "a time within them, or import other opening hours",
    ),
    "coverage over closing": (
        "coverage",
        "WAW,OUT,forklift,tue,21:00,23:00,1,,",
        "coverage.csv, line 5, start: '21:00' is outside opening hours: WAW is open 06:00 to 22:00; "
        "a time within them, or import other opening hours",
    ),
    "coverage on a closed day": (
        "coverage",
        "WAW,OUT,forklift,sun,08:00,09:00,1,,",
        "coverage.csv, line 5, start: '08:00' is outside opening hours: WAW is closed on that weekday; "
        "a time within them, or import other opening hours",
    ),
    "overlapping coverage": (
        "coverage",
        "WAW,OUT,picking,mon,13:00,14:00,1,,",
        "coverage.csv, line 5, start: '13:00' overlaps line 2; no two lines may share any time",
    ),
    "a target below the minimum": (
        "coverage",
        "WAW,OUT,forklift,mon,13:00,15:00,2,1,",
        "coverage.csv, line 5, target: '1' is less than the minimum, 2; minimum <= target <= maximum",
    ),
    "a maximum below the target": (
        "coverage",
        "WAW,OUT,forklift,mon,13:00,15:00,1,3,2",
        "coverage.csv, line 5, maximum: '2' is less than the target, 3; minimum <= target <= maximum",
    ),
    "a negative number of people": (
        "coverage",
        "WAW,OUT,forklift,mon,13:00,15:00,-1,,",
        "coverage.csv, line 5, minimum: '-1' is negative; number of people, 0 to 10000",
    ),
    "coverage that starts at the end of a day": (
        "coverage",
        "MNL,CARE,picking,mon,24:00,02:00,1,,",
        "coverage.csv, line 5, start: '24:00' is the end of the day; 00:00 of the next day",
    ),
    "a template that starts late before it starts early": (
        "shift_templates",
        "WAW,X,X,OUT,picking,,10:00,09:00,,8,,,,,",
        "shift_templates.csv, line 4, latest_start: '09:00' is before the earliest start; "
        "the same time or a later one",
    ),
    "a template shorter than itself": (
        "shift_templates",
        "WAW,X,X,OUT,picking,,10:00,,,8,7,,,,",
        "shift_templates.csv, line 4, longest_hours: '7' is shorter than the shortest; "
        "the same length or a longer one",
    ),
    "a template of no length": (
        "shift_templates",
        "WAW,X,X,OUT,picking,,10:00,,,0,,,,,",
        "shift_templates.csv, line 4, shortest_hours: '0' is no length of a shift; "
        "more than 0 and at most 24",
    ),
    "a template longer than a day": (
        "shift_templates",
        "WAW,X,X,OUT,picking,,10:00,,,8,25,,,,",
        "shift_templates.csv, line 4, longest_hours: '25' is no length of a shift; at most 24",
    ),
    "a break as long as the shift": (
        "shift_templates",
        "WAW,X,X,OUT,picking,,10:00,,,1,,,,60,",
        "shift_templates.csv, line 4, break_minutes: '60' is as long as the shift; "
        "fewer minutes than the shortest length has",
    ),
    "a start at the end of the day": (
        "shift_templates",
        "WAW,X,X,OUT,picking,,24:00,,,1,,,,,",
        "shift_templates.csv, line 4, earliest_start: '24:00' is the end of the day; "
        "23:59 or earlier, or 00:00 of the next weekday",
    ),
    "opening at the end of the day": (
        "opening_hours",
        "WAW,sun,24:00,02:00",
        "opening_hours.csv, line 4, opens: '24:00' is the end of the day; 00:00 of the next weekday",
    ),
    "the opening hours of one weekday twice": (
        "opening_hours",
        "WAW,wed,08:00,09:00",
        "opening_hours.csv, line 4: says the same record as line 2; keep one of the two lines",
    ),
    "a punch that takes another back": (
        "punches",
        "1,,2026-11-17,06:00,void,c-9",
        "punches.csv, line 6, kind: 'void' takes back another punch; correct the timesheet instead",
    ),
    "a punch at a time that does not exist": (
        "punches",
        "1,,2026-03-29,02:30,in,c-9",
        "punches.csv, line 6, time: '02:30' does not exist on 2026-03-29: clocks in Europe/Warsaw jump over "
        "it; check the clock",
    ),
    "a punch with an offset that the zone does not have": (
        "punches",
        "1,,2026-11-17,06:00+02:00,in,c-9",
        "punches.csv, line 6, time: '06:00+02:00' has an offset that Europe/Warsaw does not have then; "
        "write 05:00+01:00",
    ),
    "a punch before the day of hiring": (
        "punches",
        "1,,2023-12-31,06:00,in,c-9",
        "punches.csv, line 6, time: '06:00' Ann Nowak was not employed on 2023-12-31; a day from 2024-01-01",
    ),
    "a punch in the future": (
        "punches",
        "1,,2199-12-31,06:00,in,c-9",
        "punches.csv, line 6, time: '06:00' this lies in the future; "
        "an instant that has come; is the clock right?",
    ),
    "a negative quantity": (
        "demand",
        "MNL,calls,2026-11-16,10:00,15,-1",
        "demand.csv, line 4, quantity: '-1' is not a count; 0 or more, such as 12 or 12.5",
    ),
    "a weekday that is none": (
        "coverage",
        "WAW,OUT,forklift,mo-fr,08:00,09:00,1,,",
        "coverage.csv, line 5, day: 'mo-fr' is no weekday; "
        "mon, tue, wed, thu, fri, sat, sun, or a range such as mon-fri, or daily",
    ),
}


@pytest.mark.parametrize(("kind", "line", "sentence"), BAD_LINES.values(), ids=BAD_LINES.keys())
def test_a_bad_line_is_told_where_it_is_what_is_wrong_and_what_would_do(
    sqlite_tenant_session: Session, kind: str, line: str, sentence: str
):
    assert said(load(sqlite_tenant_session, **{kind: with_line(kind, line)})) == [sentence]


BAD_FILES = {
    "a title with a slip": (
        {"skills": instead("skills", "kind", "knd")},
        [
            "skills.csv, knd: skills has no such column; did you mean 'kind'?",
            "skills.csv, kind: this column is missing; required are code, name, kind",
        ],
    ),
    "a title used twice": (
        {"job_roles": "code,name,Name\npicker,Picker,x\n"},
        ["job_roles.csv, line 1, Name: two columns have this title; give each column a title of its own"],
    ),
    "a column that no file has": (
        {"job_roles": "code,name,salary\npicker,Picker,1\n"},
        ["job_roles.csv, salary: job_roles has no such column; job_roles has code, name"],
    ),
    "a line of another width": (
        {"job_roles": "code,name\npicker,Picker\npacker\n"},
        [
            "job_roles.csv, line 3: the line has 1 cells, the header has 2; "
            "write a delimiter for each cell, also for empty ones"
        ],
    ),
}


@pytest.mark.parametrize(("changes", "sentences"), BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_bad_file_is_reported_once_and_not_again_on_every_line_that_refers_to_it(
    sqlite_tenant_session: Session, changes: dict[str, str], sentences: list[str]
):
    assert said(load(sqlite_tenant_session, **changes)) == sentences


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("skills.csv", b"", "the file is empty"),
        ("skills.csv", b"%PDF-1.7", "is a PDF document"),
        ("skills.csv", LATIN_1, "is not encoded in UTF-8"),
        ("holiday.csv", b"when,what\n2026-01-01,x\n", "neither the name of the file nor its columns"),
        ("mine.csv", b"code,name\nx,y\n", None),
    ],
)
def test_a_file_that_is_none_of_the_kinds_is_reported_beside_the_bad_lines_of_others(
    sqlite_tenant_session: Session, name: str, content: bytes, problem: str | None
):
    given = [ImportFile(name, content), *files(skills=None, job_roles=None, punches="x,y\n1,2\n")]
    sentences = said(import_files(sqlite_tenant_session, given, actor="system", week=MONDAY))
    if problem is not None:
        assert problem in sentences[0]
    assert any(sentence.startswith("punches.csv") for sentence in sentences)


@pytest.mark.parametrize("kind", ["employees", "coverage", "time_off", "punches", "contracts"])
def test_a_file_is_recognised_by_its_columns_when_its_name_tells_nothing(sqlite_tenant_session, kind):
    given = [*files(**{kind: None}), ImportFile("export (3).csv", COMPANY[kind].encode())]
    report = import_files(sqlite_tenant_session, given, actor="system", week=MONDAY)
    assert report.stored
    assert report.count(kind).lines > 0


@pytest.mark.parametrize("name", ["2026 Availability exceptions.csv", "availability_exceptions-week48.csv"])
def test_the_longest_kind_in_a_name_counts(sqlite_tenant_session, name):
    text = COMPANY["availability_exceptions"]
    given = [*files(availability_exceptions=None), ImportFile(name, text.encode())]
    report = import_files(sqlite_tenant_session, given, actor="system", week=MONDAY)
    assert report.count("availability_exceptions").created == 1


def test_lines_that_refer_to_a_bad_line_are_not_reported_again(sqlite_tenant_session: Session):
    report = load(sqlite_tenant_session, employees=instead("employees", "2024-01-01,,WAW", "2024-02-30,,WAW"))
    assert said(report) == [
        "employees.csv, line 2, hired_on: '2024-02-30' is no date; 2024-02 has the days 01 to 29"
    ]


def test_every_bad_cell_of_a_line_is_reported(sqlite_tenant_session: Session):
    line = "4,Dan,Cruz,dan@,31.02.1990,2026-1-1,,MMM,CARE,chef"
    problems = load(sqlite_tenant_session, employees=with_line("employees", line)).errors
    assert [(each.line, each.column) for each in problems] == [
        (5, "email"),
        (5, "born_on"),
        (5, "hired_on"),
    ]
    line = "4,Dan,Cruz,,,2026-01-01,,MMM,CARE,chef"
    problems = load(sqlite_tenant_session, employees=with_line("employees", line)).errors
    assert [each.column for each in problems] == ["location", "job_role"]


def test_errors_come_in_the_order_of_files_and_lines(sqlite_tenant_session: Session):
    given = [
        ImportFile("punches.csv", with_line("punches", "9,,2026-11-17,06:00,in,c-9").encode()),
        ImportFile("skills.csv", with_line("skills", "a,b,c\nd,e,f").encode()),
        *files(punches=None, skills=None),
    ]
    report = import_files(sqlite_tenant_session, given, actor="system", week=MONDAY)
    assert [(each.file, each.line) for each in report.errors] == [
        ("punches.csv", 6),
        ("skills.csv", 5),
        ("skills.csv", 6),
    ]


def test_the_same_line_in_two_files_names_the_other_file(sqlite_tenant_session: Session):
    given = [*files(), ImportFile("skills_more.csv", COMPANY["skills"].encode())]
    report = import_files(sqlite_tenant_session, given, actor="system", week=MONDAY)
    assert {error.problem for error in report.errors} == {
        f"says the same record as line {line} of skills.csv" for line in (2, 3, 4)
    }


def test_a_contract_that_overlaps_a_stored_one_is_refused(sqlite_tenant_session: Session):
    load(sqlite_tenant_session)
    header = COMPANY["contracts"].splitlines()[0]
    text = f"{header}\n1,2026-12-01,,permanent,32,,,12,36,\n"
    alone = dict.fromkeys(COMPANY) | {"contracts": text}
    assert said(load(sqlite_tenant_session, **alone)) == [
        "contracts.csv, line 2, first_day: '2026-12-01' overlaps what is stored: "
        "2026-01-01 to further notice; "
        "let the earlier contract end the day before, with last_day in the same file"
    ]
    both = text + "1,2026-01-01,2026-11-30,permanent,40,30,44,12,35.20,\n"
    report = load(sqlite_tenant_session, **dict.fromkeys(COMPANY) | {"contracts": both})
    assert report.stored
    assert (report.count("contracts").created, report.count("contracts").updated) == (1, 1)


def test_a_stored_punch_is_never_changed(sqlite_tenant_session: Session):
    load(sqlite_tenant_session)
    report = load(sqlite_tenant_session, punches=instead("punches", "06:02", "06:03"))
    assert said(report) == [
        "punches.csv, line 2: is stored with other content; what is stored of this kind never changes"
    ]


def test_a_known_punch_cannot_move_to_another_day(sqlite_tenant_session: Session):
    load(sqlite_tenant_session)
    moved = "employee,day,time,kind,external_id\n1,2026-06-01,06:00,in,c-1\n"
    (sentence,) = said(load(sqlite_tenant_session, **dict.fromkeys(COMPANY) | {"punches": moved}))
    assert "line 2: is stored with other content" in sentence


def test_a_weekday_without_a_week_asks_for_it(sqlite_tenant_session: Session):
    report = import_files(sqlite_tenant_session, files(), actor="system")
    assert {error.file for error in report.errors} == {
        "availability_exceptions.csv",
        "time_off.csv",
        "coverage.csv",
    }
    assert {error.hint for error in report.errors} == {"an ISO date, or the week's Monday with --week"}
