"""Files that hold a problem, or something about one: read, or refused with everything that is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from solver.problem import Fault, Problem

NO_PROBLEM = "is no problem that can be solved"
LONGEST_VALUE = 60


def check_folder(path: Path | None, option: str) -> None:
    """Refuse a file to be written whose folder does not exist."""
    if path is not None and not path.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {path.parent}", param_hint=option)


def read_problem(path: Path, console: Console) -> Problem:
    """The problem in a file; everything wrong with it is listed and ends the command with status 2."""
    from solver.problem import Problem, ProblemError

    try:
        return Problem.from_json(read_json(path, console))
    except ProblemError as error:
        refuse(path, list(error.errors), console)


def read_json(path: Path, console: Console, what: str = NO_PROBLEM) -> object:
    """The values in a JSON file; where it holds none, ``what`` is said of it and the command ends."""
    from solver.problem import Fault

    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        refuse(path, [Fault(f"line {error.lineno}, column {error.colno}", None, error.msg)], console, what)
    except UnicodeDecodeError as error:
        fault = Fault(f"byte {error.start}", None, "is no UTF-8 text; save the file as UTF-8")
        refuse(path, [fault], console, what)
    except RecursionError:
        refuse(path, [Fault("the file", None, "is nested too deeply to be read")], console, what)
    except ValueError:  # Python reads no whole number of more than 4300 digits
        refuse(path, [Fault("the file", None, "holds a number with too many digits")], console, what)


def refuse(path: Path, faults: list[Fault], console: Console, what: str = NO_PROBLEM) -> NoReturn:
    """List the faults of a file and end with status 2."""
    count = "1 error" if len(faults) == 1 else f"{len(faults)} errors"
    console.print(f"{path} {what}: {count}", markup=False, soft_wrap=True)
    for fault in faults:
        value = "" if fault.value is None else f" = {cut(json.dumps(fault.value, default=str))}"
        console.print(
            f"  {fault.path}{value}: {fault.message}", markup=False, highlight=False, soft_wrap=True
        )
    raise typer.Exit(2)


def cut(text: str) -> str:
    """The text, or its beginning where it is long."""
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 3] + "..."
