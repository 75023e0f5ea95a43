"""Everything in people's time that waits for somebody: to accept, to correct, or to look up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, TypeVar
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.problem import draw_after
from api.pages.refusal import refusal_of
from api.pages.time_words import CODES, GROUNDS, KINDS, OWNERS, RESOLUTIONS, SEVERITIES, exception_words
from api.permissions import Access, allow
from api.schemas.base import Instant
from api.transaction import WriteSession
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.organisation.locations import list_locations
from scheduler.organisation.models import Location
from scheduler.organisation.permissions import Permission, reach
from scheduler.timekeeping.exception_inbox import OpenException, Wanted, fixes_of, open_exceptions
from scheduler.timekeeping.exceptions import ExceptionCode, Severity
from scheduler.timekeeping.models import PunchKind, Timesheet
from scheduler.timekeeping.proposed_fix import ProposedFix
from scheduler.timekeeping.resolve_exception import NamedException, accept_exception, correct_exception
from scheduler.timekeeping.watch_time import watch_time

router = APIRouter()

MayApprove = Annotated[Access, Depends(allow(Permission.TIMESHEETS_APPROVE))]
MayCorrect = Annotated[Access, Depends(allow(Permission.PUNCHES_CORRECT))]

ON_A_PAGE = 50
AGES = (1, 3, 7, 14, 30)
"""Days that can be chosen."""

WORDS = {
    "codes": CODES,
    "severities": SEVERITIES,
    "owners": OWNERS,
    "resolutions": RESOLUTIONS,
    "grounds": GROUNDS,
    "kinds": KINDS,
}

FIRST = ("page", 1)
"""What an address need not say."""

Text = Annotated[str, Form()]
ValueT = TypeVar("ValueT")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the page is asked to show; None stands for all."""

    location_id: UUID | None = None
    employee_id: UUID | None = None
    code: ExceptionCode | None = None
    severity: Severity | None = None
    older_days: int = 0
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
            employee_id=_read(asked, "person", UUID),
            code=_read(asked, "code", ExceptionCode),
            severity=_read(asked, "severity", Severity),
            older_days=_read(asked, "older", _whole) or 0,
            page=_read(asked, "page", _whole) or 1,
        )

    def query(self, page: int | None = None) -> str:
        """The query string that asks for them, perhaps for another page."""
        values = {
            "location": self.location_id,
            "person": self.employee_id,
            "code": self.code,
            "severity": self.severity,
            "older": self.older_days,
            "page": self.page if page is None else page,
        }
        return urlencode({name: each for name, each in values.items() if each and (name, each) != FIRST})


def _read(asked: Mapping[str, str], name: str, reader: Callable[[str], ValueT]) -> ValueT | None:
    """The value of a filter; None where it is not asked for."""
    text = asked.get(name)
    if text is None:
        return None
    try:
        return reader(text)
    except ValueError:
        hint = "choose from the lists of the page"
        raise InvalidInput([FieldError(name, text[:80], "means nothing here", hint)]) from None


def _whole(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 10_000:
        raise ValueError(text)
    return number


@dataclass(frozen=True, slots=True)
class Shown:
    """One exception on the page."""

    item: OpenException
    location: Location
    fix: ProposedFix | None
    own: bool

    @property
    def words(self) -> str:
        """What is odd."""
        return exception_words(self.item.found, self.location.zone)

    @property
    def monday(self) -> date:
        """First day of its timesheet."""
        return self.item.timesheet.starts_on


@router.get("/exceptions")
def exceptions_page(request: Request, access: MayApprove, session: WriteSession) -> Response:
    """The open ones within reach, oldest first; who has not come, and what is over a limit, is looked up."""
    watch_time(session, access.reach)
    return _page(request, access, session, Filters.of(request.url.query))


@router.post("/exceptions/{timesheet_id}/accept")
def accept_on_page(
    request: Request,
    access: MayApprove,
    session: WriteSession,
    timesheet_id: UUID,
    code: Annotated[ExceptionCode, Form()],
    at: Annotated[Instant, Form()],
    reason: Text = "",
    filters: Text = "",
) -> Response:
    """It is as it is."""
    named = NamedException(timesheet_id, code, at)
    return _change(
        request,
        access,
        session,
        filters,
        lambda: accept_exception(session, named, reason=reason, actor=access.actor),
    )


@router.post("/exceptions/{timesheet_id}/correct")
def correct_on_page(
    request: Request,
    access: MayCorrect,
    session: WriteSession,
    timesheet_id: UUID,
    code: Annotated[ExceptionCode, Form()],
    at: Annotated[Instant, Form()],
    reason: Text = "",
    filters: Text = "",
    add_kind: Annotated[PunchKind | None, Form()] = None,
    add_at: Annotated[Instant | None, Form()] = None,
    void: Annotated[tuple[UUID, ...], Form()] = (),
) -> Response:
    """A person agrees with the proposed fix."""
    named = NamedException(timesheet_id, code, at)
    added = [(add_kind, add_at)] if add_kind is not None and add_at is not None else []
    return _change(
        request,
        access,
        session,
        filters,
        lambda: correct_exception(session, named, add=added, void=void, reason=reason, actor=access.actor),
    )


def _change(
    request: Request, access: Access, session: Session, filters: str, change: Callable[[], object]
) -> Response:
    """Do it and show the list; what is refused is told above it."""
    asked = Filters.of(filters)
    if error := refusal_of(session, change):
        return _page(request, access, session, asked, refused=error)
    return RedirectResponse("/exceptions?" + "&".join(filter(None, (asked.query(), "done=1"))), 303)


def _page(
    request: Request,
    access: Access,
    session: Session,
    asked: Filters,
    refused: SchedulerError | None = None,
) -> Response:
    held = reach(access.principal, Permission.TIMESHEETS_APPROVE)
    places = {each.id: each for each in list_locations(session) if held is not None and held.covers(each.id)}
    wanted = Wanted(
        within=Timesheet.location_id.in_(places),
        location_id=asked.location_id,
        code=asked.code,
        severity=asked.severity,
        before=utc_now() - timedelta(days=asked.older_days) if asked.older_days else None,
    )
    every = open_exceptions(session, wanted)
    people = sorted({each.employee for each in every}, key=lambda each: (each.last_name, each.first_name))
    listed = [each for each in every if asked.employee_id in (None, each.employee.id)]
    pages = max(1, -(-len(listed) // ON_A_PAGE))
    page = min(max(asked.page, 1), pages)
    shown = listed[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    return draw_after(
        request,
        "exceptions_inbox.html",
        access.principal,
        refused,
        section="/exceptions",
        asked=asked,
        locations=list(places.values()),
        people=people,
        **WORDS,
        ages=AGES,
        total=len(listed),
        page=page,
        pages=pages,
        rows=_rows(session, access, shown, places),
        can_correct=reach(access.principal, Permission.PUNCHES_CORRECT) is not None,
        done="done" in request.query_params,
    )


def _rows(
    session: Session, access: Access, items: list[OpenException], places: Mapping[UUID, Location]
) -> list[Shown]:
    fixes = fixes_of(session, items, as_of=utc_now())
    mine = access.principal.employee_id
    return [
        Shown(each, places[each.timesheet.location_id], fixes.get(each.id), each.employee.id == mine)
        for each in items
    ]
