"""The table of refusals is whole: every code that is raised has an answer made from facts that are given."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

import pytest

from api.errors import explain
from api.problems import PROBLEMS
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError

ROOT = Path(__file__).parents[2]
ERRORS = {"SchedulerError": 0, "InvalidInput": 1}


@dataclass(frozen=True)
class Raised:
    """One place where a refusal is made."""

    where: str
    code: str
    facts: frozenset[str]
    more: bool
    """Whether facts are also taken from a mapping, which cannot be read here."""


def raised() -> Iterator[Raised]:
    for package in ("scheduler", "exports", "api"):
        for file in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
                    yield from _codes_of(file, node, node.func.id)
                elif isinstance(node, ast.ClassDef):
                    for kind in {base.id for base in node.bases if isinstance(base, ast.Name)} & set(ERRORS):
                        for call in filter(_makes_its_base, ast.walk(node)):
                            yield from _codes_of(file, call, kind)


def _makes_its_base(node: ast.AST) -> TypeGuard[ast.Call]:
    """Whether it is ``super().__init__(...)``, where an error of its own kind names its code."""
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "super().__init__"


def _codes_of(file: Path, call: ast.Call, kind: str) -> Iterator[Raised]:
    position = ERRORS[kind]
    named = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    given = call.args[position] if len(call.args) > position else named.get("code")
    where = f"{file.relative_to(ROOT)}:{call.lineno}"
    more = any(keyword.arg is None for keyword in call.keywords)
    for code in _texts(given) if given is not None else ["invalid_input"]:
        facts = {"count", "first"} if kind == "InvalidInput" else set(named)
        yield Raised(where, code, frozenset(facts), more)


def _texts(node: ast.expr) -> list[str]:
    """Every text that an expression can be; a name that is computed elsewhere has none."""
    return [
        each.value
        for each in ast.walk(node)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]


PLACES = list(raised())


def test_every_raised_code_has_an_answer():
    missing = {f"{place.code} ({place.where})" for place in PLACES if place.code not in PROBLEMS}
    assert not missing


def test_no_answer_outlives_its_code():
    written = {place.code for place in PLACES} | set(
        re.findall(r'"(\w+)"', (ROOT / "api/errors.py").read_text())
    )
    assert not set(PROBLEMS) - written


def test_every_answer_says_something_with_the_facts_of_each_place():
    """A sentence whose facts are missing is left out; at least one must remain."""
    silent = set()
    for place in PLACES:
        if place.code not in PROBLEMS or place.more:
            continue
        needs = [set(re.findall(r"\{(\w+)", sentence)) for sentence in PROBLEMS[place.code].sentences]
        if not any(each <= place.facts for each in needs):
            silent.add(f"{place.code} ({place.where}) gives {sorted(place.facts)}")
    assert not silent


@pytest.mark.parametrize("code", sorted(PROBLEMS))
def test_an_answer_is_a_status_of_refusal_and_a_short_title(code: str):
    problem = PROBLEMS[code]
    assert 400 <= problem.status <= 503
    assert problem.title[0].isupper()
    assert not problem.title.endswith(".")


def test_a_sentence_is_left_out_when_its_facts_are():
    explained = explain(SchedulerError("not_found", what="roster", id="7"))
    assert explained.detail == "There is no roster with the id 7."
    assert explain(SchedulerError("not_found", what="roster")).detail == ""


def test_every_bad_field_is_carried_along():
    errors = [
        FieldError("zone", "Mars", "no such zone", "an IANA name"),
        FieldError("name", "", "is empty", "x"),
    ]
    assert explain(InvalidInput(errors)).errors == tuple(errors)


def test_the_first_two_broken_rules_are_told_and_the_others_counted():
    broken = [{"text": f"Rule {number} is broken."} for number in range(1, 5)]
    explained = explain(SchedulerError("breaks_hard_rules", violations=broken))
    assert explained.detail.startswith("Rule 1 is broken. Rule 2 is broken. And 2 more. ")
    assert "Rule 3" not in explained.detail


def test_unclear_hours_are_told_by_what_is_odd_and_when():
    odd = [{"code": "missing_out", "day": "2026-11-16", "facts": {}}]
    explained = explain(SchedulerError("timesheet_has_exceptions", exceptions=odd, hint="add punches"))
    assert explained.detail.startswith("Missing out on 2026-11-16. ")
    assert explained.detail.endswith("Add punches.")
