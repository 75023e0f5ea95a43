"""Which timesheets the list shows, as its address says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from sqlalchemy import ColumnElement

from api.schemas.base import FIRST_YEAR, LAST_YEAR
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.timekeeping.models import Duty, TimesheetState
from scheduler.timekeeping.sheet_list import Oddness, SheetFilter

ValueT = TypeVar("ValueT")
DISPUTES = {"open": True, "none": False}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the page is asked to show; None stands for all."""

    location_id: UUID | None = None
    department_id: UUID | None = None
    day: date | None = None
    state: TimesheetState | None = None
    exceptions: Oddness | None = None
    disputes: str | None = None
    off_plan_minutes: int | None = None
    overdue: Duty | None = None
    page: int = 1

    @classmethod
    def of(cls, query: str) -> Filters:
        """The filters that a query string names; blanks and other names count for nothing.

        Raises
        ------
        InvalidInput
            For a value that means nothing.
        """
        asked = dict(parse_qsl(query))
        return cls(
            location_id=_read(asked, "location", UUID),
            department_id=_read(asked, "department", UUID),
            day=_read(asked, "day", _day),
            state=_read(asked, "state", TimesheetState),
            exceptions=_read(asked, "exceptions", Oddness),
            disputes=_read(asked, "disputes", _disputes),
            off_plan_minutes=_read(asked, "off", _whole),
            overdue=_read(asked, "overdue", Duty),
            page=_read(asked, "page", _whole) or 1,
        )

    def query(self, page: int | None = None) -> str:
        """The query string that asks for them, perhaps for another page."""
        values: dict[str, Any] = {
            "location": self.location_id,
            "department": self.department_id,
            "day": self.day,
            "state": self.state,
            "exceptions": self.exceptions,
            "disputes": self.disputes,
            "off": self.off_plan_minutes,
            "overdue": self.overdue,
            "page": None if (page or self.page) == 1 else page or self.page,
        }
        return urlencode({name: each for name, each in values.items() if each is not None})

    def wanted(self, within: ColumnElement[bool]) -> SheetFilter:
        """The same for the list, of timesheets that fulfil a condition."""
        wanted = SheetFilter(
            within=within,
            location_id=self.location_id,
            department_id=self.department_id,
            day=self.day,
            state=self.state,
            oddness=self.exceptions,
            disputed=None if self.disputes is None else DISPUTES[self.disputes],
            off_plan_minutes=self.off_plan_minutes,
            overdue=self.overdue,
        )
        return wanted.without_old()


def _read(asked: Mapping[str, str], name: str, reader: Callable[[str], ValueT]) -> ValueT | None:
    text = asked.get(name)
    if text is None:
        return None
    try:
        return reader(text)
    except ValueError:
        hint = "choose from what the page offers"
        raise InvalidInput([FieldError(name, text[:80], "means nothing here", hint)]) from None


def _whole(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 100_000:
        raise ValueError(text)
    return number


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(text)
    return day


def _disputes(text: str) -> str:
    if text not in DISPUTES:
        raise ValueError(text)
    return text
