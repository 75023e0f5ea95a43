"""What a kind of file must say of itself to be read, compared with what is stored, and written."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, insert, true
from sqlalchemy.orm import Session

from scheduler.db.tenant import tenant_of
from scheduler.imports.columns import Column, Line
from scheduler.imports.directory import Directory
from scheduler.kernel.ids import new_id

T = TypeVar("T")
CHUNK = 500

Values = dict[str, Any]
"""Attributes of a record, by name."""


@dataclass(slots=True)
class Draft:
    """A record as a line says it; its id is a new one until the stored record is found."""

    line: Line
    values: Values
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Apart:
    """Records of one group must not overlap.

    Parameters
    ----------
    group
        Attributes that tell the group.
    start, end
        Attributes of the half-open span; an end of None is never reached.
    column
        Where an overlap is reported.
    replaces
        Whether a stored record that overlaps what the file says gives way; otherwise the line is refused.
    hint
        What would do.
    minutes_of
        Turns the attributes of a record into a span of its own, where they alone do not say it.
    period
        The span after which everything repeats; None for what happens once.
    """

    group: tuple[str, ...]
    start: str
    end: str
    column: Column[Any]
    replaces: bool = False
    hint: str = "no two lines may share any time"
    minutes_of: Callable[[Values], tuple[int, int]] | None = None
    period: int | None = None

    def group_of(self, values: Values) -> tuple[Any, ...]:
        """The group a record belongs to."""
        return tuple(values[name] for name in self.group)

    def span_of(self, values: Values) -> tuple[Any, Any]:
        """Start and end of a record, comparable with those of others."""
        if self.minutes_of is not None:
            return self.minutes_of(values)
        end = values[self.end]
        return values[self.start], date.max if end is None else end

    def meet(self, one: Values, other: Values) -> bool:
        """Whether two records of a group overlap, in this period or into the next."""
        (start, end), (other_start, other_end) = self.span_of(one), self.span_of(other)
        if self.period is None:
            return bool(start < other_end and other_start < end)
        return any(
            start < other_end + shift and other_start + shift < end
            for shift in (-self.period, 0, self.period)
        )


class Kind(ABC):
    """One kind of file.

    Attributes
    ----------
    name
        The kind's word, which files of this kind bear as their name.
    title, about
        For the documentation.
    claims
        Columns whose texts other files use to refer to a line of this one.
    key
        Attributes that tell records apart: the same key is the same record.
    apart
        What must not overlap, if anything.
    changeable
        Whether a stored record may be changed by a later file.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    about: ClassVar[str] = ""
    columns: ClassVar[tuple[Column[Any], ...]]
    claims: ClassVar[tuple[Column[Any], ...]] = ()
    model: ClassVar[type[Any]]
    key: ClassVar[tuple[str, ...]]
    apart: ClassVar[Apart | None] = None
    changeable: ClassVar[bool] = True

    @abstractmethod
    def read(self, line: Line, book: Directory) -> Iterable[Values]:
        """The records a line says; complaints go to the line."""

    def learn(self, draft: Draft, book: Directory) -> None:  # noqa: B027 - most kinds are referred to by nobody
        """Make a record known to the lines of later files."""

    def scope(self, drafts: Sequence[Draft]) -> Iterator[ColumnElement[bool]]:
        """A criterion for each query that is needed to find the stored records the file may touch."""
        yield true()

    def first_values(self) -> Values:
        """Attributes that only a new record gets."""
        return {}

    def differs(self, values: Values, stored: Values) -> bool:
        """Whether a stored record must change to say what the file says."""
        return any(stored[name] != value for name, value in values.items())

    def takes_up_time(self, values: Values) -> bool:
        """Whether a record counts when overlaps are looked for."""
        return True

    def create(self, session: Session, drafts: Sequence[Draft], actor: str) -> None:
        """Store records that are new, many in one statement."""
        organisation_id, first = tenant_of(session), self.first_values()
        rows = [
            {"id": draft.id, "organisation_id": organisation_id, **first, **draft.values} for draft in drafts
        ]
        session.execute(insert(self.model), rows)


def chunks(ids: Sequence[T]) -> Iterator[Sequence[T]]:
    """The ids in parts that one statement can bind; databases limit how many values that may be."""
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
