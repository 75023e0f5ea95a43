"""What rounding did to people's time as CSV."""

from __future__ import annotations

import csv
import io

from exports.formulas import starts_a_formula
from scheduler.timekeeping.neutrality import Effect, Neutrality

MEDIA_TYPE = "text/csv; charset=utf-8"
COLUMNS = (
    "employee_number", "employee_name", "exact_minutes", "counted_minutes", "difference_minutes", "helped",
    "harmed", "chance", "verdict", "loses",
)  # fmt: skip


def rounding_csv(found: Neutrality) -> bytes:
    """A line of each person whose time was rounded, who lost most first, and one of all (RFC 4180, UTF-8).

    Texts are never formulas, numbers stay numbers.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for each in found.people:
        who = (each.employee.number, each.employee.name)
        writer.writerow([*map(_safe, who), *_numbers(each.effect), "yes" if each.loses else "no"])
    writer.writerow(["", "everybody", *_numbers(found.total), "yes" if found.total.minutes < 0 else "no"])
    return text.getvalue().encode()


def _numbers(effect: Effect) -> tuple[int | float | str, ...]:
    return (
        effect.exact_minutes, effect.counted_minutes, effect.minutes, effect.helped, effect.harmed,
        round(effect.chance, 6), effect.verdict.value,
    )  # fmt: skip


def _safe(text: str) -> str:
    return f"'{text}" if starts_a_formula(text) else text
