"""The language of computed columns: what it gives, and what it refuses before it is ever run."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.payroll.expressions import ExpressionError, compile_expression
from scheduler.payroll.rows import Kind

NAMES = {
    "name": (Kind.TEXT, lambda row: row.get("name")),
    "hours": (Kind.NUMBER, lambda row: row.get("hours")),
    "day": (Kind.DAY, lambda row: row.get("day")),
}
ROW = {"name": "Nowak", "hours": Decimal("7.5"), "day": date(2028, 2, 29)}


def run(source: str, row: dict[str, Any] = ROW) -> Any:
    return compile_expression(source, NAMES, {"company": "AB", "empty": ""}).read(row)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("join(name, ', ', setting.company)", "Nowak, AB"),
        ("upper(left(name, 3))", "NOW"),
        ("right(name, 2)", "ak"),
        ("right(name, 0)", ""),
        ("pad(name, 8, '0')", "000Nowak"),
        ("replace(name, 'o', '')", "Nwak"),
        ("hours * 2 - 1", Decimal("14.0")),
        ("hours / 2 + 0.1", Decimal("3.85")),
        ("-hours", Decimal("-7.5")),
        ("round(hours / 7, 2)", Decimal("1.07")),
        ("min(hours, 5, 6)", Decimal(5)),
        ("'long' if hours > 7 and not name == 'X' else 'short'", "long"),
        ("hours if hours < 1 else nothing", None),
        ("write_day(last_of_month(day), 'D.M.YYYY')", "29.2.2028"),
        ("write_day(first_of_month(day), 'YYYYMMDD')", "20280201"),
        ("days_between(first_of_month(day), day)", Decimal(28)),
        ("text(round(hours, 0))", "8"),
        ("'blank' if blank(setting.empty) else 'there'", "blank"),
    ],
)
def test_an_expression_gives_its_value(source: str, value: object):
    assert run(source) == value


def test_what_is_blank_stays_blank_in_a_calculation_and_is_nothing_in_a_text():
    row = {"name": None, "hours": None, "day": None}
    assert run("hours * 2", row) is None
    assert run("upper(name)", row) is None
    assert run("join('a', name, 'b')", row) == "ab"
    assert run("'less' if hours < 5 else 'not'", row) == "not"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("wages * 2", "there is no field “wages”"),
        ("setting.batch", "there is no setting “batch”"),
        ("name.upper()", "there is no function “”"),
        ("name.__class__", "a dot is for settings only"),
        ("__import__('os')", "there is no function “__import__”"),
        ("hours ** 9", "operator that is not known"),
        ("name * 3", "is given a text"),
        ("name + name", "is given a text"),
        ("[hours]", "is not part of the language"),
        ("lambda: hours", "is not part of the language"),
        ("(hours := 3)", "is not part of the language"),
        ("hours == name", "compares number with text"),
        ("1 < hours < 3", "comparison that is not known"),
        ("name if hours else name", "is given a number"),
        ("name if hours > 1 else hours", "gives text or number"),
        ("upper(hours)", "is given number"),
        ("upper()", "is given nothing"),
        ("upper(name, text=name)", "takes no named values"),
        ("True", "neither text nor number"),
        ("1e99", "out of range"),
        ("0x10", "no decimal number"),
        ("hours +", "cannot be read"),
        ("", "cannot be read"),
        ("nothing if hours > 1 else nothing", "nothing either way"),
        ("-" * 30 + "hours", "nested too deeply"),
        ("1" * 501, "has 501 characters"),
    ],
)
def test_what_cannot_be_run_is_refused_when_it_is_read(source: str, says: str):
    with pytest.raises(ExpressionError) as refused:
        run(source)
    assert says in refused.value.problem
    assert refused.value.hint


@given(st.text(max_size=60))
def test_any_text_is_an_expression_or_refused(source: str):
    try:
        compiled = compile_expression(source, NAMES, {})
    except ExpressionError:
        return
    assert compiled.kind in Kind
