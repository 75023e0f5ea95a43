"""The table of rules is current, and no family goes without tests of its own."""

from __future__ import annotations

import re

import pytest

from solver.rules.registry import FAMILIES
from solver.rules.rule import Rule
from tests.architecture.rules_table import TABLE, UNITS, files_with_tests, first_sentence, rewritten
from tests.architecture.sources import files, text_of


def test_the_table_of_rules_is_current() -> None:
    table = TABLE.read_text(encoding="utf-8")
    assert table == rewritten(table), "run `make tour`"


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.id)
def test_every_family_has_tests_of_its_own_and_one_sentence(family: type[Rule]) -> None:
    assert files_with_tests(family), "beside the tests that go through all families"
    assert 20 < len(first_sentence(family)) < 120


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.id)
def test_every_family_has_words_in_the_explanations_and_a_documented_example(family: type[Rule]) -> None:
    assert f'"rule.{family.id}' in text_of("solver/explain/english.py")
    assert f'"rule": "{family.id}"' in text_of("docs/problem.md")


def test_no_unit_is_told_of_a_family_that_is_gone() -> None:
    assert set(UNITS) <= {family.id for family in FAMILIES}


def test_the_how_to_names_files_that_are_there_for_the_rule_it_was_followed_for() -> None:
    how_to = text_of("docs/how-to-add-a-rule.md")
    paths = re.findall(r"`([\w/<>-]+\.(?:py|md|json))`", how_to)
    named = {path.replace("<id>", "start_range") for path in paths}
    places = ("", "tests/solver/rules/")
    assert not [path for path in named if not any(folder + path in files() for folder in places)]
    by_hand, _, by_command = how_to.partition("## Written by commands")
    for path in re.findall(r"\*\*`([^`]+)`", by_hand) + re.findall(r"`(docs/[\w.]+)`", by_command):
        if path not in ("docs/glossary.md", "CHANGELOG.md"):
            assert re.search("start_?range", text_of(path.replace("<id>", "start_range")), re.I), path
