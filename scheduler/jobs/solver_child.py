"""The process that solves one problem and ends: ``python -m scheduler.jobs.solver_child PARENT``.

It reads one order (JSON, `scheduler.jobs.solver_process.Order`) from its input until that is closed, and
writes one JSON object a line: ``progress`` several times a second, then ``result`` or ``error``. SIGTERM asks
it to stop and to answer with the best roster so far. It has no database, no settings and no network, and it
dies with its parent.
"""

from __future__ import annotations

import ctypes
import json
import os
import queue
import resource
import signal
import sys
import threading
import time
from typing import IO, Any

from scheduler.jobs.solver_process import COMPILING
from solver.open_shifts import open_shifts
from solver.problem import Problem
from solver.result import Progress, Result, gap_of
from solver.stop import AnyOf, Cancel, TimeLimit
from solver.work import Roster

NICENESS = 10
PR_SET_PDEATHSIG = 1
REPORT_SECONDS = 0.25


def main(parent: int) -> None:
    """Solve what the input asks for."""
    die_with(parent)
    os.nice(NICENESS)
    cancel = cancel_on_sigterm()
    out = only_for_messages()
    try:
        order = json.loads(sys.stdin.buffer.read())
        limit_memory(order["memory_mb"])
        result = solve_order(order, cancel, out)
        send(out, {"result": result.to_json()})
    except Exception as error:
        send(out, {"error": f"{type(error).__name__}: {error}"})
        raise


def solve_order(order: dict[str, Any], cancel: Cancel, out: IO[str]) -> Result:
    """Solve an order, reporting on the way."""
    from solver.lns.compiling import compile_for, telling_of_compiling
    from solver.solve import solve  # loads OR-Tools

    problem = Problem.from_json(order["problem"])
    reporter = Reporter(problem, out)
    reporter.start()
    try:
        with telling_of_compiling(lambda: reporter.observe(Progress(0.0, COMPILING, None, (0, 0)))):
            compile_for(problem)
            return solve(
                problem,
                stop=AnyOf((TimeLimit(order["seconds"]), cancel)),
                seed=order["seed"],
                workers=order["workers"],
                observer=reporter.observe,
            )
    finally:
        reporter.finish()


class Reporter(threading.Thread):
    """Writes the latest progress a few times a second, beside the solver, which does not wait for it."""

    def __init__(self, problem: Problem, out: IO[str]) -> None:
        super().__init__(name="reporter")
        self._problem = problem
        self._out = out
        self._news: queue.SimpleQueue[Progress | None] = queue.SimpleQueue()
        self._open_minutes: int | None = None

    def observe(self, progress: Progress) -> None:
        """Take one piece of news."""
        self._news.put(progress)

    def finish(self) -> None:
        """Write what is left and end."""
        self._news.put(None)
        self.join()

    def run(self) -> None:
        """Write until told to finish."""
        ended = False
        while not ended:
            batch = [self._news.get()]
            time.sleep(0 if batch[0] is None else REPORT_SECONDS)
            while not self._news.empty():
                batch.append(self._news.get())
            ended = batch[-1] is None
            told = [progress for progress in batch if progress is not None]
            if told:
                send(self._out, {"progress": self._plain(told)})

    def _plain(self, told: list[Progress]) -> dict[str, Any]:
        """The latest of several pieces of news, with the minutes its roster leaves open."""
        latest = told[-1]
        rosters = [progress.roster for progress in told if progress.roster is not None]
        if rosters:
            self._open_minutes = open_minutes(self._problem, rosters[-1])
        return {
            "seconds": round(latest.seconds, 2),
            "level": latest.phase,
            "objective": latest.objective,
            "bound": latest.bound,
            "gap": None if latest.objective is None else gap_of(latest.objective, latest.bound),
            "open_minutes": self._open_minutes,
        }


def open_minutes(problem: Problem, roster: Roster) -> int:
    """Person-minutes that have to be covered and are not."""
    missing = open_shifts(problem, roster)
    return sum(gap.people * (gap.end - gap.start) for gap in missing if gap.level == "mandatory")


def die_with(parent: int) -> None:
    """Be killed when the thread that started this process ends (Linux); leave at once if it already has."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit("the process that wanted an answer is gone")


def cancel_on_sigterm() -> Cancel:
    """A criterion that SIGTERM reaches.

    A handler would wait until the solver returns to Python, so the signal is blocked everywhere and a thread
    waits for it.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    cancel = Cancel()

    def wait() -> None:
        signal.sigwait({signal.SIGTERM})
        cancel.request()

    threading.Thread(target=wait, name="sigterm", daemon=True).start()
    return cancel


def only_for_messages() -> IO[str]:
    """The real standard output; what libraries print goes to standard error from now on."""
    out = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")
    os.dup2(2, 1)
    return out


def limit_memory(memory_mb: int) -> None:
    """Fail to allocate beyond so many MiB of address space, rather than take the machine down."""
    limit = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def send(out: IO[str], message: dict[str, Any]) -> None:
    """Write one message."""
    out.write(json.dumps(message, separators=(",", ":")) + "\n")
    out.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
