"""Whether worked examples come out as the packs say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from scheduler.kernel.errors import SchedulerError
from scheduler.law.library import pack_called
from scheduler.law.verify.example import Example, NotAnswerable
from scheduler.law.verify.kinds import KINDS


class Verdict(StrEnum):
    """How an example came out."""

    SAME = "same"
    DIFFERS = "differs"
    NOT_SUPPORTED = "not supported"
    """Of a kind, or with facts, that nothing here computes."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An example and what the packs say to it.

    Parameters
    ----------
    example
        The example.
    verdict
        How it came out.
    got
        What the packs say, for each thing that is expected; empty where nothing was computed.
    why
        Why nothing was computed.
    """

    example: Example
    verdict: Verdict
    got: Mapping[str, Any]
    why: str = ""


REMARKS = frozenset({"compliance"})
"""What examples say in words besides: duties around the case, which no figure is compared with."""


def verify(examples: Iterable[Example]) -> list[Outcome]:
    """The outcome of each example, in their order."""
    return [_outcome(example) for example in examples]


def _outcome(example: Example) -> Outcome:
    computes = KINDS.get(example.kind)
    if computes is None:
        return Outcome(
            example, Verdict.NOT_SUPPORTED, {}, f"no examples of kind {example.kind!r} are computed"
        )
    if pack_called(example.jurisdiction) is None:
        return Outcome(example, Verdict.NOT_SUPPORTED, {}, f"no rule pack {example.jurisdiction!r}")
    try:
        computed = computes(example)
    except (NotAnswerable, SchedulerError) as error:
        return Outcome(example, Verdict.NOT_SUPPORTED, {}, str(error))
    missing = sorted(example.expected.keys() - computed.keys() - REMARKS)
    got = {key: computed[key] for key in example.expected if key in computed}
    if missing:
        return Outcome(example, Verdict.NOT_SUPPORTED, got, f"nothing computes {', '.join(missing)}")
    same = all(_as_expected(key, example.expected[key], value) for key, value in got.items())
    return Outcome(example, Verdict.SAME if same else Verdict.DIFFERS, got)


def _as_expected(key: str, expected: object, got: object) -> bool:
    """Whether it came out; of violations and lines it does not matter in which order they are told."""
    if key == "lines" and isinstance(expected, list) and isinstance(got, list):
        return len(expected) == len(got) and _same_lines(expected, list(got))
    if key == "violations" and isinstance(expected, list) and isinstance(got, list):
        return equal(sorted(map(str, expected)), sorted(map(str, got)))
    return equal(expected, got)


def _same_lines(expected: list[object], got: list[object]) -> bool:
    """Whether each line that is expected is there once."""
    for line in expected:
        found = next((place for place, one in enumerate(got) if equal(line, one)), None)
        if found is None:
            return False
        del got[found]
    return not got


def equal(expected: object, got: object) -> bool:
    """Whether two values of JSON say the same; numbers compare as numbers, also where they are texts.

    Examples
    --------
    >>> equal({"2026-01": 160, "rate": "20.00"}, {"2026-01": "160", "rate": "20"})
    True
    >>> equal(["A"], ["A", "B"]), equal(True, 1), equal("08:00", "8:00")
    (False, False, False)
    """
    if isinstance(expected, dict) and isinstance(got, Mapping):
        return expected.keys() == got.keys() and all(
            equal(value, got[key]) for key, value in expected.items()
        )
    if isinstance(expected, list) and isinstance(got, list | tuple):
        return len(expected) == len(got) and all(map(equal, expected, got))
    one, other = _number(expected), _number(got)
    return (
        one == other
        if one is not None and other is not None
        else expected == got and type(expected) is type(got)
    )


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
