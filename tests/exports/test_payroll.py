from __future__ import annotations

import csv
import io
import json
import random
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.payroll import COLUMNS, to_csv, to_frame, to_json
from scheduler.kernel.money import minor_digits
from scheduler.pay.lines import PayrollLine

GOLDEN = Path(__file__).parent / "golden"
DOCUMENT = Path(__file__).parents[2] / "docs" / "payroll-file.md"

REGULAR = PayrollLine(
    line_id=UUID(int=1),
    period_first_day=date(2026, 11, 16),
    period_last_day=date(2026, 11, 22),
    location_code="WAW",
    employee_number="0017",
    employee_name="Żaneta „Ania” Łęcka, mgr",
    day=date(2026, 11, 16),
    pay_code="regular",
    minutes=475,
    hourly_rate_cents=3140,
    amount_cents=24858,
    currency="PLN",
)
TAKEN_BACK = REGULAR._replace(
    line_id=UUID(int=2),
    day=date(2026, 11, 10),
    minutes=-40,
    amount_cents=-2093,
    corrects_period_first_day=date(2026, 11, 9),
    corrects_line_id=UUID(int=9),
    reason="=left at 15:50,\nsaid the manager",
)
NIGHT = REGULAR._replace(
    line_id=UUID(int=3),
    employee_number="-2",
    employee_name='@Bo "the clock"',
    day=date(2026, 11, 22),
    minutes=540,
    hourly_rate_cents=100_000_000,
    amount_cents=900_000_000,
)
YEN = REGULAR._replace(
    line_id=UUID(int=4),
    location_code="TYO",
    minutes=480,
    hourly_rate_cents=1226,
    amount_cents=9808,
    currency="JPY",
)
PREMIUM = REGULAR._replace(
    line_id=UUID(int=5),
    pay_code="night_premium",
    minutes=60,
    amount_cents=628,
    multiplier="0.2",
    is_worked=False,
)
LINES = [NIGHT, YEN, REGULAR, TAKEN_BACK]


def cells(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


@pytest.mark.parametrize(("name", "render"), [("payroll.csv", to_csv), ("payroll.json", to_json)])
def test_the_file_is_byte_for_byte_the_golden_one(name, render):
    assert render(LINES) == (GOLDEN / name).read_bytes()


@pytest.mark.parametrize("render", [to_csv, to_json])
def test_the_order_in_which_lines_are_given_does_not_matter(render):
    shuffled = list(LINES)
    for seed in range(6):
        random.Random(seed).shuffle(shuffled)
        assert render(shuffled) == render(LINES)


def test_csv_is_read_back_by_the_csv_module_as_it_was_meant():
    taken_back, regular = (
        row for row in cells(to_csv(LINES)) if row["employee_number"] == "0017" and row["location"] == "WAW"
    )
    assert list(regular) == list(COLUMNS)
    assert regular["employee_name"] == "Żaneta „Ania” Łęcka, mgr"
    assert [regular[name] for name in ("minutes", "hours", "hourly_rate", "amount", "currency")] == [
        "475",
        "7.92",
        "31.40",
        "248.58",
        "PLN",
    ]
    assert [taken_back[name] for name in ("day", "minutes", "hours", "amount")] == [
        "2026-11-10",
        "-40",
        "-0.67",
        "-20.93",
    ]
    assert taken_back["corrects_period_first_day"] == "2026-11-09"


def test_minutes_that_were_worked_are_summed_without_those_of_premiums():
    frame = to_frame([REGULAR, PREMIUM])
    assert (frame["minutes"].sum(), frame["worked_minutes"].sum()) == (475 + 60, 475)


def test_csv_is_read_back_by_pandas_as_it_was_meant():
    frame = pandas.read_csv(io.BytesIO(to_csv(LINES)), dtype={"employee_number": str}, parse_dates=["day"])
    assert frame["minutes"].sum() == 475 - 40 + 540 + 480
    by_line = dict(zip(frame["line_id"], frame["amount"], strict=True))
    assert by_line[str(UUID(int=2))] == -20.93
    assert frame["day"].max() == pandas.Timestamp(2026, 11, 22)


def test_every_line_of_csv_ends_with_crlf_and_there_is_no_mark():
    content = to_csv([REGULAR])
    assert content.startswith(b"period_first_day,")
    assert content.count(b"\r\n") == content.count(b"\n") == 2


@pytest.mark.parametrize(
    "text", ["=1+1", "+48 22", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "＋1", "－1", "＠a"]
)
def test_no_text_runs_as_a_formula_in_a_spreadsheet(text: str):
    for field in ("employee_name", "employee_number", "location_code", "reason"):
        formula: dict[str, Any] = {field: text}
        (row,) = cells(to_csv([REGULAR._replace(**formula)]))
        assert row["location" if field == "location_code" else field] == f"'{text}"


def test_harmless_text_and_negative_numbers_are_left_alone():
    (row,) = cells(to_csv([TAKEN_BACK._replace(employee_name="Anna-Maria O'Neill", reason="1=1")]))
    assert (row["employee_name"], row["reason"], row["minutes"]) == ("Anna-Maria O'Neill", "1=1", "-40")


def test_json_keeps_text_as_it_is_and_decimals_exact():
    rows = json.loads(to_json(LINES))["lines"]
    assert all(list(row) == list(COLUMNS) for row in rows)
    taken_back = next(row for row in rows if row["line_id"] == str(UUID(int=2)))
    assert taken_back["reason"] == "=left at 15:50,\nsaid the manager"
    assert (taken_back["minutes"], taken_back["amount"]) == (-40, "-20.93")
    regular = next(row for row in rows if row["line_id"] == str(UUID(int=1)))
    assert (regular["reason"], regular["corrects_line_id"]) == (None, None)


def test_a_currency_without_cents_has_none():
    (row,) = cells(to_csv([YEN]))
    assert (row["hourly_rate"], row["amount"]) == ("1226", "9808")


def test_large_amounts_are_written_in_full():
    (row,) = cells(to_csv([NIGHT]))
    assert row["amount"] == "9000000.00"


def test_the_frame_holds_exact_money_and_real_days():
    frame = to_frame(LINES)
    assert frame["amount"].sum() == Decimal("24858") / 100 - Decimal("20.93") + 9_000_000 + 9808
    assert frame["hours"].tolist() == [minutes / 60 for minutes in frame["minutes"]]
    assert frame["corrects_period_first_day"].dropna().tolist() == [pandas.Timestamp(2026, 11, 9)]
    assert frame["reason"].isna().sum() == 3
    assert frame.groupby("employee_number")["minutes"].sum().to_dict() == {"-2": 540, "0017": 915}


@pytest.mark.parametrize("lines", [[], LINES])
def test_the_frame_has_the_same_types_also_where_it_is_empty(lines):
    days = {"period_first_day", "period_last_day", "day", "corrects_period_first_day"}
    expected = {name: "datetime64[s]" if name in days else "str" for name in COLUMNS}
    expected |= {
        "minutes": "int64",
        "worked_minutes": "int64",
        "hours": "float64",
        "hourly_rate": "object",
        "amount": "object",
    }
    assert {name: str(dtype) for name, dtype in to_frame(lines).dtypes.items()} == expected


def test_no_lines_are_a_header_and_an_empty_list():
    assert to_csv([]).decode() == ",".join(COLUMNS) + "\r\n"
    assert json.loads(to_json([])) == {"lines": []}


def test_the_document_describes_every_column_in_its_order():
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", DOCUMENT.read_text(encoding="utf-8"), re.M)
    assert rows == list(COLUMNS.items())


any_line = st.builds(
    REGULAR._replace,
    line_id=st.uuids(),
    employee_number=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8),
    employee_name=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12),
    minutes=st.integers(-10_000, 10_000),
    amount_cents=st.integers(-(10**12), 10**12),
    currency=st.sampled_from(["PLN", "JPY", "KWD", "PHP", "USD"]),
)


@given(st.lists(any_line, max_size=4, unique_by=lambda line: line.line_id))
def test_whatever_the_names_and_amounts_nothing_is_lost_on_the_way(lines: list[PayrollLine]):
    by_id = {row["line_id"]: row for row in cells(to_csv(lines))}
    rows = {row["line_id"]: row for row in json.loads(to_json(lines))["lines"]}
    assert len(by_id) == len(rows) == len(lines)
    for line in lines:
        row, told = by_id[str(line.line_id)], rows[str(line.line_id)]
        assert row["employee_name"].removeprefix("'") == line.employee_name.removeprefix("'")
        assert told["employee_name"] == line.employee_name
        assert int(row["minutes"]) == told["minutes"] == line.minutes
        cents = Decimal(row["amount"]).scaleb(minor_digits(line.currency))
        assert cents == line.amount_cents
        assert row["amount"] == told["amount"]
        assert abs(Decimal(row["hours"]) * 60 - line.minutes) <= Decimal("0.3")
