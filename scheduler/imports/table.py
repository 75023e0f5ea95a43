"""CSV and Excel files as rows with their true line numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from scheduler.imports.report import LineProblem
from scheduler.imports.workbook import NotAWorkbook, read_workbook

AS_CSV = "a CSV file in UTF-8, with a first line of column names, or an .xlsx workbook"

_FOREIGN = (
    (b"%PDF", "is a PDF document"),
    (b"\xd0\xcf\x11\xe0", "is a workbook of the old Excel format (.xls)"),
    (b"\xff\xfe", "is encoded in UTF-16"),
    (b"\xfe\xff", "is encoded in UTF-16"),
    (b"\x89PNG", "is a picture"),
    (b"\xff\xd8\xff", "is a picture"),
    (b"\x1f\x8b", "is a compressed file"),
)


class NotATable(Exception):
    """A file cannot be read as a table at all."""

    def __init__(self, problem: LineProblem) -> None:
        self.problem = problem
        super().__init__(str(problem))


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a table: where it starts, and its cells by column, without blanks around them."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and rows.

    Parameters
    ----------
    titles
        Column name (lower case, words joined by ``_``) to the title as the file spells it.
    problems
        Lines that are no rows of this table, and titles used twice.
    """

    file: str
    sheet: str | None
    titles: dict[str, str]
    rows: list[Row]
    problems: list[LineProblem] = field(default_factory=list)


def read_tables(file: str, content: bytes) -> list[Table]:
    """The tables of a file: one for CSV, one for each sheet of a workbook that is not empty.

    Raises
    ------
    NotATable
        If the file is neither, or holds nothing.
    """
    if not content.strip():
        raise NotATable(LineProblem(file, None, None, "", "the file is empty", AS_CSV))
    if content.startswith(b"PK\x03\x04"):
        return _read_workbook(file, content)
    for start, what in _FOREIGN:
        if content.startswith(start):
            raise NotATable(LineProblem(file, None, None, "", f"the file {what}", f"save it as {AS_CSV}"))
    return [_read_csv(file, content)]


def column_name(title: str) -> str:
    """A title as a column name.

    Examples
    --------
    >>> column_name(" Weekly hours ")
    'weekly_hours'
    """
    return "_".join(title.lower().replace("-", " ").replace("_", " ").split())


def _read_csv(file: str, content: bytes) -> Table:
    text = _decode(file, content)
    records = list(_csv_records(file, text))
    return _table(file, None, records)


def _decode(file: str, content: bytes) -> str:
    if b"\x00" in content:
        raise NotATable(LineProblem(file, None, None, "", "the file is binary", f"give {AS_CSV}"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        around = content[max(error.start - 10, 0) : error.start + 10].decode("latin-1").strip()
        hint = "save it as UTF-8 (Excel: 'CSV UTF-8')"
        raise NotATable(
            LineProblem(file, line, None, around, "the file is not encoded in UTF-8", hint)
        ) from error


def _csv_records(file: str, text: str) -> Iterator[tuple[int, list[str]]]:
    first = next((line for line in text.splitlines() if line.strip(" \t,;")), "")
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    starts_on = 1
    try:
        for cells in reader:
            yield starts_on, [_tidy(cell) for cell in cells]
            starts_on = reader.line_num + 1
    except csv.Error as error:
        hint = 'close each quoted cell with a quote, and write a quote within it twice ("")'
        problem = f"this is no CSV record ({error})"
        raise NotATable(LineProblem(file, starts_on, None, "", problem, hint)) from error


def _read_workbook(file: str, content: bytes) -> list[Table]:
    try:
        sheets = read_workbook(content)
    except NotAWorkbook as error:
        raise NotATable(LineProblem(file, None, None, "", str(error), f"give {AS_CSV}")) from error
    if not sheets:
        raise NotATable(LineProblem(file, None, None, "", "the workbook is empty", AS_CSV))
    several = len(sheets) > 1
    return [_table(f"{file}#{name}" if several else file, name, records) for name, records in sheets]


def _tidy(text: str) -> str:
    return text.replace("\u00a0", " ").strip()


def _table(file: str, sheet: str | None, records: Sequence[tuple[int, list[str]]]) -> Table:
    written = [(line, cells) for line, cells in records if any(cells)]
    if not written:
        raise NotATable(LineProblem(file, None, None, "", "the file holds nothing but blanks", AS_CSV))
    (header_line, titles), *rest = written
    names = [column_name(title) for title in titles]
    table = Table(file, sheet, {}, [])
    if not any(names):
        raise NotATable(LineProblem(file, header_line, None, "", "the first line names no column", AS_CSV))
    for name, title in zip(names, titles, strict=True):
        if name and name in table.titles:
            problem, hint = "two columns have this title", "give each column a title of its own"
            table.problems.append(LineProblem(file, header_line, title, "", problem, hint))
        elif name:
            table.titles[name] = title
    for line, cells in rest:
        if problem_of_row := _misshapen(file, line, cells, names):
            table.problems.append(problem_of_row)
        else:
            table.rows.append(
                Row(line, {name: cell for name, cell in zip(names, cells, strict=False) if name})
            )
    return table


def _misshapen(file: str, line: int, cells: list[str], names: list[str]) -> LineProblem | None:
    if len(cells) < len(names) and any(names[len(cells) :]):
        problem = f"the line has {len(cells)} cells, the header has {len(names)}"
        return LineProblem(
            file, line, None, "", problem, "write a delimiter for each cell, also for empty ones"
        )
    for place, cell in enumerate(cells):
        if cell and (place >= len(names) or not names[place]):
            problem = f"cell {place + 1} belongs to no column"
            hint = "quote cells that contain the delimiter, or give the column a title"
            return LineProblem(file, line, None, cell, problem, hint)
    return None
