"""Where a checker is told to look away, it is said why."""

from __future__ import annotations

import io
import re
import tokenize

import pytest

from tests.architecture.sources import PACKAGES, python_files, text_of

ASKED = re.compile(r"#\s*(noqa|type:\s*ignore)")
WITH_REASON = re.compile(
    r"# noqa: [A-Z]+\d+(, [A-Z]+\d+)* (- \S.*|\(\S.*\))|# type: ignore\[[\w, -]+\]  # \S.*"
)


def without_reason(text: str) -> list[str]:
    """The comments of a source that silence a checker without a word why, or without saying which check."""
    comments = [
        token.string
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type == tokenize.COMMENT
    ]
    return [one for one in comments if ASKED.match(one) and not WITH_REASON.fullmatch(one)]


@pytest.mark.parametrize(
    "comment", ["# noqa", "# noqa: S101", "# type: ignore", "# type: ignore[misc]", "# type: ignore # why"]
)
def test_a_comment_without_a_reason_is_found(comment: str) -> None:
    assert without_reason(f"x = 1  {comment}\n") == [comment]


def test_every_silenced_check_has_its_reason_in_words() -> None:
    names = python_files(*PACKAGES, "tests", "benchmarks")
    found = {name: without_reason(text_of(name)) for name in names}
    assert {name: comments for name, comments in found.items() if comments} == {}
