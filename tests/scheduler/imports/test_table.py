"""Files as tables: what is read, with its true line, and what a file that is no table is answered."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.imports.table import NotATable, read_tables

HEADER = "number,first_name\n"


def rows(content: bytes, file: str = "employees.csv") -> list[tuple[int, dict[str, str]]]:
    (table,) = read_tables(file, content)
    assert table.problems == []
    return [(row.line, row.cells) for row in table.rows]


def refused(content: bytes) -> tuple[int | None, str, str]:
    with pytest.raises(NotATable) as refusal:
        read_tables("employees.csv", content)
    problem = refusal.value.problem
    assert problem.file == "employees.csv"
    return problem.line, problem.problem, problem.hint


@pytest.mark.parametrize(
    "content",
    [
        "number,first_name\n1,Łucja\n".encode(),
        "number,first_name\n1,Łucja\n".encode("utf-8-sig"),
        "number;first_name\r\n1;Łucja\r\n".encode(),
        " Number , First-Name \r1, Łucja ".encode(),
        "\n\nnumber;First name;;\n\n1;Łucja;;\n;;;\n".encode(),
        '"number","first_name"\n"1","Łucja"\n'.encode(),
    ],
)
def test_delimiters_blanks_line_ends_and_byte_order_marks_make_no_difference(content: bytes):
    assert [cells for _, cells in rows(content)] == [{"number": "1", "first_name": "Łucja"}]


def test_a_quoted_line_break_does_not_shift_the_lines_after_it():
    content = b'number,note\n1,"two\nlines"\n2,"a ""quoted"" word"\n\n3,x\n'
    assert [(line, cells["note"]) for line, cells in rows(content)] == [
        (2, "two\nlines"),
        (4, 'a "quoted" word'),
        (6, "x"),
    ]


def test_a_semicolon_inside_a_comma_separated_cell_is_text():
    assert rows(b'number,note\n1,"a;b;c"\n') == [(2, {"number": "1", "note": "a;b;c"})]


@pytest.mark.parametrize(
    ("content", "problem", "hint"),
    [
        (b"", "the file is empty", "a CSV file in UTF-8"),
        (b" \n\r\n", "the file is empty", "a CSV file in UTF-8"),
        (b",,\n,,\n", "nothing but blanks", "a CSV file in UTF-8"),
        (b"-,_\n1,2\n", "the first line names no column", "a CSV file in UTF-8"),
        (b"%PDF-1.7\n...", "is a PDF document", "save it as a CSV file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old Excel format (.xls)", "or an .xlsx workbook"),
        ("number,name\n".encode("utf-16"), "encoded in UTF-16", "a CSV file in UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00", "is a picture", "a CSV file in UTF-8"),
        (b"\x1f\x8b\x08....", "is a compressed file", "a CSV file in UTF-8"),
        (b"number\n\x00\x01\x02", "the file is binary", "a CSV file in UTF-8"),
        (b"PK\x03\x04 and nothing more", "cannot be unpacked", "or an .xlsx workbook"),
    ],
)
def test_a_file_that_is_no_table_says_what_it_is_and_what_would_do(content, problem, hint):
    _, said, would_do = refused(content)
    assert problem in said
    assert hint in would_do


def test_another_encoding_is_told_with_its_line():
    line, problem, hint = refused("number,name\n1,Ann\n2,Łucja\n".encode("cp1250"))
    assert (line, problem) == (3, "the file is not encoded in UTF-8")
    assert "CSV UTF-8" in hint


def test_a_quote_that_is_never_closed_is_told_with_the_line_where_its_record_starts():
    line, problem, hint = refused(b'number,name\n1,Ann\n2,"Bea\n3,Cyd\n')
    assert line == 3
    assert "no CSV record" in problem
    assert "quote" in hint


def test_lines_of_another_width_are_problems_and_the_others_are_read():
    (table,) = read_tables("x.csv", b"a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,\n")
    assert [row.line for row in table.rows] == [2, 5]
    assert [(each.line, each.value, each.problem) for each in table.problems] == [
        (3, "", "the line has 2 cells, the header has 3"),
        (4, "4", "cell 4 belongs to no column"),
    ]


def test_a_title_used_twice_is_a_problem():
    (table,) = read_tables("x.csv", b"code,name,Code\n1,2,3\n")
    assert [(each.line, each.column) for each in table.problems] == [(1, "Code")]


def test_cells_under_an_empty_title_are_a_problem():
    (table,) = read_tables("x.csv", b"code,,name\n1,lost,3\n1,,3\n")
    assert [(each.line, each.value) for each in table.problems] == [(2, "lost")]
    assert [row.cells for row in table.rows] == [{"code": "1", "name": "3"}]


# Where lines end in \n, Python 3.11 writes a lone carriage return without quotes, which ends the line.
names = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=8)


@given(
    cells=st.lists(st.lists(names, min_size=2, max_size=2), min_size=1, max_size=6),
    delimiter=st.sampled_from([",", ";"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    end=st.sampled_from(["\n", "\r\n"]),
    mark=st.sampled_from(["utf-8", "utf-8-sig"]),
)
def test_whatever_a_csv_writer_writes_is_read_back(cells, delimiter, quoting, end, mark):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=end)
    writer.writerows([["left", "right"], *cells])
    (table,) = read_tables("x.csv", text.getvalue().encode(mark))
    tidy = [[cell.replace("\u00a0", " ").strip() for cell in row] for row in cells]
    assert [[row.cells["left"], row.cells["right"]] for row in table.rows] == [
        row for row in tidy if any(row)
    ]
    for row in table.rows:
        assert 1 < row.line <= len(text.getvalue().splitlines()) + 1


@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_are_refused_in_words(content):
    try:
        words = [title for table in read_tables("x.csv", content) for title in table.titles]
    except NotATable as refusal:
        words = [refusal.problem.problem, refusal.problem.hint]
    assert words
    assert all(words)


@given(st.binary(max_size=200))
def test_any_bytes_after_the_mark_of_a_workbook_are_refused_in_words(content):
    with pytest.raises(NotATable):
        read_tables("x.xlsx", b"PK\x03\x04" + content)
