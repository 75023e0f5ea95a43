"""The files of a small company in which nothing is wrong, and importing them with changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.imports.kinds.order import KINDS
from scheduler.imports.report import ImportReport
from scheduler.imports.run_import import ImportFile, import_files
from scheduler.people.models import Employee
from scheduler.timekeeping.models import TimeEntry

MONDAY = date(2026, 11, 23)

COMPANY: dict[str, str] = {
    "locations": """\
code,name,zone,jurisdiction,currency
WAW,Warsaw,Europe/Warsaw,pl,PLN
MNL,Manila,Asia/Manila,ph,PHP
""",
    "opening_hours": """\
location,weekdays,opens,closes
WAW,mon-sat,06:00,22:00
MNL,daily,00:00,24:00
""",
    "settlement_periods": """\
location,starts_on,months
WAW,2026-01-01,3
""",
    "school_terms": """\
location,first_day,last_day
WAW,2026-09-01,2026-12-22
""",
    "leave_policies": """\
location,kind,starts_on,unit,granting,yearly_amount,long_service_years,long_service_amount,share_percent,part_year,rounding,day_hours,full_time_hours,waiting_months,weekdays,counts_holidays,carry_over_limit,carry_over_months,source
WAW,annual,2026-01-01,minutes,yearly,9600,10,12480,,started_months,up,8,40,,mon-fri,no,,,art. 154
MNL,annual,2026-01-01,days,monthly,5,,,,,,,,12,,yes,2.5,6,
""",
    "pay_groups": """\
code,name,calendar,anchor_on,first_day,second_day,sheets_due_days,pay_day_days
office,Office,monthly,,1,,2,5
floor,Floor,fortnightly,2026-11-02,,,,
""",
    "departments": """\
location,code,name
WAW,OUT,Outbound
MNL,CARE,Customer care
""",
    "job_roles": """\
code,name
picker,Picker
""",
    "skills": """\
code,name,kind
picking,Picking,skill
forklift,Forklift licence,certificate
voice,Phone,skill
""",
    "employees": """\
number,first_name,last_name,email,born_on,hired_on,last_day,location,department,job_role
1,Ann,Nowak,ann@example.com,1990-02-28,2024-01-01,,WAW,OUT,picker
2,Bea,Zając,,,2024-01-01,2026-12-31,WAW,OUT,
3,Cyd,Reyes,,,2025-06-01,,MNL,CARE,
""",
    "pay_group_members": """\
location,employee,valid_from,pay_group
WAW,,2026-01-01,floor
,1,2027-01-01,office
,2,2027-01-01,
""",
    "contracts": """\
employee,first_day,last_day,kind,weekly_hours,min_weekly_hours,max_weekly_hours,max_daily_hours,hourly_rate,currency
1,2024-01-01,2025-12-31,permanent,40,,,12,33.10,
1,2026-01-01,,permanent,40,30,44,12,35.20,
2,2024-01-01,,student,16,,20,8,31.40,PLN
3,2025-06-01,,part_time,20,10,,8,120,
""",
    "employee_skills": """\
employee,skill,first_day,last_day
1,picking,,
1,forklift,2026-01-01,2026-12-31
2,picking,2024-02-01,
3,voice,,
""",
    "availability": """\
employee,weekdays,start,end,kind
1,mon-fri,06:00,14:00,preferred
2,sat,,,available
2,mon-fri,16:00,22:00,available
3,fri,20:00,04:00,unavailable
""",
    "availability_exceptions": """\
employee,day,start,end,kind,note
2,wed,,,unavailable,exam
""",
    "time_off": """\
employee,first_day,last_day,kind,state,note
1,2026-12-21,2026-12-27,annual,,
3,thu,,sick,requested,
""",
    "leave_opening_balances": """\
employee,kind,day,amount,reason
1,annual,2026-06-01,4800,from the old system
3,annual,2026-06-01,2.5,
""",
    "shift_templates": """\
location,code,name,department,skill,weekdays,earliest_start,latest_start,start_step_minutes,shortest_hours,longest_hours,length_step_minutes,break_from_hours,break_minutes,break_paid
WAW,DAY,Day,OUT,picking,mon-sat,06:00,14:00,60,6,8,60,6,15,yes
MNL,NIGHT,Night,CARE,voice,,22:00,,,9,,,,60,no
""",
    "coverage": """\
location,department,skill,day,start,end,minimum,target,maximum
WAW,OUT,picking,mon-fri,06:00,14:00,1,2,3
WAW,OUT,picking,mon-fri,14:00,22:00,1,,
MNL,CARE,voice,daily,22:00,06:00,1,1,
""",
    "demand": """\
location,series,day,start,minutes,quantity
MNL,calls,2026-11-16,09:00,15,12
MNL,calls,2026-11-16,09:15,15,7.5
""",
    "punches": """\
employee,location,day,time,kind,external_id,job_role
1,,2026-11-16,06:02,in,c-1,picker
1,,2026-11-16,14:03:20,out,c-2,
3,MNL,2026-11-16,22:00,in,c-3,
3,MNL,2026-11-16,30:05,out,c-4,
""",
    "pay_facts": """\
employee,kind,day,amount,effect,earned_first_day,earned_last_day,pay_code,rest_breaks,reason,external_id
1,bonus,2026-11-16,50.00,flat_sum,2026-11-09,2026-11-15,sales_bonus,,sales,b-1
1,rests_given,2026-11-16,,,,,,2,one was missed,b-2
1,sent_home,2026-11-17,,,,,,,no goods came,b-3
""",
}


def files(**changes: str | None) -> list[ImportFile]:
    """The company's files; a change gives a file other text, None leaves it out."""
    texts: Mapping[str, str | None] = {**COMPANY, **changes}
    return [ImportFile(f"{kind}.csv", text.encode()) for kind, text in texts.items() if text is not None]


def with_line(kind: str, line: str) -> str:
    """A file of the company with one more line."""
    return COMPANY[kind] + line + "\n"


def instead(kind: str, old: str, new: str) -> str:
    """A file of the company with some text replaced."""
    assert old in COMPANY[kind]
    return COMPANY[kind].replace(old, new)


def load(session: Session, **changes: str | None) -> ImportReport:
    """Import the company's files with changes."""
    return import_files(session, files(**changes), actor="system", week=MONDAY)


def said(report: ImportReport) -> list[str]:
    """The errors in words; there must be some, and nothing may be stored."""
    assert not report.stored
    return [str(error) for error in report.errors]


def count(session: Session, record: Any) -> int:
    """How many records of a kind the tenant has."""
    return session.scalar(select(func.count()).select_from(record)) or 0


def everything(session: Session) -> dict[str, int]:
    """How many rows each kind of record has, but for the audit record."""
    records: list[type[Any]] = [*(kind.model for kind in KINDS), TimeEntry]
    return {record.__name__: count(session, record) for record in records}


def employee(session: Session, number: str) -> Employee:
    """The employee of that number."""
    return session.scalars(select(Employee).where(Employee.number == number)).one()
