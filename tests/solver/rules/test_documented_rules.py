"""The examples of rules in the documents can be used as they stand."""

import json
import re
from pathlib import Path

import jsonschema_rs
import pytest

from solver.codec import decode, encode_object
from solver.rules.rule import Rule
from solver.schema import problem_schema
from tests.solver.worlds import problem_of

DOCUMENT = Path(__file__).parents[3] / "docs" / "problem.md"


def documented():
    """Every rule of every list of rules in the document."""
    blocks = map(
        json.loads, re.findall(r"```json\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    )
    return [rule for block in blocks if isinstance(block, list) for rule in block if "rule" in rule]


@pytest.mark.parametrize("example", documented(), ids=lambda example: example["rule"])
def test_a_documented_rule_keeps_to_the_schema_and_is_read(example):
    data = {**problem_of(["ann"]).to_json(), "rules": [example]}

    jsonschema_rs.validate(problem_schema(), data)
    rule = decode(Rule, example)
    assert rule == decode(Rule, encode_object(rule))


def test_documents_have_examples():
    assert len(documented()) > 20
