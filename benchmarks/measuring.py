"""What benchmarks of searching tell alike: costs over time, and memory."""

from api.commands.bench import peak_mib

__all__ = ["MARKS", "peak_mib", "sizes", "timeline"]

MARKS = (1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600)


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
