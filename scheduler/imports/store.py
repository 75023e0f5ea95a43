"""Compare what a file says with what is stored, and write the difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.imports.kind import Draft, Kind, Values, chunks


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A stored record, as far as the file's kind knows it."""

    id: UUID
    values: Values


@dataclass(slots=True)
class Difference:
    """What must happen for the database to say what the file says."""

    create: list[Draft] = field(default_factory=list)
    update: list[tuple[Draft, StoredRecord]] = field(default_factory=list)
    replace: list[StoredRecord] = field(default_factory=list)
    unchanged: int = 0
    untouched: list[StoredRecord] = field(default_factory=list)
    """Stored records of which the file says nothing."""


def difference(session: Session, kind: Kind, drafts: Sequence[Draft]) -> Difference:
    """Which records are new, changed or the same; drafts of stored records get their ids."""
    loaded = list(_load(session, kind, drafts)) if drafts else []
    # Of records with the same key, leave that was refused and granted later, the one that counts comes last.
    loaded.sort(key=lambda each: kind.takes_up_time(each.values))
    stored = {_key(kind, each.values): each for each in loaded}
    found = Difference()
    for draft in drafts:
        before = stored.pop(_key(kind, draft.values), None)
        if before is None:
            found.create.append(draft)
            continue
        draft.id = before.id
        if not kind.differs(draft.values, before.values):
            found.unchanged += 1
        elif kind.changeable:
            found.update.append((draft, before))
        else:
            hint = "what is stored of this kind never changes"
            draft.line.refuse(None, "is stored with other content", hint)
    found.untouched = list(stored.values())
    return found


def apply(session: Session, kind: Kind, change: Difference, actor: str) -> None:
    """Write a difference, but for lines refused since; what changes or gives way is audited as it was."""
    change.create = [draft for draft in change.create if not draft.line.bad]
    change.update = [(draft, stored) for draft, stored in change.update if not draft.line.bad]
    ids = [each.id for each in change.replace]
    for chunk in chunks(ids):
        session.execute(delete(kind.model).where(kind.model.id.in_(chunk)))
    for gone in change.replace:
        facts = {"before": _plain(gone.values)}
        record(session, actor, "import.replace", kind.model.__tablename__, gone.id, **facts)
    _update_all(session, kind, change.update, actor)
    if change.create:
        kind.create(session, change.create, actor)
    session.flush()


def _update_all(
    session: Session, kind: Kind, changes: Sequence[tuple[Draft, StoredRecord]], actor: str
) -> None:
    by_id = {stored.id: (draft, stored) for draft, stored in changes}
    for chunk in chunks(list(by_id)):
        for row in session.scalars(select(kind.model).where(kind.model.id.in_(chunk))):
            draft, stored = by_id[row.id]
            changed = {name: value for name, value in draft.values.items() if stored.values[name] != value}
            for name, value in changed.items():
                setattr(row, name, value)
            before = {name: stored.values[name] for name in changed}
            facts = {"before": _plain(before), "after": _plain(changed)}
            record(session, actor, "import.update", kind.model.__tablename__, row.id, **facts)


def _load(session: Session, kind: Kind, drafts: Sequence[Draft]) -> Iterator[StoredRecord]:
    names = list(drafts[0].values)
    columns = [getattr(kind.model, name) for name in names]
    for criterion in kind.scope(drafts):
        for record_id, *values in session.execute(select(kind.model.id, *columns).where(criterion)):
            yield StoredRecord(record_id, dict(zip(names, values, strict=True)))


def _key(kind: Kind, values: Values) -> tuple[Any, ...]:
    return tuple(values[name] for name in kind.key)


def _plain(values: Values) -> dict[str, Any]:
    """Values as JSON can hold them."""
    return {name: _plain_value(value) for name, value in values.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
