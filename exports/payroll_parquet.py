"""Payroll files of Parquet: exact decimals and real days, for analysts."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from exports.payroll_cells import CellFault, Faults, ReadyCell
from scheduler.payroll.payroll_profile import NumberStyle
from scheduler.payroll.rows import Kind, Row, Value

if TYPE_CHECKING:
    from arro3.core import Array, DataType, RecordBatch

BATCH_ROWS = 50_000
PRECISION = 18
MONEY_DIGITS = 4
"""Decimals of amounts and rates: more than any currency has."""
_EPOCH = date(1970, 1, 1).toordinal()


def parquet_chunks(columns: Sequence[ReadyCell], rows: Iterable[Row], faults: Faults) -> Iterator[bytes]:
    """A Parquet file; the rows are read in batches of `BATCH_ROWS`."""
    from arro3.core import Field, RecordBatch, RecordBatchReader, Schema
    from arro3.io import write_parquet

    types = [_type_of(column) for column in columns]
    schema = Schema([Field(column.name, kind) for column, kind in zip(columns, types, strict=True)])

    def batches() -> Iterator[RecordBatch]:
        left = iter(rows)
        while some := list(islice(left, BATCH_ROWS)):
            arrays = [_array(column, kind, some, faults) for column, kind in zip(columns, types, strict=True)]
            yield RecordBatch.from_arrays(arrays, schema=schema)

    out = io.BytesIO()
    write_parquet(
        RecordBatchReader.from_batches(schema, batches()), out, compression="zstd(3)", created_by="makina"
    )
    yield out.getvalue()


def _is_number(column: ReadyCell) -> bool:
    return (
        column.kind is Kind.NUMBER and column.cell.style is NumberStyle.PLAIN and column.cell.pad_to is None
    )


def _type_of(column: ReadyCell) -> DataType:
    from arro3.core import DataType

    if _is_number(column):
        if column.digits == 0 or column.cell.field in ("minutes", "batch_number"):
            return DataType.int64()
        return DataType.decimal128(PRECISION, MONEY_DIGITS if column.digits is None else column.digits)
    return DataType.date32() if column.kind is Kind.DAY else DataType.utf8()


def _array(column: ReadyCell, kind: DataType, rows: Sequence[Row], faults: Faults) -> Array:
    from arro3.core import Array, DataType

    values = [_value(column, row, faults) for row in rows]
    if DataType.is_decimal128(kind):
        # From text: a decimal number would pass through binary floating point.
        digits = MONEY_DIGITS if column.digits is None else column.digits
        texts = [None if value is None else f"{value:.{digits}f}" for value in values]
        return Array(texts, DataType.utf8()).cast(kind)
    if DataType.is_date32(kind):
        days: list[Any] = [
            value.toordinal() - _EPOCH if isinstance(value, date) else None for value in values
        ]
        return Array(days, DataType.int32()).cast(kind)
    if _is_number(column):
        return Array([None if value is None else int(value) for value in values], kind)
    texts = [
        None if value is None else column.written(value, row) for value, row in zip(values, rows, strict=True)
    ]
    return Array(texts, kind)


def _value(column: ReadyCell, row: Row, faults: Faults) -> Value:
    try:
        return column.value(row)
    except CellFault as fault:
        faults.add(row, column.name, fault)
        return None
