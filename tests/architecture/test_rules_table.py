"""The table of rules is current, and no family goes without tests of its own."""

from __future__ import annotations

import pytest

from solver.rules.registry import FAMILIES
from solver.rules.rule import Rule
from tests.architecture.rules_table import TABLE, UNITS, files_with_tests, first_sentence, rewritten
from tests.architecture.sources import text_of


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
