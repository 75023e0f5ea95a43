"""Run every small benchmark, or those named: ``python -m benchmarks [NAME ...]``."""

from __future__ import annotations

import os
import pkgutil
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

SHARED = ("__main__", "cases", "measuring", "rosters", "rosters_table", "weeks")
"""Modules that are no benchmarks themselves, and the one that takes more than an hour (``make bench``)."""
NAMES = sorted(
    found.name for found in pkgutil.iter_modules([str(Path(__file__).parent)]) if found.name not in SHARED
)
LIBRARIES = ("ortools", "sqlalchemy", "fastapi", "icalendar")


def main(chosen: list[str]) -> int:
    """Run each in a process of its own, so that none warms up another; gives the worst exit code."""
    unknown = [name for name in chosen if name not in NAMES]
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(NAMES)}")
        return 2
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}; {libraries}")
    worst = 0
    for name in chosen or NAMES:
        print(f"\n== {name}", flush=True)
        worst = max(
            worst, subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode
        )
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
