"""What benchmarks of searching measure alike: one search in a process of its own, costs over time, memory."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

from api.commands.bench import peak_mib

__all__ = ["MARKS", "commit", "machine", "peak_mib", "sizes", "solved_alone", "timeline"]

MARKS = (1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600)
WORTH_KEEPING = 0.001
"""How much better a cost is, relatively, to be kept as a point of the course of a search."""

ROOT = Path(__file__).parents[1]
GIT = shutil.which("git") or "git"


def machine():
    """What ran: processor, cores, memory and versions; nothing that names the machine."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "python": platform.python_version(),
        "ortools": version("ortools"),
        "numba": version("numba"),
    }


def commit():
    """The commit that is measured, with a plus where sources were changed since."""
    head, changed = (
        subprocess.run([GIT, *what], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
        for what in (("rev-parse", "--short=10", "HEAD"), ("status", "--porcelain", "--", "*.py"))
    )
    return f"{head}+" if changed else head or "unknown"


def _processor():
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()


def solved_alone(case, seconds, engine, seed, workers):
    """Solve a case in a process of its own, so that nothing is warm and memory is its own.

    Gives what was measured as plain values, and the roster as an evaluator reads it (None for weeks). The
    first roster of a public instance is the first that its format allows, with nothing missing.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(_solved, case, seconds, engine, seed, workers).result()


def _solved(case, seconds, engine, seed, workers):
    from solver.solve import solve
    from solver.stop import TimeLimit

    problem, unit, write = case.load()
    result = solve(problem, TimeLimit(seconds), seed=seed, workers=workers, engine=engine)
    course = [(round(p.seconds, 2), p.objective[0] // unit, p.objective[1] // unit) for p in result.trace]
    best = result.score.mandatory // unit, result.score.soft // unit
    allowed = [point for point in course if write is None or point[1] == 0]
    measured = {
        "limit": seconds,
        "seconds": round(result.seconds, 1),
        "status": result.status,
        "cost": best if result.trace else None,
        "bound": (-(-result.bound[0] // unit), -(-result.bound[1] // unit)),
        "first": allowed[0][0] if allowed else None,
        "course": worth_keeping(course),
        "mib": peak_mib(),
        "seed": seed,
        "workers": workers,
    }
    return measured, write(problem, result.roster) if write and result.trace else None


def worth_keeping(course):
    """The points at which a search got better by enough to matter, and the last one.

    >>> worth_keeping([(1, 2, 9), (2, 0, 1000), (3, 0, 1000), (4, 0, 999.5), (5, 0, 900)])
    [(1, 2, 9), (2, 0, 1000), (5, 0, 900)]
    """
    kept: list[tuple[float, int, int]] = []
    for point in course:
        least = kept[-1][1:] if kept else None
        if least is None or point[1] < least[0] or point[1:] <= (least[0], least[1] * (1 - WORTH_KEEPING)):
            kept.append(point)
    better = [point for point in course if point[1:] == course[-1][1:]]
    return [*kept, better[0]] if kept and kept[-1][1:] != course[-1][1:] else kept


def sizes(problem):
    """How large a problem is, in words."""
    hours = sum(cover.wanted * (cover.end - cover.start) for cover in problem.coverage) / 60
    return (
        f"{len(problem.employees)} people, {len(problem.days)} days, {len(problem.templates)} templates, "
        f"{len(problem.coverage)} coverage steps wanting {hours:.0f} h, {len(problem.all_rules)} rules"
    )


def timeline(result):
    """Lines: the first roster, cost by level and bound at certain seconds, and how it ended."""
    if not result.trace:
        yield f"status                {result.status} after {result.seconds:.1f} s"
        return
    yield f"first roster after    {result.trace[0].seconds:.2f} s of wall clock"
    for mark in MARKS:
        points = [point for point in result.trace if point.seconds <= mark]
        if points and mark <= result.seconds + 1:
            costs, bound = points[-1].objective, points[-1].bound
            told = f"mandatory {costs[0]}, soft {costs[1]}, bound {bound[0]}, {bound[1]}"
            yield f"after {mark:4} s          {told}"
    yield f"status                {result.status} after {result.seconds:.1f} s, seed {result.seed}"
    yield f"objective             mandatory {result.score.mandatory}, soft {result.score.soft}"
    gaps = ", ".join(f"{gap:.2%}" for gap in result.gaps)
    yield f"bound                 mandatory {result.bound[0]}, soft {result.bound[1]}; gaps {gaps}"
    for part in result.score.parts:
        yield f"  {part.level:9} {part.rule:15} {part.name:22} {part.cost:8} in {part.violations}"
