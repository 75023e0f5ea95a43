"""One move in a week of 200 people with 15-minute coverage: how many milliseconds until it is judged?

Run with ``python -m benchmarks.live_check``; ``--help`` shows what can be varied.
"""

import argparse
import random
import statistics
import time
from dataclasses import replace

from benchmarks.weeks import greedy_roster, make_problem
from solver.live_check import LiveCheck, Move

BOUND_MS = 10


def moves_of(roster, problem, count, seed):
    """Drags as managers make them: to another person, to other times, out of the roster, and swaps."""
    rng = random.Random(seed)
    people = [employee.id for employee in problem.employees]
    for place in range(count):
        one, other = rng.sample(roster.assignments, 2)
        yield (
            Move((one,), (replace(one, employee=rng.choice(people)),)),
            Move((one,), (replace(one, start=one.start + 30, end=one.end + 30),)),
            Move((one,)),
            Move.swap(one, other),
        )[place % 4]


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--people", type=int, default=200)
    options.add_argument("--moves", type=int, default=400)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    problem = make_problem(chosen.people, chosen.seed)
    roster = greedy_roster(problem)
    begun = time.perf_counter()
    live = LiveCheck.of(problem, roster)
    whole = time.perf_counter() - begun
    taken = []
    for move in moves_of(roster, problem, chosen.moves, chosen.seed):
        begun = time.perf_counter()
        moved = live.after(move)
        moved.score  # noqa: B018 - put together when first asked for
        taken.append((time.perf_counter() - begun) * 1000)
    median, p95 = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    print(
        f"{len(problem.employees)} people, {len(roster)} assignments, {len(problem.coverage)} coverage "
        f"steps, {len(problem.all_rules)} rules, {len(live.evaluation.violations)} violations"
    )
    print(f"judging the whole roster {whole * 1000:7.1f} ms")
    print(f"one move, median         {median:7.1f} ms   bound {BOUND_MS} ms   ratio {median / BOUND_MS:.2f}")
    print(f"one move, p95            {p95:7.1f} ms   bound {BOUND_MS} ms   ratio {p95 / BOUND_MS:.2f}")
    print(f"slowest of {len(taken)} moves    {max(taken):7.1f} ms")


if __name__ == "__main__":
    main()
