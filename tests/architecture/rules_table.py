"""The table in ``docs/rules.md``: one row for each family of rules, taken from the family and from its tests.

``python -m tests.architecture.rules_table`` (``make tour``) writes it anew.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import fields

from solver.rules.registry import ALWAYS, FAMILIES
from solver.rules.rule import Rule
from solver.violation import LEVELS
from tests.architecture.sources import ROOT, python_files, text_of
from tests.solver.rules.cases import CASES

TABLE = ROOT / "docs" / "rules.md"
BEGIN, END = "<!-- table: make tour -->\n", "<!-- end of table -->\n"

# Tests that go through all families and say nothing of a single one.
OF_ALL_FAMILIES = {"documented_rules", "partial_models", "resources", "two_readings"}

# Where a parameter decides on the unit or a part of the problem on the level, and where prices have steps.
UNITS = {
    "budget": "price, or minutes",
    "coverage": "person-minutes; prices are the requirement's",
    "fair_share": "what `of` names; a price rises step by step",
    "fairness": "minutes; a price rises step by step",
    "group_count": "people, or shifts",
    "open_shifts": "people; a price is 1 per person-minute and priority",
    "stability": "changes; each at its own price",
}
LEVELS_OF = {"coverage": "as the bound", "open_shifts": "as the shift"}


def first_sentence(family: type[Rule]) -> str:
    """The first sentence of a family's docstring."""
    paragraph = " ".join((inspect.getdoc(family) or "").split("\n\n")[0].split())
    return re.split(r"(?<=\.) ", paragraph)[0].replace("``", "`").rstrip(".")


def short_by(family: type[Rule]) -> str:
    """The unit of ``short_by``, and what a price multiplies where that is something else."""
    unit = UNITS.get(family.id, family.unit.replace("_", "-"))
    told = " ".join((inspect.getdoc(family) or "").split())
    once = re.search(r"Soft levels charge (1(?: per [^.;]*)?)\.", told)
    return f"{unit}; a price is {once[1]}" if once else unit


def scope_parts(family: type[Rule]) -> str:
    """The parts of a scope that mean something to the family."""
    return ", ".join(family.narrows) or "none"


def levels(family: type[Rule]) -> str:
    """The levels it can have, the one it has unless told otherwise first."""
    if family.id in LEVELS_OF:
        return LEVELS_OF[family.id]
    usual = next(field.default for field in fields(family) if field.name == "level")
    possible = [level for level in LEVELS if _takes(family, level)]
    return ", ".join(sorted(possible, key=lambda level: level != usual))


def _takes(family: type[Rule], level: str) -> bool:
    try:
        family(**{**CASES[family][0], "level": level})
    except ValueError:
        return False
    return True


def files_with_tests(family: type[Rule]) -> list[str]:
    """The files with tests about the family, beyond those that go through all of them."""
    return [
        name
        for name in python_files("tests")
        if name.startswith("tests/solver/rules/test_")
        and name.removeprefix("tests/solver/rules/test_").removesuffix(".py") not in OF_ALL_FAMILIES
        and family.__name__ in _names_used(name)
    ]


def _names_used(name: str) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(text_of(name))) if isinstance(node, ast.Name)}


def rows() -> Iterator[tuple[str, ...]]:
    """The cells of each family, by id."""
    for family in sorted(FAMILIES, key=lambda family: family.id):
        tests = (
            f"[{name.split('/test_')[1].removesuffix('.py')}](../{name})" for name in files_with_tests(family)
        )
        name = f"`{family.id}`{' *' if family in ALWAYS else ''}"
        told = first_sentence(family)
        yield name, told, short_by(family), scope_parts(family), levels(family), ", ".join(tests)


def rewritten(document: str) -> str:
    """The document with the table of today between the marks."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    head = ("rule", "what it says", "short by", "scope", "levels", "tested in")
    lines = [head, ("---",) * len(head), *rows()]
    table = "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
    return f"{before}{BEGIN}\n{table}\n{END}{after}"


if __name__ == "__main__":
    TABLE.write_text(rewritten(TABLE.read_text(encoding="utf-8")), encoding="utf-8")
