"""A payroll file of 1,000,000 lines: how long from the database to the last byte, and how much memory?

Run with ``python -m benchmarks.exports``; ``--help`` shows what can be varied. Each form is measured in a
process of its own, so that its peak of memory is its own.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, select

from benchmarks.measuring import commit, machine, peak_mib
from exports.payroll_files import WRITER
from scheduler.db.migrate import upgrade
from scheduler.db.session import Database
from scheduler.db.tenant import use_tenant
from scheduler.kernel.ids import new_id
from scheduler.organisation.models import Department, Location, Organisation
from scheduler.pay.models import PayLine, PayPeriod
from scheduler.payroll.create_batch import create_batch
from scheduler.payroll.mappings import save_mappings
from scheduler.payroll.models import MappingKind
from scheduler.payroll.targets import TargetTerms, create_target, target_coded
from scheduler.people.models import Contract, ContractKind, Employee

BOUND_SECONDS = 30.0
FIRST_DAY = date(2026, 11, 2)
DAYS = 14
CODES = ("regular", "overtime_1_5", "night", "sunday", "allowance")
FORMS = {
    "generic_csv": {},
    "adp_workforce_now": {"company_code": "ABC"},
    "datev_lodas": {"consultant": "11038", "client": "62"},
    "generic_json": {},
    "generic_parquet": {},
    "generic_xlsx": {},
}
SLOTS = {"adp_workforce_now": ("regular", "overtime", "hours", "hours", "hours")}
CONTRACT = {
    "valid_from": FIRST_DAY,
    "kind": ContractKind.PERMANENT,
    "weekly_minutes": 2400,
    "min_weekly_minutes": 0,
    "max_weekly_minutes": 2880,
    "max_daily_minutes": 720,
    "hourly_rate_cents": 3140,
    "currency": "PLN",
}
MOMENT = datetime(2026, 11, 20, tzinfo=UTC)


def store(url, lines):
    """An organisation with one closed period of so many lines: each person has one a day and pay code."""
    upgrade(url)
    database = Database(url)
    with database.write() as session:
        organisation = Organisation(slug="large", name="Large", created_at=MOMENT)
        session.add(organisation)
        session.flush()
        use_tenant(session, organisation.id)
        location = Location(
            code="WAW", name="Warsaw", zone="Europe/Warsaw", jurisdiction="pl", currency="PLN"
        )
        department = Department(code="OUT", name="Outbound", location=location)
        session.add_all([location, department])
        session.flush()
        period = PayPeriod(
            location_id=location.id, starts_on=FIRST_DAY, ends_on=FIRST_DAY + timedelta(days=DAYS)
        )
        session.add(period)
        session.flush()
        store_lines(session, organisation.id, location.id, department.id, period.id, lines)
        period.state, period.closed_at, period.closed_by = "closed", MOMENT, "system"
        session.flush()
        for code, settings in FORMS.items():
            target = create_target(session, code, TargetTerms(code, code, settings), actor="system")
            slots = SLOTS.get(code, ("",) * len(CODES))
            rows = [
                {"ours": ours, "code": str(10 + n), "slot": slot}
                for n, (ours, slot) in enumerate(zip(CODES, slots, strict=True))
            ]
            save_mappings(session, target.id, MappingKind.PAY_CODE, rows, actor="system")
    database.dispose()


def store_lines(session, organisation_id, location_id, department_id, period_id, lines):
    """Of as many people as it takes, each with a line for each day and pay code."""
    day_codes = [(FIRST_DAY + timedelta(days=day), code) for day in range(DAYS) for code in CODES]
    owned = {"organisation_id": organisation_id}
    for number in range(-(-lines // len(day_codes))):
        person, contract = new_id(), new_id()
        of_person = {"employee_number": str(number + 1), "employee_name": f"Ann Nowak {number}"}
        employee = {"number": str(number + 1), "first_name": "Żaneta" if number % 7 == 0 else "Ann"}
        place = {"location_id": location_id, "department_id": department_id}
        named = {"last_name": f"Nowak {number}", "hired_on": FIRST_DAY}
        session.execute(insert(Employee), [{"id": person, **owned, **employee, **named, **place}])
        session.execute(insert(Contract), [{"id": contract, **owned, "employee_id": person, **CONTRACT}])
        rows = [
            {
                **owned,
                **of_person,
                "id": new_id(),
                "pay_period_id": period_id,
                "employee_id": person,
                "contract_id": contract,
                "day": day,
                "pay_code": code,
                "minutes": 300 + (number + day.day) % 240,
                "hourly_rate_cents": 3140,
                "amount_cents": 24858,
                "currency": "PLN",
                "punch_ids": [],
                "created_at": MOMENT,
            }
            for day, code in day_codes[: lines - number * len(day_codes)]
        ]
        session.execute(insert(PayLine), rows)


def measured(url, code):
    """Seconds from the database to the batch that holds all bytes of the file, as the product makes it."""
    database = Database(url)
    with database.write() as session:
        organisation = session.scalars(select(Organisation)).one()
        use_tenant(session, organisation.id)
        target, period = target_coded(session, code), session.scalars(select(PayPeriod)).one()
        began, worked = time.perf_counter(), time.process_time()
        batch = create_batch(session, target.id, [period.id], WRITER, actor="system")
        seconds, cpu_seconds = time.perf_counter() - began, time.process_time() - worked
        row = {
            "form": code,
            "seconds": round(seconds, 1),
            "cpu_seconds": round(cpu_seconds, 1),
            "size_mib": round(batch.size_bytes / 2**20, 1),
            "peak_mib": round(peak_mib()),
            "sha256": batch.sha256[:12],
        }
        session.rollback()
    return row


def main():
    """Measure each form in turn; status 1 where CSV exceeds the bound."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--lines", type=int, default=1_000_000)
    options.add_argument("--form", choices=sorted(FORMS), action="append", help="default: all")
    options.add_argument("--database", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.database:
        print(json.dumps(measured(chosen.database, chosen.form[0])))
        return
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'large.db'}"
        store(url, chosen.lines)
        rows = []
        for code in chosen.form or FORMS:
            command = [sys.executable, "-m", "benchmarks.exports", "--database", url, "--form", code]
            done = subprocess.run(
                command,
                check=True,
                capture_output=True,
                text=True,
            )
            rows.append(json.loads(done.stdout))
    print(
        json.dumps({"machine": machine(), "commit": commit(), "lines": chosen.lines, "rows": rows}, indent=1)
    )
    slow = [row["form"] for row in rows if row["form"] == "generic_csv" and row["seconds"] > BOUND_SECONDS]
    if slow:
        sys.exit(f"slower than {BOUND_SECONDS} s: {', '.join(slow)}")


if __name__ == "__main__":
    main()
