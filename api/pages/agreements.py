"""The organisation's own agreements: upload, preview, keep, withdraw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.page import draw
from api.permissions import Access, allow
from api.schemas.agreements import PackText
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.law.agreements import agreements, unusable_agreements
from scheduler.law.save_agreement import (
    AgreementPreview,
    preview_agreement,
    save_agreement,
    withdraw_agreement,
)
from scheduler.organisation.permissions import Permission

router = APIRouter()

MayWrite = Annotated[Access, Depends(allow(Permission.REFERENCE_WRITE))]


@router.get("/agreements")
def agreements_page(request: Request, access: MayWrite, session: ReadSession) -> Response:
    """What was uploaded, and a place for more."""
    return _page(request, access, session)


@router.post("/agreements")
def send_agreement(
    request: Request,
    access: MayWrite,
    session: WriteSession,
    text: Annotated[PackText, Form()],
    do: Annotated[str, Form()] = "preview",
) -> Response:
    """Tell what a file would change; with ``do=keep`` keep it."""
    text = text.replace("\r\n", "\n")
    try:
        if do == "keep":
            save_agreement(session, text, actor=access.actor)
            return RedirectResponse("/agreements?said=kept", 303)
        return _page(request, access, session, text=text, preview=preview_agreement(session, text))
    except InvalidInput as error:
        return _page(request, access, session, text=text, errors=error.errors)


@router.post("/agreements/{agreement_id}/withdrawal")
def withdraw(access: MayWrite, session: WriteSession, agreement_id: UUID) -> Response:
    """Let an agreement count no longer."""
    withdraw_agreement(session, agreement_id, actor=access.actor)
    return RedirectResponse("/agreements?said=withdrawn", 303)


def _page(
    request: Request,
    access: Access,
    session: Session,
    *,
    text: str = "",
    preview: AgreementPreview | None = None,
    errors: Sequence[FieldError] = (),
) -> Response:
    return draw(
        request,
        "agreements.html",
        access.principal,
        status=422 if errors else 200,
        section="/law",
        listed=agreements(session),
        unusable=unusable_agreements(session),
        text=text,
        preview=preview,
        errors=errors,
        said=request.query_params.get("said", ""),
    )
