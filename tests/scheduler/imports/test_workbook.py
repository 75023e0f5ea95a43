"""Workbooks: what their cells say, and those that would bring the process down."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from datetime import date, datetime, time, timedelta

import pytest

from scheduler.imports import workbook as module
from scheduler.imports.table import NotATable, read_tables
from scheduler.imports.workbook import NotAWorkbook, cell_text, read_workbook
from tests.scheduler.imports.conftest import make_workbook

# A sheet knows no zones: what it gives is naive.
NAIVE_DAY = datetime.fromisoformat("2026-11-23")
NAIVE_TIME = datetime.fromisoformat("2026-11-23T06:30")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (12.0, "12"),
        (31.4, "31.4"),
        (12345678901234.0, "12345678901234"),
        (True, "yes"),
        (False, "no"),
        (date(2028, 2, 29), "2028-02-29"),
        (NAIVE_DAY, "2026-11-23"),
        (NAIVE_TIME, "2026-11-23 06:30"),
        (time(6, 30), "06:30"),
        (time(6, 30, 15), "06:30:15"),
        (timedelta(hours=24), "24:00"),
        (timedelta(hours=25, minutes=10), "25:10"),
        ("  a\u00a0b ", "a b"),
        ("", ""),
    ],
)
def test_a_cell_says_what_a_csv_file_would_say(cell, text):
    assert cell_text(cell) == text


def test_values_of_every_type_survive_the_way_through_a_workbook():
    row = [12, 31.4, "x", True, date(2026, 11, 23), time(6, 30), timedelta(hours=24)]
    ((name, records),) = read_workbook(make_workbook({"one": [row]}))
    assert (name, records) == ("one", [(1, ["12", "31.4", "x", "yes", "2026-11-23", "06:30", "24:00"])])


def test_rows_keep_the_numbers_that_the_sheet_shows():
    rows = [[], ["", "code", "name"], [], ["", "A", "x"]]
    (table,) = read_tables("skills.xlsx", make_workbook({"one": rows}))
    assert [(row.line, row.cells) for row in table.rows] == [(4, {"code": "A", "name": "x"})]


def test_each_filled_sheet_is_a_table_and_an_empty_one_is_none():
    content = make_workbook({"skills": [["code"], ["A"]], "blank": [], "job roles": [["code"], ["B"]]})
    tables = read_tables("all.xlsx", content)
    assert [(table.file, table.sheet) for table in tables] == [
        ("all.xlsx#skills", "skills"),
        ("all.xlsx#job roles", "job roles"),
    ]


def test_an_empty_workbook_is_refused():
    with pytest.raises(NotATable, match="the workbook is empty"):
        read_tables("x.xlsx", make_workbook({"one": []}))


def test_another_kind_of_archive_is_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(NotATable, match="no workbook that can be read"):
        read_tables("x.xlsx", target.getvalue())


def test_a_sheet_with_a_cell_far_outside_is_refused_before_it_is_opened():
    small = make_workbook({"one": [["code"], [None, "x"]]})
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small)) as source, zipfile.ZipFile(target, "w") as archive:
        for member in source.infolist():
            text = source.read(member).replace(b'r="B2"', b'r="XFD1048576"')
            archive.writestr(member.filename, text.replace(b'r="2"', b'r="1048576"'))
    with pytest.raises(NotATable, match="row 1048576 and column 16384: clear the cells"):
        read_tables("x.xlsx", target.getvalue())


def test_a_large_sheet_that_is_filled_is_read():
    content = make_workbook({"one": [["code"], *([number] for number in range(5000))]})
    ((_, records),) = read_workbook(content)
    assert len(records) == 5001


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "LARGEST_BYTES", 1 << 20)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<" + b" " * (2 << 20))
    with pytest.raises(NotAWorkbook, match="more than 1 MB"):
        read_workbook(target.getvalue())


def test_a_sheet_in_another_encoding_is_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>".encode("utf-16"))
    with pytest.raises(NotAWorkbook, match="not encoded in UTF-8"):
        read_workbook(target.getvalue())


def test_reading_csv_does_not_load_the_workbook_reader():
    program = (
        "import sys; from scheduler.imports.run_import import import_files; "
        "from scheduler.imports.table import read_tables; read_tables('x.csv', b'a,b'); "
        "print([name for name in ('python_calamine', 'babel', 'pandas', 'ortools') if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
