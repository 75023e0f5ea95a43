"""Allowances: what is paid for each day, shift or night of work, to whom, and until when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.form_values import FormValues, form_of
from api.pages.problem import draw_after
from api.pages.refusal import refusal_of
from api.permissions import Access, allow
from api.routes.allowances import allowances_within, require_place
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.law.wages.work import BonusKind
from scheduler.organisation.locations import list_locations
from scheduler.organisation.permissions import Permission
from scheduler.pay.models import Allowance, AllowancePer
from scheduler.pay.save_allowance import NewAllowance, add_allowance, end_allowance, find_allowance
from scheduler.people.models import Employee, JobRole

router = APIRouter()

MaySetUp = Annotated[Access, Depends(allow(Permission.PAYROLL_SETUP))]

PER = {
    AllowancePer.DAY: "each day of work",
    AllowancePer.SHIFT: "each shift, from clocking in to clocking out",
    AllowancePer.NIGHT: "each day whose work touches the hours of the night",
}
EFFECTS = {
    BonusKind.DISCRETIONARY: "changes nothing else",
    BonusKind.NONDISCRETIONARY: "overtime is paid on it too",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """An allowance, and who gets it in words."""

    allowance: Allowance
    whom: str


@router.get("/allowances")
def allowances_page(request: Request, access: MaySetUp, session: ReadSession) -> Response:
    """What is paid, and a place for more."""
    return _page(request, access, session)


@router.post("/allowances")
def add_on_page(
    request: Request,
    access: MaySetUp,
    session: WriteSession,
    fields: Annotated[dict[str, str], Depends(form_of)],
) -> Response:
    """Paid from its first day on."""

    def change() -> None:
        new = _read(session, FormValues(fields))
        require_place(session, access, new)
        add_allowance(session, new, actor=access.actor)

    return _change(request, access, session, change, fields)


@router.post("/allowances/{allowance_id}/end")
def end_on_page(
    request: Request,
    access: MaySetUp,
    session: WriteSession,
    allowance_id: UUID,
    fields: Annotated[dict[str, str], Depends(form_of)],
) -> Response:
    """Paid no more from a day on."""

    def change() -> None:
        form = FormValues(fields)
        ends_on = form.day("ends_on")
        form.refuse_if_wrong()
        if ends_on is None:
            raise InvalidInput([FieldError("ends_on", "", "is missing", "the first day without it")])
        require_place(session, access, find_allowance(session, allowance_id))
        end_allowance(session, allowance_id, ends_on, actor=access.actor)

    return _change(request, access, session, change, {})


def _change(
    request: Request, access: Access, session: Session, change: Callable[[], object], fields: dict[str, str]
) -> Response:
    if error := refusal_of(session, change):
        return _page(request, access, session, refused=error, fields=fields)
    return RedirectResponse("/allowances?done=1", 303)


def _read(session: Session, form: FormValues) -> NewAllowance:
    """What the form says.

    Raises
    ------
    InvalidInput
        With every field that cannot be read.
    """
    currency = form.text("currency").upper()
    amount, least = form.money("amount", currency), form.minutes("least")
    first, per = form.day("valid_from"), form.text("per")
    if per not in set(AllowancePer):
        form.errors.append(FieldError("per", per[:40], "is nothing known", "choose from the list"))
    for name, value in (("amount", amount), ("valid_from", first)):
        if value is None and not any(error.field == name for error in form.errors):
            form.errors.append(FieldError(name, "", "is missing", "fill it in"))
    number, employee_id = form.text("number"), None
    if number:
        query = select(Employee.id).where(Employee.number == number)
        employee_id = session.scalars(query).one_or_none()
        if employee_id is None:
            hint = "an employee number, or nothing for everybody"
            form.errors.append(FieldError("number", number[:40], "is nobody", hint))
    form.refuse_if_wrong()
    if amount is None or first is None:
        raise InvalidInput(form.errors)
    places = {str(each.id): each.id for each in list_locations(session)}
    jobs = {str(each): each for each in session.scalars(select(JobRole.id))}
    effect = form.text("effect")
    return NewAllowance(
        pay_code=form.text("pay_code"),
        name=form.text("name"),
        per=AllowancePer(per),
        amount_cents=amount,
        currency=currency,
        cite=form.text("cite"),
        valid_from=first,
        least_minutes=least or 0,
        effect=BonusKind(effect) if effect in set(BonusKind) else BonusKind.DISCRETIONARY,
        location_id=places.get(form.text("location")),
        job_role_id=jobs.get(form.text("job")),
        employee_id=employee_id,
    )


def _page(
    request: Request,
    access: Access,
    session: Session,
    refused: SchedulerError | None = None,
    fields: dict[str, str] | None = None,
) -> Response:
    places = {each.id: each for each in list_locations(session)}
    jobs = {each.id: each.name for each in session.scalars(select(JobRole).order_by(JobRole.name))}
    named = {"amount_cents": "amount", "least_minutes": "least"}
    wrong = refused.errors if isinstance(refused, InvalidInput) else []
    return draw_after(
        request,
        "allowances.html",
        access.principal,
        refused,
        section="/extra-pay",
        rows=[Shown(each, _whom(session, each, jobs)) for each in allowances_within(session, access)],
        places=[each for each in places.values() if access.reach.covers(each.id)],
        everywhere=access.reach.everywhere,
        jobs=jobs,
        per=PER,
        effects=EFFECTS,
        fields=fields or {},
        errors={named.get(each.field, each.field): each for each in wrong},
        done="done" in request.query_params,
    )


def _whom(session: Session, allowance: Allowance, jobs: dict[UUID, str]) -> str:
    """Who gets it."""
    parts = []
    if allowance.employee_id is not None:
        person = session.get(Employee, allowance.employee_id)
        parts.append(person.name if person is not None else "")
    if allowance.job_role_id is not None:
        parts.append(f"everybody in the job {jobs.get(allowance.job_role_id, '')}")
    if allowance.location_id is not None:
        place = next(each for each in list_locations(session) if each.id == allowance.location_id)
        parts.append(f"at {place.name}" if parts else f"everybody of {place.name}")
    return ", ".join(parts) or "everybody"
