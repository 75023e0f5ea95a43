"""One week, 50 people, 15-minute coverage, 3 skills, shifts made from templates: how good after 30 seconds?

Run with ``python -m benchmarks.week_of_50``; ``--help`` shows what can be varied.
"""

import argparse
import resource
import time

from benchmarks.weeks import make_problem
from solver.stop import TimeLimit


def report(problem, result, first):
    """Print sizes, then how good and how fast."""
    places = sum(cover.wanted for cover in problem.coverage)
    print(
        f"{len(problem.employees)} people, {len(problem.days)} days, {len(problem.templates)} templates, "
        f"{len(problem.coverage)} coverage steps wanting {places} people, {len(problem.all_rules)} rules"
    )
    print(f"first roster after    {first:.2f} s of wall clock")
    for mark in (1, 2, 5, 10, 20, 30, 60, 120, 300, 600):
        points = [point for point in result.trace if point.seconds <= mark]
        if points and mark <= result.seconds + 1:
            mandatory, soft = points[-1].objective
            print(f"after {mark:4} s          mandatory {mandatory}, soft {soft}")
    print(f"status                {result.status} after {result.seconds:.1f} s, seed {result.seed}")
    print(f"objective             mandatory {result.score.mandatory}, soft {result.score.soft}")
    print(f"bound                 mandatory {result.bound[0]}, soft {result.bound[1]}; gap {result.gap:.1%}")
    for part in result.score.parts:
        print(f"  {part.level:9} {part.rule:15} {part.name:14} {part.cost:7} in {part.violations}")
    print(f"open                  {len(result.open_shifts)} spans")
    print(f"peak memory           {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def compared(found, best):
    """How far a soft cost is from the better one of a long run or a bound, as a sentence."""
    return f"{found} is {(found - best) / max(1, best):+.1%} of {best}"


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=30)
    options.add_argument("--against", type=float, default=0, help="seconds of a longer run to compare with")
    options.add_argument("--people", type=int, default=50)
    options.add_argument("--seed", type=int, default=1, help="of the instance and of the search")
    options.add_argument("--start-step", type=int, default=30, help="minutes between possible starts")
    options.add_argument(
        "--tightness", type=float, default=1.1, help="demand as a multiple of contract hours"
    )
    options.add_argument("--workers", type=int, default=2)
    chosen = options.parse_args()
    problem = make_problem(chosen.people, chosen.seed, chosen.start_step, chosen.tightness)
    from solver.lns.compiling import compile_search
    from solver.solve import solve

    print(f"search compiled or loaded in {compile_search():.1f} s, not counted below")
    first: list[float] = []
    begun = time.perf_counter()

    def observe(progress):
        if progress.roster is not None and not first:
            first.append(time.perf_counter() - begun)

    result = solve(
        problem, TimeLimit(chosen.seconds), seed=chosen.seed, workers=chosen.workers, observer=observe
    )
    report(problem, result, first[0])
    if chosen.against:
        longer = solve(problem, TimeLimit(chosen.against), seed=chosen.seed + 100, workers=chosen.workers)
        print(f"\nThe same for {chosen.against:.0f} s with another seed:")
        report(problem, longer, first[0])
        print(f"short against long    {compared(result.score.soft, longer.score.soft)}")


if __name__ == "__main__":
    main()
