"""A shop of eight people as CSV files: a week to plan, and the punches of a past one."""

from __future__ import annotations

from pathlib import Path

PEOPLE = ("Ann", "Bob", "Cem", "Dora", "Emil", "Fay", "Gus", "Hana")
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")


def write_files(folder: Path) -> list[str]:
    """Write the files; gives their paths. Weekday names in them are counted from ``--week``."""
    numbered = [(f"E{number}", name) for number, name in enumerate(PEOPLE, start=1)]
    files = {
        "locations": ["code,name,zone,jurisdiction,currency", "GDN,Shop,Europe/Warsaw,pl,PLN"],
        "opening_hours": ["location,weekdays,opens,closes", "GDN,daily,06:00,22:00"],
        "departments": ["location,code,name", "GDN,FLOOR,Floor"],
        "skills": ["code,name,kind", "till,Till,skill"],
        "employees": [
            "number,first_name,last_name,hired_on,location,department",
            *(f"{number},{name},Nowak,2024-01-01,GDN,FLOOR" for number, name in numbered),
        ],
        "contracts": [
            "employee,first_day,kind,weekly_hours,max_daily_hours,hourly_rate",
            *(f"{number},2024-01-01,permanent,40,10,40.00" for number, _ in numbered),
        ],
        "employee_skills": ["employee,skill", *(f"{number},till" for number, _ in numbered)],
        "shift_templates": [
            "location,code,name,department,skill,earliest_start,latest_start,start_step_minutes,"
            "shortest_hours,break_minutes,break_paid",
            "GDN,T8,Till 8 h,FLOOR,till,06:00,14:00,60,8,15,yes",
        ],
        "coverage": [
            "location,department,skill,day,start,end,minimum,target",
            *(f"GDN,FLOOR,till,{day},06:00,22:00,2,3" for day in WORKDAYS),
        ],
    }
    return [_write(folder / f"{name}.csv", lines) for name, lines in files.items()]


def write_punches(folder: Path) -> str:
    """Write the file of a week in which everybody worked from 8 to 16, Monday to Friday; gives its path."""
    lines = [
        f"E{number},{day},{time},{kind},{day}-{number}-{kind}"
        for number in range(1, len(PEOPLE) + 1)
        for day in WORKDAYS
        for time, kind in (("08:00", "in"), ("16:00", "out"))
    ]
    return _write(folder / "punches.csv", ["employee,day,time,kind,external_id", *lines])


def _write(path: Path, lines: list[str]) -> str:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)
