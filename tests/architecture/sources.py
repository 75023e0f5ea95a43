"""What the repository holds: the files git tracks or would track."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("api", "exports", "scheduler", "solver")
MIGRATIONS = "scheduler/db/migrations/versions/"


@cache
def files() -> tuple[str, ...]:
    """Every file of the repository that is not ignored, relative to its root, sorted."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return tuple(sorted(name for name in listed.split("\0") if name and (ROOT / name).is_file()))


def python_files(*folders: str) -> list[str]:
    """The Python files below these folders, without the migrations, which are written once and for all."""
    return [
        name
        for name in files()
        if name.endswith(".py") and name.split("/")[0] in folders and not name.startswith(MIGRATIONS)
    ]


def text_of(name: str) -> str:
    """The content of one of `files`; empty for one that is no text."""
    try:
        return (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""
