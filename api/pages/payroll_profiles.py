"""Profiles of payroll files on pages: what there is, and making one's own with the file before one's eyes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.errors import is_htmx
from api.pages.page import draw
from api.pages.payroll import may_set_up
from api.permissions import Access, allow
from api.schemas.payroll import ProfileText
from api.transaction import ReadSession, WriteSession
from exports.payroll_files import file_name, preview
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.organisation.permissions import Permission
from scheduler.payroll.expressions import FUNCTIONS
from scheduler.payroll.library import builtin_profiles, builtin_text, find_profile, own_profile, own_profiles
from scheduler.payroll.payroll_profile import Profile
from scheduler.payroll.rows import BATCH_FIELDS, FIELDS
from scheduler.payroll.samples import sample_facts, sample_rows
from scheduler.payroll.save_profile import profile_from_text, save_profile

router = APIRouter()

MayRead = Annotated[Access, Depends(allow(Permission.PAY_READ))]
MaySetUp = Annotated[Access, Depends(allow(Permission.PAYROLL_SETUP))]

STARTER = """code: ours
title: Hours for our payroll
format: delimited
delimiter: ";"
decimal_mark: ","
day_form: DD.MM.YYYY
encoding: utf-8-sig
file_name: "hours-{first_day}-{batch_number}.csv"
group_by: [employee_number, code]
columns:
  - {name: Number, field: employee_number, required: true}
  - {name: Name, computed: "join(last_name, ', ', first_name)"}
  - {name: Code, field: code}
  - {name: Hours, field: quantity, decimals: 2}
"""


@router.get("/payroll/profiles")
def payroll_profiles_page(
    request: Request,
    access: MayRead,
    session: ReadSession,
    start: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """Every profile, and a place to make one; ``start`` names one to begin from."""
    return _page(request, access, session, _text_of(session, start))


@router.post("/payroll/profiles/preview")
def preview_payroll_profile(
    request: Request, access: MaySetUp, session: ReadSession, text: Annotated[ProfileText, Form()]
) -> Response:
    """Show what a profile makes of a made-up week; a part of the page while it is being typed."""
    return _page(request, access, session, text.replace("\r\n", "\n"))


@router.post("/payroll/profiles")
def save_payroll_profile(
    request: Request, access: MaySetUp, session: WriteSession, text: Annotated[ProfileText, Form()]
) -> Response:
    """Keep a profile as its next version."""
    access.require(None)
    text = text.replace("\r\n", "\n")
    try:
        save_profile(session, text, actor=access.actor)
    except InvalidInput as error:
        return _page(request, access, session, text, errors=error.errors)
    return RedirectResponse("/payroll/profiles?said=kept", 303)


def _page(
    request: Request,
    access: Access,
    session: Session,
    text: str,
    *,
    errors: Sequence[FieldError] = (),
) -> Response:
    name, shown, found = _tried(text)
    errors = errors or found
    in_part = is_htmx(request)
    return draw(
        request,
        "payroll_profile_preview.html" if in_part else "payroll_profiles.html",
        access.principal,
        # What is typed is never wrong yet; what is sent is.
        status=422 if errors and request.method == "POST" and not in_part else 200,
        section="/payroll",
        builtin=list(builtin_profiles().values()),
        own=own_profiles(session),
        text=text,
        file_name=name,
        shown=shown,
        errors=errors,
        fields=[(name, each.kind.value, each.says) for name, each in FIELDS.items()],
        batch_fields=[(name, kind.value, says) for name, (kind, says) in BATCH_FIELDS.items()],
        functions=[
            (name, [kind.value for kind in each.takes], each.says) for name, each in FUNCTIONS.items()
        ],
        said=request.query_params.get("said", ""),
        can_set_up=may_set_up(access),
    )


def _tried(text: str) -> tuple[str, str, Sequence[FieldError]]:
    """Name and first lines of the file of a made-up week, and what is wrong."""
    try:
        profile: Profile = profile_from_text(text)
    except InvalidInput as error:
        return "", "", error.errors
    facts = sample_facts(profile)
    shown, faults = preview(profile, sample_rows(profile), facts)
    return file_name(profile, facts), shown, faults


def _text_of(session: Session, code: str) -> str:
    """The YAML to begin from: that of a profile, under a code of one's own."""
    if not code:
        return STARTER
    find_profile(session, code)
    own = own_profile(session, code)
    return own.text if own else builtin_text(code).replace(f"code: {code}", f"code: our_{code}"[:46], 1)
