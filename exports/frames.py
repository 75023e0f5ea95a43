"""Frames of pandas for analysts: the same columns with the same types, whatever rows there are."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from exports.formulas import starts_a_formula
from scheduler.reporting.analysis_tables import AnalysisTable

if TYPE_CHECKING:
    import pandas as pd
    from arro3.core import DataType


class Dtype(StrEnum):
    """What a column holds, as pandas calls it."""

    TEXT = "str"
    CATEGORY = "category"
    """Texts that repeat."""
    DAY = "datetime64[s]"
    """A civil day, without a zone: its midnight is nobody's instant."""
    INSTANT = "datetime64[us, UTC]"
    WHOLE = "int64"
    MAYBE_WHOLE = "Int64"
    """Whole numbers, some of which are not known."""
    NUMBER = "float64"
    FLAG = "bool"


@dataclass(frozen=True, slots=True)
class FrameColumn:
    """A column of a frame.

    Parameters
    ----------
    about
        What it says, for whoever reads the frame.
    """

    name: str
    dtype: Dtype
    about: str


_C = FrameColumn
_WHO = (
    _C("employee_number", Dtype.CATEGORY, "as payroll knows the person"),
    _C("employee_name", Dtype.CATEGORY, "first and last name"),
)
_PLACE = _C("location", Dtype.CATEGORY, "code of the location")
_SPAN = (_C("first_day", Dtype.DAY, "first civil day"), _C("last_day", Dtype.DAY, "last civil day"))
_DAY = _C("day", Dtype.DAY, "civil day it counts for")


def _amount(name: str, about: str) -> FrameColumn:
    return _C(name, Dtype.NUMBER, f"{about}, days or minutes as `unit` says")


COLUMNS: Mapping[AnalysisTable, tuple[FrameColumn, ...]] = {
    AnalysisTable.TIME_ENTRIES: (
        *_WHO, _PLACE,
        _C("job_role", Dtype.CATEGORY, "code of the job worked in; missing where it is the person's own"),
        _DAY,
        _C("starts_at", Dtype.INSTANT, "instant, UTC"),
        _C("ends_at", Dtype.INSTANT, "instant, UTC"),
        _C("zone", Dtype.CATEGORY, "IANA zone of the location, for `dt.tz_convert`"),
        _C("break_minutes", Dtype.WHOLE, "unpaid break inside the span"),
        _C("worked_minutes", Dtype.WHOLE, "elapsed minutes less the break"),
        _C("timesheet_state", Dtype.CATEGORY, "open, submitted, approved or closed"),
    ),
    AnalysisTable.PAY_LINES: (
        _C("period_first_day", Dtype.DAY, "first day of the pay period that pays it"),
        _C("period_last_day", Dtype.DAY, "last day of that period"),
        _PLACE, *_WHO, _DAY,
        _C("pay_code", Dtype.CATEGORY, "what it is paid for"),
        _C("minutes", Dtype.WHOLE, "negative where a correction takes time back"),
        _C("is_worked", Dtype.FLAG, "whether its minutes are worked time, which each worked minute is once"),
        _C("hourly_rate_cents", Dtype.WHOLE, "minor units of the currency"),
        _C("amount_cents", Dtype.WHOLE, "minor units of the currency; sum it within one currency only"),
        _C("currency", Dtype.CATEGORY, "ISO 4217"),
        _C("rule", Dtype.CATEGORY, "id of the rule of law; missing for what the contract pays"),
        _C("is_correction", Dtype.FLAG, "whether it corrects an earlier period"),
    ),
    AnalysisTable.WORKED_HOURS: (
        *_WHO, _PLACE, _DAY,
        _C("worked_minutes", Dtype.WHOLE, "of timesheets that were approved"),
        _C("break_minutes", Dtype.WHOLE, "unpaid, not among the worked minutes"),
        _C("is_closed", Dtype.FLAG, "whether the pay period is closed"),
        _C("changed_after_close", Dtype.FLAG, "whether later punches make other hours"),
    ),
    AnalysisTable.LEAVE: (
        *_WHO, _PLACE, *_SPAN,
        _C("kind", Dtype.CATEGORY, "annual, sick, unpaid, other or overtime"),
        _C("calendar_days", Dtype.WHOLE, "from the first day to the last"),
    ),
    AnalysisTable.LEAVE_BALANCES: (
        *_WHO, _PLACE, *_SPAN,
        _C("kind", Dtype.CATEGORY, "annual, sick, unpaid, other or overtime"),
        _C("unit", Dtype.CATEGORY, "days or minutes, of every amount of the row"),
        _amount("carried_over", "from the leave year before"),
        _amount("granted", "by rules, by hand or earned"),
        _amount("adjusted", "by hand"),
        _amount("lapsed", "0 or less"),
        _amount("paid_out", "instead of taken"),
        _amount("taken", "by approved leave so far"),
        _amount("balance", "today, or when the leave year ended"),
        _amount("planned", "by approved leave to come"),
        _amount("available", "the balance less what is planned"),
    ),
    AnalysisTable.OVERTIME_ACCOUNTS: (
        *_WHO, _PLACE, *_SPAN,
        _C("overtime_paid_minutes", Dtype.WHOLE, "by closed pay periods"),
        _C("time_off_given_minutes", Dtype.WHOLE, "instead of pay"),
        _C("time_off_taken_minutes", Dtype.WHOLE, "by approved leave"),
        _C("time_off_paid_out_minutes", Dtype.WHOLE, "paid after all"),
        _C("balance_minutes", Dtype.MAYBE_WHOLE, "time off still owed; missing where there is no account"),
    ),
}  # fmt: skip
"""The columns of each table, in order; types never depend on the rows."""


def frame(table: AnalysisTable, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows of `scheduler.reporting.analysis_rows` as a frame; what a row says beside its columns is left out.

    Examples
    --------
    >>> frame(AnalysisTable.LEAVE, []).dtypes["calendar_days"]
    dtype('int64')
    """
    import pandas as pd

    columns = COLUMNS[table]
    values: dict[str, list[Any]] = {column.name: [] for column in columns}
    for row in rows:
        for column in columns:
            values[column.name].append(row[column.name])
    return pd.DataFrame({column.name: _series(column, values[column.name]) for column in columns})


def _series(column: FrameColumn, values: list[Any]) -> pd.Series[Any]:
    import numpy as np
    import pandas as pd

    if column.dtype is Dtype.CATEGORY:
        texts = pd.Series(values, dtype=Dtype.TEXT.value)
        return texts.astype(pd.CategoricalDtype(sorted(texts.dropna().unique())))
    if column.dtype is Dtype.DAY:
        return pd.Series(np.array(values, dtype=Dtype.DAY.value))
    return pd.Series(values, dtype=column.dtype.value)


def csv_of(found: pd.DataFrame) -> bytes:
    """The frame as CSV (UTF-8); texts that a spreadsheet would run as formulas get an apostrophe."""
    import pandas as pd

    told = found.copy()
    for name in told.columns:
        if isinstance(told[name].dtype, pd.CategoricalDtype | pd.StringDtype):
            told[name] = told[name].astype("object").map(_defused)
    return told.to_csv(index=False, date_format="%Y-%m-%dT%H:%M:%S%z").encode()


def _defused(text: object) -> object:
    return f"'{text}" if isinstance(text, str) and starts_a_formula(text) else text


def parquet_of(table: AnalysisTable, found: pd.DataFrame) -> bytes:
    """The frame as Parquet, with days as days and instants in UTC."""
    from arro3.core import Array, RecordBatch
    from arro3.io import write_parquet

    arrays: list[Array] = []
    for column in COLUMNS[table]:
        values = [None if _is_missing(value) else value for value in found[column.name].tolist()]
        if column.dtype is Dtype.DAY:
            days = [None if day is None else day.toordinal() - _EPOCH for day in values]
            arrays.append(Array(days, _type("int32")).cast(_type("date32")))
        elif column.dtype is Dtype.INSTANT:
            instants = [None if at is None else at.value // 1000 for at in values]
            arrays.append(Array(instants, _type("int64")).cast(_type("instant")))
        else:
            arrays.append(Array(values, _type(_ARROW.get(column.dtype, "utf8"))))
    out = io.BytesIO()
    batch = RecordBatch.from_arrays(arrays, names=list(found.columns))
    write_parquet(batch, out, compression="zstd(3)", created_by="makina")
    return out.getvalue()


_EPOCH = date(1970, 1, 1).toordinal()
_ARROW = {
    Dtype.WHOLE: "int64",
    Dtype.MAYBE_WHOLE: "int64",
    Dtype.NUMBER: "float64",
    Dtype.FLAG: "bool",
}


def _type(name: str) -> DataType:
    from arro3.core import DataType

    if name == "instant":
        return DataType.timestamp("us", tz="UTC")
    made: DataType = getattr(DataType, name)()
    return made


def _is_missing(value: object) -> bool:
    import pandas as pd

    return value is None or value is pd.NA or value is pd.NaT or value != value
