"""Payroll files of Excel: numbers are numbers, days are days, and no text is a formula."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from exports.payroll_cells import CellFault, Faults, ReadyCell, is_day
from scheduler.kernel.errors import FieldError
from scheduler.payroll.payroll_profile import NumberStyle, Profile
from scheduler.payroll.rows import BatchFacts, Kind, Row, Value

MOST_ROWS = 1_048_576
"""Of a sheet, head included."""
PIECE_BYTES = 1 << 20


def workbook_chunks(
    profile: Profile, columns: Sequence[ReadyCell], rows: Iterable[Row], facts: BatchFacts, faults: Faults
) -> Iterator[bytes]:
    """A workbook of one sheet, piece by piece; the same rows and facts give the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "payroll.xlsx"
        _write(path, profile, columns, rows, facts, faults)
        with path.open("rb") as file:
            while piece := file.read(PIECE_BYTES):
                yield piece


def _write(
    path: Path,
    profile: Profile,
    columns: Sequence[ReadyCell],
    rows: Iterable[Row],
    facts: BatchFacts,
    faults: Faults,
) -> None:
    import xlsxwriter  # 0.1 s that other files need not pay

    options = {"constant_memory": True, "strings_to_urls": False, "tmpdir": str(path.parent)}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": datetime.combine(facts.made_on, time())})
        sheet = book.add_worksheet("Payroll")
        number = 0
        if profile.header:
            bold = book.add_format({"bold": True})
            for place, head in enumerate(profile.columns):
                sheet.write_string(0, place, head.name, bold)
            sheet.freeze_panes(1, 0)
            number = 1
        writers = [_writer(book, sheet, column, profile, place) for place, column in enumerate(columns)]
        for row in rows:
            if number >= MOST_ROWS:
                hint = "fewer periods at once, or a delimited file"
                faults.note(FieldError("rows", str(number), f"a sheet holds {MOST_ROWS} rows", hint))
                return
            for column, write in zip(columns, writers, strict=True):
                try:
                    value = column.value(row)
                    if value is not None:
                        write(number, value, row)
                except CellFault as fault:
                    faults.add(row, column.name, fault)
            number += 1


def _writer(
    book: Any, sheet: Any, column: ReadyCell, profile: Profile, place: int
) -> Callable[[int, Value, Row], None]:
    """How a column's values get into the sheet."""
    cell = column.cell
    if column.kind is Kind.NUMBER and cell.style is NumberStyle.PLAIN and cell.pad_to is None:
        form = book.add_format(
            {"num_format": "0" if column.digits == 0 else "0." + "0" * (column.digits or 2)}
        )
        plain = column.digits is None and cell.field == "minutes"
        shape = None if plain else form
        return lambda number, value, _row: sheet.write_number(number, place, _number(value), shape)
    if column.kind is Kind.DAY:
        shape = book.add_format({"num_format": (cell.day_form or profile.day_form).lower()})
        sheet.set_column(place, place, 12)
        return lambda number, value, _row: sheet.write_datetime(number, place, _midnight(value), shape)
    return lambda number, value, row: sheet.write_string(number, place, column.written(value, row))


def _number(value: Value) -> float:
    return float(value) if isinstance(value, int | Decimal) else 0.0


def _midnight(value: Value) -> datetime:
    if not is_day(value) or not isinstance(value, date):
        raise CellFault(value, "is no day", "a field that is a day")
    return datetime.combine(value, time())
