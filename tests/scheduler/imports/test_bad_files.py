"""Files that are not what they should be, and lines that clash with others or with what is stored."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from scheduler.imports.run_import import ImportFile, import_files
from tests.scheduler.imports.company_files import COMPANY, MONDAY, files, instead, load, said, with_line

LATIN_2 = "code,name\nmałpa,x\n".encode("iso-8859-2")

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
        ("skills.csv", LATIN_2, "is not encoded in UTF-8"),
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
