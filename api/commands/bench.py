"""``makina bench``: public benchmark instances solved, with how good, how soon and in how much memory."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.problem_files import refuse
from api.commands.searching import compiled

if TYPE_CHECKING:
    from rich.console import Console

    from solver.problem import Problem
    from solver.result import Progress
    from solver.work import Roster


class Engine(StrEnum):
    """How to search."""

    AUTO = "auto"
    EXACT = "exact"
    COLUMNS = "columns"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Format:
    """One public format.

    Parameters
    ----------
    name
        For people.
    recognises
        Whether a file's text is of it.
    read, write
        The problem of a file, and a roster as the format's evaluator reads it.
    suffix
        Of a roster's file.
    unit
        The soft cost of one of the format's units of cost.
    """

    name: str
    recognises: Callable[[str], bool]
    read: Callable[[str], Problem]
    write: Callable[[Problem, Roster], str]
    suffix: str
    unit: int = 1


@dataclass(frozen=True, slots=True)
class Measured:
    """How solving one instance went.

    Parameters
    ----------
    file, format
        Which.
    status
        As in `solver.result.Result`.
    objective, bound
        The format's cost of the best roster, and what none can cost less; the objective is None without a
        roster that the format allows.
    gap
        Relative gap between the two, None without an objective.
    mandatory, mandatory_bound
        What is missing below required cover where the format has such a thing, and its bound.
    first_seconds, best_seconds, seconds
        Until the first roster that the format allows, until the best, in all.
    peak_mib
        The most memory the process has had, which is one of its own for each file.
    seed, workers, engine
        How it was solved.
    """

    file: str
    format: str
    status: str
    objective: int | None
    bound: int
    gap: float | None
    mandatory: int
    mandatory_bound: int
    first_seconds: float | None
    best_seconds: float | None
    seconds: float
    peak_mib: int
    seed: int
    workers: int
    engine: str


def bench(
    files: Annotated[
        list[Path], typer.Argument(exists=True, dir_okay=False, readable=True, help="Instances.")
    ],
    seconds: Annotated[float, typer.Option(min=0.1, help="How long to search, for each file.")] = 60.0,
    engine: Annotated[Engine, typer.Option(help="How to search.")] = Engine.AUTO,
    seed: Annotated[int, typer.Option(help="Of the search.")] = 0,
    workers: Annotated[
        int, typer.Option(min=1, max=64, help="Search threads; more than cores prove better bounds.")
    ] = 8,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object per file.")] = False,
    roster_dir: Annotated[
        Path | None, typer.Option(file_okay=False, help="Where to write the rosters.")
    ] = None,
) -> None:
    """Solve instances of public rostering benchmarks.

    Reads the text formats of Curtois (2014) and of Qu and Curtois (2020). Rosters are written as their
    evaluators read them: JSON ``{employee: [shift or null per day]}`` for the first, XML for the second.
    Exit status: 0 with a roster for every file, 1 without, 2 if a file cannot be read.
    """
    from rich.console import Console

    console = Console()
    suffixes = [read_instance(file, Console(stderr=True))[0].suffix for file in files]
    if roster_dir is not None:
        roster_dir.mkdir(parents=True, exist_ok=True)
    complete = True
    for file, suffix in zip(files, suffixes, strict=True):
        measured, solution = in_a_process(file, seconds, engine, seed, workers)
        if as_json:
            typer.echo(json.dumps(asdict(measured)))
        else:
            show(measured, console)
        if roster_dir is not None and measured.objective is not None:
            (roster_dir / (file.stem + suffix)).write_text(solution, encoding="utf-8")
        complete = complete and measured.objective is not None
    if not complete:
        raise typer.Exit(1)


def formats() -> tuple[Format, ...]:
    """The formats there are."""
    from solver.formats import curtois, curtois_problem, retail, retail_problem

    return (
        Format(
            "Curtois 2014",
            curtois.is_curtois,
            curtois_problem.read,
            curtois_problem.write,
            ".json",
        ),
        Format(
            "Qu and Curtois 2020",
            retail.is_retail,
            retail_problem.read,
            retail_problem.write,
            ".xml",
            retail.PERIOD,
        ),
    )


def read_instance(file: Path, console: Console) -> tuple[Format, Problem]:
    """The format and the problem of a file; what is wrong with it is listed and ends the command."""
    from solver.problem import Fault, ProblemError

    try:
        text = file.read_text(encoding="utf-8-sig")
        of = next((each for each in formats() if each.recognises(text)), None)
        if of is not None:
            return of, of.read(text)
        names = " or ".join(each.name for each in formats())
        fault = Fault("format", text[:40], f"is none that is known; give a file of {names}")
        refuse(file, [fault], console)
    except UnicodeDecodeError as error:
        refuse(file, [Fault(f"byte {error.start}", None, "is no UTF-8 text")], console)
    except ProblemError as error:
        refuse(file, list(error.errors), console)


def in_a_process(file: Path, seconds: float, engine: Engine, seed: int, workers: int) -> tuple[Measured, str]:
    """`measure` in a process of its own, so that one file's memory is not another's."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(measure, file, seconds, engine, seed, workers).result()


def measure(file: Path, seconds: float, engine: Engine, seed: int, workers: int) -> tuple[Measured, str]:
    """Solve one instance, looking on; gives the roster as the format's evaluator reads it too."""
    from rich.console import Console

    from solver.result import gaps_of
    from solver.solve import solve
    from solver.stop import TimeLimit

    console = Console(stderr=True)
    of, problem = read_instance(file, console)
    first: list[float] = []

    def look(progress: Progress) -> None:
        if progress.objective is not None and progress.objective[0] == 0 and not first:
            first.append(progress.seconds)

    with compiled(problem, console):
        result = solve(
            problem, TimeLimit(seconds), seed=seed, workers=workers, observer=look, engine=engine.value
        )
    costs = (result.score.mandatory, result.score.soft)
    allowed = result.status in ("optimal", "feasible") and not result.score.mandatory
    reached = [point.seconds for point in result.trace if point.objective == costs]
    measured = Measured(
        file=file.name,
        format=of.name,
        status=result.status,
        objective=result.score.soft // of.unit if allowed else None,
        bound=-(-result.bound[1] // of.unit),
        gap=round(gaps_of(costs, result.bound)[1], 6) if allowed else None,
        mandatory=result.score.mandatory,
        mandatory_bound=result.bound[0],
        first_seconds=round(first[0], 2) if first else None,
        best_seconds=round(reached[0], 2) if reached else None,
        seconds=round(result.seconds, 2),
        peak_mib=peak_mib(),
        seed=seed,
        workers=workers,
        engine=engine.value,
    )
    return measured, of.write(problem, result.roster)


def peak_mib() -> int:
    """The most memory this process has had since its program began.

    What Linux says of used resources goes on counting from the process that started this one.
    """
    import re
    import resource
    import sys

    status = Path("/proc/self/status")
    if status.exists() and (found := re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))):
        return round(int(found[1]) / 1024)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024))


def show(measured: Measured, console: Console) -> None:
    """One line per instance."""
    gap = "" if measured.gap is None else f"gap {measured.gap:.2%}"
    found = "no roster" if measured.objective is None else f"objective {measured.objective}"
    lacking = (
        f", missing {measured.mandatory} (bound {measured.mandatory_bound})" if measured.mandatory else ""
    )
    times = ", ".join(
        f"{what} {'never' if at is None else f'{at:.1f} s'}"
        for what, at in (("first", measured.first_seconds), ("best", measured.best_seconds))
    )
    console.print(
        f"{measured.file}: {measured.status}, {found}{lacking}, bound {measured.bound} {gap}, {times}, "
        f"in all {measured.seconds:.1f} s, peak {measured.peak_mib} MiB",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )
