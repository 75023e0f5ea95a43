"""Workbooks written by another library, and a session of a stored organisation."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import xlsxwriter

Sheets = Mapping[str, Sequence[Sequence[Any]]]
FORMATS = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm", time: "hh:mm", timedelta: "[h]:mm"}


@pytest.fixture
def workbook() -> Callable[[Sheets], bytes]:
    """Makes the bytes of an .xlsx file from rows by sheet."""
    return make_workbook


def make_workbook(sheets: Sheets) -> bytes:
    """An .xlsx file; values of Python become cells of their type."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    formats = {kind: book.add_format({"num_format": code}) for kind, code in FORMATS.items()}
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if type(cell) in formats:
                    sheet.write_datetime(number, place, cell, formats[type(cell)])
                elif cell is not None:
                    sheet.write(number, place, cell)
    book.close()
    return target.getvalue()
