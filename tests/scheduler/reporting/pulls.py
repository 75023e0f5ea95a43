"""A system for human resources that keeps what it was told."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.reporting.hr_query import HrQuery
from scheduler.reporting.hr_records import pull_hr_records
from scheduler.reporting.models import HrRecordKind

TODAY = date(2026, 11, 24)
YEAR = date(2026, 1, 1)


def query(kind: HrRecordKind, starts_on: date = YEAR, ends_on: date | None = None, *places: UUID) -> HrQuery:
    return HrQuery(kind, starts_on, ends_on, frozenset(places) if places else None)


class Reader:
    """Pulls page by page, and knows what every record says by now."""

    def __init__(self, session: Session, asked: HrQuery, limit: int = 2) -> None:
        self._session, self._asked, self._limit = session, asked, limit
        self.number = 0
        self.known: dict[UUID, dict[str, Any]] = {}

    def pull(self) -> int:
        """Read to the end; gives how many records came."""
        came = 0
        while True:
            page = pull_hr_records(
                self._session, self._asked, after=self.number, limit=self._limit, today=TODAY
            )
            assert len(page.records) <= self._limit
            for record in page.records:
                came += 1
                if record.is_withdrawn:
                    self.known.pop(record.id, None)
                else:
                    self.known[record.id] = {"day": str(record.starts_on), **record.facts}
            self.number = page.last
            if not page.has_more:
                return came

    def told(self, *names: str) -> list[tuple[Any, ...]]:
        """The facts of these names, sorted."""
        return sorted(tuple(facts[name] for name in names) for facts in self.known.values())
