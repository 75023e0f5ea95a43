"""Lines that say the same thing twice, or claim the same time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from scheduler.imports.kind import Apart, Draft, Kind, Values
from scheduler.imports.store import Difference


def refuse_duplicates(kind: Kind, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of lines that do not repeat an earlier one; the others are refused."""
    first: dict[tuple[Any, ...], Draft] = {}
    for draft in drafts:
        key = tuple(draft.values[name] for name in kind.key)
        other = first.setdefault(key, draft)
        if other.line is not draft.line:
            draft.line.refuse(
                None, f"says the same record as {_place(other, draft)}", "keep one of the two lines"
            )
    return [draft for draft in first.values() if not draft.line.bad]


def refuse_overlaps(kind: Kind, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts that overlap no other of the import; the later one of a pair is refused."""
    if (apart := kind.apart) is None:
        return list(drafts)

    def order(draft: Draft) -> tuple[Any, ...]:
        return (apart.group_of(draft.values), apart.span_of(draft.values)[0], draft.line.row.line)

    counted = sorted((draft for draft in drafts if kind.takes_up_time(draft.values)), key=order)
    for _, members in groupby(counted, key=lambda draft: apart.group_of(draft.values)):
        _refuse_overlaps_in(apart, list(members))
    return [draft for draft in drafts if not draft.line.bad]


def settle_with_stored(kind: Kind, drafts: Sequence[Draft], change: Difference) -> None:
    """Let stored records that overlap a draft give way, or refuse the draft, as the kind wants it."""
    if (apart := kind.apart) is None:
        return
    by_group: dict[tuple[Any, ...], list[Draft]] = {}
    for draft in drafts:
        if kind.takes_up_time(draft.values):
            by_group.setdefault(apart.group_of(draft.values), []).append(draft)
    for stored in change.untouched:
        if not kind.takes_up_time(stored.values):
            continue
        for draft in by_group.get(apart.group_of(stored.values), []):
            if not apart.meet(stored.values, draft.values):
                continue
            if apart.replaces:
                change.replace.append(stored)
                break
            draft.line.refuse(
                apart.column, f"overlaps what is stored: {_words(apart, stored.values)}", apart.hint
            )


def _refuse_overlaps_in(apart: Apart, in_order: Sequence[Draft]) -> None:
    reaching = in_order[0]
    for draft in in_order[1:]:
        reached = apart.span_of(reaching.values)[1]
        start, end = apart.span_of(draft.values)
        if start < reached:
            draft.line.refuse(apart.column, f"overlaps {_place(reaching, draft)}", apart.hint)
        if reached < end:
            reaching = draft
    if apart.period is not None:
        _refuse_wrapping(apart, in_order, reaching, apart.period)


def _refuse_wrapping(apart: Apart, in_order: Sequence[Draft], last: Draft, period: int) -> None:
    """Refuse those at the start of a period into which the last one of the period before reaches."""
    reached = apart.span_of(last.values)[1] - period
    for draft in in_order:
        if draft is not last and apart.span_of(draft.values)[0] < reached:
            draft.line.refuse(apart.column, f"overlaps {_place(last, draft)}", apart.hint)


def _place(other: Draft, seen_from: Draft) -> str:
    line = f"line {other.line.row.line}"
    same_file = other.line.table.file == seen_from.line.table.file
    return line if same_file else f"{line} of {other.line.table.file}"


def _words(apart: Apart, values: Values) -> str:
    start, end = values[apart.start], values[apart.end]
    return f"{_word(start)} to {'further notice' if end is None else _word(end)}"


def _word(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else str(value)
