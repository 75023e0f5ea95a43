"""Texts that a spreadsheet would run."""

from __future__ import annotations

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def starts_a_formula(text: str) -> bool:
    """Whether a spreadsheet that opens a file of text would take a cell for a formula.

    Examples
    --------
    >>> [text for text in ("=1+1", " @SUM(A1)", "Anna-Maria", "7") if starts_a_formula(text)]
    ['=1+1', ' @SUM(A1)']
    """
    return text.lstrip(" ").startswith(_STARTS_A_FORMULA)
