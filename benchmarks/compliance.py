"""Compliance of 1,000 people over 4 weeks with 17 weeks of history, and compiling a week: how long?

Run with ``python -m benchmarks.compliance``; ``--help`` shows what can be varied.
"""

import argparse
import json
import random
import sys
import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from benchmarks.measuring import commit, machine, peak_mib
from scheduler.law.breaks import breaks_for
from scheduler.law.compile import rules_for
from scheduler.law.library import layers_of, packs
from scheduler.law.subject import LawSubject
from scheduler.law.work_record import Pause, WorkSpan
from scheduler.law.worked_time import check_worked

CHECK_BOUND_SECONDS = 5.0
COMPILE_BOUND_SECONDS = 0.1
FIRST_DAY = date(2026, 11, 2)
WEEKS, HISTORY_WEEKS = 4, 17
STARTS = (6, 8, 14)
ZONES = {"pl": "Europe/Warsaw", "de": "Europe/Berlin", "fr": "Europe/Paris", "gb": "Europe/London",
         "ph": "Asia/Manila", "us-ca": "America/Los_Angeles"}  # fmt: skip


def people(count, seed):
    """Everybody with an age: one in twenty is under 18, one in ten a night worker."""
    draw = random.Random(seed)
    return [
        LawSubject(
            id=f"p{n}",
            born_on=date(2009, 1, 1) + timedelta(days=n % 365) if n % 20 == 0 else date(1960 + n % 40, 3, 1),
            night_worker=draw.random() < 0.1,
        )
        for n in range(count)
    ]


def worked(persons, law, zone, seed):
    """Five days a week of eight hours of work from one of three starts, the same start for a week."""
    draw = random.Random(seed)
    due = breaks_for(layers_of(law), FIRST_DAY, LawSubject(id="ann"), work_minutes=480)
    parts = ((due.paid_minutes, True), (due.unpaid_minutes, False))
    pauses = tuple(Pause(minutes=minutes, paid=paid) for minutes, paid in parts if minutes)
    length = timedelta(minutes=480 + due.unpaid_minutes)
    begins = FIRST_DAY - timedelta(weeks=HISTORY_WEEKS)
    found = {}
    for person in persons:
        spans = []
        for week in range(HISTORY_WEEKS + WEEKS):
            hour, off = draw.choice(STARTS), draw.randrange(3)
            for day in range(off, off + 5):
                on = begins + timedelta(weeks=week, days=day)
                start = datetime(on.year, on.month, on.day, hour, tzinfo=zone).astimezone(UTC)
                spans.append(WorkSpan(start=start, end=start + length, pauses=pauses))
        found[person.id] = spans
    return found


def measured(law, count, seed):
    """Seconds of the check and of compiling a week, with what was found."""
    zone, persons = ZoneInfo(ZONES[law]), people(count, seed)
    spans = worked(persons, law, zone, seed)
    end = FIRST_DAY + timedelta(weeks=WEEKS)
    began = time.perf_counter()
    report = check_worked(law, spans, people=persons, zone=zone, first_day=FIRST_DAY, end_day=end)
    checked = time.perf_counter() - began
    week = FIRST_DAY + timedelta(days=7)
    began = time.perf_counter()
    compiled = rules_for(law, FIRST_DAY, week, employees=persons)
    return {
        "law": law,
        "people": count,
        "spans": sum(map(len, spans.values())),
        "check_seconds": round(checked, 3),
        "compile_week_seconds": round(time.perf_counter() - began, 4),
        "rules": len(compiled.rules),
        "findings": len(report.findings),
        "close": len(report.close),
    }


def main():
    """Measure each law in turn; status 1 where a bound is exceeded."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--people", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--law", choices=sorted(ZONES), action="append", help="default: all")
    chosen = options.parse_args()
    packs()  # reading the files of the packs happens once in a process
    rows = [measured(law, chosen.people, chosen.seed) for law in chosen.law or sorted(ZONES)]
    print(
        json.dumps(
            {"machine": machine(), "commit": commit(), "peak_mib": round(peak_mib()), "rows": rows}, indent=1
        )
    )
    slow = [
        row["law"]
        for row in rows
        if row["check_seconds"] > CHECK_BOUND_SECONDS or row["compile_week_seconds"] > COMPILE_BOUND_SECONDS
    ]
    if slow:
        sys.exit(f"slower than {CHECK_BOUND_SECONDS} s or {COMPILE_BOUND_SECONDS} s: {', '.join(slow)}")


if __name__ == "__main__":
    main()
