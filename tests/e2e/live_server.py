"""The real application under uvicorn, in a process of its own, on a database of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scheduler.db.session import Database

START_SECONDS = 60
STOP_SECONDS = 15


@dataclass(frozen=True)
class LiveServer:
    """A running application: where its pages are, and its database for putting in what a test needs."""

    url: str
    database: Database
    log: Path


@contextmanager
def serve(folder: Path, database_url: str, **settings: str) -> Iterator[LiveServer]:
    """Serve ``api.main:create_app`` on a free loopback port while the block runs.

    Parameters
    ----------
    folder
        For its data and its log.
    database_url
        A migrated database.
    settings
        More settings, in lower case and without the prefix ``MAKINA_``.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    own = {"database_url": database_url, "base_url": url, "data_dir": str(folder / "data"), **settings}
    environment = {**os.environ, **{f"MAKINA_{name.upper()}": value for name, value in own.items()}}
    arguments = ["-m", "uvicorn", "--factory", "api.main:create_app", "--port", str(port)]
    log = folder / "server.log"
    database = Database(database_url)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *arguments], env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        _wait_until_healthy(process, url, log)
        yield LiveServer(url, database, log)
    finally:
        database.dispose()
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_healthy(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(
        f"the server did not answer {url}/healthz; its log:\n{log.read_text(errors='replace')}"
    )
