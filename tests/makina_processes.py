"""Makina's commands as processes of their own, with settings of their own, as an operator starts them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

MAKINA = (sys.executable, "-c", "from api.cli import main; main()")
START_SECONDS = 60.0


@dataclass(frozen=True)
class MakinaProcess:
    """A command that is running, and what it has said so far."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def said(self) -> str:
        """All it has written to its output and to its log."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait_until_said(self, text: str, seconds: float = START_SECONDS) -> None:
        """Return as soon as ``text`` was said; a process that ends before is an error."""
        deadline = time.monotonic() + seconds
        while text not in self.said:
            self.check(deadline, f"say {text!r}")
            time.sleep(0.05)

    def check(self, deadline: float, wanted: str) -> None:
        """Raise, with the log, if the process has ended or the deadline is over."""
        assert self.process.poll() is None, f"ended before it could {wanted}:\n{self.said}"
        assert time.monotonic() < deadline, f"did not {wanted} in time:\n{self.said}"


@contextmanager
def makina(
    log: Path, *arguments: str, settings: Mapping[str, str], command: Sequence[str] = MAKINA
) -> Iterator[MakinaProcess]:
    """Run a command while the block runs, in the folder of its log.

    Parameters
    ----------
    log
        Where its output goes.
    arguments
        Of the ``makina`` command.
    settings
        Environment variables beside those of the test.
    command
        How ``makina`` is started.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, *arguments],
            cwd=log.parent,
            env={**os.environ, **settings},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield MakinaProcess(process, log)
    finally:
        process.kill()
        process.wait()


@contextmanager
def served(
    log: Path, *, settings: Mapping[str, str], command: Sequence[str] = MAKINA
) -> Iterator[tuple[MakinaProcess, str]]:
    """``makina serve`` on a free port, ready for requests, and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    own = {**settings, "MAKINA_BASE_URL": url}
    with makina(log, "serve", "--port", str(port), settings=own, command=command) as server:
        deadline = time.monotonic() + START_SECONDS
        while not _is_ready(url):
            server.check(deadline, "get ready")
            time.sleep(0.1)
        yield server, url


def _is_ready(url: str) -> bool:
    try:
        return httpx2.get(f"{url}/readyz", timeout=5).status_code == 200
    except httpx2.TransportError:
        return False
