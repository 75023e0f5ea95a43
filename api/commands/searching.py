"""A search in the foreground: its progress on the screen, and a Ctrl-C that keeps the best so far."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from solver.problem import Problem
    from solver.stop import Cancel

COMPILING = (
    "Compiling the search once for this machine, which takes about a minute and does not count as searching."
)

Tell = Callable[[str, float], None]
"""Shows what is going on and how many seconds have passed."""


@contextmanager
def searching(console: Console, seconds: float) -> Iterator[tuple[Cancel, Tell]]:
    """A bar while something is searched; the first Ctrl-C asks to stop, the second gives up."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from solver.stop import Cancel

    cancel = Cancel()

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        cancel.request()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, ask_to_stop)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    try:
        with Progress(*columns, console=console, transient=True) as bar:
            task = bar.add_task("starting", total=seconds)
            yield cancel, lambda what, spent: bar.update(task, description=what, completed=spent)
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def compiled(problem: Problem, console: Console) -> Iterator[None]:
    """Make the compiled search ready where the problem may need it; where that takes long, it is said."""
    from solver.lns.compiling import compile_for, telling_of_compiling

    with telling_of_compiling(lambda: console.print(COMPILING, soft_wrap=True)):
        compile_for(problem)
        yield
