"""Excel workbooks as rows of text, as a CSV file would hold them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from typing import IO

Cell = int | float | str | bool | time | date | datetime | timedelta
Records = list[tuple[int, list[str]]]

LARGEST_CELLS = 5_000_000
"""Cells a sheet may span to its last one; a reader holds all of them in memory, filled or not."""
LARGEST_BYTES = 300 * 1024 * 1024
"""Size a workbook may have when it is unpacked."""

_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_CHUNK = 1024 * 1024
_LONGEST_REFERENCE = 32
_CELL = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""", re.IGNORECASE)
_ROW = re.compile(rb"""\br\s*=\s*["']([0-9]{1,7})["']""", re.IGNORECASE)


class NotAWorkbook(Exception):
    """The bytes are no workbook, or one that is not safe to open."""


def read_workbook(content: bytes) -> list[tuple[str, Records]]:
    """The sheets that are not empty: name, and rows with their numbers.

    Raises
    ------
    NotAWorkbook
        With what is wrong.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    _check_extent(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [
            (name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names
        ]
    except CalamineError as error:
        raise NotAWorkbook(f"the file is a ZIP archive but no workbook that can be read ({error})") from error
    return [
        (name, [(number, [cell_text(cell) for cell in row]) for number, row in enumerate(rows, 1)])
        for name, rows in sheets
        if any(cell != "" for row in rows for cell in row)
    ]


def cell_text(cell: Cell) -> str:
    """What a cell says, written as a CSV file would write it.

    Examples
    --------
    >>> cell_text(12.0), cell_text(date(2026, 11, 23)), cell_text(time(6, 30)), cell_text(True)
    ('12', '2026-11-23', '06:30', 'yes')
    """
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, timedelta):
        return _clock(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        # A sheet counts times in days from the last day of 1899: 24:00 is read as the first day of 1900.
        return cell.isoformat() if cell.year > 1900 else _clock(cell - date(1899, 12, 31))
    if isinstance(cell, time):
        return cell.isoformat("minutes" if cell.second == 0 else "seconds")
    return str(cell).replace("\u00a0", " ").strip()


def _clock(since_midnight: timedelta) -> str:
    minutes, seconds = divmod(round(since_midnight.total_seconds()), 60)
    text = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text


def _check_extent(content: bytes) -> None:
    """Refuse archives that unpack to too much, and sheets whose last cell is too far away.

    A workbook of a few thousand bytes can name the last cell there is, row 1048576 and column XFD, and the
    reader would ask for half a terabyte: the process would end. Any member may be a sheet: all are looked at.
    """
    unpacked = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                with archive.open(member) as stream:
                    unpacked += _check_member(member.filename, stream, LARGEST_BYTES - unpacked)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError) as error:
        raise NotAWorkbook(f"the file looks like a workbook but cannot be unpacked ({error})") from error


def _check_member(name: str, stream: IO[bytes], allowed: int) -> int:
    """The unpacked size of a member."""
    size, rows, columns, tail = 0, 0, 0, b""
    while chunk := stream.read(_CHUNK):
        if size == 0 and chunk.startswith(_UTF_16):
            raise NotAWorkbook(f"{name} in the workbook is not encoded in UTF-8")
        size += len(chunk)
        if size > allowed:
            raise NotAWorkbook(f"the workbook unpacks to more than {LARGEST_BYTES >> 20} MB")
        text = tail + chunk
        for match in _CELL.finditer(text):
            columns = max(columns, _column_number(match[1]))
            rows = max(rows, int(match[2]))
        rows = max([rows, *(int(match[1]) for match in _ROW.finditer(text))])
        tail = text[-_LONGEST_REFERENCE:]
    if rows * columns > LARGEST_CELLS:
        raise NotAWorkbook(f"a sheet reaches to row {rows} and column {columns}: clear the cells far outside")
    return size


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
