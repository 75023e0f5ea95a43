"""On SQLite one process works the queue."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from scheduler.jobs.sole_worker import SoleWorker


def test_a_second_worker_on_sqlite_gets_the_right_only_after_the_first(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'makina.db'}"
    first, second = SoleWorker(url), SoleWorker(url)
    assert first.acquire()
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()


def test_a_killed_process_does_not_keep_the_right(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'makina.db'}"
    program = (
        "import sys, time; from scheduler.jobs.sole_worker import SoleWorker; "
        "lock = SoleWorker(sys.argv[1]); print(lock.acquire(), flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program, url], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        mine = SoleWorker(url)
        assert not mine.acquire()
        other.send_signal(signal.SIGKILL)
        other.wait()
        assert mine.acquire()
        mine.release()


def test_on_postgresql_everybody_works() -> None:
    workers = [SoleWorker("postgresql://makina_app@database/makina") for _ in range(2)]
    assert [worker.acquire() for worker in workers] == [True, True]
    assert not any(worker.needed for worker in workers)
