"""Worked examples of pay, put into records, approved and closed: the same cents as the law asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine

from scheduler.law.verify.example import Example, read_examples
from scheduler.pay.models import PayLine
from tests.scheduler.pay.example_company import ExampleCompany

SHARED = Path(__file__).parents[4] / "shared" / "law" / "examples.json"
NOT_CLOSED = {
    "PH-12a": "a thirteenth month is asked for by the year, not closed with a period",
    "PH-12b": "a thirteenth month is asked for by the year, not closed with a period",
    "DE-05b": "names no day, so that no calendar has a holiday on it",
    "PH-11a": "names no day, so that no calendar has a holiday on it",
    "PH-10a": "the holidays of 2020 are not in the calendars of the product",
    "PH-10b": "the holidays of 2020 are not in the calendars of the product",
}
"""Examples that are about no pay period."""
BASE = {"base", "straight", "reg", "ord", "regular", "salaried"}
"""What worked time is called as the contract pays it."""


def examples() -> list[Example]:
    if not SHARED.exists():
        return []
    found = read_examples(SHARED.read_text(encoding="utf-8"), SHARED.name)
    return [one for one in found if one.kind == "pay"]


def by_code(amounts: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(Decimal)
    for code, amount in amounts:
        found["base" if code.lower() in BASE else code.lower()] += amount
    return {code: amount for code, amount in found.items() if amount}


def of_lines(lines: Iterable[PayLine]) -> dict[str, Decimal]:
    return by_code((line.pay_code, Decimal(line.amount_cents) / 100) for line in lines)


def expected(example: Example) -> dict[str, Decimal]:
    return by_code((line["code"], Decimal(line["amount"])) for line in example.expected["lines"])


@pytest.mark.skipif(not SHARED.exists(), reason="the shared worked examples are not beside this repository")
@pytest.mark.parametrize("example", examples(), ids=lambda one: one.id)
def test_closing_pays_what_the_example_says(sqlite_tenant_session, example):
    if example.id in NOT_CLOSED:
        pytest.skip(NOT_CLOSED[example.id])
    with time_machine.travel("2027-06-01T12:00:00Z", tick=False):
        company = ExampleCompany(sqlite_tenant_session, example)
        lines = company.close()
    assert of_lines(lines) == expected(example)
    worked = sum(span.minutes for span in company.spans)
    assert sum(line.minutes for line in lines if line.counts_time) == worked
