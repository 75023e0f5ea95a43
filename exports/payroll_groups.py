"""Several pay lines in one row: sums over what they have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from exports.payroll_cells import CellFault, Faults, ReadyCell, kept_apart
from scheduler.payroll.rows import FIELDS, Row


def grouped(
    rows: Iterable[Row], keys: Sequence[str], cells: Sequence[ReadyCell], faults: Faults
) -> list[Row]:
    """One row for each different value of the keys, in their order, with sums and with parts by slot.

    Parameters
    ----------
    cells
        What is read from the rows: where they read something else than sums, the lines of a row must agree.
    """
    by = [FIELDS[name].get for name in keys]
    found: dict[tuple[Any, ...], Row] = {}
    whole, parts = _agreements(cells, frozenset(keys))
    for row in rows:
        key = tuple(get(row) for get in by)
        total = found.get(key)
        if total is None:
            found[key] = total = replace(row, parts={})
        else:
            _agree(total, row, whole, faults)
            add(total, row)
        slot = row.code.slot
        if slot in parts:
            part = total.parts.get(slot)
            if part is None:
                total.parts[slot] = replace(row, parts={})
            else:
                _agree(part, row, parts[slot], faults)
                add(part, row)
    return [found[key] for key in sorted(found, key=_order)]


def add(total: Row, row: Row) -> None:
    """Count a row's time and money into a total."""
    total.minutes += row.minutes
    total.amount_cents += row.amount_cents
    total.count += row.count
    if row.started_at is not None and (total.started_at is None or row.started_at < total.started_at):
        total.started_at = row.started_at
    if row.ended_at is not None and (total.ended_at is None or row.ended_at > total.ended_at):
        total.ended_at = row.ended_at


def merged(rows: Sequence[Row]) -> Row:
    """One row with the sums of several."""
    total = replace(rows[0], parts={})
    for row in rows[1:]:
        add(total, row)
    return total


def is_zero(row: Row) -> bool:
    """Whether nothing is left of a row's time and money."""
    return row.minutes == 0 and row.amount_cents == 0


Agreement = Sequence[tuple[str, Sequence[Callable[[Row], Any]]]]
"""Names of cells, and how to read what must be the same in all lines of a row."""


def _agreements(
    cells: Sequence[ReadyCell], keys: frozenset[str]
) -> tuple[Agreement, Mapping[str, Agreement]]:
    whole: list[tuple[str, Sequence[Callable[[Row], Any]]]] = []
    parts: dict[str, list[tuple[str, Sequence[Callable[[Row], Any]]]]] = {}
    for cell in cells:
        reads = cell.reads | ({"unit"} if "quantity" in cell.reads else frozenset())
        readers = kept_apart(reads, keys)
        slot = cell.cell.slot
        if slot is not None:
            parts.setdefault(slot, []).append((cell.name, readers))
        elif readers:
            whole.append((cell.name, readers))
    return whole, parts


def _agree(total: Row, row: Row, agreement: Agreement, faults: Faults) -> None:
    for name, readers in agreement:
        for get in readers:
            if get(total) != get(row):
                both = f"{get(total)} and {get(row)}"
                hint = "group by it too, or map the codes to different slots"
                faults.add(row, name, CellFault(both, "has two values in one row", hint))


def _order(key: tuple[Any, ...]) -> tuple[tuple[bool, Any], ...]:
    return tuple((part is not None, part) for part in key)
