"""What `make bench` measured, as tables."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.cases import SHARED, every_case
from benchmarks.measuring import machine, worth_keeping
from benchmarks.rosters import kept_results, minutes, runs_of, save
from benchmarks.rosters_table import cost_text, over, own_best, reached, tables

ROOT = Path(__file__).parents[2]


def search(cost, limit=60.0, bound=(0, 600), **other):
    """One search as it is kept."""
    measured = {"limit": limit, "seconds": limit, "status": "feasible", "cost": cost, "bound": bound}
    course = [(1.5, 2, 900), (2.5, 0, 700), (9.0, 0, cost[1])] if cost else []
    when = {"commit": "abc", "on": "2026-11-22", "seed": 0, "workers": 2, "mib": 200}
    return {**measured, "course": course, "first": 1.5 if cost else None, **when, **other}


def test_a_case_has_a_row_with_both_engines_and_what_has_been_published():
    known = "612" if SHARED.exists() else None
    kept = {
        "machine": machine(),
        "cases": {
            "Instance1": {"family": "curtois", "auto": search((0, 612)), "exact": search((3, 700))},
            "200 people": {"family": "week", "auto": search((0, 612)), "exact": search(None)},
        },
    }
    text = tables(kept)
    lines = {line.split(" | ")[0][2:]: line for line in text.splitlines() if line.startswith("| ")}
    assert "3 missing + 700" in lines["Instance1"]
    if known:
        assert "| 607 | +0.82% |" in lines["Instance1"]
        assert lines["Instance1"].endswith("| 607 / 607 | 607 / 607 / 607 | 607 |")
    assert "| 612 | 600 | 1.96% | 612 (60 s) | +0.00% |" in lines["200 people"]
    assert machine()["processor"] in text


def test_a_roster_with_work_missing_is_compared_with_nothing():
    assert over((3, 100), 50) == ""
    assert over((0, 51), 50) == "+2.00%"
    assert over((0, 0), 0) == "+0.00%"
    assert cost_text((0, 7)) == "7"


def test_one_percent_is_reached_by_the_first_roster_that_is_allowed_and_near_enough():
    measured = {"course": [(1, 2, 90), (2, 0, 120), (3, 0, 101), (4, 0, 100)]}
    assert reached(measured, 100) == "3"
    assert reached(measured, 90) == ""


def test_the_best_of_our_own_is_of_any_run_that_leaves_nothing_open():
    case = {"auto": search((0, 70)), "exact": search((1, 10)), "long": search((0, 60), limit=600.0)}
    assert own_best(case) == (60, 600.0)
    assert own_best({"exact": search((1, 10))}) == (None, None)


def test_small_gains_of_a_search_are_not_kept_but_the_end_is():
    course = [(1, 0, 10_000), (2, 0, 9_999), (3, 0, 9_000), (4, 0, 8_999), (5, 0, 8_999)]
    assert worth_keeping(course) == [(1, 0, 10_000), (3, 0, 9_000), (4, 0, 8_999)]
    assert worth_keeping([]) == []


def test_results_of_another_machine_are_not_merged_but_begun_anew(tmp_path):
    path = tmp_path / "results" / "rosters.json"
    other = {"machine": {**machine(), "cores": -1}, "cases": {"Instance1": {"family": "curtois"}}}
    save(other, path)
    assert json.loads(path.read_text()) == other
    with pytest.raises(SystemExit, match="another machine"):
        kept_results(path, merge=True)
    assert kept_results(path, merge=False)["cases"] == {}


def test_a_full_run_takes_less_than_75_minutes():
    class Chosen:
        long, seconds, without_exact = None, None, False

    cases = [case for case in every_case() if case.by_default]
    plan = [(case, engine, limit) for case in cases for engine, limit in runs_of(case, Chosen)]
    assert minutes(plan) < 75
    early = {"cases": {"Instance1": {"auto": {"seconds": 2.0, "limit": 60.0}}}}
    assert minutes(plan, early) < minutes(plan)


@pytest.mark.skipif(not SHARED.exists(), reason="there is no folder of public instances beside the project")
def test_a_case_is_searched_scored_by_the_evaluator_and_merged(tmp_path):
    results = tmp_path / "rosters.json"
    command = [sys.executable, "-m", "benchmarks.rosters", "--results", str(results), "--seconds", "3"]
    done = subprocess.run(
        [*command, "--only", "Instance1"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "1 cases, 2 searches" in done.stdout
    kept = json.loads(results.read_text())
    assert kept["cases"]["Instance1"]["exact"]["cost"] == [0, 607]
    assert str(ROOT) not in results.read_text()
    refused = subprocess.run(
        [*command, "--only", "Instance0"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert refused.returncode == 1
    assert "no such case: Instance0" in refused.stderr
