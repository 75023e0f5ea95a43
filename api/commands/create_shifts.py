"""Shifts made of templates before anybody is assigned: the first step of ``makina solve --create-shifts``."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from api.commands.gaps import show_gaps
from api.commands.searching import searching

if TYPE_CHECKING:
    from rich.console import Console

    from solver.problem import Problem
    from solver.shift_creation import CreatedShifts

SHARE = 0.5
"""The part of the time that creating shifts may take at most; the rest is for the people."""

LISTED = 10


def check_place(problem: Problem, source: Path, written_to: Path) -> None:
    """Refuse to create shifts without templates, and to write them where they must not go."""
    hint = "--create-shifts"
    if not problem.templates:
        raise typer.BadParameter("the problem has no templates to create shifts from", param_hint=hint)
    if not written_to.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {written_to.parent}", param_hint=hint)
    if written_to.resolve() == source.resolve():
        raise typer.BadParameter(f"{written_to} is the problem itself; name another file", param_hint=hint)


def with_created_shifts(
    problem: Problem, written_to: Path, console: Console, seconds: float, seed: int, workers: int
) -> tuple[Problem, CreatedShifts]:
    """The problem with the shifts that cover its demand in place of both; written to a file too.

    The demand goes because the shifts stand for it: with both, each missing person would count twice.
    """
    with searching(console, seconds) as (cancel, tell):
        tell("creating shifts", 0)
        from solver.shift_creation import create_shifts  # loads OR-Tools, a second or more
        from solver.stop import Standing

        def stopped() -> bool:
            return cancel.reached(Standing(seconds=0.0, gap=None, work=0.0))

        created = create_shifts(problem, seconds=seconds, seed=seed, workers=workers, stopped=stopped)
    planned = replace(created.added_to(problem), coverage=())
    text = json.dumps(planned.to_json(), indent=1, ensure_ascii=False)
    written_to.write_text(text + "\n", encoding="utf-8")
    return planned, created


def show_created(problem: Problem, created: CreatedShifts, written_to: Path, console: Console) -> None:
    """Print how many shifts there are and what they cannot do."""
    people = sum(shift.headcount for shift in created.shifts)
    console.print(
        f"{people} shifts created, {created.minutes / 60:g} paid hours"
        + (", the best for this demand" if created.proven else "; better ones may exist")
        + f"; written to {written_to}",
        markup=False,
        soft_wrap=True,
    )
    if created.nobody_can:
        listed = ", ".join(created.nobody_can[:LISTED])
        more = len(created.nobody_can) - LISTED
        console.print(
            f"nobody may work {listed}" + (f" and {more} more" if more > 0 else ""),
            markup=False,
            soft_wrap=True,
        )
    if created.uncovered:
        console.print("not covered even if all of them are worked:")
        show_gaps(problem, created.uncovered, console)
