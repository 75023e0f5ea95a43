"""Run the solver in a process of its own: a crash ends only that, and a kill is a sure cancel."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import Any

MODULE = "scheduler.jobs.solver_child"
PASSED_ON = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "LD_LIBRARY_PATH",
    "VIRTUAL_ENV",
    "PYTHONPATH",
    "NUMBA_CACHE_DIR",
)
STDERR_TAIL_BYTES = 2000
COMPILING = "compile"
"""The phase before the first search on a machine, while it is compiled; its time does not count."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a solver process is asked to do.

    Parameters
    ----------
    problem
        A problem as `solver.problem.Problem.to_json` gives it.
    seconds
        How long it may search.
    seed, workers
        As for `solver.solve.solve`.
    memory_mb
        Address space it may use, MiB.
    """

    problem: dict[str, Any]
    seconds: float
    seed: int
    workers: int
    memory_mb: int


class SolverEnded(RuntimeError):
    """The solver process ended without an answer; the message says how."""


class SolverProcess:
    """A solver process at work on one order; leaving its ``with`` block kills it.

    It lives no longer than the thread that enters the block, so that thread has to stay for the answer.
    """

    def __init__(self, order: Order) -> None:
        self._order = order
        self._messages: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()

    def __enter__(self) -> SolverProcess:
        self._errors = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            [sys.executable, "-m", MODULE, str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
            process_group=0,  # Ctrl-C in a terminal is for us, not for it
        )
        self._reader = threading.Thread(target=self._read, name="solver-output", daemon=True)
        self._reader.start()
        stdin = self._process.stdin
        assert stdin is not None  # noqa: S101 - asked for as a pipe
        with contextlib.suppress(BrokenPipeError), stdin:  # a process that is gone says so in `message`
            stdin.write(json.dumps(asdict(self._order), separators=(",", ":")).encode())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        self._errors.close()

    @property
    def pid(self) -> int:
        """Number of the process."""
        return self._process.pid

    def message(self, timeout_seconds: float) -> dict[str, Any] | None:
        """The next message, ``{"progress": ...}`` or ``{"result": ...}``; None if none comes in time.

        Raises
        ------
        SolverEnded
            If the process reported an error or ended without a result.
        """
        try:
            message = self._messages.get(timeout=timeout_seconds)
        except queue.Empty:
            return None
        if message is None:
            raise SolverEnded(self._how_it_ended())
        if "error" in message:
            raise SolverEnded(f"the solver stopped with {message['error']}; {self._memory}")
        return message

    def ask_to_stop(self) -> None:
        """Ask for the best roster so far; the result still comes as a message."""
        self._process.send_signal(signal.SIGTERM)

    def _read(self) -> None:
        stdout = self._process.stdout
        assert stdout is not None  # noqa: S101 - asked for as a pipe
        with stdout:
            for line in stdout:
                self._messages.put(json.loads(line))
        self._messages.put(None)

    @property
    def _memory(self) -> str:
        return f"it may use {self._order.memory_mb} MiB (MAKINA_SOLVER_MEMORY_MB)"

    def _how_it_ended(self) -> str:
        code = self._process.wait()
        self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, self._errors.tell() - STDERR_TAIL_BYTES))
        said = self._errors.read().decode(errors="replace").strip()
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with status {code}"
        return f"the solver process {how} without an answer; {self._memory}" + (
            f"; it said: {said}" if said else ""
        )
