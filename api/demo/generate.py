"""Write the files of Kometa: ``python -m api.demo.generate``.

The same seed gives the same bytes. What is needed is what the staff's usual week gives, less those on leave,
so that a roster that keeps every rule exists; only forklift work on Sunday has nobody who could do it.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from api.demo.names import email_of
from api.demo.punching import punch_rows
from api.demo.staff import Worker, everybody
from scheduler.imports.forms import DAY_NAMES

SEED = 20261123
COMPANY = Path(__file__).parent / "company"
WEEKDAYS = tuple(name[:3] for name in DAY_NAMES)
Rows = Iterable[Sequence[object]]


@dataclass(frozen=True)
class Site:
    """A location of Kometa; coverage is said in steps of so many minutes while it is open."""

    code: str
    name: str
    zone: str
    jurisdiction: str
    currency: str
    opens: int
    closes: int
    step_minutes: int


SITES = (
    Site("WAW", "Warsaw warehouse", "Europe/Warsaw", "pl", "PLN", 360, 1320, 60),
    Site("MNL", "Manila customer care", "Asia/Manila", "ph", "PHP", 0, 1440, 15),
    Site("SFO", "San Francisco store", "America/Los_Angeles", "us-ca", "USD", 540, 1260, 15),
)
DEPARTMENTS = (
    ("WAW", "INB", "Inbound"),
    ("WAW", "OUT", "Outbound"),
    ("MNL", "PHONE", "Phone"),
    ("MNL", "CHAT", "Chat and e-mail"),
    ("SFO", "FLOOR", "Sales floor"),
    ("SFO", "TILL", "Tills"),
)
JOB_ROLES = (
    ("warehouse", "Warehouse worker"),
    ("driver", "Forklift driver"),
    ("adviser", "Customer adviser"),
    ("sales", "Sales assistant"),
    ("lead", "Shift lead"),
)
SKILLS = (
    ("picking", "Picking", "skill"),
    ("packing", "Packing", "skill"),
    ("forklift", "Forklift licence", "certificate"),
    ("voice", "Phone calls", "skill"),
    ("chat", "Chat and e-mail", "skill"),
    ("sales", "Sales", "skill"),
    ("checkout", "Till", "skill"),
    ("key_holder", "Key holder clearance", "certificate"),
)
# location, code, name, department, skill, first and last start, step, length in hours, break, paid
TEMPLATES = (
    ("WAW", "PICK8", "Picking, 8 h", "OUT", "picking", "06:00", "14:00", 240, 8, 15, "yes"),
    ("WAW", "PICK6", "Picking, 6 h", "OUT", "picking", "06:00", "16:00", 120, 6, 15, "yes"),
    ("WAW", "PACK8", "Packing, 8 h", "OUT", "packing", "06:00", "14:00", 240, 8, 15, "yes"),
    ("WAW", "PACK6", "Packing, 6 h", "OUT", "packing", "06:00", "16:00", 120, 6, 15, "yes"),
    ("WAW", "FORK8", "Forklift, 8 h", "INB", "forklift", "06:00", "14:00", 480, 8, 15, "yes"),
    ("MNL", "VOICE9", "Phone, 8 h and an hour's break", "PHONE", "voice", "00:00", "18:00", 60, 9, 60, "no"),
    ("MNL", "VOICE5", "Phone, 5 h", "PHONE", "voice", "08:00", "18:00", 300, 5, 0, "no"),
    ("MNL", "CHAT9", "Chat, 8 h and an hour's break", "CHAT", "chat", "00:00", "18:00", 60, 9, 60, "no"),
    ("MNL", "CHAT5", "Chat, 5 h", "CHAT", "chat", "08:00", "18:00", 300, 5, 0, "no"),
    ("SFO", "SALES8", "Sales, 8 h", "FLOOR", "sales", "09:00", "12:30", 30, 8.5, 30, "no"),
    ("SFO", "SALES5", "Sales, 5 h", "FLOOR", "sales", "11:00", "16:00", 60, 5, 0, "no"),
    ("SFO", "TILL8", "Till, 8 h", "TILL", "checkout", "09:00", "12:30", 30, 8.5, 30, "no"),
    ("SFO", "TILL5", "Till, 5 h", "TILL", "checkout", "11:00", "16:00", 60, 5, 0, "no"),
    ("SFO", "KEYS8", "Shift lead, 8 h", "FLOOR", "key_holder", "09:00", "12:30", 30, 8.5, 30, "no"),
)
# employee by location, skill and place in the team; first and last day; kind; state
LEAVE = (
    ("WAW", "picking", 2, "mon", "sun", "annual", "approved"),
    ("WAW", "packing", 4, "thu", "fri", "annual", "approved"),
    ("WAW", "forklift", 5, "sun", "sun", "annual", "approved"),
    ("MNL", "voice", 7, "wed", "fri", "sick", "approved"),
    ("MNL", "chat", 3, "mon", "mon", "annual", "requested"),
    ("SFO", "sales", 1, "fri", "sat", "annual", "approved"),
)
SETTLEMENT_PERIODS = (("WAW", date(2026, 1, 1), 1),)
SCHOOL_TERMS = (
    ("SFO", date(2026, 1, 5), date(2026, 6, 3)),
    ("SFO", date(2026, 8, 17), date(2026, 12, 18)),
    ("SFO", date(2027, 1, 4), date(2027, 6, 3)),
)
MAX_DAILY_HOURS = {"WAW": 10, "MNL": 10, "SFO": 10}
STUDENT_HOURS = {"WAW": ("16:00", "22:00"), "MNL": ("17:00", "24:00"), "SFO": ("15:30", "21:00")}
WORKED_WEEKS = ("punches", "punches_2_weeks_ago", "punches_3_weeks_ago")
"""Files with the punches of the last three weeks, the latest first."""
EXPIRED = date(2026, 3, 31)
DECADE = timedelta(days=3652)


def write_company(folder: Path, seed: int = SEED) -> None:
    """Write every file of the company into a folder."""
    rng = random.Random(seed)
    staff = everybody(rng)
    opening = [(site.code, "daily", clock_text(site.opens), clock_text(site.closes)) for site in SITES]
    places = [(site.code, site.name, site.zone, site.jurisdiction, site.currency) for site in SITES]
    templates = [(*row[:9], row[8], *row[9:]) for row in TEMPLATES]
    needed = list(coverage_rows(staff, rng))
    files: dict[str, tuple[str, Rows]] = {
        "locations": ("code name zone jurisdiction currency", places),
        "opening_hours": ("location weekdays opens closes", opening),
        "settlement_periods": ("location starts_on months", SETTLEMENT_PERIODS),
        "school_terms": ("location first_day last_day", SCHOOL_TERMS),
        "departments": ("location code name", DEPARTMENTS),
        "job_roles": ("code name", JOB_ROLES),
        "skills": ("code name kind", SKILLS),
        "employees": (
            "number first_name last_name email born_on hired_on location department job_role",
            employee_rows(staff),
        ),
        "contracts": (
            "employee first_day last_day kind weekly_hours min_weekly_hours max_weekly_hours max_daily_hours "
            "hourly_rate",
            contract_rows(staff, rng),
        ),
        "employee_skills": ("employee skill first_day last_day", skill_rows(staff, rng)),
        "availability": ("employee weekdays start end kind", availability_rows(staff, rng)),
        "availability_exceptions": ("employee day start end kind note", exception_rows(staff)),
        "time_off": ("employee first_day last_day kind state note", time_off_rows(staff)),
        "shift_templates": (
            "location code name department skill earliest_start latest_start start_step_minutes "
            "shortest_hours longest_hours break_minutes break_paid",
            templates,
        ),
        "coverage": ("location department skill day start end minimum target", needed),
        "demand": ("location series day start minutes quantity", demand_rows(needed, rng)),
    }
    for name in WORKED_WEEKS:
        files[name] = ("employee day time kind external_id", punch_rows(staff, rng))
    _write(folder, files)


def _write(folder: Path, files: Mapping[str, tuple[str, Rows]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, (header, rows) in files.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header.split())
            writer.writerows(rows)


def employee_rows(staff: Sequence[Worker]) -> Rows:
    """One line for each person."""
    for each in staff:
        address = email_of(each.first_name, each.last_name)
        name = (each.number, each.first_name, each.last_name, address)
        yield (*name, each.born_on, each.hired_on, each.location, each.department, each.job_role)


def contract_rows(staff: Sequence[Worker], rng: random.Random) -> Rows:
    """The contract in force, and for a quarter of the longer employed the one before the rise of 2026."""
    for each in staff:
        hours = each.weekly_hours
        least = {"permanent": 0.75, "seasonal": 0.75, "part_time": 0.5, "student": 0.0}[each.kind] * hours
        most = hours if hours >= 40 else hours + 4
        weekly = (number_text(hours), number_text(least), number_text(most))
        terms = (each.kind, *weekly, MAX_DAILY_HOURS[each.location])
        first_day = each.hired_on
        if each.hired_on < date(2025, 1, 1) and rng.random() < 0.3:
            before = each.rate_cents * 94 // 100
            yield (each.number, first_day, date(2025, 12, 31), *terms, money_text(before))
            first_day = date(2026, 1, 1)
        yield (each.number, first_day, "", *terms, money_text(each.rate_cents))


def skill_rows(staff: Sequence[Worker], rng: random.Random) -> Rows:
    """Skills without end, certificates for ten years; two pickers let their licence run out."""
    pickers = [each for each in staff if each.skills[0] == "picking" and each.kind == "permanent"]
    lapsed = {each.number for each in pickers[3:5]}
    for each in staff:
        for skill in each.skills:
            certificate = skill in ("forklift", "key_holder")
            since = date(2026, rng.randint(1, 6), rng.randint(1, 28)) if certificate else each.hired_on
            since = max(since, each.hired_on)
            yield (each.number, skill, since, since + DECADE if certificate else "")
        if each.number in lapsed:
            yield (each.number, "forklift", EXPIRED - timedelta(days=730), EXPIRED)


def availability_rows(staff: Sequence[Worker], rng: random.Random) -> Rows:
    """When students can work, what part-timers and drivers cannot, and what some would like."""
    drivers = [each for each in staff if each.skills[0] == "forklift"]
    for each in staff:
        if each.kind == "student":
            yield (each.number, "mon-fri", *STUDENT_HOURS[each.location], "available")
            yield (each.number, "sat-sun", "", "", "available")
        elif each in drivers:
            weekend_only = each is drivers[-1]
            days, kind = ("sat-sun", "available") if weekend_only else ("sun", "unavailable")
            yield (each.number, days, "", "", kind)
        elif each.free_weekday is not None:
            yield (each.number, WEEKDAYS[each.free_weekday], "", "", "unavailable")
        elif rng.random() < 0.2 and each.week:
            start = each.week[0].start % 1440
            yield (each.number, "mon-fri", clock_text(start), clock_text(min(start + 540, 1440)), "preferred")
        elif rng.random() < 0.1:
            yield (each.number, "sun", "", "", "unpreferred")


def exception_rows(staff: Sequence[Worker]) -> Rows:
    """An exam and an appointment in the week that is planned."""
    students = [each for each in staff if each.kind == "student"]
    yield (students[0].number, idle_weekday(students[0]), "", "", "unavailable", "exam")
    yield (students[6].number, idle_weekday(students[6]), "", "", "unavailable", "appointment")


def idle_weekday(worker: Worker) -> str:
    """The first weekday on which somebody does not usually work."""
    busy = {shift.weekday for shift in worker.week}
    return next(name for number, name in enumerate(WEEKDAYS) if number not in busy)


def time_off_rows(staff: Sequence[Worker]) -> Rows:
    """Who is away in the week that is planned."""
    for worker, row in leaves(staff):
        yield (worker.number, *row[3:], "")


def leaves(staff: Sequence[Worker]) -> Iterator[tuple[Worker, tuple[str, str, int, str, str, str, str]]]:
    """Each leave with whom it concerns."""
    for row in LEAVE:
        team = [each for each in staff if (each.location, each.skills[0]) == row[:2]]
        yield team[row[2]], row


def coverage_rows(staff: Sequence[Worker], rng: random.Random) -> Iterator[tuple[object, ...]]:
    """What each department needs, interval by interval."""
    away = {
        (worker.number, day)
        for worker, row in leaves(staff)
        if row[6] == "approved" and row[1] != "forklift"
        for day in range(WEEKDAYS.index(row[3]), WEEKDAYS.index(row[4]) + 1)
    }
    for site in SITES:
        here = [each for each in staff if each.location == site.code]
        shifts = [shift for each in here for shift in each.week if (each.number, shift.weekday) not in away]
        for department, skill in sorted({(shift.department, shift.skill) for shift in shifts}):
            own = [shift for shift in shifts if (shift.department, shift.skill) == (department, skill)]
            for day in range(7):
                for start in range(site.opens, site.closes, site.step_minutes):
                    at = day * 1440 + start
                    people = sum(shift.start <= at < shift.end for shift in own)
                    if (skill, day) == ("forklift", 6) or site.code == "MNL":
                        people = max(people, 1)
                    if people >= 4 and rng.random() < 0.15:
                        people -= 1
                    if people:
                        span = (clock_text(start), clock_text(start + site.step_minutes))
                        least = max(1, people * 4 // 5)
                        yield (site.code, department, skill, WEEKDAYS[day], *span, least, people)


def demand_rows(needed: Iterable[tuple[object, ...]], rng: random.Random) -> Rows:
    """Calls and orders of a past week, about as many as the people needed can handle."""
    for location, _, skill, day, start, _, _, people in needed:
        if skill not in ("voice", "picking") or not isinstance(people, int):
            continue
        series, minutes, each = ("calls", 15, 2.6) if skill == "voice" else ("orders", 60, 41.0)
        expected = people * each
        yield (location, series, day, start, minutes, max(0, round(rng.gauss(expected, expected**0.5))))


def clock_text(minute: int) -> str:
    """Minutes after midnight as a file says them."""
    return f"{minute // 60:02}:{minute % 60:02}"


def money_text(cents: int) -> str:
    """An amount in minor units as a file says it."""
    return f"{cents // 100}.{cents % 100:02}"


def number_text(number: float) -> str:
    """A number without needless decimals."""
    return f"{number:g}"


if __name__ == "__main__":
    write_company(COMPANY)
