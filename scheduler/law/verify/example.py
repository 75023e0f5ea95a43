"""Worked examples as they stand in a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class UnreadableExamples(ValueError):
    """A file that holds no worked examples; says where and what would do."""


class NotAnswerable(ValueError):
    """An example that asks for what the packs or this kind of check cannot answer; says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One worked example.

    Parameters
    ----------
    id, jurisdiction, kind, title
        As in the file; ``jurisdiction`` is a pack's id or another name it goes by.
    given
        The facts of the case, as the file has them under ``input``.
    expected
        What the law says to them.
    """

    id: str
    jurisdiction: str
    kind: str
    title: str
    given: Mapping[str, Any]
    expected: Mapping[str, Any]


def read_examples(text: str, file: str) -> list[Example]:
    """The examples of a JSON file: an object with a list ``examples``, or the list itself.

    Raises
    ------
    UnreadableExamples
        If it is no JSON, or an example lacks what every example has.
    """
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableExamples(f"{file}:{error.lineno}: no JSON: {error.msg}") from error
    entries = document.get("examples") if isinstance(document, dict) else document
    if not isinstance(entries, list):
        raise UnreadableExamples(f"{file}: give a list of examples under 'examples'")
    found = [_example(entry, place, file) for place, entry in enumerate(entries)]
    twice = {one.id for one in found if sum(other.id == one.id for other in found) > 1}
    if twice:
        raise UnreadableExamples(f"{file}: more than one example is called {', '.join(sorted(twice))}")
    return found


def _example(entry: object, place: int, file: str) -> Example:
    if not isinstance(entry, dict):
        raise UnreadableExamples(f"{file}: examples[{place}] is no object")
    name = entry.get("id", f"examples[{place}]")
    for key in ("id", "jurisdiction", "kind"):
        if not isinstance(entry.get(key), str) or not entry[key]:
            raise UnreadableExamples(f"{file}: {name} has no {key!r}; give a text")
    for key in ("input", "expected"):
        if not isinstance(entry.get(key), dict):
            raise UnreadableExamples(f"{file}: {name} has no {key!r}; give an object")
    return Example(
        id=entry["id"], jurisdiction=entry["jurisdiction"], kind=entry["kind"],
        title=str(entry.get("title", "")), given=entry["input"], expected=entry["expected"],
    )  # fmt: skip
