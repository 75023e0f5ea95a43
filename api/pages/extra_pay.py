"""Extra pay: bonuses, payments, deductions and what happened on days, recorded, approved, taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.form_values import FormValues, form_of
from api.pages.pay_words import FACT_KINDS
from api.pages.problem import draw_after
from api.pages.refusal import refusal_of
from api.permissions import Access, allow
from api.routes.pay_facts import may_approve
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import utc_now
from scheduler.kernel.effective import in_force
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.law.wages.work import BonusKind
from scheduler.organisation.actors import name_of
from scheduler.organisation.locations import find_location, list_locations
from scheduler.organisation.permissions import Permission, reach
from scheduler.pay.decide_pay_fact import decide_pay_fact
from scheduler.pay.models import PayFactKind, PayFactVerdict
from scheduler.pay.pay_facts import PayFactState, ToldFact, list_pay_facts
from scheduler.pay.proposed_facts import proposed_facts
from scheduler.pay.record_pay_fact import MONEY, OF_PUNCH, NewPayFact, begun_on, record_pay_facts
from scheduler.people.contracts import contracts_between
from scheduler.people.models import Employee

router = APIRouter()

MayWrite = Annotated[Access, Depends(allow(Permission.PAY_FACTS_WRITE))]
MayApprove = Annotated[Access, Depends(allow(Permission.PAY_FACTS_APPROVE))]

DAY = timedelta(days=1)
SHOWN = timedelta(days=62)
WEEKS_LOOKED_AT = 3
EFFECTS = {
    BonusKind.NONDISCRETIONARY: "promised: raises overtime",
    BonusKind.FLAT_SUM: "promised as one sum: raises overtime",
    BonusKind.DISCRETIONARY: "a gift: changes nothing else",
}
STATES = {
    PayFactState.WAITING: ("waits for approval", "warn"),
    PayFactState.COUNTS: ("counts", "good"),
    PayFactState.REFUSED: ("refused", "bad"),
    PayFactState.TAKEN_BACK: ("taken back", ""),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One fact on the page."""

    found: ToldFact
    recorded_by: str
    own: bool


@router.get("/extra-pay")
def extra_pay_page(request: Request, access: MayWrite, session: ReadSession) -> Response:
    """What waits, what was recorded lately, and who may have been sent home."""
    return _page(request, access, session)


@router.post("/extra-pay")
def record_on_page(
    request: Request,
    access: MayWrite,
    session: WriteSession,
    fields: Annotated[dict[str, str], Depends(form_of)],
) -> Response:
    """Record one fact; money of who may not approve it waits."""

    def change() -> None:
        fact = _read(session, access, FormValues(fields))
        approves = may_approve(session, access, {fact.employee_id})
        try:
            record_pay_facts(session, [fact], may_approve=approves, actor=access.actor)
        except InvalidInput as error:
            raise InvalidInput([_plain(each) for each in error.errors]) from error

    return _change(request, access, session, change, fields)


@router.post("/extra-pay/{pay_fact_id}/approve")
def approve_on_page(
    request: Request,
    access: MayApprove,
    session: WriteSession,
    pay_fact_id: UUID,
    reason: Annotated[str, Form()] = "",
) -> Response:
    """From now on it is paid."""
    return _decide(request, access, session, pay_fact_id, PayFactVerdict.APPROVED, reason)


@router.post("/extra-pay/{pay_fact_id}/refuse")
def refuse_on_page(
    request: Request,
    access: MayApprove,
    session: WriteSession,
    pay_fact_id: UUID,
    reason: Annotated[str, Form()] = "",
) -> Response:
    """It is never paid."""
    return _decide(request, access, session, pay_fact_id, PayFactVerdict.REFUSED, reason)


@router.post("/extra-pay/{pay_fact_id}/take-back")
def take_back_on_page(
    request: Request,
    access: MayWrite,
    session: WriteSession,
    pay_fact_id: UUID,
    reason: Annotated[str, Form()] = "",
) -> Response:
    """It was wrong."""
    return _decide(request, access, session, pay_fact_id, PayFactVerdict.TAKEN_BACK, reason)


def _decide(
    request: Request, access: Access, session: Session, fact_id: UUID, verdict: PayFactVerdict, reason: str
) -> Response:
    def change() -> None:
        decide_pay_fact(session, fact_id, verdict, reason=reason, actor=access.actor)

    return _change(request, access, session, change, {})


def _change(
    request: Request, access: Access, session: Session, change: Callable[[], object], fields: dict[str, str]
) -> Response:
    if error := refusal_of(session, change):
        return _page(request, access, session, refused=error, fields=fields)
    return RedirectResponse("/extra-pay?done=1", 303)


def _plain(error: FieldError) -> FieldError:
    """The fault of the only fact, under the name of its field."""
    return FieldError(error.field.rpartition(".")[2], error.value, error.problem, error.hint)


def _read(session: Session, access: Access, form: FormValues) -> NewPayFact:
    """What the form says; fields that mean nothing for its kind are left out.

    Raises
    ------
    InvalidInput
        With every field that cannot be read.
    """
    person = session.scalars(select(Employee).where(Employee.number == form.text("number"))).one_or_none()
    if person is None or not access.reach.covers(person.location_id, person.id):
        hint = "the employee number of somebody of your locations"
        raise InvalidInput([FieldError("number", form.text("number")[:40], "is nobody here", hint)])
    try:
        kind = PayFactKind(form.text("kind"))
    except ValueError:
        hint = "choose from the list"
        raise InvalidInput([FieldError("kind", form.text("kind")[:40], "is nothing known", hint)]) from None
    day = form.day("day")
    held = (
        in_force(contracts_between(session, [person.id], day, day).get(person.id, ()), day) if day else None
    )
    last = form.day("earned_last")
    bonus, money = kind is PayFactKind.BONUS, kind in MONEY
    priced = money or kind is PayFactKind.OTHER_RATE
    amount = form.money("amount", held.currency if held else "EUR") if priced else None
    punch_id = _punch_at(session, person, day, form) if kind in OF_PUNCH else None
    effect = form.text("effect") if bonus else ""
    breaks = form.text("count") if kind is PayFactKind.RESTS_GIVEN else ""
    if breaks and not breaks.isdecimal():
        form.errors.append(FieldError("count", breaks[:40], "is no number", "a number such as 2"))
    form.refuse_if_wrong()
    return NewPayFact(
        employee_id=person.id,
        kind=kind,
        day=day,
        amount_cents=amount,
        effect=BonusKind(effect) if effect in set(BonusKind) else None,
        earned_from=form.day("earned_first") if bonus else None,
        earned_until=last + DAY if bonus and last is not None and last < date.max else None,
        pay_code=(form.text("pay_code") or None) if money else None,
        punch_id=punch_id,
        count=int(breaks) if breaks else None,
        reason=form.text("reason"),
        source="web",
    )


def _punch_at(session: Session, person: Employee, day: date | None, form: FormValues) -> UUID | None:
    """The punch with which somebody began work on a day at a minute of the wall clock."""
    clock = form.text("clock")
    zone = ZoneInfo(find_location(session, person.location_id).zone)
    for punch in begun_on(session, person.id, day, zone) if day else ():
        if f"{punch.at.astimezone(zone):%H:%M}" == clock:
            return punch.id
    hint = "the time of clocking in, as the timesheet has it"
    form.errors.append(FieldError("clock", clock[:40], "nobody clocked in then", hint))
    return None


def _page(
    request: Request,
    access: Access,
    session: Session,
    refused: SchedulerError | None = None,
    fields: dict[str, str] | None = None,
) -> Response:
    within = access.reach.criterion(Employee.location_id, Employee.id)
    since = utc_now().date() - SHOWN
    recent = list_pay_facts(session, within, first=since)
    waiting = list_pay_facts(session, within, end=since, states=[PayFactState.WAITING])
    rows = [_shown(session, access, each) for each in (*waiting, *recent)]
    return draw_after(
        request,
        "extra_pay.html",
        access.principal,
        refused,
        section="/extra-pay",
        waiting=[row for row in rows if row.found.state is PayFactState.WAITING],
        others=[row for row in reversed(rows) if row.found.state is not PayFactState.WAITING],
        proposals=_proposals(session, access),
        labels=FACT_KINDS,
        effects=EFFECTS,
        states=STATES,
        can_set_up=reach(access.principal, Permission.PAYROLL_SETUP) is not None,
        can_approve=reach(access.principal, Permission.PAY_FACTS_APPROVE) is not None,
        fields=fields or {},
        errors={each.field: each for each in refused.errors} if isinstance(refused, InvalidInput) else {},
        done="done" in request.query_params,
    )


def _shown(session: Session, access: Access, found: ToldFact) -> Shown:
    recorded_by = found.fact.recorded_by
    return Shown(found, name_of(session, recorded_by) or "", recorded_by == access.actor)


def _proposals(session: Session, access: Access) -> list[object]:
    """Who may have been sent home in the last weeks, at locations within reach."""
    found: list[object] = []
    today = utc_now().date()
    for location in list_locations(session):
        if access.reach.covers(location.id):
            for weeks in range(WEEKS_LOOKED_AT):
                found += proposed_facts(session, location.id, today - timedelta(days=7 * weeks))
    return found
