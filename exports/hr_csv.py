"""Records for human resources as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from uuid import UUID

from exports.formulas import starts_a_formula
from scheduler.reporting.hr_query import HrFact
from scheduler.reporting.models import HrRecordKind

MEDIA_TYPE = "text/csv; charset=utf-8"
CHUNK_LINES = 2000

COLUMNS: Mapping[HrRecordKind, tuple[str, ...]] = {
    HrRecordKind.WORKED_HOURS: (
        "worked_minutes", "break_minutes", "is_closed", "changed_after_close", "timesheet_id",
    ),
    HrRecordKind.LEAVE: ("kind", "calendar_days", "time_off_id"),
    HrRecordKind.OVERTIME: ("pay_code", "paid_minutes"),
    HrRecordKind.LEAVE_BALANCES: (
        "kind", "unit", "carried_over", "granted", "adjusted", "lapsed", "paid_out", "taken", "balance",
        "planned", "available",
    ),
    HrRecordKind.OVERTIME_ACCOUNTS: (
        "overtime_paid_minutes", "time_off_given_minutes", "time_off_taken_minutes",
        "time_off_paid_out_minutes", "balance_minutes",
    ),
    HrRecordKind.CONTRACT_DATES: ("event", "years", "is_followed", "contract_id"),
    HrRecordKind.EXPIRING_SKILLS: ("skill_code", "skill_name", "kind", "is_renewed"),
}  # fmt: skip
"""The facts of each kind, in the order in which they follow person, place and days."""

_ALWAYS = ("employee_number", "employee_name", "location", "first_day", "last_day")


def hr_csv(
    kind: HrRecordKind, facts: Iterable[HrFact], location_codes: Mapping[UUID, str]
) -> Iterator[bytes]:
    """A file in pieces (RFC 4180, UTF-8): texts are never formulas, numbers stay numbers.

    Parameters
    ----------
    location_codes
        Code of each place that facts are about.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow((*_ALWAYS, *COLUMNS[kind]))
    for number, fact in enumerate(facts, start=1):
        own = (fact.facts[name] for name in COLUMNS[kind])
        told = (
            fact.facts["employee_number"],
            fact.facts["employee_name"],
            location_codes[fact.location_id],
            str(fact.starts_on),
            str(fact.ends_on - timedelta(days=1)),
            *own,
        )
        writer.writerow([_cell(value) for value in told])
        if number % CHUNK_LINES == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def _cell(value: str | float | bool | None) -> str | float:
    """A value as it is written; a text that a spreadsheet would run gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return f"'{value}" if starts_a_formula(value) else value
    return value
