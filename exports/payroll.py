"""Hours and money for payroll: as CSV, as JSON and as a pandas frame.

The same lines give the same bytes for ever: they are sorted here, and nothing comes from the clock, from
chance or from the machine's locale. All three forms have the same columns, listed in `COLUMNS`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from exports.formulas import starts_a_formula
from scheduler.kernel.money import major_units
from scheduler.pay.lines import PayrollLine

if TYPE_CHECKING:
    import pandas

CSV_MEDIA_TYPE = "text/csv; charset=utf-8; header=present"
JSON_MEDIA_TYPE = "application/json"

COLUMNS: dict[str, str] = {
    "period_first_day": "first day of the period the line is paid in",
    "period_last_day": "last day of that period, included",
    "location": "code of the location",
    "employee_number": "what payroll knows the person by",
    "employee_name": "first and last name",
    "day": "day the time counts for; a night counts for the day on which it starts",
    "pay_code": "what is paid for: regular, or a premium such as predictability_1h",
    "minutes": "whole minutes, exact; negative where a correction takes time back",
    "hours": "the same in hours, rounded half up to two digits, for people to read: compute with the minutes",
    "hourly_rate": "price of an hour",
    "amount": "worth of the line, rounded to the currency's minor unit once",
    "currency": "ISO 4217 code of hourly_rate and amount",
    "corrects_period_first_day": "first day of the closed period that a correction is about; empty otherwise",
    "corrects_line_id": "line that a correction is about; empty otherwise, or if that day had no line",
    "reason": "why there is a correction; empty otherwise",
    "line_id": "the line's own id: one that was imported before is the same line",
    "multiplier": "of the hourly rate, where the line is a premium; empty for worked time",
    "rule": "parameter of law that asks for the line; empty for what the contract pays",
    "rule_pack": "version of the rule pack it was worked out under; empty for what the contract pays",
    "citation": "where it is written; empty for what the contract pays",
    "worked_minutes": "minutes that were worked: those of the line, 0 where it pays something on top of them",
}
"""The columns in their order, and what each says. Days are written YYYY-MM-DD."""


def to_csv(lines: Iterable[PayrollLine]) -> bytes:
    """The lines as CSV (RFC 4180): UTF-8 without a mark, comma, CRLF, one header line.

    A text that a spreadsheet would take for a formula gets an apostrophe in front. Numbers stay numbers:
    ``-40`` is minus forty.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in _sorted(lines):
        writer.writerow(_csv_cell(value) for value in _values(line))
    return text.getvalue().encode()


def to_json(lines: Iterable[PayrollLine]) -> bytes:
    """The lines as one JSON object ``{"lines": [...]}``, UTF-8.

    ``minutes`` is a number; ``hours``, ``hourly_rate`` and ``amount`` are decimal texts, because a JSON
    number is read as binary floating point; what does not apply is null.
    """
    rows = [dict(zip(COLUMNS, map(_json_value, _values(line)), strict=True)) for line in _sorted(lines)]
    return (json.dumps({"lines": rows}, ensure_ascii=False, indent=2) + "\n").encode()


def to_frame(lines: Iterable[PayrollLine]) -> pandas.DataFrame:
    """The lines as a frame with the same types also where it is empty.

    Days are ``datetime64[s]``, ``minutes`` and ``worked_minutes`` are ``int64``, ``hours`` is ``float64``
    (minutes / 60, not rounded); ``hourly_rate`` and ``amount`` are objects holding exact `decimal.Decimal`;
    all else is ``str``.
    What does not apply is missing.
    """
    import pandas

    rows = [dict(zip(COLUMNS, _values(line), strict=True)) for line in _sorted(lines)]
    series = {name: _series(name, [row[name] for row in rows]) for name in COLUMNS}
    series["hours"] = series["minutes"] / 60
    return pandas.DataFrame(series)


_DAYS = frozenset({"period_first_day", "period_last_day", "day", "corrects_period_first_day"})
_MINUTES = frozenset({"minutes", "worked_minutes"})
_MONEY = frozenset({"hourly_rate", "amount"})


def _series(name: str, values: list[Any]) -> pandas.Series[Any]:
    import pandas

    if name in _DAYS:
        return pandas.Series(pandas.to_datetime(pandas.Series(values, dtype="object")), dtype="datetime64[s]")
    if name in _MINUTES:
        return pandas.Series(values, dtype="int64")
    if name in _MONEY or name == "hours":
        return pandas.Series(values, dtype="object")
    return pandas.Series([None if value is None else str(value) for value in values], dtype="str")


def _sorted(lines: Iterable[PayrollLine]) -> list[PayrollLine]:
    return sorted(
        lines,
        key=lambda line: (
            line.period_first_day,
            line.location_code,
            line.employee_number,
            line.day,
            line.pay_code,
            line.line_id,
        ),
    )


def _values(line: PayrollLine) -> tuple[date | str | int | Decimal | UUID | None, ...]:
    """What the columns hold, in their order."""
    return (
        line.period_first_day,
        line.period_last_day,
        line.location_code,
        line.employee_number,
        line.employee_name,
        line.day,
        line.pay_code,
        line.minutes,
        (Decimal(line.minutes) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP),
        major_units(line.hourly_rate_cents, line.currency),
        major_units(line.amount_cents, line.currency),
        line.currency,
        line.corrects_period_first_day,
        line.corrects_line_id,
        line.reason,
        line.line_id,
        line.multiplier,
        line.rule,
        line.pack,
        line.citation,
        line.minutes if line.is_worked else 0,
    )


def _csv_cell(value: date | str | int | Decimal | UUID | None) -> str | int:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if starts_a_formula(value) else value
    return value if isinstance(value, int) else _written(value)


def _json_value(value: date | str | int | Decimal | UUID | None) -> str | int | None:
    return value if value is None or isinstance(value, str | int) else _written(value)


def _written(value: date | Decimal | UUID) -> str:
    # Never with an exponent: a file is read by programs that know none.
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
