"""Frames of pandas: declared columns whatever the rows, and files of them read by others."""

from __future__ import annotations

import doctest
import io
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from arro3.core import DataType
from arro3.io import read_parquet
from fastparquet import ParquetFile

from exports.frames import COLUMNS, Dtype, csv_of, frame, parquet_of
from scheduler.reporting.analysis_tables import AnalysisTable

PAGE = Path(__file__).parents[2] / "docs" / "frames.md"
VALUES: dict[Dtype, Any] = {
    Dtype.TEXT: "a",
    Dtype.CATEGORY: "=1+1",
    Dtype.DAY: date(2024, 2, 29),
    Dtype.INSTANT: datetime(2026, 10, 25, 0, 30, 59, tzinfo=UTC),
    Dtype.WHOLE: -7,
    Dtype.MAYBE_WHOLE: None,
    Dtype.NUMBER: 12.5,
    Dtype.FLAG: True,
}


def row(table: AnalysisTable) -> dict[str, Any]:
    return {column.name: VALUES[column.dtype] for column in COLUMNS[table]} | {"more": 1}


@pytest.mark.parametrize("table", AnalysisTable)
def test_types_are_the_declared_ones_with_and_without_rows(table: AnalysisTable):
    for rows in ([], [row(table)], [row(table)] * 3):
        found = frame(table, rows)
        assert list(found.columns) == [column.name for column in COLUMNS[table]]
        assert {name: str(dtype) for name, dtype in found.dtypes.items()} == {
            column.name: column.dtype.value for column in COLUMNS[table]
        }
        assert len(found) == len(rows)


@pytest.mark.parametrize("table", AnalysisTable)
def test_a_parquet_file_says_the_same_to_another_reader(table: AnalysisTable):
    found = frame(table, [row(table)] * 2)
    read = ParquetFile(io.BytesIO(parquet_of(table, found))).to_pandas()
    assert list(read.columns) == list(found.columns)
    for column in COLUMNS[table]:
        value = read[column.name].iloc[1]
        if column.dtype is Dtype.DAY:
            assert str(value)[:10] == "2024-02-29"
        elif column.dtype is Dtype.INSTANT:
            # That reader takes zones from pandas' own notes only; the file itself says UTC (below).
            assert pd.Timestamp(value).tz_localize("UTC") == pd.Timestamp(VALUES[column.dtype])
        elif column.dtype is Dtype.MAYBE_WHOLE:
            assert pd.isna(value)
        else:
            assert value == VALUES[column.dtype]


def test_a_parquet_file_without_rows_has_all_columns():
    table = AnalysisTable.TIME_ENTRIES
    read = ParquetFile(io.BytesIO(parquet_of(table, frame(table, [])))).to_pandas()
    assert list(read.columns) == [column.name for column in COLUMNS[table]]
    assert len(read) == 0


def test_instants_of_a_parquet_file_are_said_to_be_in_utc():
    table = AnalysisTable.TIME_ENTRIES
    content = io.BytesIO(parquet_of(table, frame(table, [row(table)])))
    schema = read_parquet(content).schema
    assert DataType.is_timestamp(schema.field("starts_at").type)
    assert schema.field("starts_at").type.tz == "UTC"
    assert DataType.is_date32(schema.field("day").type)


def test_csv_defuses_formulas_and_keeps_numbers_numbers():
    text = csv_of(frame(AnalysisTable.PAY_LINES, [row(AnalysisTable.PAY_LINES)])).decode()
    header, line = text.splitlines()
    told = dict(zip(header.split(","), line.split(","), strict=True))
    assert (told["employee_name"], told["minutes"], told["is_worked"]) == ("'=1+1", "-7", "True")
    assert told["day"].startswith("2024-02-29")


@pytest.mark.parametrize("table", AnalysisTable)
def test_the_page_tells_every_column_with_its_type(table: AnalysisTable):
    section = PAGE.read_text(encoding="utf-8").split(f"### `{table.value}`")[1].split("###")[0]
    told = re.findall(r"^\| `(\w+)` \| `([^`]+)` \| (.+) \|$", section, re.MULTILINE)
    assert told == [(column.name, column.dtype.value, column.about) for column in COLUMNS[table]]


def test_the_examples_of_the_page_run():
    found = doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert found.attempted > 5
    assert found.failed == 0
