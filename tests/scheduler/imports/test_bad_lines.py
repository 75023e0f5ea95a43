"""Every way a line can be wrong: where it is said to be, what it is said to be, and what would do."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.scheduler.imports.company_files import load, said, with_line

BAD_LINES = {
    "a job that begins with leaving": (
        "punches",
        "1,,2026-11-17,14:00,out,c-5,picker",
        "punches.csv, line 6, job_role: 'picker' no job begins with this punch; leave it empty here",
    ),
    "a job that does not exist": (
        "punches",
        "1,,2026-11-17,06:00,transfer,c-5,piker",
        "punches.csv, line 6, job_role: 'piker' there is no such job role; did you mean 'picker'?",
    ),
    "an unknown zone": (
        "locations",
        "SFO,San Francisco,America/San_Francisco,us-ca,USD",
        "locations.csv, line 4, zone: 'America/San_Francisco' is no known time zone; "
        "an IANA name such as Europe/Warsaw or Asia/Manila",
    ),
    "an unknown location": (
        "departments",
        "MLN,X,X",
        "departments.csv, line 4, location: 'MLN' there is no such location; did you mean 'MNL'?",
    ),
    "a department of another location": (
        "employees",
        "4,Dan,Cruz,,,2026-01-01,,MNL,OUT,",
        "employees.csv, line 5, department: 'OUT' there is no such department of MNL; known are CARE",
    ),
    "an unknown skill": (
        "employee_skills",
        "2,pikcing,,",
        "employee_skills.csv, line 6, skill: 'pikcing' there is no such skill; did you mean 'picking'?",
    ),
    "an unknown employee": (
        "contracts",
        "99,2026-01-01,,permanent,40,,,12,35,",
        "contracts.csv, line 6, employee: '99' there is no such employee; known are 1, 2, 3",
    ),
    "a date that does not exist": (
        "contracts",
        "2,2026-02-31,,permanent,40,,,12,35,",
        "contracts.csv, line 6, first_day: '2026-02-31' is no date; 2026-02 has the days 01 to 28",
    ),
    "an ambiguous date": (
        "time_off",
        "1,03/04/2027,,annual,,",
        "time_off.csv, line 4, first_day: '03/04/2027' can be read as two dates; "
        "write 2027-03-04 or 2027-04-03",
    ),
    "negative money": (
        "contracts",
        "2,2023-01-01,2023-12-31,permanent,40,,,12,-35,",
        "contracts.csv, line 6, hourly_rate: '-35' is negative; 0 or more, such as 31.40",
    ),
    "overlapping contracts": (
        "contracts",
        "1,2025-12-31,2025-12-31,permanent,40,,,12,35,",
        "contracts.csv, line 6, first_day: '2025-12-31' overlaps line 2; "
        "let the earlier contract end the day before, with last_day in the same file",
    ),
    "a contract without end after which another begins": (
        "contracts",
        "3,2026-11-01,,part_time,20,10,,8,120,",
        "contracts.csv, line 6, first_day: '2026-11-01' overlaps line 5; "
        "let the earlier contract end the day before, with last_day in the same file",
    ),
    "a minimum above the agreed hours": (
        "contracts",
        "2,2023-01-01,2023-12-31,permanent,40,41,,12,35,",
        "contracts.csv, line 6, min_weekly_hours: '41' is more than the agreed hours; at most weekly_hours",
    ),
    "a maximum below the agreed hours": (
        "contracts",
        "2,2023-01-01,2023-12-31,permanent,40,,39,12,35,",
        "contracts.csv, line 6, max_weekly_hours: '39' is less than the agreed hours; at least weekly_hours",
    ),
    "no daily hours": (
        "contracts",
        "2,2023-01-01,2023-12-31,permanent,40,,,0,35,",
        "contracts.csv, line 6, max_daily_hours: '0' is no daily limit; more than 0 and at most 24",
    ),
    "a contract that ends before it starts": (
        "contracts",
        "2,2023-01-02,2023-01-01,permanent,40,,,12,35,",
        "contracts.csv, line 6, last_day: '2023-01-01' is before the first day, 2023-01-02; "
        "a later day, or empty for no end",
    ),
    "overlapping availability of one weekday": (
        "availability",
        "1,wed-thu,13:59,20:00,available",
        "availability.csv, line 6, start: '13:59' overlaps line 2; no two lines may share any time",
    ),
    "a duplicate line": (
        "employees",
        "2,Bea,Zając,,,2024-01-01,,WAW,OUT,",
        "employees.csv, line 5: says the same record as line 3; keep one of the two lines",
    ),
    "somebody born after the day of hiring": (
        "employees",
        "4,Dan,Cruz,,2026-01-01,2026-01-01,,MNL,CARE,",
        "employees.csv, line 5, born_on: '2026-01-01' is not before the day of hiring, 2026-01-01; "
        "check both dates",
    ),
    "somebody who left before the day of hiring": (
        "employees",
        "4,Dan,Cruz,,,2026-01-02,2026-01-01,MNL,CARE,",
        "employees.csv, line 5, last_day: '2026-01-01' is before the day of hiring, 2026-01-02; "
        "a day on or after it, or leave it empty",
    ),
    "an unknown job role": (
        "employees",
        "4,Dan,Cruz,,,2026-01-02,,MNL,CARE,adviser",
        "employees.csv, line 5, job_role: 'adviser' there is no such job role; known are picker",
    ),
    "an empty cell": (
        "skills",
        "drive,,skill",
        "skills.csv, line 5, name: is empty; this column must be filled: text, at most 200 characters",
    ),
    "overlapping validity of one certificate": (
        "employee_skills",
        "1,forklift,2026-06-01,",
        "employee_skills.csv, line 6, skill: 'forklift' overlaps line 3; "
        "one validity at a time: let the earlier one end the day before",
    ),
    "overlapping leave": (
        "time_off",
        "1,2026-12-27,2026-12-28,annual,,",
        "time_off.csv, line 4, first_day: '2026-12-27' overlaps line 2; "
        "one leave for each day: shorten or cancel the other one",
    ),
    "leave that ends before it begins": (
        "time_off",
        "1,2026-10-27,2026-10-26,annual,,",
        "time_off.csv, line 4, last_day: '2026-10-26' is before the first day, 2026-10-27; "
        "a day on or after it",
    ),
    "overlapping availability over midnight": (
        "availability",
        "3,sat,03:59,08:00,available",
        "availability.csv, line 6, start: '03:59' overlaps line 5; no two lines may share any time",
    ),
    "overlapping availability over the end of the week": (
        "availability",
        "3,sun,20:00,06:00,available\n3,mon,04:00,08:00,unavailable",
        "availability.csv, line 7, start: '04:00' overlaps line 6; no two lines may share any time",
    ),
    "overlapping dates over midnight": (
        "availability_exceptions",
        "2,tue,23:00,00:01,available,",
        "availability_exceptions.csv, line 2, start: overlaps line 3; no two lines may share any time",
    ),
    "leave before the first day of work": (
        "time_off",
        "1,1999-10-27,,annual,,",
        "time_off.csv, line 4, first_day: '1999-10-27' is before the first day of work; 2024-01-01 or later",
    ),
    "leave of decades": (
        "time_off",
        "1,2030-01-01,2089-12-31,unpaid,,",
        "time_off.csv, line 4, last_day: '2089-12-31' makes the leave longer than three years; "
        "at most 2033-01-02",
    ),
    "coverage before opening": (
        "coverage",
        "WAW,OUT,forklift,tue,05:00,07:00,1,,",
        "coverage.csv, line 5, start: '05:00' is outside opening hours: WAW is open 06:00 to 22:00; "
        "a time within them, or import other opening hours",
    ),
    "coverage over closing": (
        "coverage",
        "WAW,OUT,forklift,tue,21:00,23:00,1,,",
        "coverage.csv, line 5, start: '21:00' is outside opening hours: WAW is open 06:00 to 22:00; "
        "a time within them, or import other opening hours",
    ),
    "coverage on a closed day": (
        "coverage",
        "WAW,OUT,forklift,sun,08:00,09:00,1,,",
        "coverage.csv, line 5, start: '08:00' is outside opening hours: WAW is closed on that weekday; "
        "a time within them, or import other opening hours",
    ),
    "overlapping coverage": (
        "coverage",
        "WAW,OUT,picking,mon,13:00,14:00,1,,",
        "coverage.csv, line 5, start: '13:00' overlaps line 2; no two lines may share any time",
    ),
    "a target below the minimum": (
        "coverage",
        "WAW,OUT,forklift,mon,13:00,15:00,2,1,",
        "coverage.csv, line 5, target: '1' is less than the minimum, 2; minimum <= target <= maximum",
    ),
    "a maximum below the target": (
        "coverage",
        "WAW,OUT,forklift,mon,13:00,15:00,1,3,2",
        "coverage.csv, line 5, maximum: '2' is less than the target, 3; minimum <= target <= maximum",
    ),
    "a negative number of people": (
        "coverage",
        "WAW,OUT,forklift,mon,13:00,15:00,-1,,",
        "coverage.csv, line 5, minimum: '-1' is negative; number of people, 0 to 10000",
    ),
    "coverage that starts at the end of a day": (
        "coverage",
        "MNL,CARE,picking,mon,24:00,02:00,1,,",
        "coverage.csv, line 5, start: '24:00' is the end of the day; 00:00 of the next day",
    ),
    "a template that starts late before it starts early": (
        "shift_templates",
        "WAW,X,X,OUT,picking,,10:00,09:00,,8,,,,,",
        "shift_templates.csv, line 4, latest_start: '09:00' is before the earliest start; "
        "the same time or a later one",
    ),
    "a template shorter than itself": (
        "shift_templates",
        "WAW,X,X,OUT,picking,,10:00,,,8,7,,,,",
        "shift_templates.csv, line 4, longest_hours: '7' is shorter than the shortest; "
        "the same length or a longer one",
    ),
    "a template of no length": (
        "shift_templates",
        "WAW,X,X,OUT,picking,,10:00,,,0,,,,,",
        "shift_templates.csv, line 4, shortest_hours: '0' is no length of a shift; "
        "more than 0 and at most 24",
    ),
    "a template longer than a day": (
        "shift_templates",
        "WAW,X,X,OUT,picking,,10:00,,,8,25,,,,",
        "shift_templates.csv, line 4, longest_hours: '25' is no length of a shift; at most 24",
    ),
    "a break as long as the shift": (
        "shift_templates",
        "WAW,X,X,OUT,picking,,10:00,,,1,,,,60,",
        "shift_templates.csv, line 4, break_minutes: '60' is as long as the shift; "
        "fewer minutes than the shortest length has",
    ),
    "a start at the end of the day": (
        "shift_templates",
        "WAW,X,X,OUT,picking,,24:00,,,1,,,,,",
        "shift_templates.csv, line 4, earliest_start: '24:00' is the end of the day; "
        "23:59 or earlier, or 00:00 of the next weekday",
    ),
    "opening at the end of the day": (
        "opening_hours",
        "WAW,sun,24:00,02:00",
        "opening_hours.csv, line 4, opens: '24:00' is the end of the day; 00:00 of the next weekday",
    ),
    "the opening hours of one weekday twice": (
        "opening_hours",
        "WAW,wed,08:00,09:00",
        "opening_hours.csv, line 4: says the same record as line 2; keep one of the two lines",
    ),
    "a punch that takes another back": (
        "punches",
        "1,,2026-11-17,06:00,void,c-9,",
        "punches.csv, line 6, kind: 'void' takes back another punch; correct the timesheet instead",
    ),
    "a punch at a time that does not exist": (
        "punches",
        "1,,2026-03-29,02:30,in,c-9,",
        "punches.csv, line 6, time: '02:30' does not exist on 2026-03-29: clocks in Europe/Warsaw jump over "
        "it; check the clock",
    ),
    "a punch with an offset that the zone does not have": (
        "punches",
        "1,,2026-11-17,06:00+02:00,in,c-9,",
        "punches.csv, line 6, time: '06:00+02:00' has an offset that Europe/Warsaw does not have then; "
        "write 05:00+01:00",
    ),
    "a punch before the day of hiring": (
        "punches",
        "1,,2023-12-31,06:00,in,c-9,",
        "punches.csv, line 6, time: '06:00' Ann Nowak was not employed on 2023-12-31; a day from 2024-01-01",
    ),
    "a punch in the future": (
        "punches",
        "1,,2199-12-31,06:00,in,c-9,",
        "punches.csv, line 6, time: '06:00' this lies in the future; "
        "an instant that has come; is the clock right?",
    ),
    "a negative quantity": (
        "demand",
        "MNL,calls,2026-11-16,10:00,15,-1",
        "demand.csv, line 4, quantity: '-1' is not a count; 0 or more, such as 12 or 12.5",
    ),
    "a weekday that is none": (
        "coverage",
        "WAW,OUT,forklift,mo-fr,08:00,09:00,1,,",
        "coverage.csv, line 5, day: 'mo-fr' is no weekday; "
        "mon, tue, wed, thu, fri, sat, sun, or a range such as mon-fri, or daily",
    ),
}


@pytest.mark.parametrize(("kind", "line", "sentence"), BAD_LINES.values(), ids=BAD_LINES.keys())
def test_a_bad_line_is_told_where_it_is_what_is_wrong_and_what_would_do(
    sqlite_tenant_session: Session, kind: str, line: str, sentence: str
):
    assert said(load(sqlite_tenant_session, **{kind: with_line(kind, line)})) == [sentence]
