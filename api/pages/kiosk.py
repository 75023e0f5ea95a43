"""The clock on the wall: one punches with employee number and PIN, or scans its code with one's own phone."""

from __future__ import annotations

import io
from typing import Annotated
from uuid import UUID

import segno
from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy import select
from starlette.responses import Response

from api.errors import explain
from api.pages.clock_card import BUTTONS, OWN_JOB
from api.pages.page import draw
from api.permissions import public
from api.pin_limit import PinLimit
from api.transaction import database_of
from scheduler.db.tenant import use_tenant
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.kernel.ids import new_id
from scheduler.organisation.kiosk_code import code_at
from scheduler.organisation.kiosks import kiosk_for_token
from scheduler.organisation.locations import find_location
from scheduler.organisation.models import Kiosk, Location
from scheduler.people.models import Employee, JobRole
from scheduler.timekeeping.kiosk_pin import check_pin
from scheduler.timekeeping.kiosk_punch import KioskPunch, punch_at_kiosk
from scheduler.timekeeping.models import PunchKind
from scheduler.timekeeping.presence import Whereabouts

router = APIRouter(dependencies=[Depends(public)])

Typed = Annotated[str, Form(max_length=40, pattern=r"^[^\x00-\x1f\x7f]*$")]

SAID = {
    PunchKind.IN: "clocked in",
    PunchKind.OUT: "clocked out",
    PunchKind.BREAK_START: "break begun",
    PunchKind.BREAK_END: "break over",
    PunchKind.TRANSFER: "moved here",
}
HERE = {PunchKind.TRANSFER: "Move here"}
"""What a button is called at a kiosk."""
WAS = {
    Whereabouts.AWAY: "you had not clocked in before",
    Whereabouts.AT_WORK: "you were at work already",
    Whereabouts.ON_BREAK: "you were on a break",
}
"""What the clock says of a punch that does not fit the one before."""


@router.get("/kiosk/{token}")
def kiosk_page(request: Request, token: str) -> Response:
    """The form, for whoever comes next."""
    kiosk, location = opened(request, token)
    return _form(request, kiosk, location)


@router.get("/kiosk/{token}/code.svg")
def kiosk_code(request: Request, token: str) -> Response:
    """The code of this half minute, as a picture: a phone that scans it opens its own time clock here."""
    kiosk, _ = opened(request, token)
    base = request.app.state.settings.base_url.rstrip("/")
    picture = segno.make_qr(f"{base}/my/time/at/{code_at(kiosk, utc_now())}", error="m")
    drawn = io.BytesIO()
    picture.save(drawn, kind="svg", border=4, light="#fff", omitsize=True)
    return Response(drawn.getvalue(), media_type="image/svg+xml")


@router.post("/kiosk/{token}")
def post_kiosk(
    request: Request,
    token: str,
    number: Typed = "",
    pin: Typed = "",
    kind: Typed = "",
    once: Typed = "",
    job: Typed = "",
) -> Response:
    """A punch made now; what is refused is told on the form, with the number as it was typed."""
    kiosk, location = opened(request, token)
    number = number.strip()
    try:
        chosen = _checked(number, pin, kind, once, job)
        employee = _whose(request, kiosk, number, pin)
        with database_of(request).write(kiosk.organisation_id) as session:
            job_role_id = UUID(job) if job else None
            made = punch_at_kiosk(
                session, kiosk, employee.id, kind=chosen, once=once, job_role_id=job_role_id
            )
    except SchedulerError as error:
        return _form(request, kiosk, location, number=number, job=job, refused=error)
    return _answer(request, location, employee, made)


def opened(request: Request, token: str) -> tuple[Kiosk, Location]:
    """The kiosk at an address, and where it stands.

    Raises
    ------
    SchedulerError
        ``kiosk_not_found``.
    """
    with database_of(request).read() as session:
        kiosk = kiosk_for_token(session, token)
        use_tenant(session, kiosk.organisation_id)
        location = find_location(session, kiosk.location_id)
        # They outlive the session, whose end would empty them.
        session.expunge_all()
        return kiosk, location


def _checked(number: str, pin: str, kind: str, once: str, job: str) -> PunchKind:
    errors = [
        FieldError(field, "", "is missing", hint)
        for field, value, hint in (
            ("Employee number", number, "the number on your badge or payslip"),
            ("PIN", pin, "the digits you chose, or your manager gave you"),
            ("Form", once, "load the page again"),
        )
        if not value
    ]
    if kind not in [each.value for each in BUTTONS]:
        errors.append(FieldError("Punch", kind, "is not chosen", f"press {', '.join(BUTTONS.values())}"))
    if job and not _is_id(job):
        errors.append(FieldError("Job", job, "is none of the list", "choose one of the list"))
    if errors:
        raise InvalidInput(errors)
    return PunchKind(kind)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _whose(request: Request, kiosk: Kiosk, number: str, pin: str) -> Employee:
    """Who it is, within the limit of attempts."""
    limit: PinLimit = request.app.state.pin_limit
    limit.count(kiosk.organisation_id, kiosk.id, number)
    try:
        with database_of(request).read(kiosk.organisation_id) as session:
            employee = check_pin(session, number=number, pin=pin)
            session.expunge(employee)
    except SchedulerError:
        limit.was_wrong(kiosk.id)
        raise
    limit.was_right(kiosk.organisation_id, number)
    return employee


def _form(
    request: Request,
    kiosk: Kiosk,
    location: Location,
    *,
    number: str = "",
    job: str = "",
    refused: SchedulerError | None = None,
) -> Response:
    with database_of(request).read(kiosk.organisation_id) as session:
        roles = [(str(key), name) for key, name in session.execute(select(JobRole.id, JobRole.name))]
    problem = explain(refused) if refused else None
    return draw(
        request,
        "kiosk.html",
        None,
        status=problem.status if problem else 200,
        kiosk=kiosk,
        location=location,
        now=utc_now(),
        number=number,
        problem=problem,
        buttons=[(kind.value, label) for kind, label in {**BUTTONS, **HERE}.items()],
        jobs=[("", OWN_JOB), *sorted(roles, key=lambda role: role[1])] if roles else [],
        job=job,
        once=new_id(),
    )


def _answer(request: Request, location: Location, employee: Employee, made: KioskPunch) -> Response:
    return draw(
        request,
        "kiosk_answer.html",
        None,
        location=location,
        employee=employee,
        punch=made.punch,
        said=SAID[made.punch.kind],
        odd="" if made.is_expected else WAS[made.before.whereabouts],
        before=made.before,
    )
