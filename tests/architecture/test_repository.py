"""What is in the repository belongs there, and what we install collides with nobody."""

from __future__ import annotations

import re
from collections.abc import Collection
from importlib.metadata import PackageNotFoundError, packages_distributions, version

import pytest

from tests.architecture.sources import PACKAGES, files, text_of

# In two parts, so that this file does not find itself.
MACHINE_PATHS = [r"(?<![\w.])/" + name for name in (r"work/", r"root\b", r"home/\w", r"tmp/\w", r"opt/\w")]
REGISTRIES = ["pypi" + r"\.org", "python" + "hosted", "npm" + r"js\.(org|com)", "registry" + r"\.\w+\.\w+"]
UNFINISHED = [r"\bTO" + "DO", r"\bFIX" + "ME", r"# XX" + r"X\b", "NotImplemented" + "Error"]

# Paths inside an image are fixed by its maker.
IMAGE = {"Dockerfile", "compose.yaml"}


def found(patterns: list[str], *, besides: Collection[str] = ()) -> list[str]:
    """``file:line`` of every line that one of the patterns matches."""
    either = re.compile("|".join(patterns))
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name in files()
        if name not in besides
        for number, line in enumerate(text_of(name).splitlines(), start=1)
        if either.search(line)
    ]


def test_no_file_names_a_path_of_somebodys_machine():
    assert not found(MACHINE_PATHS, besides=IMAGE)


def test_no_file_names_the_host_of_a_package_registry():
    assert not found(REGISTRIES)


def test_nothing_is_left_unfinished():
    assert not found(UNFINISHED)


@pytest.mark.parametrize("lock", ["runtime", "dev", "build"])
def test_python_locks_have_hashes_and_name_no_host(lock: str):
    lines = text_of(f"requirements/{lock}.lock").splitlines()
    pinned = [number for number, line in enumerate(lines) if re.match(r"\S+==\S+", line)]
    assert pinned
    assert not [lines[number] for number in pinned if "--hash=sha256:" not in lines[number + 1]]
    assert not [line for line in lines if "://" in line or "index-url" in line or "find-links" in line]


def test_no_version_differs_between_the_python_locks():
    runtime, dev, build = (
        set(re.findall(r"^(\S+==\S+)", text_of(f"requirements/{name}.lock"), re.MULTILINE))
        for name in ("runtime", "dev", "build")
    )
    assert runtime < dev
    assert build < dev


@pytest.mark.parametrize("lock", ["web/package-lock.json", "tests/e2e/package-lock.json"])
def test_npm_locks_have_hashes_and_name_no_host(lock: str):
    text = text_of(lock)
    assert text.count('"integrity": "sha512-') == text.count('"node_modules/')
    assert "://" not in text
    assert '"resolved"' not in text


def test_our_generic_package_names_belong_to_no_other_distribution():
    """pip would overwrite files of another ``api`` or ``scheduler`` without a word."""
    try:
        version("makina")
    except PackageNotFoundError:
        pytest.fail("makina is not installed: run `make setup`")
    owners = packages_distributions()
    assert {name: owners.get(name, ["makina"]) for name in PACKAGES} == {
        name: ["makina"] for name in PACKAGES
    }
