"""The first search of a fresh process: how many seconds until it searches?

Run with ``python -m benchmarks.first_solve``. The search is compiled already, as after ``make setup``.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.weeks import make_problem
from solver.lns.compiling import compile_search

BOUND_SECONDS = 3.0
TIMES = 5

FRESH = """
import json, sys, time
from solver.problem import Problem
with open(sys.argv[1]) as file:
    problem = Problem.from_json(json.load(file))
from solver.lns.compiling import compile_for
from solver.solve import solve
from solver.stop import TimeLimit
imported = time.time()
compile_for(problem)
loaded = time.time()
begun = []
solve(problem, TimeLimit(0.1), workers=1, observer=lambda news: begun.append(time.time()))
print(json.dumps([imported, loaded, begun[0]]))
"""


def main():
    compile_search()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "problem.json"
        path.write_text(json.dumps(make_problem(50).to_json()), encoding="utf-8")
        found = [_times(path) for _ in range(TIMES)]
    imported, loaded, searching = (statistics.median(column) for column in zip(*found, strict=True))
    print(f"{TIMES} fresh processes, the week of 50 people; seconds since the start, the median")
    print(f"imported, file read     {imported:5.2f}")
    print(f"compiled code loaded    {loaded:5.2f}")
    ratio = searching / BOUND_SECONDS
    print(f"first news of a search  {searching:5.2f}   bound {BOUND_SECONDS:g} s   ratio {ratio:.2f}")


def _times(path):
    begun = time.time()
    done = subprocess.run(
        [sys.executable, "-c", FRESH, str(path)], capture_output=True, text=True, check=True
    )
    return [at - begun for at in json.loads(done.stdout)]


if __name__ == "__main__":
    main()
