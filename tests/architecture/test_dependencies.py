"""What we import we declare, and what we declare we use."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from tests.architecture.sources import PACKAGES, python_files, text_of

# Loaded by name or by others: the database driver, form parsing, the zones.
LOADED_FOR_US = {"psycopg", "python-multipart", "tzdata"}

# Parts of what we declare, with which they come in the right version.
COME_WITH = {"anyio": "fastapi", "starlette": "fastapi", "pydantic-core": "pydantic"}


def declared() -> set[str]:
    """Names of the distributions that run-time dependencies name."""
    dependencies = tomllib.loads(text_of("pyproject.toml"))["project"]["dependencies"]
    return {re.split(r"[\[<>=!~; ]", dependency, maxsplit=1)[0] for dependency in dependencies}


def imported() -> set[str]:
    """Names of the foreign distributions that our packages import, anywhere in a file."""
    modules = set()
    for name in python_files(*PACKAGES):
        for node in ast.walk(ast.parse(text_of(name))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                modules.add(node.module.split(".")[0])
    owners = packages_distributions()
    foreign = modules - set(PACKAGES) - sys.stdlib_module_names
    return {
        owner.lower().replace("_", "-") for module in foreign for owner in owners.get(module, [f"?{module}"])
    }


def test_every_import_is_declared():
    assert imported() - declared() - set(COME_WITH) == set()


def test_every_declared_dependency_is_used():
    assert declared() - imported() - LOADED_FOR_US == set()
