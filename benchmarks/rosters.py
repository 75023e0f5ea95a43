"""Rosters of public instances and of whole organisations: how good, how soon, beside published results.

Run with ``make bench``, or ``python -m benchmarks.rosters``; ``--help`` shows what can be chosen. Each case
is searched in a process of its own by the engine that chooses itself and, for the same time, by the plain
exact model. What is measured is kept in ``benchmarks/rosters.json``, and the tables in
``benchmarks/README.md`` are written anew from it, after every case. Rosters of public instances are scored by
the independent evaluators beside the instances; a difference ends the run. Where the instances are not there,
they are skipped visibly.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.cases import SHARED, every_case
from benchmarks.measuring import commit, machine, solved_alone
from benchmarks.rosters_table import told, write_tables
from solver.lns.compiling import compile_search

RESULTS = Path(__file__).parent / "rosters.json"
STARTING = 2.5
"""Seconds of a case that are no searching: starting, reading, scoring."""


def options():
    found = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    found.add_argument("--list", action="store_true", help="print the names of all cases")
    found.add_argument(
        "--only", nargs="+", default=[], metavar="NAME", help="run these cases and merge them in"
    )
    found.add_argument("--seconds", type=float, help="for every case, instead of its own time")
    found.add_argument(
        "--without-exact", action="store_true", help="leave the exact model as it was measured"
    )
    found.add_argument(
        "--long", type=float, metavar="SECONDS", help="only a long run of each, to compare later runs with"
    )
    found.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    found.add_argument("--seed", type=int, default=0)
    found.add_argument("--results", type=Path, default=RESULTS, help="another file to keep the results in")
    return found


def main():
    chosen = options().parse_args()
    cases = every_case()
    if chosen.list:
        print("\n".join(case.name for case in cases))
        return
    unknown = set(chosen.only) - {case.name for case in cases}
    if unknown:
        sys.exit(f"no such case: {', '.join(sorted(unknown))}; --list prints all")
    if not SHARED.exists():
        print("Skipped: all public instances. There is no folder of them beside the project.")
    cases = [case for case in cases if (case.name in chosen.only if chosen.only else case.by_default)]
    kept = kept_results(chosen.results, merge=bool(chosen.only) or chosen.long is not None)
    plan = [(case, engine, limit) for case in cases for engine, limit in runs_of(case, chosen)]
    print(f"{len(cases)} cases, {len(plan)} searches, at most {minutes(plan):.0f} minutes", end="")
    print(f", about {minutes(plan, kept):.0f} as they went last time" if kept["cases"] else "")
    print(f"search compiled or loaded in {compile_search():.0f} s", flush=True)
    begun = time.perf_counter()
    for case, engine, limit in plan:
        measured = run(case, limit, "auto" if engine == "long" else engine, chosen)
        kept["cases"].setdefault(case.name, {"family": case.family})[engine] = measured
        print(f"{case.name}, {engine}: {told(measured)}", flush=True)
        save(kept, chosen.results)
    print(f"{(time.perf_counter() - begun) / 60:.0f} minutes")


def runs_of(case, chosen):
    """The searches of a case and their seconds."""
    if chosen.long is not None:
        return [("long", chosen.long)]
    limit = chosen.seconds or case.seconds
    exact = case.beside_exact and not chosen.without_exact
    return [("auto", limit), *([("exact", limit)] if exact else [])]


def minutes(plan, kept=None):
    """How long searches take: their limits, or less where the last ones ended early."""
    total = 0.0
    for case, engine, limit in plan:
        last = kept["cases"].get(case.name, {}).get(engine) if kept else None
        if last is not None and last["seconds"] < last["limit"] - 1:
            limit = min(last["seconds"], limit)
        total += limit + STARTING
    return total / 60


def run(case, limit, engine, chosen):
    """Search, have the roster scored by somebody else, and add when and what."""
    measured, written = solved_alone(case, limit, engine, chosen.seed, chosen.workers)
    if written is not None and measured["cost"][0] == 0:
        cost = case.confirmed_cost(written)
        if cost != measured["cost"][1]:
            sys.exit(f"{case.name}: the evaluator says {cost} to a cost of {measured['cost'][1]}")
    return {**measured, "commit": commit(), "on": datetime.now(UTC).date().isoformat()}


def kept_results(path, *, merge):
    """What is measured already, if it is of this machine; long runs stay, whatever is measured anew."""
    here = machine()
    found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"machine": here, "cases": {}}
    if found["machine"] != here:
        if merge and found["cases"]:
            sys.exit(
                f"the results are of another machine or other versions: {found['machine']}; run all cases"
            )
        found = {"machine": here, "cases": {}}
    return found


def save(kept, path):
    """Write the results, a line for each search, and the tables."""
    path.parent.mkdir(exist_ok=True)
    cases = [
        f"  {json.dumps(name)}: {{\n"
        + ",\n".join(f"   {json.dumps(key)}: {json.dumps(value)}" for key, value in case.items())
        + "\n  }"
        for name, case in kept["cases"].items()
    ]
    text = f'{{\n "machine": {json.dumps(kept["machine"])},\n "cases": {{\n' + ",\n".join(cases) + "\n }\n}\n"
    path.write_text(text, encoding="utf-8")
    if path == RESULTS:
        write_tables(kept)


if __name__ == "__main__":
    main()
