"""Instances of public rostering benchmarks: how good, how soon, and what has been published.

Run with ``python -m benchmarks.public_instances``; ``--help`` shows what can be chosen. Each instance is
solved in a process of its own by the engine that is chosen by itself and by the plain exact model, for the
same time. Every roster is scored again by the independent evaluator that lies beside the
instances, and a difference ends the run. Skips visibly where the instances are not there.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import os
import platform
import sys
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from api.commands.bench import Engine, in_a_process

SHARED = Path(__file__).parents[2] / "shared" / "bench"
LIMITS = {"12": 120.0, "14": 120.0, "16": 120.0, "20": 600.0}
"""Seconds for the larger Curtois instances; 60 for all others."""


def instances():
    """Every file there is, the Curtois instances first, by their numbers."""
    curtois = sorted(SHARED.glob("curtois/Instance*.txt"), key=lambda path: int(path.stem[8:]))
    return [*curtois, *sorted(SHARED.glob("retail/*.txt"), key=lambda path: int(path.stem.split("_")[2]))]


def published():
    """What has been published of each Curtois instance, by its number."""
    with (SHARED / "curtois" / "published.csv").open(encoding="utf-8") as file:
        return {row["instance"]: row for row in csv.DictReader(file)}


def evaluator(path):
    """The independent evaluator beside an instance, as a module."""
    spec = importlib.util.spec_from_file_location(f"evaluate_{path.parent.name}", path.parent / "evaluate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scored(path, solution):
    """What the independent evaluator says a roster costs; None if it finds something broken."""
    judge = evaluator(path)
    instance = judge.parse(path)
    if path.parent.name == "curtois":
        found = judge.evaluate(instance, json.loads(solution))
        return None if found["violations"] else found["total"]
    roster, _ = judge.read_xml(solution)
    found = judge.evaluate(instance, roster)
    return found["penalty"] if found["feasible"] else None


def run(path, seconds, engine, workers, seed):
    """Solve one instance; what was measured, after the evaluator has confirmed it."""
    measured, solution = in_a_process(path, seconds, engine, seed, workers)
    if measured.objective is not None and scored(path, solution) != measured.objective:
        sys.exit(f"{path.name}: the evaluator does not confirm a cost of {measured.objective}")
    return asdict(measured)


def over(objective, best):
    """How far a cost is above the best known one."""
    return "" if objective is None or not best else f"{(objective - best) / best:+.2%}"


def row(path, best, ours, plain):
    """One line of the table."""
    known = int(best["best_ub"]) if best else None
    return [
        path.stem,
        f"{ours['seconds']:.0f}",
        ours["objective"],
        ours["bound"],
        over(ours["objective"], known),
        ours["first_seconds"],
        ours["best_seconds"],
        ours["peak_mib"],
        plain["objective"] if plain else "",
        plain["bound"] if plain else "",
        known or "",
        best["ejection_chain_10min"] if best else "",
        best["ejection_chain_60min"] if best else "",
        best["branch_and_price"] if best else "",
    ]


HEAD = (
    "instance", "s", "cost", "bound", "to best known", "first s", "best s", "MiB", "exact model", "its bound",
    "best known", "chain 10 min", "chain 60 min", "branch and price",
)  # fmt: skip


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", nargs="*", help="names of instances, such as Instance5")
    options.add_argument("--seconds", type=float, help="for every instance")
    options.add_argument(
        "--without-exact", action="store_true", help="do not run the plain exact model beside"
    )
    options.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--results", type=Path, help="folder to keep the results in")
    chosen = options.parse_args()
    if not SHARED.exists():
        print("skipped: there is no folder of public instances beside the project")
        return
    bests, kept = published(), []
    print(" | ".join(HEAD))
    for path in instances():
        if chosen.only and path.stem not in chosen.only:
            continue
        seconds = chosen.seconds or LIMITS.get(path.stem[8:], 60.0)
        ours = run(path, seconds, Engine.AUTO, chosen.workers, chosen.seed)
        exact = (
            None if chosen.without_exact else run(path, seconds, Engine.EXACT, chosen.workers, chosen.seed)
        )
        kept.append({"auto": ours, "exact": exact})
        best = bests.get(path.stem[8:]) if path.parent.name == "curtois" else None
        cells = row(path, best, ours, exact)
        print(" | ".join("" if one is None else str(one) for one in cells), flush=True)
    if chosen.results:
        chosen.results.mkdir(exist_ok=True)
        machine = {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "ortools": version("ortools"),
        }
        text = json.dumps({"machine": machine, "instances": kept}, indent=1)
        (chosen.results / "public_instances.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
