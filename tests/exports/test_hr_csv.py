"""Records for human resources as CSV."""

from __future__ import annotations

import csv
import io
from datetime import date
from uuid import UUID

from exports.hr_csv import CHUNK_LINES, hr_csv
from scheduler.reporting.hr_query import HrFact
from scheduler.reporting.models import HrRecordKind

PLACE, ANN = UUID(int=1), UUID(int=2)


def leave(name: str, calendar_days: int) -> HrFact:
    facts = {
        "employee_number": "W-017", "employee_name": name, "time_off_id": str(UUID(int=3)), "kind": "sick",
        "calendar_days": calendar_days,
    }  # fmt: skip
    return HrFact(PLACE, ANN, "key", date(2026, 11, 2), date(2026, 11, 9), facts)


def rows(kind: HrRecordKind, *facts: HrFact) -> list[dict[str, str]]:
    text = b"".join(hr_csv(kind, facts, {PLACE: "WAW"})).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_line_says_who_where_when_and_what_with_the_last_day_of_it():
    assert rows(HrRecordKind.LEAVE, leave("Zoë, Nowak", 7)) == [
        {
            "employee_number": "W-017",
            "employee_name": "Zoë, Nowak",
            "location": "WAW",
            "first_day": "2026-11-02",
            "last_day": "2026-11-08",
            "kind": "sick",
            "calendar_days": "7",
            "time_off_id": str(UUID(int=3)),
        }
    ]


def test_a_name_that_a_spreadsheet_would_run_is_defused_and_a_number_stays_one():
    line = rows(HrRecordKind.LEAVE, leave("=HYPERLINK(1)", -7))[0]
    assert (line["employee_name"], line["calendar_days"]) == ("'=HYPERLINK(1)", "-7")


def test_every_line_of_a_long_file_is_there_once():
    numbers = range(2 * CHUNK_LINES + 1)
    found = rows(HrRecordKind.LEAVE, *(leave("Ann", number) for number in numbers))
    assert [int(line["calendar_days"]) for line in found] == list(numbers)


def test_without_facts_there_is_the_head_only():
    head = b"".join(hr_csv(HrRecordKind.OVERTIME, [], {})).decode()
    assert head == "employee_number,employee_name,location,first_day,last_day,pay_code,paid_minutes\r\n"
