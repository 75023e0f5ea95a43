"""Pay periods: what stands in the way of closing, closing, and the files payroll is handed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.errors import explain
from api.pages.page import draw
from api.pages.problem import in_words
from api.pages.refusal import refusal_of
from api.pages.time_words import KINDS, SOURCES, exception_words
from api.pages.timesheet_list import SheetRow, sheet_rows
from api.pages.timesheet_view import WEEK
from api.permissions import Access, allow
from api.schemas.base import Day
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import local_day, utc_now, week_start
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.actors import name_of
from scheduler.organisation.locations import find_location, list_locations
from scheduler.organisation.models import Location
from scheduler.organisation.permissions import Permission, reach
from scheduler.pay.close_period import close_period
from scheduler.pay.corrections import Pending, pending, settle
from scheduler.pay.line_grounds import grounds_of
from scheduler.pay.lines import PayrollLine, lines_of
from scheduler.pay.models import PayPeriod, PayPeriodState
from scheduler.pay.periods import changed_periods, find_period, list_periods, period_for, present_period
from scheduler.timekeeping.exceptions import TimeException

router = APIRouter()

MayRead = Annotated[Access, Depends(allow(Permission.PAY_READ))]
MayClose = Annotated[Access, Depends(allow(Permission.PAY_CLOSE))]

WEEKS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class PeriodCard:
    """A pay period in the overview; ``period`` is None for a week nobody has closed or opened yet."""

    starts_on: date
    period: PayPeriod | None
    over: bool
    changed: bool

    @property
    def closed(self) -> bool:
        """Whether it never changes again."""
        return self.period is not None and self.period.state is PayPeriodState.CLOSED


@router.get("/pay-periods")
def pay_periods_page(request: Request, access: MayRead, session: ReadSession) -> Response:
    """The latest weeks of each location."""
    within = [each for each in list_locations(session) if access.reach.covers(each.id)]
    if not within:
        return draw(request, "no_locations.html", access.principal)
    rows = [(location, _cards(session, location)) for location in within]
    return draw(request, "pay_periods.html", access.principal, rows=rows)


@router.get("/locations/{location_id}/pay-periods/{monday}")
def pay_period_page(
    request: Request, access: MayRead, session: ReadSession, location_id: UUID, monday: Day, said: str = ""
) -> Response:
    """One week: what stands in the way while it is open, its lines once it is closed."""
    return _page(request, access, session, location_id, week_start(monday), said=said)


@router.post("/locations/{location_id}/pay-periods/{monday}/close")
def close_pay_period(
    request: Request, access: MayClose, session: WriteSession, location_id: UUID, monday: Day
) -> Response:
    """Close the week; what stands in the way is listed on its page."""
    first = week_start(monday)

    def change() -> None:
        close_period(session, period_for(session, location_id, first).id, actor=access.actor)

    if error := refusal_of(session, change):
        return _page(request, access, session, location_id, first, refused=error)
    return RedirectResponse(_address(location_id, first, "closed"), 303)


@router.post("/pay-periods/{pay_period_id}/corrections")
def settle_pay_period(
    request: Request,
    access: MayClose,
    session: WriteSession,
    pay_period_id: UUID,
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Add what became known later to the next open period."""
    period = find_period(session, pay_period_id)

    def change() -> None:
        settle(session, pay_period_id, reason=reason, actor=access.actor)

    if error := refusal_of(session, change):
        return _page(request, access, session, period.location_id, period.starts_on, refused=error)
    return RedirectResponse(_address(period.location_id, period.starts_on, "settled"), 303)


@router.get("/pay-lines/{pay_line_id}")
def pay_line_page(request: Request, access: MayRead, session: ReadSession, pay_line_id: UUID) -> Response:
    """One amount, back to its rule, its contract and its punches."""
    found = grounds_of(session, pay_line_id)
    return draw(
        request,
        "pay_line.html",
        access.principal,
        section="/pay-periods",
        found=found,
        line=found.line,
        period=_address(found.location.id, found.period.starts_on),
        timesheet=f"/timesheets/{found.line.employee_id}/{week_start(found.line.day)}",
        punches=[
            (punch, KINDS[punch.kind], SOURCES.get(punch.source, punch.source)) for punch in found.punches
        ],
    )


@router.get("/pay-periods/{pay_period_id}/payroll.csv")
def payroll_csv(access: MayRead, session: ReadSession, pay_period_id: UUID) -> Response:
    """The file for payroll; the same bytes for ever."""
    from exports.payroll import to_csv

    return _file(session, pay_period_id, to_csv(lines_of(session, pay_period_id)), "csv", "text/csv")


@router.get("/pay-periods/{pay_period_id}/payroll.json")
def payroll_json(access: MayRead, session: ReadSession, pay_period_id: UUID) -> Response:
    """The same as JSON."""
    from exports.payroll import to_json

    return _file(
        session, pay_period_id, to_json(lines_of(session, pay_period_id)), "json", "application/json"
    )


def _file(session: Session, pay_period_id: UUID, content: bytes, ending: str, media_type: str) -> Response:
    period = find_period(session, pay_period_id)
    code = find_location(session, period.location_id).code
    name = f"payroll-{''.join(c for c in code if c.isascii() and c.isalnum())}-{period.starts_on}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)


def _cards(session: Session, location: Location) -> list[PeriodCard]:
    present = {period.starts_on: period for period in list_periods(session, location.id)}
    changed = {period.starts_on for period in changed_periods(session, location.id)}
    this_week = week_start(local_day(utc_now(), ZoneInfo(location.zone)))
    weeks = {this_week - WEEK * n for n in range(WEEKS_SHOWN)} | changed
    return [
        PeriodCard(monday, present.get(monday), monday < this_week, monday in changed)
        for monday in sorted(weeks, reverse=True)
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """A pay line with what it corrects in words."""

    line: PayrollLine
    first_of_person: bool


def _page(
    request: Request,
    access: Access,
    session: Session,
    location_id: UUID,
    first: date,
    *,
    refused: SchedulerError | None = None,
    said: str = "",
) -> Response:
    location = find_location(session, location_id)
    period = present_period(session, location_id, first)
    closed = period is not None and period.state is PayPeriodState.CLOSED
    lines = lines_of(session, period.id) if period is not None and closed else []
    held = reach(access.principal, Permission.PAY_CLOSE)
    told = in_words(explain(refused)) if refused else None
    return draw(
        request,
        "pay_period.html",
        access.principal,
        status=told.explained.status if told else 200,
        section="/pay-periods",
        location=location,
        starts_on=first,
        last_day=first + WEEK - (WEEK / 7),
        before=first - WEEK,
        after=first + WEEK,
        period=period,
        closed=closed,
        closed_by=name_of(session, period.closed_by) if period and period.closed_by else "",
        over=local_day(utc_now(), ZoneInfo(location.zone)) >= first + WEEK,
        rows=[] if closed else _with_time(sheet_rows(session, location, first)),
        lines=_marked(lines),
        totals=_totals(lines),
        by_code=_by_code(lines),
        pending=pending(session, period.id) if period is not None and closed else Pending((), ()),
        names=_names(session, location, first),
        can_close=held is not None and held.covers(location_id),
        address=_address(location_id, first),
        said=said,
        problem=told.explained if told else None,
        blockers=_blockers(refused.facts, location.zone) if refused else [],
    )


def _with_time(rows: Sequence[SheetRow]) -> list[SheetRow]:
    return [row for row in rows if row.worked_minutes or row.unclear]


def _marked(lines: Sequence[PayrollLine]) -> list[Line]:
    before = [None, *(line.employee_number for line in lines)]
    return [Line(line, line.employee_number != last) for line, last in zip(lines, before, strict=False)]


def _totals(lines: Sequence[PayrollLine]) -> list[tuple[str, int, int]]:
    """Currency, worked minutes and cents of all lines together."""
    found: dict[str, tuple[int, int]] = {}
    for line in lines:
        minutes, cents = found.get(line.currency, (0, 0))
        worked = line.minutes if line.is_worked else 0
        found[line.currency] = (minutes + worked, cents + line.amount_cents)
    return [(currency, minutes, cents) for currency, (minutes, cents) in sorted(found.items())]


def _by_code(lines: Sequence[PayrollLine]) -> list[tuple[str, str, int, int, str]]:
    """Pay code, currency, minutes, cents and citation of all lines of a code together."""
    found: dict[tuple[str, str], tuple[int, int, str]] = {}
    for line in lines:
        key = (line.pay_code, line.currency)
        minutes, cents, cite = found.get(key, (0, 0, line.citation or ""))
        found[key] = (minutes + line.minutes, cents + line.amount_cents, cite)
    return [(code, currency, *found[code, currency]) for code, currency in sorted(found)]


def _names(session: Session, location: Location, first: date) -> dict[UUID, str]:
    return {row.employee.id: row.employee.name for row in sheet_rows(session, location, first)}


def _blockers(facts: dict[str, Any], zone: str) -> list[tuple[str, str, str]]:
    """Person, what stands in the way, and the id of the timesheet."""
    found = [
        (each["employee_name"], f"not approved yet ({each['state']})", each["timesheet_id"])
        for each in facts.get("unapproved", ())
    ]
    found += [
        (each["employee_name"], exception_words(TimeException.from_json(each), zone), each["timesheet_id"])
        for each in facts.get("exceptions", ())
    ]
    found += [
        (each["employee_name"], f"no contract on {', '.join(each['days'])}", each["timesheet_id"])
        for each in facts.get("without_contract", ())
    ]
    return sorted(found)


def _address(location_id: UUID, monday: date, said: str = "") -> str:
    return f"/locations/{location_id}/pay-periods/{monday}" + (f"?said={said}" if said else "")
