"""Payroll files of JSON: a list of rows, or bodies of requests to a payroll system's API."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain
from typing import Any

from exports.payroll_cells import CellFault, Faults, ReadyCell, kept_apart
from exports.payroll_groups import merged
from scheduler.payroll.payroll_profile import BodyList, BodyObject, NumberStyle, PerDay, Profile
from scheduler.payroll.rows import FIELDS, BatchFacts, Kind, Row, Value

CHUNK_ITEMS = 500


def flat_chunks(columns: Sequence[ReadyCell], rows: Iterable[Row], faults: Faults) -> Iterator[bytes]:
    """A JSON list with one object for each row, piece by piece."""
    return _listed(item for row in rows if (item := _flat(columns, row, faults)) is not None)


def _flat(columns: Sequence[ReadyCell], row: Row, faults: Faults) -> dict[str, Any] | None:
    found: dict[str, Any] = {}
    for column in columns:
        try:
            found[column.name] = _told(column, column.value(row), row)
        except CellFault as fault:
            faults.add(row, column.name, fault)
    return found


def body_chunks(profile: Profile, rows: Iterable[Row], facts: BatchFacts, faults: Faults) -> Iterator[bytes]:
    """A JSON list with one body for each group of rows, piece by piece."""
    if profile.body is None:
        raise ValueError(f"the profile {profile.code} has no body")
    return _listed(_Body(profile, facts, faults).items(profile.body, list(rows), frozenset()))


class _Body:
    """The tree of a body, ready to be filled from rows."""

    def __init__(self, profile: Profile, facts: BatchFacts, faults: Faults) -> None:
        self._profile, self._facts, self._faults = profile, facts, faults
        self._ready: dict[int, ReadyCell] = {}

    def items(self, node: BodyList, rows: Sequence[Row], keys: frozenset[str]) -> Iterator[dict[str, Any]]:
        """One object for each different value of the list's fields, in their order."""
        by = [FIELDS[name].get for name in node.each]
        groups: dict[tuple[Any, ...], list[Row]] = {}
        for row in rows:
            groups.setdefault(tuple(get(row) for get in by), []).append(row)
        for key in sorted(groups, key=lambda key: [(part is not None, part) for part in key]):
            yield self._object(node.item, groups[key], keys | set(node.each))

    def _object(self, node: BodyObject, rows: Sequence[Row], keys: frozenset[str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, inner in node.has.items():
            if isinstance(inner, BodyList):
                found[name] = list(self.items(inner, rows, keys))
            elif isinstance(inner, BodyObject):
                found[name] = self._object(inner, rows, keys)
            elif isinstance(inner, PerDay):
                found[name] = self._per_day(inner, name, rows, keys)
            else:
                value = self._value(self._cell(inner, name), rows, keys)
                if value is not None or not inner.omit_blank:
                    found[name] = value
        return found

    def _per_day(self, node: PerDay, name: str, rows: Sequence[Row], keys: frozenset[str]) -> list[Any]:
        """One number for each day; what is about an earlier day counts on the first one."""
        line = rows[0].line
        by_day: dict[date, list[Row]] = {}
        for row in rows:
            day = min(max(row.line.day, line.period_first_day), line.period_last_day)
            by_day.setdefault(day, []).append(row)
        length = (line.period_last_day - line.period_first_day).days + 1
        days = [line.period_first_day + timedelta(days=n) for n in range(length)]
        cell = self._cell(node.per_day, name)
        return [self._value(cell, by_day[day], keys) if day in by_day else 0 for day in days]

    def _value(self, cell: ReadyCell, rows: Sequence[Row], keys: frozenset[str]) -> Any:
        row = merged(rows)
        reads = cell.reads | ({"unit"} if "quantity" in cell.reads else frozenset())
        try:
            for get in kept_apart(reads, keys):
                different = {get(each) for each in rows}
                if len(different) > 1:
                    both = " and ".join(sorted(map(str, different)))
                    raise CellFault(both, "has two values in one place", "name the field under each")
            return _told(cell, cell.value(row), row)
        except CellFault as fault:
            self._faults.add(row, cell.name, fault)
            return None

    def _cell(self, cell: Any, name: str) -> ReadyCell:
        if id(cell) not in self._ready:
            self._ready[id(cell)] = ReadyCell(cell, name, self._profile, self._facts)
        return self._ready[id(cell)]


def _told(cell: ReadyCell, value: Value, row: Row) -> Any:
    """A value as JSON holds it: numbers with all their decimals, everything else as text."""
    if value is None:
        return None
    if cell.kind is Kind.NUMBER and cell.cell.style is NumberStyle.PLAIN and cell.cell.pad_to is None:
        return value
    return cell.written(value, row)


def _listed(items: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """A JSON list with an item on each line."""
    waiting: list[str] = []
    start = "[\n"
    for item in items:
        waiting.append(f"{start}{json_text(item)}")
        start = ",\n"
        if len(waiting) >= CHUNK_ITEMS:
            yield "".join(waiting).encode()
            waiting.clear()
    end = "[]\n" if start == "[\n" else "\n]\n"
    yield "".join(chain(waiting, [end])).encode()


def json_text(value: Any) -> str:
    """A value as JSON; decimal numbers exactly as they are, which the standard module cannot.

    Examples
    --------
    >>> json_text({"hours": Decimal("7.50"), "codes": ["a", None]})
    '{"hours": 7.50, "codes": ["a", null]}'
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_string(name)}: {json_text(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(json_text, value)) + "]"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return _string(value) if isinstance(value, str) else json.dumps(value)


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
