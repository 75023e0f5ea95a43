"""How long a calendar waits to hear that nothing changed: what every subscribed phone asks, hour by hour.

Run with ``python -m benchmarks.feed_not_modified``; ``--help`` shows what can be varied. The whole
application is asked in process, middleware and database included, without a network.
"""

import argparse
import asyncio
import logging
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from api.main import create_app
from scheduler.db.migrate import upgrade
from scheduler.db.session import Database
from scheduler.kernel.clock import utc_now
from scheduler.kernel.ids import new_id
from scheduler.kernel.settings import Settings
from scheduler.organisation.models import Department, Location
from scheduler.organisation.organisations import create_organisation
from scheduler.people.models import Employee, Skill
from scheduler.rosters.feeds import create_feed
from scheduler.rosters.models import CalendarEntry, Roster, RosterVersion, Shift

BOUND_MS = 5.0
WARM_UP = 20


def store_calendar(database, shifts):
    """A person with so many published shifts, one a day; gives the feed's token."""
    now = utc_now()
    with database.write() as session:
        create_organisation(session, slug="benchmark", name="Benchmark", actor="system")
        place = Location(code="A", name="A", zone="Europe/Warsaw", jurisdiction="pl", currency="PLN")
        department, skill = Department(code="A", name="A", location=place), Skill(code="A", name="A")
        session.add_all([place, department, skill])
        session.flush()
        person = Employee(
            number="1",
            first_name="Ann",
            last_name="Nowak",
            hired_on=now.date(),
            location_id=place.id,
            department_id=department.id,
        )
        days = {"starts_on": now.date(), "ends_on": now.date() + timedelta(days=shifts)}
        roster = Roster(location_id=place.id, created_at=now, **days)
        session.add_all([person, roster])
        session.flush()
        version = RosterVersion(roster_id=roster.id, number=1, created_at=now, created_by="system")
        session.add(version)
        session.flush()
        work = {"version_id": version.id, "department_id": department.id, "skill_id": skill.id}
        for day in range(shifts):
            add_shift(session, person, roster, Shift(**work, lineage_id=new_id()), now + timedelta(days=day))
        return create_feed(session, person.id, actor="system")


def add_shift(session, person, roster, shift, at):
    """Eight hours from an instant on, in the roster and in the person's calendar."""
    shift.starts_at, shift.ends_at, shift.paid_minutes = at, at + timedelta(hours=8), 480
    session.add(shift)
    session.flush()
    session.add(
        CalendarEntry(
            employee_id=person.id,
            lineage_id=shift.lineage_id,
            roster_id=roster.id,
            shift_id=shift.id,
            starts_at=shift.starts_at,
            ends_at=shift.ends_at,
            summary="Picking",
            place="A",
            description="",
            stamped_at=at,
        )
    )


async def ask(app, path, known=None):
    """One request; gives its status, its entity tag and the milliseconds it took."""
    headers = [(b"host", b"localhost")] + ([(b"if-none-match", known)] if known else [])
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 80),
    }
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    started = time.perf_counter()
    await app(scope, receive, send)
    milliseconds = (time.perf_counter() - started) * 1000
    return sent[0]["status"], dict(sent[0]["headers"]).get(b"etag"), milliseconds


async def measure(app, path, requests):
    """Milliseconds of each of so many conditional requests, after a few to warm up."""
    status, tag, _ = await ask(app, path)
    assert status == 200, status
    times = []
    for number in range(requests + WARM_UP):
        status, _, milliseconds = await ask(app, path, tag)
        assert status == 304, status
        if number >= WARM_UP:
            times.append(milliseconds)
    return times


def main():
    """Print median and 95th percentile beside the bound."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=500)
    parser.add_argument("--shifts", type=int, default=90)
    parser.add_argument("--url", help="an empty PostgreSQL database instead of SQLite")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Path(folder, "log").open("w", encoding="utf-8") as log:
        url = options.url or f"sqlite:///{Path(folder, 'benchmark.db')}"
        upgrade(url)
        database = Database(url)
        path = f"/feeds/{store_calendar(database, options.shifts)}.ics"
        app = create_app(Settings(database_url=url, worker=False), database)
        # Each request writes its log line, as always, but not onto the screen.
        (handler,) = logging.getLogger().handlers
        handler.setStream(log)
        busy = time.process_time()
        times = asyncio.run(measure(app, path, options.requests))
        busy = (time.process_time() - busy) * 1000 / (options.requests + WARM_UP)
        database.dispose()
    median, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(f"feed not modified: {options.shifts} shifts, {options.requests} requests, {database.engine.name}")
    # On a machine that does other things too, the processor's time tells more than the clock.
    for name, value in (("median", median), ("p95", p95), ("processor", busy)):
        print(f"  {name:>9} {value:6.2f} ms   bound {BOUND_MS} ms   ratio {value / BOUND_MS:.2f}")


if __name__ == "__main__":
    main()
