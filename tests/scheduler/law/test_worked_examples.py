"""Every rule that rosters keep has worked examples that ship with its pack, and they come out as they say."""

import pytest

from scheduler.law.library import packs
from scheduler.law.pack import Enforcement
from scheduler.law.verify.outcome import Verdict, verify
from tests.scheduler.law.worked_examples import shipped

EXAMPLES = shipped()
HARD = {
    name: parameter
    for pack in packs().values()
    for name, parameter in pack.parameters.items()
    if parameter.enforcement == Enforcement.HARD
}


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_worked_example_comes_out_as_it_says(name):
    (outcome,) = verify([EXAMPLES[name]])
    assert outcome.verdict == Verdict.SAME, outcome.got


@pytest.mark.parametrize("name", sorted(HARD))
def test_a_rule_names_an_example_that_breaks_it_and_one_that_keeps_it(name):
    parameter = HARD[name]
    stem = parameter.code.partition("{")[0]
    found = [EXAMPLES[example].expected["violations"] for example in parameter.tests]
    broken = [any(code.startswith(stem) for code in codes) for codes in found]
    assert {True, False} <= set(broken)


def test_no_example_is_without_its_rule():
    assert {name for parameter in HARD.values() for name in parameter.tests} == set(EXAMPLES)
