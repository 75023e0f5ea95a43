"""Lists come in pages: the id of the last item leads to the next page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import Depends, Query
from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute, Session

from api.schemas.base import EXAMPLE_ID, Page

LARGEST_PAGE = 200

RecordT = TypeVar("RecordT")
ItemT = TypeVar("ItemT")


@dataclass(frozen=True, slots=True)
class Cursor:
    """Which page of a list is asked for."""

    limit: int
    after: UUID | None


async def cursor(
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="Most items of one page.")] = 50,
    after: Annotated[
        UUID | None, Query(description="`next` of the page before.", examples=[EXAMPLE_ID])
    ] = None,
) -> Cursor:
    """The page a request asks for."""
    # Asynchronous, because a plain function would wait for a thread.
    return Cursor(limit, after)


PageCursor = Annotated[Cursor, Depends(cursor)]


def page_of(
    session: Session,
    statement: Select[RecordT],
    key: InstrumentedAttribute[UUID],
    wanted: Cursor,
    to_item: Callable[[RecordT], ItemT],
    *,
    newest_first: bool = False,
) -> Page[ItemT]:
    """The page of a statement's records that follows ``wanted.after``, in the order of their ids.

    Ids sort by time of creation, so a record that is added meanwhile moves no other to another page.
    """
    if wanted.after is not None:
        statement = statement.where(key < wanted.after if newest_first else key > wanted.after)
    ordered = statement.order_by(None).order_by(key.desc() if newest_first else key)
    records: Sequence[RecordT] = session.scalars(ordered.limit(wanted.limit + 1)).unique().all()
    shown = records[: wanted.limit]
    more = len(records) > wanted.limit
    last: UUID | None = getattr(shown[-1], key.key) if more else None
    return Page(items=[to_item(record) for record in shown], next=last)
