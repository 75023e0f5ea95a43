"""Worked examples against the packs: what is the same, what differs, what nothing computes."""

import json

import pytest

from scheduler.law.verify.example import Example, UnreadableExamples, read_examples
from scheduler.law.verify.outcome import Verdict, equal, verify


def example(**fields):
    about = {"id": "X", "jurisdiction": "PL", "kind": "parameter", "title": "", "given": {}, "expected": {}}
    return Example(**(about | fields))


def outcome(**fields):
    (found,) = verify([example(**fields)])
    return found


def test_an_example_that_comes_out_is_the_same_and_one_that_does_not_differs():
    asked = {"given": {"parameter": "pl.minimum_wage.month", "date": "2026-05-01"}}
    assert outcome(**asked, expected={"value": "4806.00"}).verdict == Verdict.SAME
    wrong = outcome(**asked, expected={"value": "4807"})
    assert (wrong.verdict, wrong.got) == (Verdict.DIFFERS, {"value": "4806"})


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"kind": "astrology"}, "no examples of kind 'astrology' are computed"),
        ({"jurisdiction": "BR"}, "no rule pack 'BR'"),
        ({"expected": {"mood": "good"}}, "nothing computes 'mood' of each month"),
        (
            {
                "given": {"parameter": "pl.minimum_wage.month", "date": "2026-05-01"},
                "expected": {"value": "4806", "mood": "good"},
            },
            "nothing computes mood",
        ),
        ({"given": {"parameter": "pl.nothing", "date": "2026-05-01"}}, "law_parameter_unknown"),
        ({"given": {"parameter": "pl.leave"}}, "say on which 'date' the parameter is asked for"),
    ],
)
def test_what_nothing_computes_is_not_supported_and_says_why(fields, why):
    found = outcome(**fields)
    assert found.verdict == Verdict.NOT_SUPPORTED
    assert why in found.why


@pytest.mark.parametrize(
    ("expected", "got", "same"),
    [
        ({"lines": [{"amount": "80.00"}]}, {"lines": [{"amount": "80"}]}, True),
        ({"lines": [{"amount": "80.00"}]}, {"lines": [{"amount": "80", "code": "X"}]}, False),
        ([], (), True),
        ([1, 2], [2, 1], False),
        (True, "True", False),
        (False, 0, False),
        ("46.5882", 46.5882, True),
        ("nan", "nan", True),
        (None, None, True),
    ],
)
def test_figures_are_compared_as_figures_and_all_else_as_it_stands(expected, got, same):
    assert equal(expected, got) is same


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "f.json:1: no JSON"),
        ("{}", "f.json: give a list of examples under 'examples'"),
        ("[1]", "examples[0] is no object"),
        ('[{"id": "A", "jurisdiction": "PL"}]', "A has no 'kind'; give a text"),
        ('[{"id": "A", "jurisdiction": "PL", "kind": "pay"}]', "A has no 'input'; give an object"),
    ],
)
def test_a_file_without_examples_is_refused(text, message):
    with pytest.raises(UnreadableExamples) as refused:
        read_examples(text, "f.json")
    assert message in str(refused.value)


def test_two_examples_of_one_name_are_refused():
    one = {"id": "A", "jurisdiction": "PL", "kind": "pay", "input": {}, "expected": {}}
    with pytest.raises(UnreadableExamples, match="more than one example is called A"):
        read_examples(json.dumps([one, one]), "f.json")
