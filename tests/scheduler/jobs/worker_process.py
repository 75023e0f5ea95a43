"""A worker in a hurry, as a process that tests can kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api import logs
from scheduler.jobs.work_on_run import SearchLimits
from scheduler.jobs.worker import Worker

ROOT = Path(__file__).parents[3]


def hurried(url: str, name: str) -> Worker:
    """A worker whose intervals are short."""
    return Worker(
        url,
        name=name,
        limits=SearchLimits(workers=1, memory_mb=4096),
        look_seconds=0.2,
        beat_seconds=0.3,
        dead_after_seconds=2.0,
    )


@contextmanager
def worker_process(url: str, name: str) -> Iterator[subprocess.Popen[str]]:
    """A running worker process, killed at the end if it still runs."""
    command = [sys.executable, "-m", "tests.scheduler.jobs.worker_process", url, name]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert "works" in process.stdout.readline()
            yield process
        finally:
            process.kill()


def solver_children(parent: int) -> list[int]:
    """The solver processes that a process has started and that are alive."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                status = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                command = (entry / "cmdline").read_text()
            except OSError:
                continue
            if int(status[1]) == parent and status[0] != "Z" and "solver_child" in command:
                found.append(int(entry.name))
    return found


def is_alive(pid: int) -> bool:
    """Whether a process runs: it exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def main(url: str, name: str) -> None:
    """Work until SIGTERM."""
    logs.configure(as_json=False)
    worker = hurried(url, name)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    worker.start()
    os.write(1, f"{name} works\n".encode())
    signal.sigwait({signal.SIGTERM})
    worker.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
