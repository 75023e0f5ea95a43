"""A stranger finds a subject by the name of its file."""

from __future__ import annotations

import re
import sys
from pathlib import PurePosixPath

from tests.architecture.sources import PACKAGES, python_files

SAY_NOTHING = {
    "base_service",
    "common",
    "core",
    "helper",
    "helpers",
    "lib",
    "manager",
    "misc",
    "service",
    "services",
}
SAY_NOTHING |= {"shared", "stuff", "tools", "util", "utils"}


def module_names() -> set[tuple[str, str]]:
    """(file, name) of each module and package of ours."""
    names = set()
    for file in python_files(*PACKAGES):
        path = PurePosixPath(file)
        names |= {(file, part) for part in (*path.parts[:-1], path.stem) if not part.startswith("__")}
    return names


def test_module_names_are_snake_case():
    assert not [name for name in module_names() if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name[1])]


def test_no_module_has_a_name_that_says_nothing():
    assert not [name for name in module_names() if name[1] in SAY_NOTHING]


def test_no_module_has_a_name_of_the_standard_library():
    assert not [name for name in module_names() if name[1] in sys.stdlib_module_names]


def test_tests_lie_where_what_they_test_lies():
    """``tests/scheduler/rosters/`` tests ``scheduler/rosters/``; the other folders are about the whole."""
    ours = {str(PurePosixPath(file).parent) for file in python_files(*PACKAGES)}
    folders = {str(PurePosixPath(file).parent.relative_to("tests")) for file in python_files("tests")}
    of_packages = {folder for folder in folders if folder.split("/")[0] in PACKAGES}
    assert of_packages <= ours
    assert folders - of_packages <= {".", "architecture", "benchmarks", "e2e", "operations"}


def test_every_folder_of_tests_is_a_package():
    """Without ``tests/__init__.py`` above it, ``tests/solver/__init__.py`` would shadow ``solver``."""
    test_files = set(python_files("tests"))
    folders = {PurePosixPath(file).parent for file in test_files}
    assert not [str(folder) for folder in folders if str(folder / "__init__.py") not in test_files]
