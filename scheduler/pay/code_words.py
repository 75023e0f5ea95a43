"""Pay codes in words for people to read."""

from __future__ import annotations

_DAYS = {
    "ord": "ordinary day",
    "rd": "rest day",
    "sd": "special day",
    "sdrd": "special day on a rest day",
    "swd": "special working day",
    "rh": "regular holiday",
    "rhrd": "regular holiday on a rest day",
    "dh": "double holiday",
    "dhrd": "double holiday on a rest day",
}
_PARTS = {
    "avg": "on average",
    "cola": "cost of living allowance",
    "dt": "double time",
    "min": "minimum wage",
    "nd": "night",
    "on": "on",
    "ot": "overtime",
    "reg": "regular",
    "t1": "first tier",
    "t2": "second tier",
    "unworked": "not worked",
}


def code_in_words(code: str) -> str:
    """A pay code as words.

    Examples
    --------
    >>> [code_in_words(code) for code in ("regular", "ORD_ND", "rd_ot_nd", "OT_PREMIUM_T1")]
    ['regular', 'ordinary day, night', 'rest day, overtime, night', 'overtime premium first tier']
    """
    first, *rest = code.lower().split("_")
    parts = [_PARTS.get(part, part) for part in rest]
    if first in _DAYS:
        return ", ".join([_DAYS[first], *parts])
    return " ".join([_PARTS.get(first, first), *parts])
