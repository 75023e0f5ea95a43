"""What the table of rosters is about: public instances, and weeks of whole organisations."""

from __future__ import annotations

import csv
import importlib.util
import json
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from api.commands.bench import read_instance
from benchmarks.organisation import make_locations, make_week

SHARED = Path(__file__).parents[2] / "shared" / "bench"
"""Where instances lie, each family with an evaluator that shares nothing with this project."""

LIMITS = {
    **dict.fromkeys(("Instance1", "Instance2", "Instance3"), 30.0),
    **dict.fromkeys(("Instance12", "Instance14", "Instance16"), 120.0),
    "Instance20": 600.0,
}
"""Seconds for the smaller and the larger public instances; 60 for all others."""


@dataclass(frozen=True)
class Instance:
    """A public instance in a file."""

    file: Path
    beside_exact = by_default = True

    @property
    def name(self):
        return self.file.stem

    @property
    def family(self):
        return self.file.parent.name

    @property
    def seconds(self):
        return LIMITS.get(self.name, 60.0)

    def load(self):
        """The problem, the unit of its costs, and how a roster is written for the evaluator."""
        found, problem = read_instance(self.file, Console(stderr=True))
        return problem, found.unit, found.write

    def confirmed_cost(self, written):
        """What the independent evaluator says a roster costs; None where the roster breaks something."""
        judge = _evaluator(self.file.parent)
        instance = judge.parse(self.file)
        if self.family == "curtois":
            found = judge.evaluate(instance, json.loads(written))
            return None if found["violations"] else found["total"]
        roster, _ = judge.read_xml(written)
        found = judge.evaluate(instance, roster)
        return found["penalty"] if found["feasible"] else None


@dataclass(frozen=True)
class Week:
    """A week of an organisation, made up; nobody but our own reading of the rules can score it."""

    name: str
    seconds: float
    how: dict = field(hash=False)
    beside_exact: bool = True
    by_default: bool = True
    family = "week"

    def load(self):
        make = make_locations if "locations" in self.how else make_week
        return make(**self.how), 1, None


WEEKS = (
    Week("200 people", 60.0, {"people": 200}),
    Week(
        "200 people, starts every 15 min",
        60.0,
        {"people": 200, "seed": 2, "start_step": 15},
        by_default=False,
    ),
    Week(
        "1,000 people, 10 places, 50 shared",
        300.0,
        {"locations": 10, "people": 1000, "floaters": 50},
        beside_exact=False,
    ),
)


def every_case():
    """All there is: the first family by number, the second by people, then the weeks."""
    curtois = sorted(SHARED.glob("curtois/Instance*.txt"), key=lambda path: int(path.stem[8:]))
    retail = sorted(SHARED.glob("retail/*.txt"), key=lambda path: int(path.stem.split("_")[2]))
    return [*(Instance(path) for path in (*curtois, *retail)), *WEEKS]


def published():
    """What has been published of each instance of the first family, by its name; numbers, or None."""
    if not (SHARED / "curtois" / "published.csv").exists():
        return {}
    with (SHARED / "curtois" / "published.csv").open(encoding="utf-8") as file:
        return {
            f"Instance{row['instance']}": {name: int(value) if value else None for name, value in row.items()}
            for row in csv.DictReader(file)
        }


def _evaluator(folder):
    spec = importlib.util.spec_from_file_location(f"evaluate_{folder.name}", folder / "evaluate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
