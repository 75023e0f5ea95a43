"""``makina replan``: a published roster and what has happened in, the least changes it takes out."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from api.commands.explain import read_roster
from api.commands.gaps import show_open
from api.commands.problem_files import check_folder, read_json, read_problem, refuse
from api.commands.searching import searching

if TYPE_CHECKING:
    from rich.console import Console

    from solver.problem import Problem
    from solver.replanning.events import Event
    from solver.replanning.replan import Replanned
    from solver.replanning.terms import Terms
    from solver.work import Roster

T = TypeVar("T")


def replan(
    problem: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="The problem, a JSON file.")
    ],
    roster: Annotated[
        Path,
        typer.Argument(
            exists=True,
            dir_okay=False,
            readable=True,
            help="The published roster: what makina solve or makina replan wrote.",
        ),
    ],
    now: Annotated[
        str, typer.Option(help="The moment, such as 2026-11-24T06:30 on the clocks of the problem's zone.")
    ],
    events: Annotated[
        Path,
        typer.Option(exists=True, dir_okay=False, readable=True, help="What has happened, a JSON list."),
    ],
    terms: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, readable=True, help="What stays and what changes cost, a JSON file."
        ),
    ] = None,
    seconds: Annotated[float, typer.Option(min=0.1, help="How long to search.")] = 15.0,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", dir_okay=False, help="Where to write the result, JSON.")
    ] = None,
    problem_after: Annotated[
        Path | None,
        typer.Option(dir_okay=False, help="Where to write the problem as it is after the events, JSON."),
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed, time and one worker search alike.")] = 0,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Search threads.")] = 2,
) -> None:
    """Change a published roster as little as it takes after a sick call, a change of demand, a new colleague.

    Exit status: 0 with a roster, 1 without one that keeps the hard rules, 2 if something cannot be read.
    """
    from rich.console import Console

    console, errors = Console(), Console(stderr=True)
    asked = read_problem(problem, errors)
    published = read_roster(asked, roster, errors)
    from solver.replanning.reading import events_from_json, terms_from_json

    happened = read(events, events_from_json, "is no list of events", errors)
    agreed = read(terms, terms_from_json, "holds no terms of re-planning", errors) if terms else None
    minute = minute_of(asked, now)
    check_folder(output, "--output")
    check_folder(problem_after, "--problem-after")
    check_events(asked, happened, events, errors)
    found = search(
        asked, published, minute, happened, agreed, errors, seconds=seconds, seed=seed, workers=workers
    )
    show(found, console)
    if output is not None:
        write(output, result_json(found), console)
    if problem_after is not None:
        write(problem_after, found.problem.to_json(), console)
    if found.status in ("infeasible", "stopped_empty"):
        raise typer.Exit(1)


def read(path: Path, reader: Callable[[object], T], what: str, console: Console) -> T:
    """What a JSON file holds; one that holds something else is refused with every fault."""
    from solver.problem import ProblemError

    try:
        return reader(read_json(path, console, what))
    except ProblemError as error:
        refuse(path, list(error.errors), console, what)


def check_events(problem: Problem, events: tuple[Event, ...], path: Path, console: Console) -> None:
    """Refuse events about somebody or something the problem does not have."""
    from solver.problem import ProblemError
    from solver.replanning.events import after_events

    try:
        after_events(problem, events)
    except ProblemError as error:
        refuse(path, list(error.errors), console, "does not fit the problem")


def minute_of(problem: Problem, moment: str) -> int:
    """The minute of a moment; one without an offset is read off the clocks of the problem's zone."""
    from solver.local_time import local_time

    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        told = f"{moment!r} is no moment; write 2026-11-24T06:30, or with its offset 2026-11-24T06:30+01:00"
        raise typer.BadParameter(told, param_hint="--now") from None
    if at.tzinfo is None:
        at = at.replace(tzinfo=local_time(problem, 0).tzinfo)
    minute = (at.astimezone(UTC) - problem.origin.astimezone(UTC)) // timedelta(minutes=1)
    if minute >= problem.end:
        end = local_time(problem, problem.end)
        told = f"{moment} is not before the problem ends, {end:%Y-%m-%d %H:%M}: nothing is left to change"
        raise typer.BadParameter(told, param_hint="--now")
    return minute


def search(
    problem: Problem,
    published: Roster,
    now: int,
    events: tuple[Event, ...],
    terms: Terms | None,
    console: Console,
    *,
    seconds: float,
    seed: int,
    workers: int,
) -> Replanned:
    """Re-plan with the progress on the screen; the first Ctrl-C keeps the best so far."""
    from solver.stop import AnyOf, TimeLimit

    with searching(console, seconds) as (cancel, tell):
        from solver.replanning.replan import replan as search_again  # loads OR-Tools, a second or more

        return search_again(
            problem,
            published,
            now=now,
            events=events,
            terms=terms,
            stop=AnyOf((TimeLimit(seconds), cancel)),
            seed=seed,
            workers=workers,
            observer=lambda spent, costs: tell(line_of(costs), spent),
        )


def line_of(costs: tuple[int, int, int]) -> str:
    """How good the best roster so far is."""
    return "mandatory {}  changes {}  soft {}".format(*costs)


def sentences(found: Replanned) -> list[str]:
    """Every change in words, the unavoidable ones first."""
    from solver.explain.sentences import Speaker
    from solver.replanning.changes import sentence

    speaker = Speaker(found.problem)
    return [
        sentence(speaker, change)
        for change in sorted(found.changes, key=lambda change: not change.unavoidable)
    ]


def show(found: Replanned, console: Console) -> None:
    """Print what changes for whom, what it costs and what stays open, or what clashes."""
    from solver.explain.clash_words import clash_sentences
    from solver.explain.sentences import Speaker

    console.print(f"{found.status} after {found.seconds:.1f} s")
    lines = sentences(found) or ["Nothing has to change."]
    if found.status == "infeasible":
        lines = clash_sentences(Speaker(found.problem), found.clash)
    elif found.status == "stopped_empty":
        lines = ["No roster was found in the time given that keeps what is fixed and the hard rules."]
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    if found.status in ("optimal", "feasible"):
        names = ("mandatory", "changes", "soft")
        pairs = zip(names, found.costs, found.bound, strict=True)
        told = "; ".join(f"{name} {cost}, bound {bound}" for name, cost, bound in pairs)
        console.print(f"costs: {told}", highlight=False, soft_wrap=True)
        show_open(found.problem, found.open_shifts, console)


def result_json(found: Replanned) -> dict[str, object]:
    """The result as plain values, with the changes in words too."""
    from solver.codec import encode_object

    plain = {name: value for name, value in encode_object(found).items() if name != "problem"}
    return {"changes": [], **plain, "sentences": sentences(found)}


def write(path: Path, plain: object, console: Console) -> None:
    """Write a JSON file and say so."""
    path.write_text(json.dumps(plain, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    console.print(f"written to {path}", markup=False, soft_wrap=True)
