"""Memory and idle time of an installation's processes, and their peak while a week of 50 people is planned.

Run with ``python -m benchmarks.worker_memory``; ``--help`` shows what can be varied. The processes are those
of ``makina serve`` (with ``MAKINA_WORKER=false``) and ``makina worker``, on a database of the demo company;
the week is that of its warehouse in Warsaw. Figures are the kernel's (``/proc``): resident memory and
processor time.
"""

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import httpx2

from api.demo.load import load_company
from scheduler.db.migrate import upgrade
from scheduler.db.session import Database
from scheduler.db.tenant import tenant_of
from scheduler.jobs.runs import progress
from scheduler.kernel.clock import utc_now, week_start
from scheduler.organisation.locations import location_coded
from scheduler.people.employees import employees_at
from scheduler.rosters.create import create_roster
from scheduler.rosters.request_run import request_run

BOUND_MIB = 1024
START_SECONDS = 120
LOOK_SECONDS = 0.05


def store_week(database):
    """The demo company and a roster of its warehouse; gives both ids, and how many people work there."""
    with database.write() as session:
        coming = week_start(utc_now().date()) + timedelta(days=7)
        load_company(session, week=coming, actor="system")
        place = location_coded(session, "WAW")
        roster = create_roster(session, place.id, coming, actor="system")
        people = employees_at(session, place.id, coming, coming + timedelta(days=7))
        return tenant_of(session), roster.id, len(people)


@contextmanager
def makina(folder, *arguments):
    """A command of ours as a process, while the block runs."""
    own = {"MAKINA_DATABASE_URL": f"sqlite:///{folder}/makina.db", "MAKINA_WORKER": "false"}
    command = [sys.executable, "-c", "from api.cli import main; main()", *arguments]
    log = Path(folder, f"{arguments[0]}.log")
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=os.environ | own, stdout=output, stderr=output)
    try:
        yield process, log
    finally:
        process.terminate()
        process.wait()


def wait_for(condition, what):
    """Return as soon as the condition holds."""
    deadline = time.monotonic() + START_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.1)


def answers(url):
    """Whether the server is ready."""
    try:
        return httpx2.get(url, timeout=2).status_code == 200
    except httpx2.TransportError:
        return False


def resident_mib(pid):
    """Resident memory of a process, MiB; 0 for one that is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def cpu_seconds(pid):
    """Processor time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def descendants(pid):
    """Every process that a process has started, and those that they have started."""
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(child) for child in path.read_text().split()]
        except OSError:
            continue
        for child in children:
            found += [child, *descendants(child)]
    return found


def print_idle(names, seconds):
    """Print what the processes take while nothing is asked of them."""
    before = {name: cpu_seconds(process.pid) for name, process in names.items()}
    time.sleep(seconds)
    for name, process in names.items():
        share = (cpu_seconds(process.pid) - before[name]) / seconds
        print(f"  idle {name:7} {resident_mib(process.pid):5.0f} MiB, {share:.1%} of a core over {seconds} s")


def watch(database, organisation_id, run_id, worker):
    """Look on until the run has ended; gives it, and the peaks of worker, solver, and both together."""
    peaks = [0.0, 0.0, 0.0]
    while True:
        for _ in range(10):
            own, theirs = resident_mib(worker.pid), sum(map(resident_mib, descendants(worker.pid)))
            peaks = [max(pair) for pair in zip(peaks, (own, theirs, own + theirs), strict=True)]
            time.sleep(LOOK_SECONDS)
        with database.read(organisation_id) as session:
            run = progress(session, run_id)
        if run.finished:
            return run, peaks


def main():
    """Print idle and peak figures beside the bound."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=30, help="search time")
    parser.add_argument("--idle", type=int, default=20, help="seconds of looking on while nothing is asked")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe, ExitStack() as stack:
        upgrade(f"sqlite:///{folder}/makina.db")
        database = Database(f"sqlite:///{folder}/makina.db")
        stack.callback(database.dispose)
        organisation_id, roster_id, people = store_week(database)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        server, _ = stack.enter_context(makina(folder, "serve", "--port", str(port)))
        worker, log = stack.enter_context(makina(folder, "worker"))
        wait_for(lambda: answers(f"http://127.0.0.1:{port}/readyz"), "the server")
        wait_for(lambda: "worker_started" in log.read_text(), "the worker")
        print(f"one week of {people} people, {options.seconds} s of search")
        print_idle({"serve": server, "worker": worker}, options.idle)
        with database.write(organisation_id) as session:
            run_id = request_run(session, roster_id, seconds=options.seconds, seed=1, actor="system").id
        run, peaks = watch(database, organisation_id, run_id, worker)
    print(f"  the run {run.state.value}{': ' + run.error if run.error else ''}")
    for name, mib in zip(("worker", "solver", "together"), peaks, strict=True):
        print(f"  peak {name:8} {mib:5.0f} MiB   bound {BOUND_MIB} MiB   ratio {mib / BOUND_MIB:.2f}")
    if run.version_id is None:
        raise SystemExit("without a roster the peaks say nothing")


if __name__ == "__main__":
    main()
