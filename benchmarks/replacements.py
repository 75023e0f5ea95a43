"""Who could take one shift among 200 people: how many milliseconds until they are ranked?

Run with ``python -m benchmarks.replacements``; ``--help`` shows what can be varied.
"""

import argparse
import statistics
import time

from benchmarks.weeks import greedy_roster, make_problem
from solver.explain.who_could import who_could

BOUND_MS = 200


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--people", type=int, default=200)
    options.add_argument("--shifts", type=int, default=40, help="how many shifts to find replacements for")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    problem = make_problem(chosen.people, chosen.seed)
    roster = greedy_roster(problem)
    taken, able = [], []
    for work in roster.assignments[:: max(1, len(roster) // chosen.shifts)]:
        without = roster.without(work)
        begun = time.perf_counter()
        found = who_could(problem, without, work)
        taken.append((time.perf_counter() - begun) * 1000)
        able.append(sum(candidate.able for candidate in found))
    median, p95 = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    print(f"{len(problem.employees)} people, {len(roster)} assignments, {len(problem.all_rules)} rules")
    print(f"{len(taken)} shifts, each taken away and offered to everybody; {statistics.median(able):g} could")
    print(f"the first shift  {taken[0]:7.1f} ms   bound {BOUND_MS} ms   ratio {taken[0] / BOUND_MS:.2f}")
    print(f"median           {median:7.1f} ms   bound {BOUND_MS} ms   ratio {median / BOUND_MS:.2f}")
    print(f"p95              {p95:7.1f} ms   bound {BOUND_MS} ms   ratio {p95 / BOUND_MS:.2f}")


if __name__ == "__main__":
    main()
