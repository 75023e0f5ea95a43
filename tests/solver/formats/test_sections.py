"""Tests of texts in sections."""

from __future__ import annotations

import pytest

from solver.formats import curtois, retail
from solver.problem import ProblemError
from tests.solver.formats.test_curtois import TINY


def faults(read, text):
    with pytest.raises(ProblemError) as told:
        read(text)
    return [(fault.path, fault.value, fault.message) for fault in told.value.errors]


@pytest.mark.parametrize("module", [curtois, retail])
def test_a_horizon_without_a_number_is_refused(module):
    text = "\n".join(module.SECTIONS)
    assert ("SECTION_HORIZON", None, "has no number of days") in faults(module.parse, text)


@pytest.mark.parametrize("module", [curtois, retail])
def test_an_empty_file_lacks_every_section(module):
    assert faults(module.parse, "") == [(name, None, "is missing") for name in module.SECTIONS]


@pytest.mark.parametrize("module", [curtois, retail])
def test_a_line_before_the_sections_and_a_section_of_another_format_are_told_by_their_numbers(module):
    text = "\n".join(["hello", *module.SECTIONS, "SECTION_DREAMS"])
    told = {(path, value) for path, value, _ in faults(module.parse, text)}
    assert {("line 1", "hello"), (f"line {len(module.SECTIONS) + 2}", "SECTION_DREAMS")} <= told


def test_a_comment_may_follow_a_record():
    assert curtois.parse(TINY.replace("SECTION_COVER", "SECTION_COVER # people")) == curtois.parse(TINY)
