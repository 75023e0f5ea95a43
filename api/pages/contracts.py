"""Contracts: what each says, new terms from a day on, and corrections with before and after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.form_values import FormValues, form_of
from api.pages.my_shifts import own_employee
from api.pages.page import draw
from api.pages.problem import draw_after
from api.pages.refusal import refusal_of
from api.permissions import Access, allow
from api.transaction import ReadSession, WriteSession
from scheduler.audit.models import AuditEntry
from scheduler.kernel.clock import local_day, utc_now
from scheduler.kernel.effective import in_force
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.kernel.money import major_units
from scheduler.organisation.actors import name_of
from scheduler.organisation.locations import find_location
from scheduler.organisation.permissions import Permission, reach
from scheduler.pay.contract_terms import in_words as contract_words
from scheduler.people.contracts import (
    ContractTerms,
    change_contract,
    contracts_between,
    hour_of_day,
    hour_of_month,
)
from scheduler.people.correct_contract import correct_contract
from scheduler.people.employees import find_employee
from scheduler.people.models import Contract, ContractKind, Employee, NightWork, PartOfMonth

router = APIRouter()

MayRead = Annotated[Access, Depends(allow(Permission.CONTRACTS_READ))]
MayWrite = Annotated[Access, Depends(allow(Permission.CONTRACTS_WRITE))]

MOST_PEOPLE = 100
KINDS = {
    ContractKind.PERMANENT: "Permanent",
    ContractKind.PART_TIME: "Part time",
    ContractKind.STUDENT: "Student",
    ContractKind.SEASONAL: "Seasonal",
}
PAID_BY = {"hour": "by the hour", "day": "by the day of 8 hours", "month": "a salary by the month"}
PARTS = {
    PartOfMonth.CALENDAR_DAYS: "paid here, a part of a month by its calendar days",
    PartOfMonth.WORKING_DAYS: "paid here, a part of a month by its Mondays to Fridays",
    PartOfMonth.THIRTIETHS: "paid here, a part of a month by thirtieths",
}
NIGHTS = {
    NightWork.NORMAL_COURSE: "night worker, as the law means it",
    NightWork.PERMANENT: "works at night only",
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NAMES = {
    "valid_from": "first day",
    "kind": "kind",
    "weekly_minutes": "minutes a week",
    "min_weekly_minutes": "fewest minutes a week",
    "max_weekly_minutes": "most minutes a week",
    "max_daily_minutes": "most minutes a day",
    "hourly_rate_cents": "rate of an hour, in minor units",
    "currency": "currency",
    "monthly_salary_cents": "salary of a month, in minor units",
    "salary_by": "part of a month",
    "daily_rate_cents": "rate of a day, in minor units",
    "guaranteed_weekly_minutes": "guaranteed minutes a week",
    "night_work": "night work",
    "agreed_week": "agreed week, in minutes",
    "exempt_by": "exempt by",
    "daily_allowance_cents": "daily allowance, in minor units",
}
FIELDS = {
    "weekly_minutes": "weekly",
    "max_daily_minutes": "max_daily",
    "hourly_rate_cents": "rate",
    "monthly_salary_cents": "rate",
    "daily_rate_cents": "rate",
    "guaranteed_weekly_minutes": "guaranteed",
    "agreed_week": "agreed_0",
    "daily_allowance_cents": "allowance",
}
"""Terms -> the field of the form that says them, where it has another name."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody changed of a contract: each term before and after."""

    entry: AuditEntry
    by: str
    changes: Sequence[tuple[str, str, str]]


@router.get("/contracts")
def contracts_page(request: Request, access: MayRead, session: ReadSession, find: str = "") -> Response:
    """The people within reach, each with the contract of today."""
    today = utc_now().date()
    query = select(Employee).where(access.reach.criterion(Employee.location_id, Employee.id))
    for word in find.split()[:5]:
        pattern = f"%{word}%"
        query = query.where(
            or_(
                Employee.first_name.ilike(pattern),
                Employee.last_name.ilike(pattern),
                Employee.number.ilike(pattern),
            )
        )
    ordered = query.order_by(Employee.last_name, Employee.first_name, Employee.number)
    people = session.scalars(ordered.limit(MOST_PEOPLE + 1)).all()
    held = contracts_between(session, [person.id for person in people], today, today)
    rows = [
        (person, contract_words(held[person.id][0]) if person.id in held else "")
        for person in people[:MOST_PEOPLE]
    ]
    return draw(
        request,
        "contracts.html",
        access.principal,
        rows=rows,
        find=find[:80],
        more=len(people) > MOST_PEOPLE,
    )


@router.get("/my/contract")
def my_contract_page(request: Request, access: MayRead, session: ReadSession) -> Response:
    """One's own."""
    return _page(request, access, session, own_employee(access))


@router.get("/employees/{employee_id}/contracts")
def person_contracts_page(
    request: Request, access: MayRead, session: ReadSession, employee_id: UUID
) -> Response:
    """What somebody's contracts say, have said and will say."""
    return _page(request, access, session, employee_id)


@router.post("/employees/{employee_id}/contracts")
def change_on_page(
    request: Request,
    access: MayWrite,
    session: WriteSession,
    employee_id: UUID,
    fields: Annotated[dict[str, str], Depends(form_of)],
) -> Response:
    """New terms from a day on."""

    def change() -> None:
        first, terms = _read(FormValues(fields))
        change_contract(session, employee_id, terms, valid_from=first, actor=access.actor)

    return _change(request, access, session, employee_id, change, {"": fields})


@router.post("/contracts/{contract_id}")
def correct_on_page(
    request: Request,
    access: MayWrite,
    session: WriteSession,
    contract_id: UUID,
    fields: Annotated[dict[str, str], Depends(form_of)],
) -> Response:
    """What a contract should have said from the beginning; what was paid otherwise becomes a difference."""
    contract = session.get(Contract, contract_id)
    if contract is None:
        raise SchedulerError("contract_not_found", contract_id=str(contract_id))

    def change() -> None:
        first, terms = _read(FormValues(fields))
        correct_contract(session, contract_id, terms, valid_from=first, actor=access.actor)

    return _change(request, access, session, contract.employee_id, change, {str(contract_id): fields})


def _change(
    request: Request,
    access: Access,
    session: Session,
    employee_id: UUID,
    change: Callable[[], object],
    sent: dict[str, dict[str, str]],
) -> Response:
    if error := refusal_of(session, change):
        return _page(request, access, session, employee_id, refused=error, sent=sent)
    return RedirectResponse(f"/employees/{employee_id}/contracts?done=1", 303)


def _read(form: FormValues) -> tuple[date, ContractTerms]:
    """What the form says.

    Raises
    ------
    InvalidInput
        With every field that cannot be read.
    """
    currency, by = form.text("currency").upper(), form.text("paid_by")
    first, rate = form.day("valid_from"), form.money("rate", currency)
    weekly, most_daily = form.minutes("weekly"), form.minutes("max_daily")
    if by not in PAID_BY:
        form.errors.append(FieldError("paid_by", by[:40], "is nothing known", "choose from the list"))
    if form.text("kind") not in set(ContractKind):
        form.errors.append(FieldError("kind", form.text("kind")[:40], "is no kind", "choose from the list"))
    for name, value in (("valid_from", first), ("rate", rate), ("weekly", weekly), ("max_daily", most_daily)):
        if value is None and not any(error.field == name for error in form.errors):
            form.errors.append(FieldError(name, "", "is missing", "fill it in"))
    week = [form.minutes(f"agreed_{day}") or 0 for day in range(7)]
    least, most = form.minutes("min_weekly"), form.minutes("max_weekly")
    guaranteed, allowance = form.minutes("guaranteed"), form.money("allowance", currency)
    form.refuse_if_wrong()
    if first is None or rate is None or weekly is None or most_daily is None:
        raise InvalidInput(form.errors)
    part, night = form.text("salary_by"), form.text("night_work")
    hourly = {"hour": rate, "day": hour_of_day(rate), "month": hour_of_month(rate, weekly)}[by]
    terms = ContractTerms(
        kind=ContractKind(form.text("kind")),
        weekly_minutes=weekly,
        min_weekly_minutes=least or 0,
        max_weekly_minutes=weekly if most is None else most,
        max_daily_minutes=most_daily,
        hourly_rate_cents=hourly,
        currency=currency,
        monthly_salary_cents=rate if by == "month" else None,
        salary_by=PartOfMonth(part) if by == "month" and part in set(PartOfMonth) else None,
        daily_rate_cents=rate if by == "day" else None,
        guaranteed_weekly_minutes=guaranteed or None,
        night_work=NightWork(night) if night in set(NightWork) else None,
        agreed_week=week if any(week) else None,
        exempt_by=form.text("exempt_by") or None,
        daily_allowance_cents=allowance or None,
    )
    return first, terms


def _fields_of(contract: Contract) -> dict[str, str]:
    """What the form says of a contract."""
    by, cents = "hour", contract.hourly_rate_cents
    if contract.monthly_salary_cents is not None:
        by, cents = "month", contract.monthly_salary_cents
    elif contract.daily_rate_cents is not None:
        by, cents = "day", contract.daily_rate_cents
    allowance = contract.daily_allowance_cents
    hours = {
        "weekly": contract.weekly_minutes,
        "min_weekly": contract.min_weekly_minutes,
        "max_weekly": contract.max_weekly_minutes,
        "max_daily": contract.max_daily_minutes,
        "guaranteed": contract.guaranteed_weekly_minutes,
        **{f"agreed_{day}": minutes for day, minutes in enumerate(contract.agreed_week or ())},
    }
    return {
        "valid_from": contract.valid_from.isoformat(),
        "kind": contract.kind.value,
        "paid_by": by,
        "rate": str(major_units(cents, contract.currency)),
        "currency": contract.currency,
        "salary_by": contract.salary_by.value if contract.salary_by else "",
        "night_work": contract.night_work.value if contract.night_work else "",
        "exempt_by": contract.exempt_by or "",
        "allowance": "" if allowance is None else str(major_units(allowance, contract.currency)),
        **{name: "" if minutes is None else f"{minutes / 60:g}" for name, minutes in hours.items()},
    }


def _page(
    request: Request,
    access: Access,
    session: Session,
    employee_id: UUID,
    refused: SchedulerError | None = None,
    sent: dict[str, dict[str, str]] | None = None,
) -> Response:
    person = find_employee(session, employee_id)
    location = find_location(session, person.location_id)
    query = select(Contract).where(Contract.employee_id == employee_id).order_by(Contract.valid_from.desc())
    contracts = session.scalars(query.execution_options(populate_existing=True)).all()
    today = local_day(utc_now(), ZoneInfo(location.zone))
    now = in_force(contracts, today)
    latest = _fields_of(contracts[0]) if contracts else {"currency": location.currency, "paid_by": "hour"}
    wrong = refused.errors if isinstance(refused, InvalidInput) else []
    held = reach(access.principal, Permission.CONTRACTS_WRITE)
    return draw_after(
        request,
        "person_contracts.html",
        access.principal,
        refused,
        section="/contracts",
        person=person,
        contracts=[(each, contract_words(each), _fields_of(each), each is now) for each in contracts],
        corrections=_corrections(session, contracts),
        fresh=latest | {"valid_from": ""},
        sent=sent or {},
        errors={FIELDS.get(each.field, each.field): each for each in wrong},
        kinds=KINDS,
        paid_by=PAID_BY,
        parts=PARTS,
        nights=NIGHTS,
        weekdays=WEEKDAYS,
        can_write=held is not None and held.covers(person.location_id),
        own=access.principal.employee_id == employee_id,
        done="done" in request.query_params,
    )


def _corrections(session: Session, contracts: Sequence[Contract]) -> list[Correction]:
    """What was corrected of some contracts, the latest first, with before and after."""
    query = select(AuditEntry).where(
        AuditEntry.action == "contract.correct", AuditEntry.subject_id.in_([each.id for each in contracts])
    )
    found = []
    for entry in session.scalars(query.order_by(AuditEntry.at.desc(), AuditEntry.id.desc())):
        before = entry.facts.get("before", {})
        changes = [
            (NAMES.get(name, name), _said(was), _said(entry.facts.get(name)))
            for name, was in before.items()
            if was != entry.facts.get(name)
        ]
        found.append(Correction(entry, name_of(session, entry.actor) or entry.actor, changes))
    return found


def _said(value: object) -> str:
    if isinstance(value, list):
        return " ".join(str(each) for each in value)
    return "nothing" if value is None else str(value).replace("_", " ")
