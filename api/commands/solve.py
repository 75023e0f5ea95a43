"""``makina solve``: a problem file in, the best roster found in the time given out."""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.create_shifts import SHARE, check_place, show_created, with_created_shifts
from api.commands.gaps import show_open
from api.commands.problem_files import check_folder, read_problem
from api.commands.searching import compiled, searching

if TYPE_CHECKING:
    from rich.console import Console

    from solver.problem import Problem
    from solver.result import Progress, Result


def print_schema(asked: bool) -> None:
    """Print what a problem file may hold, and end."""
    from solver.schema import problem_schema

    if asked:
        typer.echo(json.dumps(problem_schema(), indent=1))
        raise typer.Exit


def solve(
    problem: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="The problem, a JSON file.")
    ],
    seconds: Annotated[float, typer.Option(min=0.1, help="How long to search.")] = 30.0,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", dir_okay=False, help="Where to write the result, JSON.")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed, time and one worker search alike.")] = 0,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Search threads.")] = 2,
    explained: Annotated[
        bool, typer.Option("--explain", help="Say what is open and why, what costs most, whom else it takes.")
    ] = False,
    create_shifts: Annotated[
        Path | None,
        typer.Option(
            dir_okay=False,
            help="First create the shifts that cover the demand, write the problem with them to this file, "
            "then give people to them.",
        ),
    ] = None,
    _schema: Annotated[
        bool,
        typer.Option(
            "--schema", callback=print_schema, is_eager=True, help="Print the JSON Schema of a problem."
        ),
    ] = False,
) -> None:
    """Find the best roster for a problem file; Ctrl-C keeps the best one so far.

    Exit status: 0 with a roster, 1 without one, 2 if the problem cannot be read.
    """
    from rich.console import Console

    console, errors = Console(), Console(stderr=True)
    asked = read_problem(problem, errors)
    check_folder(output, "--output")
    begun = perf_counter()
    if create_shifts is not None:
        check_place(asked, problem, create_shifts)
        asked, created = with_created_shifts(asked, create_shifts, errors, SHARE * seconds, seed, workers)
        show_created(asked, created, create_shifts, console)
    left = max(0.1, seconds - (perf_counter() - begun)) if create_shifts is not None else seconds
    result = search(asked, errors, left, seed, workers)
    if output is not None:
        output.write_text(json.dumps(result.to_json(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    show(asked, result, console)
    if explained and result.status not in ("infeasible", "stopped_empty"):
        from api.commands.explain import of_result, show_lines

        show_lines(of_result(asked, result)[0], console)
    elif result.status != "infeasible":
        show_open(asked, result.open_shifts, console)
    if output is not None:
        console.print(f"written to {output}", markup=False)
    if result.status in ("infeasible", "stopped_empty"):
        raise typer.Exit(1)


def search(problem: Problem, console: Console, seconds: float, seed: int, workers: int) -> Result:
    """Solve, drawing the progress; the first Ctrl-C asks to stop, the second gives up."""
    from solver.stop import AnyOf, TimeLimit

    with searching(console, seconds) as (cancel, tell):
        from solver.solve import solve  # loads OR-Tools, a second or more

        with compiled(problem, console):
            return solve(
                problem,
                stop=AnyOf((TimeLimit(seconds), cancel)),
                seed=seed,
                workers=workers,
                observer=lambda news: tell(line_of(news), news.seconds),
            )


def line_of(progress: Progress) -> str:
    """What the solver does and how good the best roster is."""
    if progress.objective is None or progress.gaps is None:
        return progress.phase
    levels = zip(("mandatory", "soft"), progress.objective, progress.gaps, strict=True)
    return "  ".join([progress.phase, *(f"{level} {cost} (gap {gap:.1%})" for level, cost, gap in levels)])


def show(problem: Problem, result: Result, console: Console) -> None:
    """Print what was found: score by level and rule, bound and gap, or what clashes."""
    from rich.table import Table

    from solver.explain.clash_words import clash_sentences
    from solver.explain.sentences import Speaker
    from solver.violation import LEVELS

    console.print(f"{result.status} after {result.seconds:.1f} s, {len(result.roster)} assignments")
    if result.status == "infeasible":
        for place, told in enumerate(clash_sentences(Speaker(problem), result.clash)):
            console.print(f"{'  ' if place else ''}{told}", markup=False, highlight=False, soft_wrap=True)
        return
    table = Table("level", "rule", "cost", "breaches", box=None, pad_edge=False)
    for level in LEVELS:
        table.add_row(level, "", str(result.score.of(level)), "", style="bold")
        for part in result.score.parts:
            if part.level == level:
                name = f"{part.rule} {part.name}".strip()
                table.add_row("", name, str(part.cost), str(part.violations))
    console.print(table)
    levels = zip(("mandatory", "soft"), result.bound, result.gaps, strict=True)
    shown = "; ".join(f"{level} {bound}, gap {gap:.2%}" for level, bound, gap in levels)
    console.print(f"bound: {shown}")
