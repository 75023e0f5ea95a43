"""One valid record of every kind that belongs to an organisation, made from the metadata alone.

A record that is added later is covered without a line here: its columns say what they hold.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import JSON, Boolean, Column, Date, Enum, Float, Integer, LargeBinary, String, Table, Uuid
from sqlalchemy.orm import Mapper, Session, object_mapper

from scheduler.db.base import Base, TenantOwned
from scheduler.db.column_types import UtcDateTime
from scheduler.db.models import whole_metadata
from scheduler.db.tenant import use_tenant
from scheduler.kernel.ids import new_id
from scheduler.organisation.models import Organisation

T = TypeVar("T")
START = datetime(2026, 1, 1, tzinfo=UTC)

# Every number is 1, but for those that must be after another.
LATER = ("end_minute", "closes_minute")
# A member of a pay group is a location or a person.
EMPTY = (("pay_group_members", "employee_id"),)


def table_name(mapper: Mapper[Any]) -> str:
    """The name of a record's table."""
    assert isinstance(mapper.local_table, Table)
    return mapper.local_table.name


def owned_mappers() -> list[Mapper[Any]]:
    """Every mapper of a record that belongs to an organisation, by table name."""
    whole_metadata()
    mappers = [mapper for mapper in Base.registry.mappers if issubclass(mapper.class_, TenantOwned)]
    return sorted(mappers, key=table_name)


def store_one_of_each(session: Session, slug: str) -> tuple[UUID, dict[str, Any]]:
    """Store an organisation and one record of each kind; gives its id and the records by table."""
    organisation = Organisation(slug=slug, name=slug, created_at=START)
    session.add(organisation)
    session.flush()
    use_tenant(session, organisation.id)
    by_table = {table_name(mapper): mapper for mapper in owned_mappers()}
    ids: dict[str, UUID] = {"organisations": organisation.id}
    records: dict[str, Any] = {}
    for table in whole_metadata().sorted_tables:
        if table.name not in by_table:
            continue
        record = by_table[table.name].class_(**_values(table, ids, slug))
        session.add(record)
        session.flush()
        ids[table.name], records[table.name] = record.id, record
    return organisation.id, records


def copy_of(record: T, **changes: Any) -> T:
    """A new record that says what another says, but for its id and the changes."""
    names = {attribute.key for attribute in object_mapper(record).column_attrs} - {"id"}
    return type(record)(**{name: getattr(record, name) for name in names} | changes)


def _values(table: Table, ids: dict[str, UUID], slug: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for number, column in enumerate(table.columns):
        if (table.name, column.name) in EMPTY:
            values[column.name] = None
        elif column.foreign_keys:
            referred = next(iter(column.foreign_keys)).column.table.name
            values[column.name] = ids.get(referred)
        else:
            values[column.name] = _value(column, number, slug)
    return values


def _value(column: Column[Any], number: int, slug: str) -> Any:
    """A value of the column's type; later columns get later days and instants, as spans want."""
    kind = column.type
    if isinstance(kind, Enum):
        assert kind.enum_class is not None
        assert issubclass(kind.enum_class, StrEnum)
        return next(iter(kind.enum_class))
    if isinstance(kind, UtcDateTime):
        return START + timedelta(hours=number)
    if isinstance(kind, Date):
        return date(2026, 1, 1) + timedelta(days=number)
    if isinstance(kind, Uuid):
        return new_id()
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, Integer):
        return 2 if column.name in LATER else 1
    if isinstance(kind, Float):
        return 1.0
    if isinstance(kind, LargeBinary):
        return b"x"
    if isinstance(kind, String):
        return f"{slug}-{column.name}"[: kind.length]
    assert isinstance(kind, JSON), f"say what a {kind} holds"
    return []
