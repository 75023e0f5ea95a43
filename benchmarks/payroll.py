"""Two weeks of punches of a large company: paired, approved, interpreted, closed; and one sheet priced again.

Run with ``python -m benchmarks.payroll``; ``--help`` shows what can be varied. Everything is the product's
own but the people and their punches, which are made up, the same for the same seed.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, select

from benchmarks.measuring import commit, machine, peak_mib
from scheduler.db.migrate import upgrade
from scheduler.db.session import Database
from scheduler.kernel.ids import new_id
from scheduler.organisation.models import Department, Location
from scheduler.organisation.organisations import create_organisation
from scheduler.pay.close_period import close_period
from scheduler.pay.models import PayLine
from scheduler.pay.periods import period_for
from scheduler.pay.sheet_pay import sheet_pay
from scheduler.people.models import Contract, ContractKind, Employee
from scheduler.timekeeping.approve_many import approve_all
from scheduler.timekeeping.models import Punch, PunchKind, Timesheet

BOUND_SECONDS, BOUND_PEOPLE, BOUND_MIB, BOUND_SHEET_MS = 60.0, 10_000, 2048, 50.0
MONDAY = date(2026, 11, 2)
WEEKS = 2
PLACES = {
    "pl": ("Europe/Warsaw", "PLN"),
    "us-ca": ("America/Los_Angeles", "USD"),
    "ph": ("Asia/Manila", "PHP"),
}
STARTS = (6, 8, 14, 22)
SHEETS = 20
ACTOR = "user:00000000-0000-0000-0000-000000000001"


def store_company(database, law, count, seed):
    """A location with so many people and their punches; gives the organisation and the location."""
    zone, currency = PLACES[law]
    with database.write() as session:
        organisation = create_organisation(session, slug="benchmark", name="Benchmark", actor="system")
        place = Location(code="A", name="A", zone=zone, jurisdiction=law, currency=currency)
        department = Department(code="A", name="A", location=place)
        session.add_all([place, department])
        session.flush()
        owned = {"organisation_id": organisation.id}
        people = [new_id() for _ in range(count)]
        session.execute(
            insert(Employee),
            [
                {
                    **owned, "id": who, "number": str(number), "first_name": "Ann", "last_name": f"N{number}",
                    "hired_on": date(2020, 1, 1), "location_id": place.id, "department_id": department.id,
                }
                for number, who in enumerate(people)
            ],
        )  # fmt: skip
        session.execute(insert(Contract), [contract(who, currency) | owned for who in people])
        for start in range(0, count, 1000):
            rows = [row for who in people[start : start + 1000] for row in punches(who, place, zone, seed)]
            session.execute(insert(Punch), [row | owned for row in rows])
        return organisation.id, place.id


def contract(who, currency):
    """Forty hours a week at 20 an hour."""
    return {
        "id": new_id(), "employee_id": who, "valid_from": date(2020, 1, 1), "valid_until": None,
        "kind": ContractKind.PERMANENT, "weekly_minutes": 2400, "min_weekly_minutes": 0,
        "max_weekly_minutes": 2880, "max_daily_minutes": 720, "hourly_rate_cents": 2000,
        "currency": currency, "monthly_salary_cents": None,
    }  # fmt: skip


def punches(who, place, zone, seed):
    """Five days a week of about eight hours with a break, from one start for each week."""
    draw, local = random.Random(f"{seed}{who}"), ZoneInfo(zone)
    for week in range(WEEKS):
        hour, off = draw.choice(STARTS), draw.randrange(2)
        for day in range(off, off + 5):
            on = MONDAY + timedelta(weeks=week, days=day)
            begin = datetime(on.year, on.month, on.day, hour, tzinfo=local).astimezone(UTC)
            begin += timedelta(minutes=draw.randrange(-5, 6))
            length = draw.choice((480, 480, 510, 600))
            for at, kind in ((0, "IN"), (240, "BREAK_START"), (270, "BREAK_END"), (length, "OUT")):
                instant = begin + timedelta(minutes=at)
                yield {
                    "id": new_id(), "employee_id": who, "location_id": place.id, "at": instant,
                    "kind": PunchKind[kind], "source": "api", "external_id": str(new_id()),
                    "recorded_at": instant, "recorded_by": "key:gate", "voids_id": None, "reason": None,
                }  # fmt: skip


def measured(law, count, seed):
    """Seconds of approving and closing, milliseconds of pricing one sheet, and what came out."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'benchmark.db'}"
        upgrade(url)
        database = Database(url)
        organisation_id, location_id = store_company(database, law, count, seed)
        approving, closing, sheets = Watch(), Watch(), []
        for week in range(WEEKS):
            first = MONDAY + timedelta(weeks=week)
            with database.write(organisation_id) as session, approving:
                approve_all(session, location_id, first, actor=ACTOR)
            sheets += priced(database, organisation_id, first)
            with database.write(organisation_id) as session, closing:
                close(session, location_id, first)
        with database.read(organisation_id) as session:
            lines = session.scalar(select(func.count(PayLine.id)))
    return {
        "law": law,
        "people": count,
        "approve_seconds": round(approving.seconds, 2),
        "close_seconds": round(closing.seconds, 2),
        "close_cpu_seconds": round(closing.cpu_seconds, 2),
        "lines": lines,
        "sheet_ms": round(sorted(sheets)[len(sheets) // 2], 1),
    }


class Watch:
    """Adds up the time of some blocks: as it passes, and as this process uses a core."""

    def __init__(self):
        self.seconds = self.cpu_seconds = 0.0

    def __enter__(self):
        self._began = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_):
        self.seconds += time.perf_counter() - self._began[0]
        self.cpu_seconds += time.process_time() - self._began[1]


def close(session, location_id, first):
    """Close the period from a day on."""
    close_period(session, period_for(session, location_id, first).id, actor=ACTOR)


def priced(database, organisation_id, first):
    """Milliseconds of pricing some sheets, each as a page that is asked for it does."""
    found = []
    with database.read(organisation_id) as session:
        for sheet in session.scalars(
            select(Timesheet).where(Timesheet.starts_on == first).limit(SHEETS)
        ).all():
            began = time.perf_counter()
            sheet_pay(session, sheet)
            found.append((time.perf_counter() - began) * 1000)
    return found


def main():
    """Measure; status 1 where a bound is exceeded."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--people", type=int, default=1_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--law", choices=sorted(PLACES), default="us-ca")
    chosen = options.parse_args()
    row = measured(chosen.law, chosen.people, chosen.seed)
    mib = round(peak_mib())
    print(json.dumps({"machine": machine(), "commit": commit(), "peak_mib": mib, "row": row}, indent=1))
    bound = BOUND_SECONDS * chosen.people / BOUND_PEOPLE
    if row["close_seconds"] > bound or mib > BOUND_MIB or row["sheet_ms"] > BOUND_SHEET_MS:
        sys.exit(f"over {bound} s of closing, {BOUND_MIB} MiB or {BOUND_SHEET_MS} ms a sheet")


if __name__ == "__main__":
    main()
