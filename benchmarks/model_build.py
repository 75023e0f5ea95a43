"""The exact model of 200 people, 7 days, 15-minute coverage: how many seconds and MiB until it is built?

Run with ``python -m benchmarks.model_build``; ``--help`` shows what can be varied.
"""

import argparse
import resource
import time

from benchmarks.weeks import make_problem
from solver.cpsat.draft import Draft
from solver.cpsat.model import Model

BOUND_SECONDS = 3
BOUND_MIB = 1024


def peak_mib():
    """The most memory this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--people", type=int, default=200)
    options.add_argument("--start-step", type=int, default=30, help="minutes between possible starts")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    problem = make_problem(chosen.people, chosen.seed, chosen.start_step)
    before = peak_mib()
    begun = time.perf_counter()
    draft = Draft(problem, problem.all_rules)
    drafted = time.perf_counter() - begun
    model = Model(draft)
    built = time.perf_counter() - begun
    proto = model.program.cp.proto
    print(
        f"{len(problem.employees)} people, {len(problem.templates)} templates, {len(problem.coverage)} "
        f"coverage steps, {len(problem.all_rules)} rules"
    )
    print(f"the model has {len(proto.variables)} variables and {len(proto.constraints)} constraints")
    print(f"what everybody could work {drafted:6.2f} s")
    ratio = built / BOUND_SECONDS
    print(f"the model as a whole      {built:6.2f} s     bound {BOUND_SECONDS} s       ratio {ratio:.2f}")
    ratio = peak_mib() / BOUND_MIB
    print(f"peak memory               {peak_mib():6.0f} MiB   bound {BOUND_MIB} MiB   ratio {ratio:.2f}")
    print(f"  of it before the model  {before:6.0f} MiB (Python, OR-Tools, the problem)")


if __name__ == "__main__":
    main()
