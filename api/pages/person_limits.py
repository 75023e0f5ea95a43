"""One person's limits by law, where they stand, and what they consented to."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.my_shifts import own_employee
from api.pages.page import draw
from api.permissions import Access, allow
from api.schemas.base import LongNote, Name
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import local_day, utc_now, zone_named
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.law.consent_records import as_law, find_consent
from scheduler.law.give_consent import NewConsent, give_consent
from scheduler.law.withdraw_consent import withdraw_consent
from scheduler.organisation.locations import find_location
from scheduler.organisation.permissions import Permission
from scheduler.people.employees import find_employee
from scheduler.rosters.person_limits import limits_of

router = APIRouter()

MayRead = Annotated[Access, Depends(allow(Permission.CONSENTS_READ))]
MayWrite = Annotated[Access, Depends(allow(Permission.CONSENTS_WRITE))]


@router.get("/my/limits")
def my_limits_page(request: Request, access: MayRead, session: ReadSession) -> Response:
    """One's own limits and consents."""
    return _page(request, access, session, own_employee(access))


@router.get("/employees/{employee_id}/limits")
def person_limits_page(
    request: Request, access: MayRead, session: ReadSession, employee_id: UUID
) -> Response:
    """Those of somebody within reach."""
    return _page(request, access, session, employee_id)


@router.post("/employees/{employee_id}/consents")
def give(
    request: Request,
    access: MayWrite,
    session: WriteSession,
    employee_id: UUID,
    ground: Annotated[Name, Form()],
    given_on: Annotated[str, Form()] = "",
    evidence: Annotated[LongNote, Form()] = "",
) -> Response:
    """Record a consent that holds from the day it was given; without a day from today."""
    try:
        day = date.fromisoformat(given_on) if given_on else _today(session, employee_id)
        with session.begin_nested():
            new = NewConsent(ground, given_on=day, valid_from=day, evidence=evidence)
            give_consent(session, employee_id, new, actor=access.actor)
    except ValueError:
        hint = "a day such as 2026-11-02"
        errors = [FieldError("given_on", given_on, "is no day", hint)]
        return _page(request, access, session, employee_id, errors)
    except InvalidInput as error:
        return _page(request, access, session, employee_id, error.errors)
    return _back(access, employee_id, "given")


@router.post("/consents/{consent_id}/withdrawal")
def withdraw(access: MayWrite, session: WriteSession, consent_id: UUID) -> Response:
    """Take a consent back."""
    employee_id = find_consent(session, consent_id).employee_id
    withdraw_consent(session, consent_id, actor=access.actor)
    return _back(access, employee_id, "withdrawn")


def _back(access: Access, employee_id: UUID, said: str) -> Response:
    own = access.principal.employee_id == employee_id
    path = "/my/limits" if own else f"/employees/{employee_id}/limits"
    return RedirectResponse(f"{path}?said={said}#consents", 303)


def _today(session: Session, employee_id: UUID) -> date:
    location = find_location(session, find_employee(session, employee_id).location_id)
    return local_day(utc_now(), zone_named(location.zone))


def _page(
    request: Request,
    access: Access,
    session: Session,
    employee_id: UUID,
    errors: list[FieldError] | tuple[FieldError, ...] = (),
) -> Response:
    found = limits_of(session, employee_id, _today(session, employee_id))
    return draw(
        request,
        "person_limits.html",
        access.principal,
        status=422 if errors else 200,
        found=found,
        own=access.principal.employee_id == employee_id,
        consents=[(each, as_law(each).ends_on) for each in found.consents],
        errors=errors,
        said=request.query_params.get("said", ""),
    )
